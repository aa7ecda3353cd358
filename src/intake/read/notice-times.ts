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
const UNTIL = new RegExp(String.raw`(?:UNTIL|THRU|THROUGH) (?:(\d{2})(\d{2})(\d{2})Z|(\d{1,2})) ${MONTH}${YEAR}`, "g");
const AT = new RegExp(String.raw`(?:AT |ON |SINCE |FROM )?(?<!\d)(\d{2})(\d{2})(\d{2})Z ${MONTH}${YEAR}`, "g");

/** `text` is in capitals with single spaces; `issued` is when the notice was issued, milliseconds since the epoch. */
export function timesIn(text: string, issued: number): NoticeTimes {
  const reading = new Reading(text, issued);
  reading.each(SPAN, (match) => reading.span(match));
  reading.each(DAILY, (match) => [
    ...[...(match[1] as string).matchAll(CLOCK_PAIR)].flatMap(([, h1, m1, h2, m2]) =>
      reading.daily(h1, m1, h2, m2, match[6]),
    ),
    ...reading.daily(match[2], match[3], match[4], match[5], match[6]),
  ]);
  reading.each(DAILY_FIRST, (match) => reading.daily(match[1], match[2], match[3], match[4], match[5]));
  reading.each(DAY_SPAN, (match) => reading.days(match[0]));
  reading.each(UNTIL, (match) => reading.until(match));
  reading.each(AT, (match) => reading.at(match));
  return reading.result();
}

type Digits = string | undefined;

class Reading {
  readonly #text: string;
  readonly #issued: number;
  #windows: TimeWindow[] = [];
  readonly #spans: (readonly [number, number])[] = [];
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

