/** Strict readers of single cells. What is not plainly a value is not one; what was probably meant is a suggestion. */

/** A cell that was read, or why it was not. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string; readonly meant: T | null; readonly because: string | null };

const DECIMAL = /^[+-]?\d{1,3}(?:\.\d{1,20})?$/;

/** Degrees as a plain decimal number, rounded to the nanodegree. The range is the caller's. */
export function readDegrees(text: string): Read<number> {
  if (DECIMAL.test(text)) return { ok: true, value: nanodegree(Number(text)) };
  const comma = text.replace(",", ".");
  if (DECIMAL.test(comma)) {
    return unread(text, "a plain decimal number", nanodegree(Number(comma)), "It has a comma where a point belongs.");
  }
  const lettered = /^(\d{1,3}(?:\.\d{1,20})?)\s*°?\s*([NSEW])$/i.exec(text);
  if (lettered !== null) {
    const sign = /[SW]/i.test(lettered[2] as string) ? -1 : 1;
    return unread(text, "a plain decimal number", nanodegree(sign * Number(lettered[1])), "The letter gives its sign.");
  }
  return unread<number>(text, "a plain decimal number such as 36.34015", null, null);
}

/** A number of people or things. "60.0", as statistical software writes it, is 60. */
export function readCount(text: string, max: number): Read<number> {
  const match = /^(\d{1,12})(?:\.0{1,10})?$/.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]);
  if (value <= max) return { ok: true, value };
  const grouped = /^\d{1,3}(?:[ ,]\d{3})+$/.test(text) ? Number(text.replaceAll(/[ ,]/g, "")) : null;
  const meant = grouped !== null && grouped <= max ? grouped : null;
  return unread(text, `a whole number up to ${max}`, meant, meant === null ? null : "It is grouped by thousands.");
}

/** Metres above zero. */
export function readMetres(text: string, max: number): Read<number> {
  const value = /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Math.round(Number(text) * 1000) / 1000 : Number.NaN;
  return value > 0 && value <= max
    ? { ok: true, value }
    : unread<number>(text, `metres above 0 and up to ${max}`, null, null);
}

/** A number that someone gave to a row, kept as text; "1101007.0" is 1101007. */
export function readId(text: string): string {
  return /^\d{1,20}\.0$/.test(text) ? text.slice(0, -2) : text;
}

/** A moment, or a whole day from its first to its last millisecond, both closed. Milliseconds since the epoch. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const DAY_MS = 86_400_000;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NAME =
  "(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december)";
const NAMED_MONTH_FIRST = new RegExp(`^${MONTH_NAME}\\.? (\\d{1,2}), (\\d{4})$`, "i");
const NAMED_DAY_FIRST = new RegExp(`^(\\d{1,2})[ -]${MONTH_NAME}\\.?[ -](\\d{4})$`, "i");
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d{0,6})?)?(Z|z|[+-]\d\d:\d\d)$/;

/**
 * RFC 3339 with its zone, or a day without one: 2014-07-02, Jul 02, 2014, 2 July 2014. A day is a day in UTC. A day in
 * numbers whose order is open (02/07/2014), or a time without a zone, is not read.
 */
export function readTime(text: string): Read<Span> {
  const moment = RFC_3339.exec(text);
  if (moment !== null) return readMoment(text, moment);
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (iso !== null) return readDay(text, Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const monthFirst = NAMED_MONTH_FIRST.exec(text);
  if (monthFirst !== null)
    return readDay(text, Number(monthFirst[3]), month(monthFirst[1] as string), Number(monthFirst[2]));
  const dayFirst = NAMED_DAY_FIRST.exec(text);
  if (dayFirst !== null) return readDay(text, Number(dayFirst[3]), month(dayFirst[2] as string), Number(dayFirst[1]));
  return unread<Span>(text, "a day such as 2014-07-02 or a time with its zone such as 2014-07-02T06:30Z", null, null);
}

function readMoment(text: string, match: RegExpExecArray): Read<Span> {
  const part = (index: number): number => Number(match[index] ?? 0);
  const whole = readDay(text, part(1), part(2), part(3));
  if (!whole.ok) return whole;
  const [h, m, s] = [part(4), part(5), part(6)];
  const zone = zoneMinutes(match[8] as string);
  if (h > 23 || m > 59 || s > 59 || zone === null) return unread<Span>(text, "a time of day", null, null);
  const at = whole.value.start + ((h * 60 + m - zone) * 60 + s) * 1000 + Number((match[7] ?? "").padEnd(3, "0"));
  return { ok: true, value: { start: at, end: at } };
}

function zoneMinutes(zone: string): number | null {
  if (/^z$/i.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  return hours > 14 || minutes > 59 ? null : (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

function readDay(text: string, year: number, mon: number, day: number): Read<Span> {
  const start = Date.UTC(year, mon - 1, day);
  const date = new Date(start);
  const real = year >= 1970 && date.getUTCMonth() === mon - 1 && date.getUTCDate() === day;
  return real
    ? { ok: true, value: { start, end: start + DAY_MS - 1 } }
    : unread<Span>(text, "a day of the calendar since 1970", null, null);
}

function month(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function unread<T>(text: string, expected: string, meant: T | null, because: string | null): Read<T> {
  return { ok: false, why: `"${text.slice(0, 60)}" is not ${expected}.`, meant, because };
}

/** Degrees to nine decimals, which is a tenth of a millimetre on the ground, and never minus zero. */
export function nanodegree(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9 + 0;
}
