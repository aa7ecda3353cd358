/**
 * Systematic Reed-Solomon erasure code over GF(2^8), polynomial 0x11d, with a Cauchy matrix: of `k` data shards and any
 * number of parity shards, any `k` give the data back (Blömer and others, "An XOR-based erasure-resilient coding
 * scheme", 1995). It repairs what is missing; what is forged must be kept out before.
 */
import type { Bytes } from "../../wire/bytes.ts";

/** Data and parity together: each index is an element of the field, and 255 is left out. */
export const MAX_SHARDS = 255;

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = EXP[i + 255] = x;
  LOG[x] = i;
  x = (x << 1) ^ (x & 0x80 ? 0x11d : 0);
}

const at = (table: Bytes, i: number): number => table[i] as number;

function multiply(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : at(EXP, at(LOG, a) + at(LOG, b));
}

function inverse(a: number): number {
  return at(EXP, 255 - at(LOG, a));
}

/** What shard `index` takes of each of the `k` data shards. */
function row(k: number, index: number): Bytes {
  const coefficients = new Uint8Array(k);
  if (index < k) coefficients[index] = 1;
  else for (let j = 0; j < k; j++) coefficients[j] = inverse(index ^ j);
  return coefficients;
}

function addTimes(target: Bytes, source: Bytes, factor: number): void {
  if (factor === 0) return;
  for (let i = 0; i < target.length; i++) target[i] = at(target, i) ^ multiply(factor, at(source, i));
}

/** Shard `index` of equally long data shards: below their number the data itself, from there on parity. */
export function shardAt(data: readonly Bytes[], index: number): Bytes {
  if (index >= MAX_SHARDS || data.length === 0) throw new RangeError(`there is no shard ${index}`);
  const shard = new Uint8Array((data[0] as Bytes).length);
  row(data.length, index).forEach((factor, j) => addTimes(shard, data[j] as Bytes, factor));
  return shard;
}

/**
 * The `k` data shards, out of any `k` equally long shards by their index. Every square part of a Cauchy matrix beside
 * the identity can be inverted, so with `k` different indices there always is an answer.
 */
export function restoreData(k: number, shards: ReadonlyMap<number, Bytes>): Bytes[] {
  const chosen = [...shards].slice(0, k);
  if (chosen.length < k) throw new RangeError(`${chosen.length} shards of ${k}`);
  const rows = chosen.map(([index]) => row(k, index));
  const values = chosen.map(([, shard]) => Uint8Array.from(shard));
  for (let column = 0; column < k; column++) {
    const pivot = rows.findIndex((each, i) => i >= column && each[column] !== 0);
    swap(rows, column, pivot);
    swap(values, column, pivot);
    const [own, value] = [rows[column] as Bytes, values[column] as Bytes];
    const scale = inverse(at(own, column));
    for (const bytes of [own, value]) bytes.forEach((byte, i) => (bytes[i] = multiply(byte, scale)));
    rows.forEach((other, i) => {
      const factor = i === column ? 0 : at(other, column);
      addTimes(other, own, factor);
      addTimes(values[i] as Bytes, value, factor);
    });
  }
  return values;
}

function swap<T>(list: T[], a: number, b: number): void {
  const [first, second] = [list[a] as T, list[b] as T];
  [list[a], list[b]] = [second, first];
}
