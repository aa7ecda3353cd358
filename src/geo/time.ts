/** Times as people write them: RFC 3339 and military date-time groups. Strict: no zone, no time. */
import { geoError } from "./errors.ts";
import { DAY_MS, MAX_TIME_MS, MIN_TIME_MS } from "./types.ts";

export type TimeNotation = "rfc3339" | "date-time-group";

export interface ParsedTime {
  /** Milliseconds since the epoch; what is finer is cut off. */
  readonly at: number;
  readonly notation: TimeNotation;
  /** What the text left out and was taken as nearest to now: say so to whoever wrote it. */
  readonly assumed: readonly ("month" | "year")[];
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const MINUTE = 60_000;

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;
const WRITTEN =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)? ?(?:([Zz])|([+-])(\d{2}):(\d{2}))?$/;
const GROUP = /^(\d{2}) ?(\d{2})(\d{2}) ?([A-Za-z]) ?(?:([A-Za-z]{3}) ?(\d{4}|\d{2})?)?$/;

/**
 * Exactly RFC 3339 section 5.6, as files and peers must write it. Throws time-malformed, time-zone-missing,
 * time-out-of-range.
 */
export function parseRfc3339(text: string): number {
  const match = typeof text === "string" && text.length <= 64 ? RFC3339.exec(text) : null;
  if (match === null) throw malformed(text);
  return fromParts(match, text);
}

/**
 * RFC 3339 (its seconds may be left out, and a space may stand for the T) or a date-time group: `231530ZNOV26`, with a
 * zone letter other than J, with or without spaces. A group without its year, or without month and year, is taken as
 * nearest to `now` (milliseconds since the epoch), and the result says so. Throws time-malformed, time-zone-missing,
 * time-out-of-range.
 */
export function parseTime(text: string, now: number): ParsedTime {
  const trimmed = typeof text === "string" && text.length <= 64 ? text.trim() : "";
  const group = GROUP.exec(trimmed);
  if (group !== null) return fromGroup(group, trimmed, now);
  const match = WRITTEN.exec(trimmed);
  if (match === null) throw malformed(text);
  return { at: fromParts(match, trimmed), notation: "rfc3339", assumed: [] };
}

function malformed(text: unknown) {
  const shown = String(text).slice(0, 40);
  if (/^(?:\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?|\d{6} ?[A-Za-z]{3} ?\d{2,4})$/.test(shown)) {
    return geoError("time-zone-missing", `"${shown}" does not say its time zone.`);
  }
  return geoError("time-malformed", `"${shown}" is not a time.`);
}

function fromParts(match: RegExpExecArray, text: string): number {
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [number, number, number, number, number];
  if (match[8] === undefined && match[9] === undefined) throw malformed(text);
  const milliseconds = Number((match[7] ?? "").padEnd(3, "0").slice(0, 3));
  const local = utc({ year, month, day, hour, minute, second: Number(match[6] ?? 0), milliseconds }, text);
  if (match[9] === undefined) return inRange(local, text);
  const [hours, minutes] = [Number(match[10]), Number(match[11])];
  if (hours > 23 || minutes > 59) throw outOfRange(text);
  return inRange(local - (match[9] === "+" ? 1 : -1) * (hours * 60 + minutes) * MINUTE, text);
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly milliseconds: number;
}

function outOfRange(text: string) {
  return geoError("time-out-of-range", `There is no such time as "${text}".`);
}

function inRange(at: number, text: string): number {
  if (at < MIN_TIME_MS || at > MAX_TIME_MS) throw outOfRange(text);
  return at;
}

function utc(parts: Parts, text: string): number {
  const date = new Date(0);
  date.setUTCFullYear(parts.year, parts.month - 1, parts.day);
  const sameDay = date.getUTCMonth() === parts.month - 1 && date.getUTCDate() === parts.day;
  if (!sameDay || parts.year === 0 || parts.hour > 23 || parts.minute > 59 || parts.second > 59) throw outOfRange(text);
  return date.setUTCHours(parts.hour, parts.minute, parts.second, parts.milliseconds);
}

