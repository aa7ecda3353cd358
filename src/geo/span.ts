/**
 * Times as files and people write them: a moment, or a whole day. Gregorian days with month names in several languages,
 * Persian and Islamic days where they are named as such, local times with their zone, serial days of spreadsheets.
 */
import { Temporal } from "temporal-polyfill/full";
import { isParleyError } from "../wire/error.ts";
import { geoError } from "./errors.ts";
import { MONTH_NAMES, type Calendar } from "./month-names.ts";
import { plainMarks } from "./script.ts";
import { parseTime } from "./time.ts";
import { DAY_MS } from "./types.ts";

/** Milliseconds since the epoch, both closed; equal for a moment. */
export interface ParsedSpan {
  readonly start: number;
  readonly end: number;
  /** What the text leaves out and was taken for granted. */
  readonly assumed: readonly ("month" | "year" | "zone")[];
}

export interface SpanTerms {
  /** For date-time groups without a year; null: they are refused. */
  readonly now: number | null;
  /** Zone of times that name none, as IANA or an offset names it; null: they are refused, and days are days in UTC. */
  readonly zone: string | null;
}

const CLOCK = String.raw`[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?: ?([AP]M))?(?: ?(.{1,40}))?`;
const ISO_DAY = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})(?:${CLOCK})?$`, "i");
const ISO_DAY_ALONE = /^\d{4}-\d{1,2}-\d{1,2}$/;
/** As GDAL and East Asian software write it: with the year first, and of this calendar, only the month can follow. */
const YEAR_FIRST = new RegExp(String.raw`^((?:19|20|21)\d{2})/(\d{1,2})/(\d{1,2})(?:${CLOCK})?$`, "i");
const NAMED_DAY = new RegExp(
  String.raw`^(?:\p{L}+\.?,? )?(?:(\d{1,2})(?:st|nd|rd|th|er)?[ -]+(?:de |من )?([^\d]{2,24}?)[., -]+(\d{4})|([^\d]{3,24}?)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4}))(?: ?(AH|AP|SH|هـ|ه\.? ?ق|ه\.? ?ش|هجري|هجرية|هجری|م|г\.?|р\.?))?(?:${CLOCK})?$`,
  "iu",
);
const ERA_DAY = new RegExp(
  String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2}) ?(AH|AP|SH|هـ|هـ\.? ?ش|ه\.? ?ش|هـ\.? ?ق|ه\.? ?ق|هجري|هجري شمسي|هجری شمسی|هجری قمری|شمسی|قمری)(?:${CLOCK})?$`,
  "iu",
);
const OFFSET = /^(?:(?:UTC|GMT) ?)?([+-])(\d{1,2})(?::?(\d{2}))?$/i;

/**
 * Reads a moment or a day. A day is that day in `zone`, or in UTC, from its first millisecond to its last, and then
 * `assumed` names the zone. Days in numbers whose order is open (02/07/2014) are refused, and so is a time without a zone
 * where `terms` gives none. Throws time-malformed, time-order-open, time-zone-missing, time-zone-unknown,
 * time-out-of-range.
 */
export function parseSpan(text: string, terms: SpanTerms): ParsedSpan {
  const plain = typeof text === "string" && text.length <= 100 ? plainMarks(text).replace(/^'/, "") : "";
  const written = momentOf(plain, terms);
  if (written !== null) return written;
  const iso = ISO_DAY.exec(plain) ?? YEAR_FIRST.exec(plain);
  if (iso !== null) return spanOf(dayOf("iso8601", iso[1], iso[2], iso[3], text), iso.slice(4), terms, text);
  const era = ERA_DAY.exec(plain);
  if (era !== null) {
    const calendar = eraCalendar(era[4] as string) ?? "islamic-umalqura";
    return spanOf(dayOf(calendar, era[1], era[2], era[3], text), era.slice(5), terms, text);
  }
  const named = NAMED_DAY.exec(plain);
  if (named !== null) return namedDay(named, terms, text);
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\d)/.test(plain)) {
    throw geoError("time-order-open", `"${plain.slice(0, 40)}" can be read as more than one day.`);
  }
  throw geoError("time-malformed", `"${plain.slice(0, 40)}" is not a time.`);
}

/** RFC 3339 or a date-time group; null where it is neither, or needs what `terms` may give. */
function momentOf(plain: string, { now }: SpanTerms): ParsedSpan | null {
  // Most cells are days, and a refusal costs more than all else that is done with one.
  if (ISO_DAY_ALONE.test(plain)) return null;
  try {
    const { at, assumed } = parseTime(plain, now ?? 0);
    if (assumed.length > 0 && now === null) {
      throw geoError("time-malformed", `"${plain}" leaves its ${assumed.join(" and ")} out.`);
    }
    return { start: at, end: at, assumed };
  } catch (error) {
    if (isParleyError(error, "time-out-of-range")) throw error;
    if (isParleyError(error, "time-malformed") && /leaves its/.test(error.message)) throw error;
    if (isParleyError(error, "time-zone-missing") && /^\d{2} ?\d{4}/.test(plain)) throw error;
    return null;
  }
}

