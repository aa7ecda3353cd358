/** The terms of a line: out of options and a file, and in words. */
import { resolve } from "node:path";
import { formatTime } from "../geo/index.ts";
import { NO_SEPARATION, parseRules, type SeparationRules, showSeconds } from "../deconflict/index.ts";
import type { Fingerprint, PairRule, Terms } from "../line/index.ts";
import { CONTENT_KINDS } from "../message/index.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { readJson } from "./files.ts";
import { metresFrom, secondsFrom, timeFrom } from "./places.ts";
import { rulesIn } from "./subjects.ts";
import { pairs } from "./table.ts";

export interface TermOptions {
  readonly title?: string;
  readonly exercise?: boolean;
  readonly area?: string;
  readonly separation?: string;
  readonly timeSeparation?: string;
  readonly rules?: string;
  readonly interval?: string;
  readonly languages?: readonly string[];
  readonly notFor?: string;
  readonly soleRelease?: boolean;
  readonly expires?: string;
  readonly terms?: string;
}

const USUAL: Omit<Terms, "title"> = {
  exercise: false,
  kinds: CONTENT_KINDS,
  deadlines_ms: {},
  area: { west: -180, south: -90, east: 180, north: 90 },
  precision_floor_m: 0,
  languages: ["en"],
  quota_bytes_per_day: 256 * 1024 * 1024,
  sole_release: false,
  separation_m: 500,
  time_separation_s: 0,
  rules: [],
  exchange_interval_s: 30,
  test_call_interval_s: 86_400,
  witnesses: [],
  not_for: "Not for targeting, not for intelligence, not for negotiation of anything but what it says.",
  expires_at: null,
};

/** The usual terms, then those of `--terms`, then the options. What does not hold together is refused when it is signed. */
export function termsFrom(context: Context, options: TermOptions): Terms {
  const path = options.terms === undefined ? null : resolve(context.cwd, options.terms);
  const given = (path === null ? {} : readJson(path)) as Partial<Terms>;
  const unknown = Object.keys(given).find((name) => name !== "title" && !(name in USUAL));
  if (unknown !== undefined) throw cliError("file-not-understood", `${path}: there is no term "${unknown}".`);
  const { pairs: rules } = parseRules({ pairs: given.rules ?? [] });
  const terms = { ...USUAL, ...given, rules, ...fromRules(context, options), ...fromOptions(context, options) };
  const { title } = terms;
  if (title === undefined) throw cliError("usage", 'A line needs a title: --title "Northern line".');
  return { ...terms, title };
}

function fromOptions(context: Context, options: TermOptions): Partial<Terms> {
  const { title, exercise, area, separation, timeSeparation, interval, languages, notFor, soleRelease, expires } =
    options;
  return {
    ...(title !== undefined && { title }),
    ...(exercise !== undefined && { exercise }),
    ...(area !== undefined && { area: areaFrom(area) }),
    ...(separation !== undefined && { separation_m: metresFrom(separation) }),
    ...(timeSeparation !== undefined && { time_separation_s: secondsFrom(timeSeparation) }),
    ...(interval !== undefined && { exchange_interval_s: secondsFrom(interval) }),
    ...(languages !== undefined && { languages }),
    ...(notFor !== undefined && { not_for: notFor }),
    ...(soleRelease !== undefined && { sole_release: soleRelease }),
    ...(expires !== undefined && { expires_at: timeFrom(expires, context.now()) }),
  };
}

/** Rules for pairs, and their default in place of the one separation, which knows neither heights nor reasons. */
function fromRules(context: Context, { rules: file }: TermOptions): Partial<Terms> {
  if (file === undefined) return {};
  const { default: preset, pairs: rules }: SeparationRules = rulesIn(resolve(context.cwd, file));
  if (preset === NO_SEPARATION) return { rules };
  if (preset.vertical_m !== 0 || preset.grave !== null || preset.reason !== undefined) {
    throw cliError(
      "usage",
      `${file}: in a charter the default has lateral_m and time_s alone; write a pair of "*" and "*" for the rest.`,
    );
  }
  return { rules, separation_m: preset.lateral_m, time_separation_s: preset.time_s };
}

/** "west south east north", in degrees. */
export function areaFrom(text: string): Terms["area"] {
  const parts = text
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [west, south, east, north] = parts as [number, number, number, number];
  if (parts.length !== 4 || !parts.every(Number.isFinite)) {
    throw cliError("usage", `--area "${text}": give west, south, east and north in degrees.`);
  }
  return { west, south, east, north };
}

export function termsText(terms: Terms): string {
  const { west, south, east, north } = terms.area;
  const { rules = [] } = terms;
  return pairs(
    [
      ["line", `${terms.exercise ? "EXERCISE " : ""}${terms.title}`],
      ["kinds", terms.kinds.length === CONTENT_KINDS.length ? "all" : terms.kinds.join(", ")],
      ["area", `${west}° to ${east}° east, ${south}° to ${north}° north`],
      ["too near", `${terms.separation_m} m, ${showSeconds(terms.time_separation_s)}`],
      ...(rules.length === 0 ? [] : [["rules", rules.map(ruleText).join("\n")] as const]),
      ["exchange", `every ${terms.exchange_interval_s} s; test call every ${showSeconds(terms.test_call_interval_s)}`],
      ["languages", terms.languages.join(", ")],
      ["sole release", terms.sole_release ? "with a reason" : "no"],
      ["not for", terms.not_for],
      ["until", terms.expires_at === null ? "no end agreed" : formatTime(terms.expires_at)],
    ],
    "  ",
  );
}

/** Every number as it is signed, never rounded. */
function ruleText({ plan, against, lateral_m, vertical_m, time_s, grave, reason }: PairRule): string {
  const said = reason === undefined ? "" : `: ${reason}`;
  return `${plan} against ${against}: ${lateral_m} m, ${vertical_m} m in height, ${showSeconds(time_s)}, ${grave ?? "grave by depth"}${said}`;
}

export function fingerprintsText(fingerprints: readonly Fingerprint[]): string {
  return pairs(
    fingerprints.map(({ party, name, fingerprint }) => [`${name} (${party})`, fingerprint] as const),
    "  ",
  );
}
