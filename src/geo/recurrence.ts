/** Windows that recur: "daily 0600Z to 1000Z". All in UTC, so that no clock is ever put forward or back. */
import { geoError } from "./errors.ts";
import { formatTime } from "./time.ts";
import { DAY_MS, MAX_EVERY_DAYS, type Recurrence, type TimeWindow } from "./types.ts";

/** Closed; both ends are known. */
export interface Occurrence {
  readonly start: number;
  readonly end: number;
}

/**
 * The first occurrence that ends at or after `from`, cut to the window; null where the window ends before one does.
 * `from` is finite.
 */
export function occurrenceFrom(recurs: Recurrence, window: TimeWindow, from: number): Occurrence | null {
  if (window.end !== null && from > window.end) return null;
  const every = recurs.every_days * DAY_MS;
  const after = Math.max(from, window.start ?? from);
  const turn = Math.ceil((after - recurs.from_ms - recurs.for_ms) / every);
  return cut(recurs.from_ms + turn * every, recurs.for_ms, window);
}

/** The last occurrence that begins at or before `until`, cut to the window; null where the window begins after it. */
export function occurrenceUntil(recurs: Recurrence, window: TimeWindow, until: number): Occurrence | null {
  if (window.start !== null && until < window.start) return null;
  const every = recurs.every_days * DAY_MS;
  const before = Math.min(until, window.end ?? until);
  const turn = Math.floor((before - recurs.from_ms) / every);
  return cut(recurs.from_ms + turn * every, recurs.for_ms, window);
}

function cut(begins: number, lasts: number, window: TimeWindow): Occurrence | null {
  const start = Math.max(begins, window.start ?? begins);
  const end = Math.min(begins + lasts, window.end ?? begins + lasts);
  return start > end ? null : { start, end };
}

const MINUTE_MS = 60_000;
const DAILY = /^(?:daily|every (\d{1,3}) days?) (\d{2})(\d{2})Z to (\d{2})(\d{2})Z$/i;

/**
 * Reads `daily 0600Z to 1000Z`, or `every 7 days 2200Z to 0400Z` (counted from 1970-01-01, a Thursday); where it ends
 * at or before the hour at which it begins, it ends on the next day. Until when, the window says. Throws
 * recurrence-malformed.
 */
export function parseRecurrence(text: string, path = ""): Recurrence {
  const match = text.length <= 64 ? DAILY.exec(text.trim()) : null;
  if (match === null) throw malformed(text, path);
  const every_days = Number(match[1] ?? 1);
  const [from, to] = [clockMs(match[2], match[3]), clockMs(match[4], match[5])];
  if (every_days < 1 || every_days > MAX_EVERY_DAYS || from === null || to === null) throw malformed(text, path);
  return { every_days, from_ms: from, for_ms: to > from ? to - from : to + DAY_MS - from };
}

/** Milliseconds since midnight; null where there is no such time. */
function clockMs(hours: string | undefined, minutes: string | undefined): number | null {
  const [hour, minute] = [Number(hours), Number(minutes)];
  return hour > 23 || minute > 59 ? null : (hour * 60 + minute) * MINUTE_MS;
}

function malformed(text: string, path: string) {
  const message = `"${text.slice(0, 40)}" is not like "daily 0600Z to 1000Z"${/2400/.test(text) ? ", and 2400Z is 0000Z" : ""}.`;
  return geoError("recurrence-malformed", message, { detail: { path } });
}

/** `daily 0600Z to 1000Z`, `every 7 days from 1970-01-05 06:00Z for 90 min` where it is not a day's matter. */
export function formatRecurrence({ every_days, from_ms, for_ms }: Recurrence): string {
  const rhythm = every_days === 1 ? "daily" : `every ${every_days} days`;
  const isPlain = from_ms < DAY_MS && for_ms <= DAY_MS && from_ms % MINUTE_MS === 0 && for_ms % MINUTE_MS === 0;
  if (isPlain && for_ms > 0) return `${rhythm} ${clockText(from_ms)} to ${clockText(from_ms + for_ms)}`;
  return `${rhythm} from ${formatTime(from_ms)} for ${for_ms / MINUTE_MS} min`;
}

function clockText(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16).replace(":", "")}Z`;
}
