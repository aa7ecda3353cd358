/** Small strict readers, with which the parsers of every room take a decoded CBOR value apart. */
import type { Bytes } from "./bytes.ts";
import type { CborMap, CborValue } from "./cbor.ts";
import { wireError } from "./errors.ts";

function wrong(what: string, expected: string): never {
  throw wireError("cbor-wrong-shape", `${what} is not ${expected}.`);
}

/** A map with exactly these text keys: none missing, none more but those that may be absent. */
export function asRecord<const Key extends string, const Optional extends string = never>(
  value: CborValue | undefined,
  what: string,
  keys: readonly Key[],
  optional: readonly Optional[] = [],
): { readonly [K in Key]: CborValue } & { readonly [K in Optional]?: CborValue } {
  const record = asMap(value, what);
  for (const key of keys) if (!Object.hasOwn(record, key)) wrong(what, `complete: "${key}" is missing`);
  const known: readonly string[] = [...keys, ...optional];
  const extra = Object.keys(record).find((key) => !known.includes(key));
  if (extra !== undefined) wrong(what, `known: it has a field "${extra.slice(0, 40)}"`);
  return record as { readonly [K in Key]: CborValue } & { readonly [K in Optional]?: CborValue };
}

export function asMap(value: CborValue | undefined, what: string): CborMap {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isMap || value instanceof Uint8Array || value instanceof Map) wrong(what, "a map");
  return value as CborMap;
}

export function asArray(value: CborValue | undefined, what: string, max: number): readonly CborValue[] {
  if (!Array.isArray(value)) wrong(what, "an array");
  if (value.length > max) wrong(what, `an array of at most ${max}`);
  return value as readonly CborValue[];
}

/** A byte string, of exactly `length` bytes where that is given. */
export function asBytes(value: CborValue | undefined, what: string, length?: number): Bytes {
  if (!(value instanceof Uint8Array)) wrong(what, "a byte string");
  if (length !== undefined && value.length !== length) wrong(what, `${length} bytes long`);
  return value;
}

export function asText(value: CborValue | undefined, what: string, maxLength: number): string {
  if (typeof value !== "string") wrong(what, "text");
  if (value.length > maxLength) wrong(what, `text of at most ${maxLength} characters`);
  return value;
}

export function asInteger(value: CborValue | undefined, what: string, min: number, max: number): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) wrong(what, "a whole number");
  if (value < min || value > max) wrong(what, `between ${min} and ${max}`);
  return value;
}

export function asBoolean(value: CborValue | undefined, what: string): boolean {
  if (typeof value !== "boolean") wrong(what, "true or false");
  return value;
}

export function asNullable<T>(value: CborValue | undefined, read: (value: CborValue) => T): T | null {
  return value === null || value === undefined ? null : read(value);
}

export function asOneOf<const T extends string>(value: CborValue | undefined, what: string, allowed: readonly T[]): T {
  if (typeof value !== "string" || !(allowed as readonly string[]).includes(value)) {
    wrong(what, `one of ${allowed.join(", ")}`);
  }
  return value as T;
}
