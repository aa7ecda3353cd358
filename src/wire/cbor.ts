/**
 * Deterministic CBOR as RFC 8949 section 4.2.1 has it, cut down to what Parley signs: integers, byte strings, text,
 * arrays, maps with text keys (or integer keys, for COSE headers), true, false and null. No floats, no tags.
 * What decodes re-encodes to the same bytes, or it is refused.
 */
import { decode, encode, rfc8949EncodeOptions } from "cborg";
import { type Bytes, equalBytes } from "./bytes.ts";
import { plainBytesHead, readPlain, UNCOMMON, writePlain, writePlainOnce } from "./cbor-plain.ts";
import { wireError } from "./errors.ts";

export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Bytes
  | readonly CborValue[]
  | CborMap
  | CborHeaderMap;
/** A map with text keys. Its prototype is null, so that a hostile key means nothing. */
export type CborMap = { readonly [key: string]: CborValue };
/** A map with integer keys, as COSE headers have. */
export type CborHeaderMap = ReadonlyMap<number, CborValue>;

/** No structure of Parley nests deeper. */
const MAX_DEPTH = 16;

export function encodeCbor(value: CborValue): Bytes {
  return writePlain(value) ?? encodeGeneral(value);
}

/** As `encodeCbor`, to be looked at once: the next encoding writes over it (as `concatOnce`). */
export function encodeCborOnce(value: CborValue): Bytes {
  return writePlainOnce(value) ?? encodeGeneral(value);
}

/** As `encodeCbor`, by the library alone: slower, takes everything, and is what the other is tested against. */
export function encodeGeneral(value: CborValue): Bytes {
  refuseUnsigned(value);
  return encode(value, rfc8949EncodeOptions);
}

/** What stands before a byte string of so many bytes. */
export function bytesHead(length: number): Bytes {
  return plainBytesHead(length);
}

/** One value and nothing after it. `maxBytes` is checked before anything else. */
export function decodeCbor(bytes: Bytes, maxBytes: number): CborValue {
  return decodeAs(bytes, maxBytes, "copies");
}

/**
 * The same, where byte strings may be seen in `bytes` itself: for who looks at them and lets go before `bytes` changes.
 * Memory of its own for each takes longer than reading it.
 */
export function decodeCborInPlace(bytes: Bytes, maxBytes: number): CborValue {
  return decodeAs(bytes, maxBytes, "views");
}

function decodeAs(bytes: Bytes, maxBytes: number, as: "copies" | "views"): CborValue {
  if (bytes.length > maxBytes) {
    throw wireError("cbor-too-large", `The structure has ${bytes.length} bytes; at most ${maxBytes} are taken.`);
  }
  const plainly = readPlain(bytes, MAX_DEPTH, as);
  return plainly === UNCOMMON ? decodeGeneral(bytes) : plainly;
}

/** As `decodeCbor`, by the library alone: slower, says what is wrong, and is what the other is tested against. */
export function decodeGeneral(bytes: Bytes): CborValue {
  refuseDepth(bytes);
  const value = parse(bytes);
  if (!equalBytes(encodeAgain(value), bytes)) {
    throw wireError("cbor-not-canonical", "The structure is not in deterministic CBOR.");
  }
  return value;
}

function parse(bytes: Bytes): CborValue {
  try {
    const options = { useMaps: true, strict: true, rejectDuplicateMapKeys: true, allowIndefinite: false } as const;
    return plain(decode(bytes, { ...options, allowUndefined: false, allowInfinity: false, allowNaN: false }));
  } catch (cause) {
    throw wireError("cbor-malformed", "The structure is not well-formed CBOR.", { cause });
  }
}

function encodeAgain(value: CborValue): Bytes {
  try {
    return encodeGeneral(value);
  } catch (cause) {
    throw wireError("cbor-not-canonical", "The structure holds something that Parley never writes.", { cause });
  }
}

/** Maps with text keys become null-prototype records; a map that mixes keys is refused. */
function plain(value: unknown): CborValue {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value as CborValue;
  const keys = [...value.keys()];
  if (keys.every((key) => typeof key === "number") && keys.length > 0) {
    return new Map([...value].map(([key, inner]) => [key as number, plain(inner)]));
  }
  const record: Record<string, CborValue> = Object.create(null);
  for (const [key, inner] of value) {
    if (typeof key !== "string") throw new TypeError("a map key is not text");
    record[key] = plain(inner);
  }
  return record;
}

/** Floats and lone surrogates have no place in what is signed: they would not come back as they were. */
function refuseUnsigned(value: CborValue): void {
  if (typeof value === "string" && !value.isWellFormed()) throw new TypeError("The text has a lone surrogate.");
  if (typeof value === "number" && (!Number.isSafeInteger(value) || Object.is(value, -0))) {
    throw new TypeError(`Only whole numbers are encoded, not ${value}.`);
  }
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return;
  if (value instanceof Map) value.forEach(refuseUnsigned);
  else if (Array.isArray(value)) value.forEach(refuseUnsigned);
  else Object.values(value as CborMap).forEach(refuseUnsigned);
}

/**
 * Walks the item heads without building anything, so that a hostile nesting is refused before a recursive decoder
 * sees it. Lengths are not trusted: a count larger than the bytes that are left cannot be well-formed.
 */
function refuseDepth(bytes: Bytes): void {
  const left: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { major, argument, next } = head(bytes, at);
    at = next;
    if (major === 2 || major === 3) at += argument;
    const children = major === 4 ? argument : major === 5 ? 2 * argument : 0;
    if (children > bytes.length - at) throw wireError("cbor-malformed", "A count is larger than the structure.");
    if (children > 0) {
      left.push(children);
      if (left.length > MAX_DEPTH) throw wireError("cbor-too-deep", `The structure nests deeper than ${MAX_DEPTH}.`);
      continue;
    }
    while (left.length > 0 && --(left as [number])[(left.length - 1) as 0] === 0) left.pop();
  }
}

function head(bytes: Bytes, at: number): { major: number; argument: number; next: number } {
  const first = bytes[at] as number;
  const info = first & 31;
  if (info < 24) return { major: first >> 5, argument: info, next: at + 1 };
  const width = [1, 2, 4, 8][info - 24];
  if (width === undefined) throw wireError("cbor-malformed", "A length is indefinite or reserved.");
  let argument = 0;
  for (let i = 1; i <= width; i++) argument = argument * 256 + (bytes[at + i] ?? 0);
  return { major: first >> 5, argument, next: at + 1 + width };
}