/** Hours east of Greenwich of a zone's letter: A is +1, J is not a zone, M +12, N -1, Y -12, Z 0. */
function zoneHours(letter: string, text: string): number {
  const upper = letter.toUpperCase();
  if (upper === "J") throw geoError("time-zone-missing", `"${text}" is in local time (J), which is no time zone.`);
  const east = "ABCDEFGHIKLM".indexOf(upper);
  const west = "NOPQRSTUVWXY".indexOf(upper);
  return east >= 0 ? east + 1 : west >= 0 ? -(west + 1) : 0;
}

function fromGroup(match: RegExpExecArray, text: string, now: number): ParsedTime {
  const [day, hour, minute] = match.slice(1, 4).map(Number) as [number, number, number];
  const shift = zoneHours(match[4] as string, text) * 60 * MINUTE;
  const at = (year: number, month: number) =>
    utc({ year, month, day, hour, minute, second: 0, milliseconds: 0 }, text) - shift;
  const month = match[5] === undefined ? null : MONTHS.indexOf(match[5].toUpperCase()) + 1;
  if (month === 0) throw geoError("time-malformed", `"${text}" names no month: JAN to DEC.`);
  if (month !== null && match[6] !== undefined) {
    const year = match[6].length === 2 ? 2000 + Number(match[6]) : Number(match[6]);
    return { at: inRange(at(year, month), text), notation: "date-time-group", assumed: [] };
  }
  const here = new Date(now);
  const near = (step: number): [number, number] => {
    if (month !== null) return [here.getUTCFullYear() + step, month];
    const moved = new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth() + step, 1));
    return [moved.getUTCFullYear(), moved.getUTCMonth() + 1];
  };
  const nearest = closest([-1, 0, 1].map(near), at, now);
  if (nearest === null) throw outOfRange(text);
  return {
    at: inRange(nearest, text),
    notation: "date-time-group",
    assumed: month === null ? ["month", "year"] : ["year"],
  };
}

function closest(
  months: readonly (readonly [number, number])[],
  at: (year: number, month: number) => number,
  now: number,
): number | null {
  let best: number | null = null;
  for (const [year, month] of months) {
    const candidate = attempt(() => at(year, month));
    if (candidate !== null && (best === null || Math.abs(candidate - now) < Math.abs(best - now))) best = candidate;
  }
  return best;
}

/** A day that a month does not have is simply not a candidate. */
function attempt(candidate: () => number): number | null {
  try {
    return candidate();
  } catch {
    return null;
  }
}

const two = (value: number) => String(value).padStart(2, "0");

const UP_TO_60 = Array.from({ length: 60 }, (_, i) => two(i));

/** Times that are shown together mostly lie within some weeks, and their dates are what costs the most. */
const KNOWN_DAYS = 64;
const knownDays = Array.from({ length: KNOWN_DAYS }, () => ({ day: Number.NaN, date: "" }));

/** `2026-11-23`. */
function dateOf(day: number): string {
  const known = knownDays[Math.abs(day) % KNOWN_DAYS];
  if (known?.day === day) return known.date;
  const date = new Date(day * DAY_MS).toISOString().slice(0, -14);
  if (known !== undefined) Object.assign(known, { day, date });
  return date;
}

/** `2026-11-23 15:30Z`; seconds and milliseconds are shown where they are not zero. */
export function formatTime(at: number): string {
  const day = Math.floor(at / DAY_MS);
  const inDay = Math.trunc(at) - day * DAY_MS;
  const minutes = Math.floor(inDay / MINUTE);
  const rest = inDay - minutes * MINUTE;
  const shown = `${dateOf(day)} ${UP_TO_60[Math.floor(minutes / 60)]}:${UP_TO_60[minutes % 60]}`;
  if (rest === 0) return `${shown}Z`;
  const milliseconds = rest % 1000;
  const fraction = milliseconds === 0 ? "" : `.${String(milliseconds).padStart(3, "0")}`;
  return `${shown}:${UP_TO_60[Math.floor(rest / 1000)]}${fraction}Z`;
}

/** RFC 3339 in UTC: `2026-11-23T15:30:00Z`, with milliseconds where they are not zero. */
export function formatRfc3339(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** The date-time group `231530ZNOV26`, cut to the minute. */
export function formatDtg(at: number): string {
  const date = new Date(at);
  const clock = `${two(date.getUTCDate())}${two(date.getUTCHours())}${two(date.getUTCMinutes())}Z`;
  return `${clock}${MONTHS[date.getUTCMonth()]}${two(date.getUTCFullYear() % 100)}`;
}
