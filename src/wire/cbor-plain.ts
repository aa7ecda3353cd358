/**
 * The common case of deterministic CBOR, read and written in one pass. What is out of the ordinary (and everything that
 * is wrong) is left to the general way in `cbor.ts`, which says what is the matter; the tests hold the two against each
 * other. Reading here is itself the proof that the bytes are deterministic: each head is the shortest, and each key
 * comes after the one before it.
 */
import type { Bytes } from "./bytes.ts";
import type { CborMap, CborValue } from "./cbor.ts";

/** Not the common case: the general way decides. */
export const UNCOMMON = Symbol("uncommon");

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Text shorter than this is read letter by letter: calling a decoder costs more. */
const SHORT_TEXT = 48;

interface Cursor {
  readonly bytes: Bytes;
  /** Whether byte strings are copied, or seen where they are. */
  readonly as: "copies" | "views";
  at: number;
}

/** One value and nothing after it, no deeper than `maxDepth`. */
export function readPlain(bytes: Bytes, maxDepth: number, as: Cursor["as"] = "copies"): CborValue | typeof UNCOMMON {
  // What the pooled arrays of Node cut out of themselves shares their memory; what this view cuts out does not.
  const cursor = { bytes: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length), as, at: 0 };
  const value = readValue(cursor, maxDepth);
  return cursor.at === bytes.length ? value : UNCOMMON;
}

function readValue(cursor: Cursor, depth: number): CborValue | typeof UNCOMMON {
  const first = cursor.bytes[cursor.at];
  if (first === undefined) return UNCOMMON;
  const major = first >> 5;
  if (major === 7) {
    cursor.at += 1;
    return first === 0xf6 ? null : first === 0xf5 ? true : first === 0xf4 ? false : UNCOMMON;
  }
  const argument = readHead(cursor);
  if (argument < 0) return UNCOMMON;
  switch (major) {
    case 0:
      return argument;
    case 1:
      return argument < Number.MAX_SAFE_INTEGER ? -1 - argument : UNCOMMON;
    case 2: {
      const end = cursor.at + argument;
      if (end > cursor.bytes.length) return UNCOMMON;
      const value = cursor.as === "views" ? cursor.bytes.subarray(cursor.at, end) : cursor.bytes.slice(cursor.at, end);
      cursor.at = end;
      return value;
    }
    case 3:
      return readText(cursor, argument);
    case 4:
      return readArray(cursor, argument, depth);
    case 5:
      return readMap(cursor, argument, depth);
    default:
      return UNCOMMON;
  }
}

/** The argument of an item's head in its shortest form; negative for any other. */
function readHead(cursor: Cursor): number {
  const { bytes } = cursor;
  const info = (bytes[cursor.at++] as number) & 31;
  if (info < 24) return info;
  if (info > 27) return -1;
  const width = 1 << (info - 24);
  if (cursor.at + width > bytes.length) return -1;
  let argument = 0;
  for (let i = 0; i < width; i++) argument = argument * 256 + (bytes[cursor.at++] as number);
  const least = width === 1 ? 24 : width === 2 ? 256 : width === 4 ? 65_536 : 4_294_967_296;
  return argument >= least && argument <= Number.MAX_SAFE_INTEGER ? argument : -1;
}