  /** Every match that no earlier form has taken, and that says a time which exists. */
  each(form: RegExp, read: (match: RegExpExecArray) => readonly TimeWindow[]): void {
    for (const match of this.#text.matchAll(form)) {
      const span = [match.index, match.index + match[0].length] as const;
      if (this.#spans.some(([from, to]) => span[0] < to && from < span[1])) continue;
      const windows = read(match);
      if (windows.length === 0) continue;
      this.#windows.push(...windows);
      this.#spans.push(span);
    }
  }

  span(match: RegExpExecArray): TimeWindow[] {
    const [, d1, h1, m1, month1, year1, d2, h2, m2, month2, year2] = match;
    const later = this.#laterMonth(match.index + match[0].length);
    const endMonth = month2 ?? later?.month;
    const endYear = year2 ?? (month2 === undefined ? later?.year : undefined);
    const end = this.#moment(d2, h2, m2, endMonth, endYear);
    const start = this.#moment(d1, h1, m1, month1 ?? endMonth, year1 ?? (month1 === undefined ? endYear : undefined));
    if (start === null || end === null) return [];
    // 282100Z to 010100Z AUG begins in the month before.
    if (start > end && month1 === undefined) return [{ start: monthBefore(start), end }];
    return start > end ? [] : [{ start, end }];
  }

  daily(h1: Digits, m1: Digits, h2: Digits, m2: Digits, days: Digits): TimeWindow[] {
    const [from, to] = [clock(h1, m1), clock(h2, m2)];
    if (from === null || to === null) return [];
    const listed = days === undefined ? [] : this.#dayList(days, this.#text.indexOf(days) + days.length);
    return listed.map((day) => ({ start: day + from, end: day + to + (to <= from ? DAY_MS : 0) }));
  }

  days(text: string): TimeWindow[] {
    const listed = this.#dayList(text, this.#text.indexOf(text) + text.length);
    const [first, last] = [listed[0], listed.at(-1)];
    return first === undefined || last === undefined ? [] : [{ start: first, end: last + DAY_MS - 1 }];
  }

  until(match: RegExpExecArray): TimeWindow[] {
    const [, day, hour, minute, bare, month, year] = match;
    const end =
      bare === undefined
        ? this.#moment(day, hour, minute, month, year)
        : add(this.#moment(bare, "00", "00", month, year), DAY_MS - 1);
    return end === null || end < this.#issued ? [] : [{ start: this.#issued, end }];
  }

  at(match: RegExpExecArray): TimeWindow[] {
    const at = this.#moment(match[1], match[2], match[3], match[4], match[5]);
    return at === null ? [] : [{ start: at, end: null }];
  }

  result(): NoticeTimes {
    const windows = this.#windows;
    if (windows.length <= MOST_WINDOWS) return { windows, spans: this.#spans, joined: false };
    const start = Math.min(...windows.map((window) => window.start ?? Number.NEGATIVE_INFINITY));
    const ends = windows.map(({ end }) => end);
    const end = ends.includes(null) ? null : Math.max(...(ends as number[]));
    return { windows: [{ start, end }], spans: this.#spans, joined: true };
  }

  /** Midnights of `03 THRU 07, 10 THRU 14 AND 31 AUG`, in their order. */
  #dayList(text: string, after: number): number[] {
    const parts = text.split(/,? AND |, ?|,? & /);
    const days: number[] = [];
    parts.forEach((part, i) => {
      // A day that comes after a month is no year of it: "28 AUG AND 31 AUG".
      const rest = parts.slice(i).join(" , ");
      const named = new RegExp(`${MONTH}${YEAR}`).exec(rest);
      const later = named === null ? this.#laterMonth(after) : { month: named[1] as string, year: named[2] };
      const range = new RegExp(
        `^(\\d{1,2})(?: ${MONTH})?${YEAR}(?: (?:THRU|THROUGH|TO|UNTIL|-) (\\d{1,2})(?: ${MONTH})?${YEAR})?$`,
      ).exec(part.trim());
      if (range === null || later === null) return;
      const [, first, month1, year1, last, month2, year2] = range;
      const end = this.#moment(
        last ?? first,
        "00",
        "00",
        month2 ?? (last === undefined ? month1 : undefined) ?? later.month,
        year2 ?? later.year,
      );
      let start = this.#moment(first, "00", "00", month1 ?? month2 ?? later.month, year1 ?? year2 ?? later.year);
      if (start === null || end === null) return;
      if (start > end && month1 === undefined) start = monthBefore(start);
      for (let day = start; day <= end && days.length < 400; day += DAY_MS) days.push(day);
    });
    return days;
  }

  /** Without a year, the one that brings it nearest to the issue. */
  #moment(day: Digits, hour: Digits, minute: Digits, month: Digits, year: Digits): number | null {
    const time = clock(hour, minute);
    const index = month === undefined ? new Date(this.#issued).getUTCMonth() : MONTHS.indexOf(month.slice(0, 3));
    if (time === null || index < 0 || day === undefined) return null;
    const years = year === undefined ? yearsRound(this.#issued) : [Number(year.length === 2 ? `20${year}` : year)];
    const moments = years.flatMap((each) => {
      const midnight = Date.UTC(each, index, Number(day));
      return new Date(midnight).getUTCDate() === Number(day) ? [midnight + time] : [];
    });
    const apart = (at: number): number => Math.abs(at - this.#issued);
    return moments.toSorted((a, b) => apart(a) - apart(b))[0] ?? null;
  }
}

function yearsRound(at: number): number[] {
  const year = new Date(at).getUTCFullYear();
  return [year - 1, year, year + 1];
}

function clock(hour: Digits, minute: Digits): number | null {
  const [h, m] = [Number(hour), Number(minute)];
  if (h === 24 && m === 0) return DAY_MS;
  return h > 23 || m > 59 ? null : (h * 60 + m) * 60_000;
}

function monthBefore(at: number): number {
  const date = new Date(at);
  return date.setUTCMonth(date.getUTCMonth() - 1);
}

function add(at: number | null, more: number): number | null {
  return at === null ? null : at + more;
}
