/** When two volumes that stand still both hold, or how long lies between; also where they recur. */
import {
  type AnyVolume,
  DAY_MS,
  type Occurrence,
  occurrenceFrom,
  occurrenceUntil,
  type Recurrence,
  type TimeWindow,
} from "../geo/index.ts";

export interface Meeting {
  /** Milliseconds between the two, 0 where they hold together. */
  readonly gap_ms: number;
  /** When both hold, or the interval between; of several, the first that is at least as near as any other. */
  readonly window: TimeWindow;
}

type Timed = Pick<AnyVolume, "window" | "recurs">;
type Recurring = Timed & { readonly recurs: Recurrence };

/** How two volumes' times meet; a gap of `Infinity` where one of them never holds. */
export function meetingOf(a: Timed, b: Timed): Meeting {
  if (isRecurring(a)) return isRecurring(b) ? bothRecurring(a, b) : withWindow(a, b.window);
  return isRecurring(b) ? withWindow(b, a.window) : windowsMeet(a.window, b.window);
}

function isRecurring(timed: Timed): timed is Recurring {
  return timed.recurs !== undefined && timed.recurs !== null;
}

export function windowsMeet(a: TimeWindow, b: TimeWindow): Meeting {
  const start = a.start === null ? b.start : b.start === null ? a.start : Math.max(a.start, b.start);
  const end = a.end === null ? b.end : b.end === null ? a.end : Math.min(a.end, b.end);
  if (start === null || end === null || start <= end) return { gap_ms: 0, window: { start, end } };
  return { gap_ms: start - end, window: { start: end, end: start } };
}

const NEVER: Meeting = { gap_ms: Number.POSITIVE_INFINITY, window: { start: null, end: null } };

function nearer(a: Meeting, b: Meeting): Meeting {
  return b.gap_ms < a.gap_ms ? b : a;
}

/** The occurrence at the window's beginning and its neighbours are all that can be first or nearest. */
function withWindow({ recurs, window }: Recurring, other: TimeWindow): Meeting {
  const from = other.start ?? window.start ?? firstBefore(other.end ?? window.end, recurs);
  const next = occurrenceFrom(recurs, window, from);
  const before = occurrenceUntil(recurs, window, from);
  return [before, next]
    .filter((occurrence) => occurrence !== null)
    .map((occurrence) => windowsMeet(occurrence, other))
    .reduce(nearer, NEVER);
}

/** Where nothing says when it began, any rhythm of the last before the end will do; without an end, of 1970. */
function firstBefore(end: number | null, { every_days }: Recurrence): number {
  return end === null ? 0 : end - every_days * DAY_MS;
}

/** All occurrences of the slower one through one common rhythm: whole days, so there are never more than 366 of them. */
function bothRecurring(a: Recurring, b: Recurring): Meeting {
  const [slow, quick] = a.recurs.every_days >= b.recurs.every_days ? [a, b] : [b, a];
  const rhythm = leastCommonMultiple(slow.recurs.every_days, quick.recurs.every_days) * DAY_MS;
  const span = windowsMeet(a.window, b.window);
  if (span.gap_ms > 0) return oneAfterTheOther(a, b);
  const until = span.window.end;
  const from = span.window.start ?? (until === null ? 0 : until - rhythm - slow.recurs.every_days * DAY_MS);
  let best = NEVER;
  const take = (occurrence: Occurrence | null) => {
    if (occurrence !== null) best = nearer(best, withWindow(quick, occurrence));
  };
  take(occurrenceUntil(slow.recurs, slow.window, from));
  let next = occurrenceFrom(slow.recurs, slow.window, from);
  while (next !== null && next.start <= from + rhythm + slow.recurs.every_days * DAY_MS && best.gap_ms > 0) {
    take(next);
    next = occurrenceFrom(slow.recurs, slow.window, next.end + 1);
  }
  return best;
}

/** Where the one is over before the other begins, its last occurrence and the other's first are the nearest. */
function oneAfterTheOther(a: Recurring, b: Recurring): Meeting {
  const [early, late] =
    (a.window.end ?? Number.POSITIVE_INFINITY) < (b.window.start ?? Number.NEGATIVE_INFINITY) ? [a, b] : [b, a];
  const [over, begins] = [early.window.end as number, late.window.start as number];
  const last = occurrenceUntil(early.recurs, early.window, over);
  const first = occurrenceFrom(late.recurs, late.window, begins);
  return last === null || first === null ? NEVER : windowsMeet(last, first);
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** No movement lasts so long that its windows of a day are worth counting beyond it. */
const MOST_OCCURRENCES = 400;

/** The windows of a volume that stands still, as far as they reach into `start` to `end` (which may be infinite). */
export function windowsWithin({ window, recurs }: Timed, start: number, end: number): readonly TimeWindow[] {
  if (recurs === undefined || recurs === null) return [window];
  const [from, to] = [Math.max(start, window.start ?? start), Math.min(end, window.end ?? end)];
  const isLong = (to - from) / (recurs.every_days * DAY_MS) > MOST_OCCURRENCES;
  if (isLong || !Number.isFinite(from) || !Number.isFinite(to)) return [window];
  const windows: TimeWindow[] = [];
  let next = occurrenceFrom(recurs, window, from);
  while (next !== null && next.start <= to) {
    windows.push(next);
    next = occurrenceFrom(recurs, window, next.end + 1);
  }
  return windows;
}
