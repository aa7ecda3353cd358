/** RFC 6962 section 2.1 as it is written there, recursive and slow: what the log's own functions are compared with. */
import { createHash } from "node:crypto";
import type { HashReader } from "../../src/log/index.ts";

type Bytes = Uint8Array;

function sha256(...parts: readonly Bytes[]): Bytes {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** The largest power of two below `count`. */
function k(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

export function treeHash(leaves: readonly Bytes[]): Bytes {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Uint8Array.of(0), leaves[0] as Bytes);
  const split = k(leaves.length);
  return sha256(Uint8Array.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

export function auditPath(index: number, leaves: readonly Bytes[]): Bytes[] {
  if (leaves.length <= 1) return [];
  const split = k(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  if (index < split) return [...auditPath(index, left), treeHash(right)];
  return [...auditPath(index - split, right), treeHash(left)];
}

export function consistencyPath(older: number, leaves: readonly Bytes[]): Bytes[] {
  return older === 0 ? [] : subproof(older, leaves, true);
}

function subproof(older: number, leaves: readonly Bytes[], known: boolean): Bytes[] {
  if (older === leaves.length) return known ? [] : [treeHash(leaves)];
  const split = k(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  if (older <= split) return [...subproof(older, left, known), treeHash(right)];
  return [...subproof(older - split, right, false), treeHash(left)];
}

/** Reads complete subtrees from the leaves themselves, and refuses to read one that is not complete. */
export function oracleReader(leaves: readonly Bytes[]): HashReader {
  return (level, index) => {
    const [start, end] = [index * 2 ** level, (index + 1) * 2 ** level];
    if (!Number.isInteger(index) || end > leaves.length) throw new Error(`(${level}, ${index}) is not complete`);
    return treeHash(leaves.slice(start, end));
  };
}

export function someLeaves(count: number, salt = 0): Bytes[] {
  return Array.from({ length: count }, (_, i) => Uint8Array.of(salt, i >> 8, i & 255));
}
