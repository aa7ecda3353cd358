/** The bench of what importing finds: real lists with mistakes put into them, one class at a time. */
import { writeFileSync } from "node:fs";
import type { Measure, Report } from "../report.ts";
import { randomAt } from "../deconflict/random.ts";
import { ASKED, measured, type MeasureName, untried } from "./goals.ts";
import { airstrikes, columnOf, csvOf, DATA, displacement, events, haveData, type List } from "./lists.ts";
import { LOOKED_AT } from "./looked-at.ts";
import { NOTICES_LOOKED_AT } from "./notices-looked-at.ts";
import { airspaces, digestOf, type Notice, sampleOf, volumesRead, volumesStated, warnings } from "./notices.ts";
import { DIGITS, isFound, OTHER, type PositionClass, positionTrial, proposal, WHOLE } from "./positions.ts";
import { hashOf, type Part } from "./split.ts";
import { dayMonthTrial, feetTrial, trackTrial } from "./times-and-heights.ts";
import { type Change, gravely, type Outcome, read, trial } from "./trial.ts";
import { agrees, MODEL, wronglyTyped } from "./typing.ts";

export interface MistakesOptions {
  readonly quick: boolean;
  readonly part: Part;
  /** A file that takes every miss and every flag, one a line; null: none is written. */
  readonly misses: string | null;
}

const LISTS = ["idps_2014-07-02", "idps_2014-12-09", "idps_2016-10-13", "idps_2017-12-31"];
const TYPED = 20_000;

class Tally {
  readonly measures: Measure[] = [];
  readonly misses: string[] = [];
  readonly given: { right: number; wrong: number; none: number } = { right: 0, wrong: 0, none: 0 };

  add(measure: MeasureName, found: number, made: number, why?: string): void {
    this.measures.push(
      measured(measure, (100 * found) / Math.max(1, made), `${found} of ${made}${why === undefined ? "" : `; ${why}`}`),
    );
  }

  outcomes(list: List, name: string, outcomes: readonly Outcome[], correctable: boolean): number {
    for (const outcome of outcomes) {
      const found = isFound(outcome);
      if (!found)
        this.misses.push(
          `miss\t${name}\t${list.name}\trow ${outcome.row}\t${outcome.after.join(" | ")}\twas ${outcome.before.join(" | ")}`,
        );
      if (correctable && found) this.given[proposal(list, outcome)]++;
    }
    return outcomes.filter(isFound).length;
  }
}

export function runMistakes({ quick, part, misses }: MistakesOptions, say: (text: string) => void): Report {
  if (!haveData()) {
    const why = `the data folder ${DATA} is absent`;
    const measures = (Object.keys(ASKED) as MeasureName[]).map((name) => untried(name, why));
    return { bench: "mistakes", measures, broken: null };
  }
  const tally = new Tally();
  const wanted = quick ? 40 : 250;
  const lists = (quick ? LISTS.slice(0, 2) : LISTS).map(displacement);
  for (const digits of [DIGITS.far, DIGITS.middle, DIGITS.near, DIGITS.close])
    positions(tally, lists, digits, wanted, part, say);
  since(tally, quick ? 100 : 1000, part, say);
  whole(tally, lists, wanted, part, say);
  for (const other of OTHER) positions(tally, lists, other, Math.ceil(wanted / 2), part, say);
  names(tally, lists, Math.ceil(wanted / 2), part, say);
  const track = trackTrial(quick ? 40 : 300);
  tally.add("track-fix", track.found, track.made, `of the track as it is, ${track.plain} fixes are doubted`);
  suggestions(tally);
  say("the lists as they are");
  flags(tally, part, quick);
  say("warnings and airspaces");
  notices(tally);
  say("typing");
  typing(tally);
  speed(tally, lists.at(-1) as List);
  if (misses !== null) writeFileSync(misses, `${tally.misses.join("\n")}\n`);
  const order = Object.keys(ASKED);
  const measures = tally.measures.toSorted((a, b) => order.indexOf(a.measure) - order.indexOf(b.measure));
  return { bench: "mistakes", measures, broken: null };
}

