/** Times that are well written and probably not meant: day and month exchanged, another weekday, long past or far off. */
import { type Finding, finding } from "../codes.ts";
import type { ImportableKind } from "../importable.ts";
import type { IntakeRecord, WrittenTime } from "../record.ts";
import { reason } from "../words/sentence.ts";

const DAY_MS = 86_400_000;
/** An event of more days than this is doubted where exchanging day and month makes it one of `short` days or fewer. */
const SPAN = { long: 20, short: 10 } as const;
/** So large a share of a list must have the one day, or stand in order, before a row that does not is doubted. */
const AGREED = 0.9;
/** Days before and after now beyond which a time is doubted. */
const USUAL_DAYS = { past: 365 * 30, future: 365 * 3 } as const;
/** So many reports of long ago make a list a list of that time. */
const LISTED_PAST = 5;
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Of one record: its weekday and its span. */
export function timesOf({ starts, ends }: IntakeRecord): Finding[] {
  const found = [starts, ends].flatMap((time) => (time === null ? [] : wrongWeekday(time)));
  return starts === null || ends === null ? found : [...found, ...longSpan(starts, ends)];
}

function wrongWeekday(time: WrittenTime): Finding[] {
  const word = /\b(sun|mon|tue|wed|thu|fri|sat)[a-z]*\b/i.exec(time.text)?.[1]?.toLowerCase();
  const weekday = new Date(time.start).getUTCDay();
  const is = WEEKDAYS[weekday] as string;
  if (word === undefined || is.startsWith(word)) return [];
  return [finding("weekday-differs", time.field, { text: time.text.slice(0, 60), weekday: { weekday } })];
}

/**
 * Of a list: times far from `now`, milliseconds since the epoch. Where many of its reports are of long ago it is a list of
 * that time, which is said once at the first; nobody mistypes a year so often.
 */
export function farFromNow(
  records: readonly IntakeRecord[],
  { kind, now }: { readonly kind: ImportableKind; readonly now: number | null },
): Map<number, Finding[]> {
  const found = new Map<number, Finding[]>();
  if (now === null) return found;
  const past = records.filter(({ starts, ends }) => [starts, ends].some((time) => isPast(time, now)));
  const [first] = past;
  const isOfThatTime = kind === "report" && past.length >= LISTED_PAST;
  if (isOfThatTime && first !== undefined) {
    found.set(first.row, [finding("list-of-past", null, { rows: past.length, of: records.length })]);
  }
  for (const { row, starts, ends } of records) {
    const times = [starts, ends].filter((time) => time !== null && !(isOfThatTime && isPast(time, now)));
    const far = times.flatMap((time) => (time === null ? [] : farTime(time, now)));
    if (far.length > 0) found.set(row, [...(found.get(row) ?? []), ...far]);
  }
  return found;
}

function isPast(time: WrittenTime | null, now: number): boolean {
  return time !== null && now - time.start > USUAL_DAYS.past * DAY_MS;
}

function farTime(time: WrittenTime, now: number): Finding[] {
  const days = (time.start - now) / DAY_MS;
  if (days <= USUAL_DAYS.future && -days <= USUAL_DAYS.past) return [];
  const years = Math.round(Math.abs(days) / 365);
  return [finding(days > 0 ? "time-far/ahead" : "time-far/past", time.field, { text: time.text.slice(0, 60), years })];
}

function longSpan(starts: WrittenTime, ends: WrittenTime): Finding[] {
  const days = (ends.end - starts.start) / DAY_MS;
  if (days < SPAN.long) return [];
  for (const [time, other] of [
    [ends, starts],
    [starts, ends],
  ] as const) {
    const exchanged = exchangedDay(time);
    if (exchanged === null) continue;
    const span = time === ends ? exchanged - other.start : other.start - exchanged;
    if (span < 0 || span > SPAN.short * DAY_MS) continue;
    const given = { days: Math.round(days), text: time.text.slice(0, 60), exchanged: Math.round(span / DAY_MS) + 1 };
    return [finding("day-and-month", time.field, given, dayMeant(time, exchanged))];
  }
  return [];
}

/** Of a list: a row that leaves its one day, or its order, and comes back to it with day and month exchanged. */
export function dayAndMonthIn(records: readonly IntakeRecord[]): Map<number, Finding[]> {
  const timed = records.flatMap(({ row, starts }) => (starts === null ? [] : [{ row, time: starts }]));
  const found = new Map<number, Finding[]>();
  if (timed.length < 5) return found;
  const days = [...Map.groupBy(timed, ({ time }) => dayOf(time.start)).entries()];
  const [day, most] = days.reduce((a, b) => (b[1].length > a[1].length ? b : a));
  const order = longestRise(timed.map(({ time }) => time.start));
  const ordered = order.size >= AGREED * timed.length;
  let before = -Infinity;
  const after = laterOf(timed, order);
  timed.forEach(({ row, time }, i) => {
    if (order.has(i)) before = time.start;
    const exchanged = exchangedDay(time);
    if (exchanged === null) return;
    if (most.length >= AGREED * timed.length && dayOf(exchanged) === day) {
      const given = { of: timed.length, rows: most.length, day: isoDay(exchanged), text: time.text.slice(0, 60) };
      found.set(row, [finding("day-and-month/day", time.field, given, dayMeant(time, exchanged))]);
      return;
    }
    const fits = exchanged >= before - DAY_MS && exchanged <= (after[i] as number) + DAY_MS;
    if (ordered && !order.has(i) && fits) {
      const given = { text: time.text.slice(0, 60) };
      found.set(row, [finding("day-and-month/order", time.field, given, dayMeant(time, exchanged))]);
    }
  });
  return found;
}

/** Of each row, the time of the next one that is in order; `Infinity` after the last. */
function laterOf(timed: readonly { readonly time: WrittenTime }[], order: ReadonlySet<number>): number[] {
  const later: number[] = [];
  let next = Infinity;
  for (let i = timed.length - 1; i >= 0; i--) {
    later[i] = next;
    if (order.has(i)) next = timed[i]?.time.start ?? next;
  }
  return later;
}

/**
 * The places of as many values as can stand in rising order (patience sorting): what is left out of it stands out of
 * order, however many wrong ones stand side by side.
 */
function longestRise(values: readonly number[]): Set<number> {
  const ends: number[] = [];
  const before: number[] = [];
  values.forEach((value, i) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] as number] as number) <= value) low = middle + 1;
      else high = middle;
    }
    before[i] = ends[low - 1] ?? -1;
    ends[low] = i;
  });
  const rise = new Set<number>();
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i] as number) rise.add(i);
  return rise;
}

function dayMeant({ field }: WrittenTime, exchanged: number) {
  return { suggestion: { [field]: isoDay(exchanged) }, reason: reason("day-and-month", {}) };
}

/** The day with its day and month exchanged, milliseconds; null where that changes nothing or is no day. */
function exchangedDay({ start }: WrittenTime): number | null {
  const date = new Date(start);
  const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
  return day > 12 || day === month ? null : Date.UTC(date.getUTCFullYear(), day - 1, month) + (start % DAY_MS);
}

function dayOf(at: number): number {
  return Math.floor(at / DAY_MS);
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
