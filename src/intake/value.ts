/** Strict readers of single cells. What is not plainly a value is not one; what was probably meant is a suggestion. */

import { parseAngle, type ParsedAngle, type ParsedSpan, parseSpan, type SpanTerms } from "../geo/index.ts";
import { isParleyError } from "../wire/error.ts";

/** A cell that was read, or why it was not. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: string; readonly meant: T | null; readonly because: string | null };

/** One angle of the axis that its column says, in any notation of spec/notation.md. The range is the caller's. */
export function readAngle(text: string, axis: "latitude" | "longitude"): Read<ParsedAngle> {
  try {
    return { ok: true, value: parseAngle(text, axis) };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    const meant = isParleyError(error, "coordinate-comma") ? angleOrNull(text.replace(",", "."), axis) : null;
    const because = meant === null ? null : "It has a comma where a point belongs.";
    return { ok: false, why: `${error.message} ${error.next}`, meant, because };
  }
}

function angleOrNull(text: string, axis: "latitude" | "longitude"): ParsedAngle | null {
  const read = readAngle(text, axis);
  return read.ok ? read.value : null;
}

/** A moment or a day in any notation of spec/notation.md. */
export function readTime(text: string, terms: SpanTerms): Read<ParsedSpan> {
  try {
    return { ok: true, value: parseSpan(text, terms) };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return { ok: false, why: `${error.message} ${error.next}`, meant: null, because: null };
  }
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

function unread<T>(text: string, expected: string, meant: T | null, because: string | null): Read<T> {
  return { ok: false, why: `"${text.slice(0, 60)}" is not ${expected}.`, meant, because };
}

/** A number as map files have them, in decimals with or without a power of ten; NaN of hexadecimals, blanks and words. */
export function decimalNumber(text: string): number {
  return /^\s*[+-]?(?:\d{1,20}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,3})?\s*$/i.test(text)
    ? Number(text)
    : Number.NaN;
}

/** Degrees to nine decimals, which is a tenth of a millimetre on the ground, and never minus zero. */
export function nanodegree(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9 + 0;
}
