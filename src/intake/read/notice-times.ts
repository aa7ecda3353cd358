/** When a notice in its own words holds: date-time groups, daily windows with their days, spans of days, until when. */
import type { TimeWindow } from "../../geo/index.ts";

const DAY_MS = 86_400_000;
const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const MONTH = `(${MONTHS.join("|")})[A-Z]*\\.?`;
const YEAR = String.raw`(?: (\d{4}|\d{2})(?![\d-]))?`;
/** More windows than a message holds are told as the one that spans them. */
const MOST_WINDOWS = 200;

export interface NoticeTimes {
  readonly windows: readonly TimeWindow[];
  /** From and to of what was understood, in the text. */
  readonly spans: readonly (readonly [number, number])[];
  /** What is written as a time and says none that exists: "310600Z JUN", an end before its start. */
  readonly unread: readonly string[];
  /** More windows were told than are kept: the one there is spans them all. */
  readonly joined: boolean;
}

const GROUP = String.raw`(\d{2})(\d{2})(\d{2})Z?(?: ${MONTH}${YEAR})?`;
const SPAN = new RegExp(String.raw`(?<!\d)${GROUP} (?:TO|THRU|THROUGH|UNTIL|-) ${GROUP}(?!\d)`, "g");
const DAYS = String.raw`(?:\d{1,2}(?: ${MONTH})?${YEAR}(?: (?:THRU|THROUGH|TO|-) \d{1,2}(?: ${MONTH})?${YEAR})?)`;
const DAY_LIST = String.raw`(${DAYS}(?:(?:,? AND |, ?|,? & )${DAYS})*)`;
const CLOCKS = String.raw`(\d{2})(\d{2})Z? ?(?:TO|-|THRU) ?(\d{2})(\d{2})Z?`;
const CLOCK_PAIR = new RegExp(CLOCKS, "g");
/** "0001Z TO 1800Z AND 2100Z TO 0001Z DAILY": what comes before the last of them holds on the same days. */
const MORE_CLOCKS = String.raw`((?:\d{4}Z? ?(?:TO|-|THRU) ?\d{4}Z?(?:,? AND |, ?|,? & ))*)`;
const DAILY = new RegExp(
  String.raw`(?<!\d)${MORE_CLOCKS}${CLOCKS}(?: |, )?(?:DAILY|DLY|EACH DAY)?,? ?(?:FROM |ON )?${DAY_LIST}(?!\d)`,
  "g",
);
const DAILY_FIRST = new RegExp(
  String.raw`(?:DAILY|DLY),? (?:FROM |BETWEEN )?${CLOCKS}(?: (?:FROM |ON )?${DAY_LIST}(?!\d))?`,
  "g",
);
const DAY_SPAN = new RegExp(
  String.raw`(?<![\d-])(\d{1,2})(?: ${MONTH})?${YEAR} (?:THRU|THROUGH|TO|UNTIL|-) (\d{1,2}) ${MONTH}${YEAR}`,
  "g",
);
const MONTH_AND_YEAR = new RegExp(`${MONTH}${YEAR}`);
const DAY_RANGE = new RegExp(
  `^(\\d{1,2})(?: ${MONTH})?${YEAR}(?: (?:THRU|THROUGH|TO|UNTIL|-) (\\d{1,2})(?: ${MONTH})?${YEAR})?$`,
);
/** More days than any notice lists. */
const MOST_DAYS = 800;
/** A span that would be longer without saying its years has its ends exchanged. */
const LONGEST_MS = 300 * DAY_MS;
/** What begins without its year began at most so long before it is told. */
const BEGUN_MS = 60 * DAY_MS;
const UNTIL = new RegExp(String.raw`(?:UNTIL|THRU|THROUGH) (?:(\d{2})(\d{2})(\d{2})Z|(\d{1,2})) ${MONTH}${YEAR}`, "g");
const AT = new RegExp(String.raw`(?:AT |ON |SINCE |FROM )?(?<!\d)(\d{2})(\d{2})(\d{2})Z ${MONTH}${YEAR}`, "g");