function positions(
  tally: Tally,
  lists: readonly List[],
  kind: PositionClass,
  wanted: number,
  part: Part,
  say: (text: string) => void,
): readonly [number, number] {
  say(kind.name);
  let [found, made] = [0, 0];
  const codes = new Map<string, number>();
  for (const list of lists) {
    const outcomes = positionTrial(list, kind, { wanted, part });
    found += tally.outcomes(list, kind.name, outcomes, kind.correctable);
    made += outcomes.length;
    for (const { findings } of outcomes) {
      for (const code of new Set(gravely(findings).map((each) => each.code)))
        codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  const by = [...codes].toSorted((a, b) => b[1] - a[1]).map(([code, count]) => `${code} ${count}`);
  tally.add(kind.name as MeasureName, found, made, `found by ${by.length === 0 ? "nothing" : by.join(", ")}`);
  return [found, made];
}

/** Any digit, in rows whose number stands at the same place in the list of three weeks before. */
function since(tally: Tally, wanted: number, part: Part, say: (text: string) => void): void {
  say("since-over-100-m");
  const [list, before] = [displacement("idps_2014-09-28"), displacement("idps_2014-09-01")];
  const known = new Set(before.rows.map(({ cells }) => `${cells[0]} ${cells[5]} ${cells[6]}`));
  const standing = list.rows.map((row) => {
    const [id, lat, lon] = [row.cells[0] ?? "", row.cells[5] ?? "", row.cells[6] ?? ""];
    return {
      ...row,
      part:
        id !== "" && known.has(`${id} ${lat} ${lon}`)
          ? row.part
          : part === "tune"
            ? ("measure" as const)
            : ("tune" as const),
    };
  });
  const kept = { ...list, rows: standing };
  const options = {
    since: csvOf(
      before.headers,
      before.rows.map(({ cells }) => cells),
    ),
  };
  const anywhere = { ...DIGITS.far, name: "since-over-100-m", band: { from: 100, to: Infinity } };
  const outcomes = positionTrial(kept, anywhere, { wanted, part, options });
  const moved = read(
    list,
    list.rows.map(({ cells }) => cells),
    options,
  ).filter(({ findings }) => findings.some(({ code }) => code === "moved-since"));
  tally.add(
    "since-over-100-m",
    tally.outcomes(kept, "since-over-100-m", outcomes, true),
    outcomes.length,
    `of the list as it is, ${moved.length} of ${list.rows.length} rows have moved`,
  );
}

function whole(tally: Tally, lists: readonly List[], wanted: number, part: Part, say: (text: string) => void): void {
  let [found, made] = [0, 0];
  const count = ([right, all]: readonly [number, number]): void => {
    found += right;
    made += all;
  };
  for (const kind of WHOLE) count(positions(tally, lists, kind, wanted, part, say));
  say("feet, day-month");
  const feet = feetTrial(wanted, part);
  tally.add("feet", feet.found, feet.made);
  tally.misses.push(...feet.misses.map((miss) => `miss\tfeet\t${miss}`));
  tally.given.right += feet.right;
  tally.given.none += feet.found - feet.right;
  count([feet.found, feet.made]);
  const trials = [
    { list: lists[0] as List, header: "date" },
    { list: events(), header: "end" },
    { list: airstrikes(), header: "date" },
  ].map(({ list, header }) => {
    const outcomes = dayMonthTrial(list, header, wanted, part);
    return [tally.outcomes(list, "day-month", outcomes, false), outcomes.length] as const;
  });
  for (const each of trials) count(each);
  const [right, all] = trials.reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
  tally.add(
    "day-month",
    right,
    all,
    `in a list of one day ${trials[0]?.join(" of ")}, in ends of events ${trials[1]?.join(" of ")}, in a list in order ${trials[2]?.join(" of ")}`,
  );
  tally.add("whole-mistakes", found, made, "all of the seven below together");
}

/** The name in Arabic of one row written into another. */
function names(tally: Tally, lists: readonly List[], wanted: number, part: Part, say: (text: string) => void): void {
  say("name-of-another-row");
  let [found, made] = [0, 0];
  for (const list of lists) {
    const column = columnOf(list, "Arabic Name");
    const change: Change = (cells, random) => {
      const other = list.rows[Math.floor(random() * list.rows.length)]?.cells[column] ?? "";
      return other === "" || other === cells[column] ? null : cells.with(column, other);
    };
    const outcomes = trial(list, change, { name: "name-of-another-row", wanted, part });
    found += tally.outcomes(list, "name-of-another-row", outcomes, false);
    made += outcomes.length;
  }
  tally.add("name-of-another-row", found, made, "names are often translated, and then nothing can be heard in them");
}

/** What states a position, as a rule of the bench sees it, and became a draft; and the fifty that a person looked at. */
function notices(tally: Tally): void {
  const [said, spaces] = [warnings(), airspaces()];
  const count = (measure: MeasureName, all: readonly Notice[]): void => {
    const stated = all.filter(({ states }) => states);
    const read = stated.filter(({ row }) => row.draft !== null);
    for (const { key, row } of stated.filter((each) => each.row.draft === null))
      tally.misses.push(
        `miss\t${measure}\t${key}\t${row.findings.map(({ code, message }) => `${code}: ${message}`).join(" ")}`,
      );
    tally.add(measure, read.length, stated.length, `of ${all.length} records those that state a position or an area`);
  };
  count("warnings-read", said);
  count("airspaces-read", spaces);
  tally.add("airspace-volumes-read", volumesRead(spaces), volumesStated(spaces));
  const sample = sampleOf(said, spaces);
  const wrong = sample.flatMap((each) => {
    const verdict = NOTICES_LOOKED_AT[each.key];
    const why = verdict?.digest === digestOf(each) ? verdict.wrong : "is read otherwise than when it was looked at";
    return why === null ? [] : [`${each.key}: ${why}`];
  });
  tally.misses.push(...wrong.map((each) => `miss\tsample-read-right\t${each}`));
  tally.add("sample-read-right", sample.length - wrong.length, sample.length, wrong.join("; ") || "all of them");
}

function suggestions(tally: Tally): void {
  const { right, wrong, none } = tally.given;
  tally.add(
    "suggestion-given-and-right",
    right,
    right + wrong + none,
    "of the mistakes found that have one right correction, digits of every size among them",
  );
  tally.add("suggestion-right-of-given", right, right + wrong);
}

/** The lists as they are: whatever is refused or warned of, but for blank rows. */
function flags(tally: Tally, part: Part, quick: boolean): void {
  const names = quick ? LISTS.slice(0, 2) : [...LISTS, "returnees_2018-10-31"];
  const lists = [...names.map(displacement), ...(quick ? [] : [events(), airstrikes()])];
  let [rows, flagged, wrongly] = [0, 0, 0];
  const each: string[] = [];
  for (const list of lists) {
    let here = 0;
    read(
      list,
      list.rows.map(({ cells }) => cells),
      {},
    ).forEach(({ row, findings }, i) => {
      if (list.rows[i]?.part !== part) return;
      rows++;
      const grave = gravely(findings).filter(({ code }) => code !== "blank-row");
      if (grave.length === 0) return;
      flagged++;
      here++;
      const cells = list.rows[i]?.cells ?? [];
      const seen = LOOKED_AT[(cells[0] ?? "").replace(/\.0$/, "")];
      if (seen === undefined) wrongly++;
      tally.misses.push(
        `flag\t${list.name}\trow ${row}\t${seen ?? "not known to be wrong"}\t${cells.join(" | ")}\t${grave.map(({ code, message, because }) => `${code}: ${message} ${because ?? ""}`).join(" ")}`,
      );
    });
    each.push(`${list.name} ${here}`);
  }
  tally.add("rows-flagged", flagged, rows, each.join(", "));
  tally.add(
    "rows-wrongly-flagged",
    wrongly,
    rows,
    "without those that a look by hand found to be rightly doubted (bench/mistakes/looked-at.ts)",
  );
}

function typing(tally: Tally): void {
  const sources = displacement(LISTS[0] as string).rows.flatMap(({ cells }) =>
    cells[5] === "" ? [] : [{ lat: (cells[5] as string).slice(0, 8), lon: (cells[6] as string).slice(0, 8) }],
  );
  for (const [name, alike] of [
    ["typing-surviving", MODEL.alike],
    ["typing-surviving-bad-paper", MODEL.badPaper],
  ] as const) {
    const random = randomAt(hashOf(name), 0);
    let [made, survived] = [0, 0];
    for (let i = 0; i < TYPED; i++) {
      const source = sources[Math.floor(random() * sources.length)] as { lat: string; lon: string };
      const entry = wronglyTyped(source, random, 200);
      if (entry === null) continue;
      made++;
      if (agrees(entry, source, random, alike) && agrees(entry, source, random, alike)) survived++;
    }
    const why = `${survived} of ${made} slips of over 100 m, before anything that importing finds; a second reader misreads what the first did ${Math.round(alike * 100)} times in 100`;
    tally.measures.push(measured(name, (1000 * survived) / made, why));
  }
}

function speed(tally: Tally, list: List): void {
  const plain = list.rows.filter(({ cells }) => cells[5] !== "").map(({ cells }) => cells);
  const rows = Array.from({ length: 10_000 }, (_, i) =>
    (plain[i % plain.length] as readonly string[]).with(0, String(i)),
  );
  const start = performance.now();
  read(list, rows, {});
  tally.measures.push(
    measured("csv-10000-rows", (performance.now() - start) / 1000, "read, checked and mapped, as CSV"),
  );
}