function namedDay(match: RegExpExecArray, terms: SpanTerms, text: string): ParsedSpan {
  const [, dayFirst, nameSecond, yearFirst, nameFirst, daySecond, yearSecond, era] = match;
  const name = (nameSecond ?? nameFirst ?? "").trim().toLowerCase().replace(/\.$/, "");
  const found = MONTH_NAMES.get(name);
  if (found === undefined) throw geoError("time-malformed", `"${text.slice(0, 40)}" names no month that is known.`);
  const said = era === undefined ? null : eraCalendar(era);
  const [calendar, month] = found;
  if (said !== null && said !== calendar) {
    throw geoError("time-malformed", `"${text.slice(0, 40)}" has a month of another calendar than its year.`);
  }
  const day = dayOf(calendar, yearFirst ?? yearSecond, String(month), dayFirst ?? daySecond, text);
  return spanOf(day, match.slice(8), terms, text);
}

function eraCalendar(era: string): Calendar | null {
  if (/^(?:م|г|р)/i.test(era)) return null;
  return /ش|شمس|^(?:AP|SH)/i.test(era) ? "persian" : "islamic-umalqura";
}

type Digits = string | undefined;

function dayOf(calendar: Calendar, year: Digits, month: Digits, day: Digits, text: string): Temporal.PlainDate {
  try {
    const parts = { year: Number(year), month: Number(month), day: Number(day), calendar };
    const date = Temporal.PlainDate.from(parts, { overflow: "reject" }).withCalendar("iso8601");
    if (date.year >= 1900 && date.year <= 2200) return date;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
  }
  throw geoError("time-out-of-range", `There is no such day as "${text.slice(0, 40)}".`);
}

/** `clock`: hour, minute, second, AM or PM, zone; all undefined of a day. */
function spanOf(day: Temporal.PlainDate, clock: readonly Digits[], terms: SpanTerms, text: string): ParsedSpan {
  const [hour, minute, second, half, zone] = clock;
  if (hour === undefined) {
    const start = day.toZonedDateTime(terms.zone === null ? "UTC" : zoneOf(terms.zone)).epochMilliseconds;
    const next = day.add({ days: 1 }).toZonedDateTime(terms.zone === null ? "UTC" : zoneOf(terms.zone));
    return { start, end: next.epochMilliseconds - 1, assumed: ["zone"] };
  }
  const named = zone?.trim() ?? terms.zone;
  if (named === null) throw geoError("time-zone-missing", `"${text.slice(0, 40)}" does not say its time zone.`);
  const [h, m, s] = [hour24(Number(hour), half), Number(minute), Number(second ?? 0)];
  if (h === null || h > 23 || m > 59 || s > 59) {
    throw geoError("time-out-of-range", `There is no such time of day as "${text.slice(0, 40)}".`);
  }
  const time = Temporal.PlainTime.from({ hour: h, minute: m, second: s });
  const at = localMoment(day.toPlainDateTime(time), zoneOf(named), text);
  return { start: at, end: at, assumed: zone === undefined ? ["zone"] : [] };
}

function hour24(hour: number, half: Digits): number | null {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
}

/** A time that clocks skip or show twice is no single moment. */
function localMoment(local: Temporal.PlainDateTime, zone: string, text: string): number {
  try {
    return local.toZonedDateTime(zone, { disambiguation: "reject" }).epochMilliseconds;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const message = `"${text.slice(0, 40)}" is skipped or comes twice where clocks are changed.`;
    throw geoError("time-out-of-range", message, { cause });
  }
}

/** An IANA name, `UTC`, `Z`, or an offset, as Temporal names it. Abbreviations such as AST mean several zones. */
export function zoneOf(text: string): string {
  const plain = text.trim().replace(/^[([]|[)\]]$/g, "");
  if (/^(?:Z|UTC|GMT)$/i.test(plain)) return "UTC";
  const offset = OFFSET.exec(plain);
  if (offset !== null && Number(offset[2]) <= 14 && Number(offset[3] ?? 0) < 60) {
    return `${offset[1]}${(offset[2] as string).padStart(2, "0")}:${offset[3] ?? "00"}`;
  }
  if (/^[A-Z][A-Za-z_]+\/[A-Za-z_/+-]+$/.test(plain)) {
    try {
      return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(plain).timeZoneId;
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
    }
  }
  throw geoError("time-zone-unknown", `"${text.slice(0, 40)}" is no time zone that means one thing.`);
}

/**
 * A serial day of a spreadsheet as the wall clock shows it, `2014-07-02` or `2014-07-02 06:30:00`: days since 1899-12-30,
 * or since 1904-01-01. Null beyond the years 1900 to 9999, and of the day that never was (1900-02-29).
 */
export function serialText(serial: number, from1904: boolean): string | null {
  const days = from1904 ? serial + 1462 : serial;
  if (!(days >= 61 && days < 2_958_466)) return null;
  const at = new Date(Math.round(((days - 25_569) * DAY_MS) / 1000) * 1000).toISOString();
  return at.slice(11, 19) === "00:00:00" ? at.slice(0, 10) : `${at.slice(0, 10)} ${at.slice(11, 19)}`;
}