/** `text` is in capitals with single spaces; `issued` is when the notice was issued, milliseconds since the epoch. */
export function timesIn(text: string, issued: number): NoticeTimes {
  const reading = new Reading(text, issued);
  reading.each(SPAN, (match) => reading.span(match));
  reading.each(DAILY, (match) => [
    ...[...(match[1] as string).matchAll(CLOCK_PAIR)].flatMap(([, h1, m1, h2, m2]) =>
      reading.daily(h1, m1, h2, m2, match[6], endOf(match)),
    ),
    ...reading.daily(match[2], match[3], match[4], match[5], match[6], endOf(match)),
  ]);
  reading.each(DAILY_FIRST, (match) => reading.daily(match[1], match[2], match[3], match[4], match[5], endOf(match)));
  reading.each(DAY_SPAN, (match) => reading.days(match[0], endOf(match)));
  reading.each(UNTIL, (match) => reading.until(match));
  reading.each(AT, (match) => reading.at(match));
  return reading.result();
}

type Digits = string | undefined;

function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length;
}

class Reading {
  readonly #text: string;
  readonly #issued: number;
  #windows: TimeWindow[] = [];
  readonly #spans: (readonly [number, number])[] = [];
  readonly #unread: (readonly [number, number])[] = [];
  /** A month that is named once, at the end of a list, is that of what stands before it. */
  readonly #laterMonth: (from: number) => { month: string; year: Digits } | null;

