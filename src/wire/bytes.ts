import { wireError } from "./errors.ts";

export type Bytes = Uint8Array;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** Strict: refuses anything that is not well-formed UTF-8. */
export function fromUtf8(bytes: Bytes): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw wireError("text-not-utf8", "The text is not well-formed UTF-8.", { cause });
  }
}

export function concat(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** As large as a parcel: what is longer is rare. */
const MOST_ONCE = 1 << 23;
let once = new Uint8Array(4096);

/**
 * As `concat`, to be looked at once: the next call writes over it. What is hashed is put together thousands of times a
 * second, and memory of its own for each costs more than the hash; and a megabyte that is let go at once, as a parcel
 * is, makes the engine look through all that it holds.
 */
export function concatOnce(...parts: readonly Bytes[]): Bytes {
  let size = 0;
  for (const part of parts) size += part.length;
  if (size > MOST_ONCE) return concat(...parts);
  if (size > once.length) once = new Uint8Array(2 ** Math.ceil(Math.log2(size)));
  let at = 0;
  for (const part of parts) {
    once.set(part, at);
    at += part.length;
  }
  return once.subarray(0, size);
}

/** Not for secrets: returns at the first difference. */
export function equalBytes(a: Bytes, b: Bytes): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Bytewise lexicographic order, a shorter prefix first. */
export function compareBytes(a: Bytes, b: Bytes): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function toHex(bytes: Bytes): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** By character: its four bits; 16 and more: no digit. */
const FOUR_BITS = new Uint8Array(128).fill(16);
for (let digit = 0; digit < 16; digit++) FOUR_BITS[digit.toString(16).charCodeAt(0)] = digit;

/** Strict: lower case, whole bytes, and exactly `length` of them where that is given. */
export function fromHex(text: string, length?: number): Bytes {
  const bytes = new Uint8Array(text.length >> 1);
  let wrong = text.length & 1;
  for (let i = 0; i < bytes.length; i++) {
    const [high, low] = [FOUR_BITS[text.charCodeAt(2 * i)] ?? 16, FOUR_BITS[text.charCodeAt(2 * i + 1)] ?? 16];
    wrong |= (high | low) & 16;
    bytes[i] = (high << 4) | low;
  }
  if (wrong !== 0) throw wireError("bytes-not-hex", "This is not lower-case hexadecimal.");
  return ofLength(bytes, length);
}

const SIXTY_FOUR = utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const PAD = 61;
/** By letter; 64 and more: none of the alphabet. */
const SIX_BITS = new Uint8Array(256).fill(64);
SIXTY_FOUR.forEach((letter, i) => (SIX_BITS[letter] = i));

export function toBase64(bytes: Bytes): string {
  const letters = new Uint8Array(4 * Math.ceil(bytes.length / 3)).fill(PAD);
  for (let i = 0, at = 0; i < bytes.length; i += 3, at += 4) {
    const left = bytes.length - i;
    const three = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    letters[at] = SIXTY_FOUR[three >> 18] as number;
    letters[at + 1] = SIXTY_FOUR[(three >> 12) & 63] as number;
    if (left > 1) letters[at + 2] = SIXTY_FOUR[(three >> 6) & 63] as number;
    if (left > 2) letters[at + 3] = SIXTY_FOUR[three & 63] as number;
  }
  return decoder.decode(letters);
}

/** Strict: RFC 4648 section 4 with padding; what decodes re-encodes to the same text. */
export function fromBase64(text: string, length?: number): Bytes {
  if (text.length % 4 !== 0) throw wireError("bytes-not-base64", "This is not base64.");
  const pads = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - pads);
  let [rest, bits, at] = [0, 0, 0];
  for (let i = 0; i < text.length - pads; i++) {
    const code = text.charCodeAt(i);
    const six = code < 256 ? (SIX_BITS[code] as number) : 64;
    if (six > 63) throw wireError("bytes-not-base64", "This is not base64.");
    rest = ((rest << 6) | six) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (rest >> bits) & 0xff;
  }
  if ((rest & ((1 << bits) - 1)) !== 0) throw wireError("bytes-not-base64", "This is not canonical base64.");
  return ofLength(bytes, length);
}

/** `bytes` if it has exactly `length` bytes (or any number where `length` is undefined). */
export function ofLength(bytes: Bytes, length: number | undefined): Bytes {
  if (length !== undefined && bytes.length !== length) {
    throw wireError("bytes-wrong-length", `Expected ${length} bytes and found ${bytes.length}.`);
  }
  return bytes;
}
