/**
 * A parcel as a series of QR codes (spec/courier.md): texts in the characters that QR codes hold best, in any order,
 * each as often as somebody happens to scan it.
 *
 *     PARLEY/1/5C1F…09/3/12/…      id of the series, which one of how many, its piece in base45 (RFC 9285)
 */
import type { Suite } from "../crypto/index.ts";
import { type Bytes, concat, toHex } from "../wire/bytes.ts";
import { lineError } from "./errors.ts";

/** Bytes in one code: 18 modules of version 18 and less, which a telephone reads off a screen or off paper. */
export const CODE_BYTES = 440;
export const MAX_CODES = 96;
const ID_DIGITS = 16;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const FORM = /^PARLEY\/1\/([0-9A-F]{16})\/([1-9][0-9]?)\/([1-9][0-9]?)\/([0-9A-Z $%*+\-./:]{2,660})$/;

/** @throws codes-too-large */
export function codesOf(suite: Pick<Suite, "sha256">, bytes: Bytes): string[] {
  const count = Math.max(1, Math.ceil(bytes.length / CODE_BYTES));
  if (count > MAX_CODES) {
    const most = MAX_CODES * CODE_BYTES;
    throw lineError("codes-too-large", `${bytes.length} bytes are too many for codes; at most ${most} fit.`);
  }
  const id = idOf(suite, bytes);
  return Array.from({ length: count }, (_, i) => {
    const piece = bytes.subarray(i * CODE_BYTES, (i + 1) * CODE_BYTES);
    return `PARLEY/1/${id}/${i + 1}/${count}/${base45(piece)}`;
  });
}

/** What the texts of one series give together, or which of its codes are still missing, from 1. */
export type Joined = { readonly bytes: Bytes } | { readonly missing: readonly number[]; readonly of: number };

/** Texts in any order; repeated and empty ones are passed over. @throws codes-malformed */
export function joinCodes(suite: Pick<Suite, "sha256">, texts: readonly string[]): Joined {
  const pieces = new Map<number, Bytes>();
  let series: { readonly id: string; readonly count: number } | null = null;
  for (const text of texts) {
    if (text.trim() === "") continue;
    const found = FORM.exec(text);
    if (found === null) throw malformed(`"${text.slice(0, 40)}" is not a code of a parcel`);
    const [, id, number, count, piece] = found as unknown as [string, string, string, string, string];
    series ??= { id, count: Number(count) };
    if (series.id !== id || series.count !== Number(count)) throw malformed("codes of two parcels are mixed");
    const index = Number(number);
    if (index > series.count || series.count > MAX_CODES) throw malformed("a code is numbered beyond the series");
    const bytes = fromBase45(piece);
    if (bytes.length > CODE_BYTES) throw malformed("a code holds too much");
    pieces.set(index, bytes);
  }
  if (series === null) throw malformed("there is no code");
  const numbers = Array.from({ length: series.count }, (_, i) => i + 1);
  const missing = numbers.filter((number) => !pieces.has(number));
  if (missing.length > 0) return { missing, of: series.count };
  const bytes = concat(...numbers.map((number) => pieces.get(number) as Bytes));
  if (idOf(suite, bytes) !== series.id) throw malformed("the codes do not fit together: one was misread");
  return { bytes };
}

function idOf(suite: Pick<Suite, "sha256">, bytes: Bytes): string {
  return toHex(suite.sha256(bytes)).slice(0, ID_DIGITS).toUpperCase();
}

function malformed(what: string) {
  return lineError("codes-malformed", `These codes cannot be read: ${what}.`);
}

function base45(bytes: Bytes): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 2) {
    const second = bytes[i + 1];
    const first = bytes[i] as number;
    let value = second === undefined ? first : first * 256 + second;
    for (let digits = second === undefined ? 2 : 3; digits > 0; digits--) {
      text += ALPHABET[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/** Strict: one text for each sequence of bytes. */
function fromBase45(text: string): Bytes {
  if (text.length % 3 === 1) throw malformed("a code is cut");
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const digits = Array.from(text.slice(i, i + 3), (digit) => ALPHABET.indexOf(digit));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (value > (digits.length === 3 ? 0xffff : 0xff)) throw malformed("a code holds what no bytes give");
    if (digits.length === 3) bytes.push(value >> 8, value & 0xff);
    else bytes.push(value);
  }
  return Uint8Array.from(bytes);
}