  constructor(text: string, issued: number) {
    this.#text = text;
    this.#issued = issued;
    const named = [...text.matchAll(new RegExp(`\\b${MONTH}${YEAR}`, "g"))];
    this.#laterMonth = (from) => {
      const next = named.find((match) => match.index >= from);
      return next === undefined ? null : { month: next[1] as string, year: next[2] };
    };
  }

  /** Every match that no earlier form has taken: the second half of a span that is none is no time by itself. */
  each(form: RegExp, read: (match: RegExpExecArray) => readonly TimeWindow[]): void {
    for (const match of this.#text.matchAll(form)) {
      const span = [match.index, endOf(match)] as const;
      if ([...this.#spans, ...this.#unread].some(([from, to]) => span[0] < to && from < span[1])) continue;
      const windows = read(match);
      this.#windows.push(...windows);
      (windows.length === 0 ? this.#unread : this.#spans).push(span);
    }
  }

  span(match: RegExpExecArray): TimeWindow[] {
    const [, d1, h1, m1, month1, year1, d2, h2, m2, month2, year2] = match;
    const later = this.#laterMonth(match.index + match[0].length);
    const endMonth = month2 ?? later?.month;
    const endYear = year2 ?? (month2 === undefined ? later?.year : undefined);
    const end = this.#moment(d2, h2, m2, endMonth, endYear, DAY_MS);
    if (end === null) return [];
    const start = this.#startBefore(end, [d1, h1, m1, month1, year1]);
    return start === null ? [] : [{ start, end }];
  }

  daily(h1: Digits, m1: Digits, h2: Digits, m2: Digits, days: Digits, after: number): TimeWindow[] {
    const [from, to] = [clock(h1, m1), clock(h2, m2)];
    if (from === null || to === null) return [];
    const listed = days === undefined ? [] : this.#dayList(days, after);
    return listed.map((day) => ({ start: day + from, end: day + to + (to <= from ? DAY_MS : 0) }));
  }

  days(text: string, after: number): TimeWindow[] {
    const listed = this.#dayList(text, after);
    const [first, last] = [listed[0], listed.at(-1)];
    return first === undefined || last === undefined ? [] : [{ start: first, end: last + DAY_MS - 1 }];
  }

  until(match: RegExpExecArray): TimeWindow[] {
    const [, day, hour, minute, bare, month, year] = match;
    const end =
      bare === undefined
        ? this.#moment(day, hour, minute, month, year, DAY_MS)
        : add(this.#moment(bare, "00", "00", month, year, DAY_MS), DAY_MS - 1);
    return end === null || end < this.#issued ? [] : [{ start: this.#issued, end }];
  }

  at(match: RegExpExecArray): TimeWindow[] {
    const at = this.#moment(match[1], match[2], match[3], match[4], match[5], BEGUN_MS);
    return at === null ? [] : [{ start: at, end: null }];
  }

  result(): NoticeTimes {
    const windows = this.#windows;
    const unread = this.#unread.map(([from, to]) => this.#text.slice(from, to));
    if (windows.length <= MOST_WINDOWS) return { windows, spans: this.#spans, unread, joined: false };
    const start = windows.reduce((first, window) => Math.min(first, window.start ?? -Infinity), Infinity);
    const ends = windows.map(({ end }) => end);
    const end = ends.includes(null) ? null : (ends as number[]).reduce((last, each) => Math.max(last, each), -Infinity);
    return { windows: [{ start, end }], spans: this.#spans, unread, joined: true };
  }

  /** Midnights of `03 THRU 07, 10 THRU 14 AND 31 AUG`, in their order; none where one of its days is none. */
  #dayList(text: string, after: number): number[] {
    const days: number[] = [];
    // From the last to the first: a month that is named once is that of what stands before it. A day that comes after a
    // month is no year of it: "28 AUG AND 31 AUG".
    let later: { readonly month: Digits; readonly year: Digits } = this.#laterMonth(after) ?? {
      month: undefined,
      year: undefined,
    };
    for (const part of text.split(/,? AND |, ?|,? & /).toReversed()) {
      const named = MONTH_AND_YEAR.exec(part);
      if (named !== null) later = { month: named[1], year: named[2] };
      const listed = this.#daysOf(part.trim(), later);
      if (listed.length === 0 || days.length + listed.length > MOST_DAYS) return [];
      days.unshift(...listed);
    }
    return days;
  }

  #daysOf(part: string, later: { readonly month: Digits; readonly year: Digits }): number[] {
    const range = DAY_RANGE.exec(part);
    if (range === null) return [];
    const [, first, month1, year1, last, month2, year2] = range;
    const own = last === undefined ? month1 : undefined;
    const month = month2 ?? own ?? later.month;
    const end = this.#moment(
      last ?? first,
      "00",
      "00",
      month,
      year2 ?? later.year,
      last === undefined ? BEGUN_MS : DAY_MS,
    );
    if (end === null) return [];
    const start = last === undefined ? end : this.#startBefore(end, [first, "00", "00", month1, year1]);
    if (start === null || end - start > MOST_DAYS * DAY_MS) return [];
    return Array.from({ length: Math.round((end - start) / DAY_MS) + 1 }, (_, i) => start + i * DAY_MS);
  }

  /** Without a year, or without month and year, the first that is no more than `before` earlier than the issue. */
  #moment(day: Digits, hour: Digits, minute: Digits, month: Digits, year: Digits, before: number): number | null {
    const time = clock(hour, minute);
    if (time === null) return null;
    if (year !== undefined && month !== undefined) return inMonth(fullYear(year), monthOf(month), day, time);
    const issue = new Date(this.#issued);
    const months =
      month === undefined
        ? [-1, 0, 1, 2].map((step) => [issue.getUTCFullYear(), issue.getUTCMonth() + step] as const)
        : [-1, 0, 1, 2].map((step) => [issue.getUTCFullYear() + step, monthOf(month)] as const);
    const moments = months.flatMap(([each, index]) => inMonth(each, index, day, time) ?? []);
    return moments.find((at) => at >= this.#issued - before) ?? null;
  }

  /** What begins a span: without its year the last before the end; without its month in that of the end, or the one before. */
  #startBefore(end: number, [day, hour, minute, month, year]: readonly Digits[]): number | null {
    const time = clock(hour, minute);
    if (time === null) return null;
    const last = new Date(end);
    const [endYear, endMonth] = [last.getUTCFullYear(), last.getUTCMonth()];
    const months =
      month === undefined
        ? [0, -1].map((step) => [endYear, endMonth + step] as const)
        : (year === undefined ? [endYear, endYear - 1] : [fullYear(year)]).map(
            (each) => [each, monthOf(month)] as const,
          );
    const starts = months.flatMap(([each, index]) => inMonth(each, index, day, time) ?? []);
    const longest = year === undefined ? LONGEST_MS : Infinity;
    return starts.find((start) => start <= end && end - start <= longest) ?? null;
  }
}

function monthOf(month: string): number {
  return MONTHS.indexOf(month.slice(0, 3));
}

function fullYear(year: string): number {
  return Number(year.length === 2 ? `20${year}` : year);
}

/** Null of a day that the month does not have. Months beyond a year's are those of the years beside it. */
function inMonth(year: number, month: number, day: Digits, time: number): number | null {
  const midnight = Date.UTC(year, month, Number(day));
  return new Date(midnight).getUTCDate() === Number(day) ? midnight + time : null;
}

function clock(hour: Digits, minute: Digits): number | null {
  const [h, m] = [Number(hour), Number(minute)];
  if (h === 24 && m === 0) return DAY_MS;
  return h > 23 || m > 59 ? null : (h * 60 + m) * 60_000;
}

function add(at: number | null, more: number): number | null {
  return at === null ? null : at + more;
}