function readText(cursor: Cursor, length: number): string | typeof UNCOMMON {
  const { bytes } = cursor;
  const begin = cursor.at;
  const end = begin + length;
  if (end > bytes.length) return UNCOMMON;
  cursor.at = end;
  if (length < SHORT_TEXT) {
    let text = "";
    for (let i = begin; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte > 127) return decoded(bytes, begin, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return decoded(bytes, begin, end);
}

function decoded(bytes: Bytes, begin: number, end: number): string | typeof UNCOMMON {
  try {
    return strict.decode(bytes.subarray(begin, end));
  } catch {
    return UNCOMMON;
  }
}

function readArray(cursor: Cursor, length: number, depth: number): CborValue | typeof UNCOMMON {
  // Each item takes a byte at least: a count that is larger than what is left is not believed.
  if ((length > 0 && depth === 0) || length > cursor.bytes.length - cursor.at) return UNCOMMON;
  const items: CborValue[] = [];
  for (let i = 0; i < length; i++) {
    const item = readValue(cursor, depth - 1);
    if (item === UNCOMMON) return UNCOMMON;
    items.push(item);
  }
  return items;
}

function readMap(cursor: Cursor, length: number, depth: number): CborValue | typeof UNCOMMON {
  if ((length > 0 && depth === 0) || 2 * length > cursor.bytes.length - cursor.at) return UNCOMMON;
  const record: Record<string, CborValue> = Object.create(null);
  let [before, beforeEnd] = [0, 0];
  for (let i = 0; i < length; i++) {
    const begin = cursor.at;
    if ((cursor.bytes[begin] as number) >> 5 !== 3) return UNCOMMON;
    const key = readValue(cursor, depth);
    if (typeof key !== "string" || (i > 0 && !isBefore(cursor, before, beforeEnd, begin))) return UNCOMMON;
    [before, beforeEnd] = [begin, cursor.at];
    const value = readValue(cursor, depth - 1);
    if (value === UNCOMMON) return UNCOMMON;
    record[key] = value;
  }
  return record;
}

/** Of two encoded keys: their bytes are in ascending order (RFC 8949, section 4.2.1). */
function isBefore({ bytes, at }: Cursor, first: number, firstEnd: number, second: number): boolean {
  for (let i = 0; first + i < firstEnd && second + i < at; i++) {
    const difference = (bytes[first + i] as number) - (bytes[second + i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

interface Sink {
  bytes: Bytes;
  at: number;
}

const encoder = new TextEncoder();
const FIRST_BYTES = 512;
const MOST_KEPT = 1 << 20;
/** Written into again and again; nothing in here calls back while it is in use. */
let scratch = new Uint8Array(FIRST_BYTES);

/** Null where the value is not of the common case. The next writes over it. */
export function writePlainOnce(value: CborValue): Bytes | null {
  const sink: Sink = { bytes: scratch, at: 0 };
  const isWritten = writeValue(sink, value);
  if (sink.bytes.length <= MOST_KEPT) scratch = sink.bytes as Uint8Array<ArrayBuffer>;
  return isWritten ? sink.bytes.subarray(0, sink.at) : null;
}

/** The same in memory of its own. */
export function writePlain(value: CborValue): Bytes | null {
  return writePlainOnce(value)?.slice() ?? null;
}

function room(sink: Sink, length: number): void {
  if (sink.at + length <= sink.bytes.length) return;
  const larger = new Uint8Array(Math.max(sink.bytes.length * 2, sink.at + length));
  larger.set(sink.bytes.subarray(0, sink.at));
  sink.bytes = larger;
}

function writeValue(sink: Sink, value: CborValue): boolean {
  switch (typeof value) {
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) return false;
      if (value >= 0) writeHead(sink, 0, value);
      else writeHead(sink, 1, -1 - value);
      return true;
    case "string":
      return writeText(sink, value);
    case "boolean":
      return writeByte(sink, value ? 0xf5 : 0xf4);
    case "object":
      break;
    case "bigint":
    case "function":
    case "symbol":
    case "undefined":
      return false;
  }
  if (value === null) return writeByte(sink, 0xf6);
  if (value instanceof Uint8Array) return writeBytes(sink, value);
  if (Array.isArray(value)) {
    writeHead(sink, 4, value.length);
    return value.every((item: CborValue) => writeValue(sink, item));
  }
  return value instanceof Map ? false : writeMap(sink, value as CborMap);
}

function writeByte(sink: Sink, byte: number): true {
  room(sink, 1);
  sink.bytes[sink.at++] = byte;
  return true;
}

function writeHead(sink: Sink, major: number, argument: number): void {
  room(sink, 9);
  const head = major << 5;
  const width = argument < 24 ? 0 : argument < 256 ? 1 : argument < 65_536 ? 2 : argument < 4_294_967_296 ? 4 : 8;
  if (width === 0) {
    sink.bytes[sink.at++] = head | argument;
    return;
  }
  sink.bytes[sink.at++] = head | (width === 1 ? 24 : width === 2 ? 25 : width === 4 ? 26 : 27);
  let rest = argument;
  for (let i = width - 1; i >= 0; i--) {
    sink.bytes[sink.at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  sink.at += width;
}

/** The head of a byte string, not to be changed. */
export function plainBytesHead(length: number): Bytes {
  if (length === lastHead.length) return lastHead.head;
  const sink: Sink = { bytes: new Uint8Array(9), at: 0 };
  writeHead(sink, 2, length);
  lastHead = { length, head: sink.bytes.subarray(0, sink.at) };
  return lastHead.head;
}

/** Two officers sign the same bytes. */
let lastHead: { readonly length: number; readonly head: Bytes } = { length: 0, head: Uint8Array.of(0x40) };

function writeBytes(sink: Sink, bytes: Bytes): true {
  writeHead(sink, 2, bytes.length);
  room(sink, bytes.length);
  sink.bytes.set(bytes, sink.at);
  sink.at += bytes.length;
  return true;
}

function writeText(sink: Sink, text: string): boolean {
  if (text.length >= SHORT_TEXT || !isAscii(text)) {
    return text.isWellFormed() && writeWideText(sink, text);
  }
  writeHead(sink, 3, text.length);
  room(sink, text.length);
  for (let i = 0; i < text.length; i++) sink.bytes[sink.at++] = text.charCodeAt(i);
  return true;
}

function writeWideText(sink: Sink, text: string): true {
  const bytes = encoder.encode(text);
  writeHead(sink, 3, bytes.length);
  room(sink, bytes.length);
  sink.bytes.set(bytes, sink.at);
  sink.at += bytes.length;
  return true;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** Of ASCII keys the shorter is first, because its head is smaller; of equally long ones the letters decide. */
function writeMap(sink: Sink, map: CborMap): boolean {
  const keys = Object.keys(map);
  if (!keys.every(isAscii)) return false;
  keys.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  writeHead(sink, 5, keys.length);
  return keys.every((key) => writeText(sink, key) && writeValue(sink, map[key] as CborValue));
}
