/** Strict readers of single cells. What is not plainly a value is not one; what was probably meant is a suggestion. */

import { parseAngle, type ParsedAngle, type ParsedSpan, parseSpan, type SpanTerms } from "../geo/index.ts";
import { isParleyError } from "../wire/error.ts";

/** A cell that was read, or which fault it has and what was probably meant. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: string; readonly meant: T | null };

/** A number that was read, or the most that it may be. */
export type ReadNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly most: number; readonly meant: number | null };

/** One angle of the axis that its column says, in any notation of spec/notation.md. The range is the caller's. */
export function readAngle(text: string, axis: "latitude" | "longitude"): Read<ParsedAngle> {
  try {
    return { ok: true, value: parseAngle(text, axis) };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    const meant = isParleyError(error, "coordinate-comma") ? angleOrNull(text.replace(",", "."), axis) : null;
    return { ok: false, fault: error.code, meant };
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
    return { ok: false, fault: error.code, meant: null };
  }
}

/** A number of people or things. "60.0", as statistical software writes it, is 60. */
export function readCount(text: string, most: number): ReadNumber {
  const match = /^(\d{1,12})(?:\.0{1,10})?$/.exec(text);
  const value = match === null ? Number.NaN : Number(match[1]);
  if (value <= most) return { ok: true, value };
  const grouped = /^\d{1,3}(?:[ ,]\d{3})+$/.test(text) ? Number(text.replaceAll(/[ ,]/g, "")) : null;
  return { ok: false, most, meant: grouped !== null && grouped <= most ? grouped : null };
}

/** Metres above zero. */
export function readMetres(text: string, most: number): ReadNumber {
  const value = /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Math.round(Number(text) * 1000) / 1000 : Number.NaN;
  return value > 0 && value <= most ? { ok: true, value } : { ok: false, most, meant: null };
}

/** A number that someone gave to a row, kept as text; "1101007.0" is 1101007. */
export function readId(text: string): string {
  return /^\d{1,20}\.0$/.test(text) ? text.slice(0, -2) : text;
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
