/**
 * Navigation warnings and NOTAMs in their own words. What is understood becomes volumes; what is not stays visible: the
 * whole text goes with the draft, and what was passed over is named.
 */
import { bandOf, type AnyHeightBand, type FindPlaces, parseHeight, type TimeWindow } from "../../geo/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { readNotam } from "./notam.ts";
import { type ReadNotice, Understood, volumesOf } from "./notice-parts.ts";
import { shapesOf } from "./notice-shapes.ts";
import { timesIn } from "./notice-times.ts";
import { positionsIn, unreadIn } from "./positions-in-text.ts";

const MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC";
const ISSUED = new RegExp(String.raw`^\s*(\d{2})(\d{2})(\d{2})Z (${MONTHS}) (\d{4}|\d{2})\b`);
const ID =
  /\b(NAVAREA [IVX]{1,5}|HYDRO(?:LANT|PAC|ARC)|COASTAL WARNING [A-Z ]{0,20}|[A-Z]{2,12} NAVWARN) ?(\d{1,4}\/\d{2,4})(?:\([\d,]+\))?\.?/;
const CANCEL_SELF = new RegExp(
  String.raw`(?:\d{1,2}\. )?CANCEL THIS (?:MSG|MESSAGE)(?: (\d{2})(\d{2})(\d{2})Z (${MONTHS}) (\d{4}|\d{2})\b)?\.?`,
);
const CANCEL =
  /(?:\d{1,2}\. )?CANCEL (?!THIS)([^.]{3,200}?\d{1,4}\/\d{2}(?:\([\d,]+\))?(?:[, ]+(?:[A-Z]+[, ]+)*\d{1,4}\/\d{2}(?:\([\d,]+\))?)*)\.?/g;
const HEIGHTS =
  /(?:FROM |BTN )?(SFC|GND|SURFACE|GROUND|\d{1,3}(?:,?\d{3})?(?: ?FT| FEET| ?M| METERS)?(?: ?AGL| ?AMSL| ?MSL)?|FL ?\d{2,3}) (?:TO|-|AND|UP TO) (UNL|UNLIMITED|FL ?\d{2,3}|\d{1,3}(?:,?\d{3})?(?: ?FT| FEET| ?M| METERS)(?: ?AGL| ?AMSL| ?MSL)?)(?![A-Z\d])/;

/** `now` stands for the time of issue where the notice does not say it. */
export function readNotice(text: string, now: number | null, places: FindPlaces | null): ReadNotice {
  const plain = text.toUpperCase().replaceAll(/\s+/g, " ").trim();
  const notam = readNotam(plain, places);
  return notam ?? readWarning(plain, now, places);
}

function readWarning(plain: string, now: number | null, places: FindPlaces | null): ReadNotice {
  const issuedMatch = ISSUED.exec(plain);
  const issued = issuedMatch === null ? null : momentOf(issuedMatch);
  const idMatch = ID.exec(plain);
  const self = CANCEL_SELF.exec(plain);
  const lapses = self?.[1] === undefined ? null : momentOf(self);
  const cancels = [...plain.matchAll(CANCEL)];
  const understood = new Understood(plain);
  for (const match of [issuedMatch, idMatch, self, ...cancels]) understood.match(match);
  const body = understood.blanked();
  const positions = positionsIn(body, places);
  const shapes = shapesOf(body, positions);
  for (const shape of shapes) understood.add(shape.from, shape.to);
  const heights = heightsIn(understood.blanked());
  understood.match(heights?.match ?? null);
  const since = issued ?? now;
  const times = since === null ? null : timesIn(understood.blanked(), since);
  for (const [from, to] of times?.spans ?? []) understood.add(from, to);
  const unreadTimes = [
    ...(times?.unread ?? []),
    ...(self?.[1] !== undefined && lapses === null ? [self[0]] : []),
    ...(issuedMatch !== null && issued === null ? [issuedMatch[0]] : []),
  ];
  // Whoever leaves a time out that could not be read leaves people unwarned: then it holds all the while.
  const windows = windowsOf(unreadTimes.length > 0 ? [] : (times?.windows ?? []), since, lapses);
  return {
    id: idMatch === null ? null : `${idMatch[1]} ${idMatch[2]}`.replaceAll(/\s+/g, " "),
    title: titleOf(plain, idMatch, issuedMatch),
    volumes: volumesOf(shapes, windows, heights?.band ?? null),
    positions: positions.map(({ field, text, at, precision_m, notation }) => ({
      field,
      text,
      at,
      precision_m,
      notation,
    })),
    cancels: cancels.map((match) => (match[1] as string).trim()),
    lapses,
    leftover: understood.rest(),
    widthless: shapes.filter(({ widthless }) => widthless).length,
    joined: times?.joined ?? false,
    unreadTimes,
    unreadPositions: unreadIn(body, positions),
    partial: shapes.some(({ partial }) => partial),
    contradicts: null,
    issued,
  };
}

function momentOf(match: RegExpExecArray): number | null {
  const [, day, hour, minute, month = "", year = ""] = match;
  const full = Number(year.length === 2 ? `20${year}` : year);
  const at = Date.UTC(full, MONTHS.split("|").indexOf(month), Number(day), Number(hour), Number(minute));
  return new Date(at).getUTCDate() === Number(day) && Number(minute) < 60 ? at : null;
}

/** Without a time of its own it is in force from its issue until it is cancelled. */
function windowsOf(windows: readonly TimeWindow[], since: number | null, lapses: number | null): readonly TimeWindow[] {
  if (windows.length === 0) return [{ start: since, end: lapses }];
  return windows.map(({ start, end }) => ({
    start,
    end: end ?? (lapses !== null && start !== null && lapses >= start ? lapses : null),
  }));
}

function heightsIn(text: string): { readonly match: RegExpExecArray; readonly band: AnyHeightBand | null } | null {
  const match = HEIGHTS.exec(text);
  if (match === null) return null;
  try {
    const [lower, upper] = [match[1], match[2]].map((each) => parseHeight(each as string)) as [
      ReturnType<typeof parseHeight>,
      ReturnType<typeof parseHeight>,
    ];
    if (upper.unit === null && upper.metres !== null) return null;
    return { match, band: bandOf(lower.unit === null && lower.metres !== 0 ? null : lower, upper, "AMSL").band };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return null;
  }
}

function titleOf(plain: string, id: RegExpExecArray | null, issued: RegExpExecArray | null): string {
  const after = id === null ? (issued?.[0].length ?? 0) : id.index + id[0].length;
  const words = plain.slice(after).replace(/^[\s.]+/, "");
  const cut = /\d/.exec(words.slice(12));
  return words
    .slice(0, Math.min(120, cut === null ? 120 : cut.index + 12))
    .replace(/[\s.,:]+$/, "")
    .replace(/ \d?$/, "");
}
