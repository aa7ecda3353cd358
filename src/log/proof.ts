/**
 * Inclusion and consistency proofs, RFC 6962 sections 2.1.1 and 2.1.2. A verifier needs only two roots and the proof,
 * and no trust in whoever made it.
 */
import { type Bytes, equalBytes } from "../wire/bytes.ts";
import type { Suite } from "../crypto/index.ts";
import { type HashReader, leafHash, MAX_TREE_SIZE, nodeHash, rangeHash, type RootHash, splitPoint } from "./merkle.ts";

type Hasher = Pick<Suite, "sha256">;

/** PATH(index, D[size]), from the leaf's sibling up. `index` is below `size`, which the log has reached. */
export function inclusionProof(suite: Hasher, size: number, index: number, read: HashReader): Bytes[] {
  if (!isSize(size) || !isSize(index) || index >= size) throw new RangeError(`No leaf ${index} in a tree of ${size}.`);
  const path: Bytes[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.push(rangeHash(suite, middle, end, read));
      end = middle;
    } else {
      path.push(rangeHash(suite, start, middle, read));
      start = middle;
    }
  }
  return path.toReversed();
}

export interface InclusionClaim {
  readonly size: number;
  readonly index: number;
  /** The leaf's bytes; they are hashed here. */
  readonly leaf: Bytes;
  readonly root: RootHash;
  readonly proof: readonly Bytes[];
}

/** True where `leaf` is at `index` of the tree with this size and root. RFC 9162 section 2.1.3.2. Never throws. */
export function verifyInclusion(suite: Hasher, { size, index, leaf, root, proof }: InclusionClaim): boolean {
  if (!isSize(size) || !isSize(index) || index >= size) return false;
  let hash = leafHash(suite, leaf);
  let [node, last] = [index, size - 1];
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== 32) return false;
    if (isOdd(node) || node === last) {
      hash = nodeHash(suite, sibling, hash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(suite, hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(hash, root);
}

/** PROOF(older, D[newer]): that the tree of `newer` leaves begins with the tree of `older`. Empty from 0 or to itself. */
export function consistencyProof(suite: Hasher, older: number, newer: number, read: HashReader): Bytes[] {
  if (!isSize(older) || !isSize(newer) || older > newer)
    throw new RangeError(`A tree of ${newer} is older than ${older}.`);
  if (older === 0 || older === newer) return [];
  const path: Bytes[] = [];
  let [start, end] = [0, newer];
  while (end !== older) {
    const middle = start + splitPoint(end - start);
    if (older <= middle) {
      path.push(rangeHash(suite, middle, end, read));
      end = middle;
    } else {
      path.push(rangeHash(suite, start, middle, read));
      start = middle;
    }
  }
  if (start !== 0) path.push(rangeHash(suite, start, end, read));
  return path.toReversed();
}

export interface ConsistencyClaim {
  readonly older: { readonly size: number; readonly root: RootHash };
  readonly newer: { readonly size: number; readonly root: RootHash };
  readonly proof: readonly Bytes[];
}

/** True where the newer tree begins with the older one. RFC 9162 section 2.1.4.2. Never throws. */
export function verifyConsistency(suite: Hasher, { older, newer, proof }: ConsistencyClaim): boolean {
  if (!isSize(older.size) || !isSize(newer.size) || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && equalBytes(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && equalBytes(older.root, suite.sha256(new Uint8Array(0)));
  if (proof.some((hash) => hash.length !== 32)) return false;
  const path = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  const [seed, ...rest] = path;
  if (seed === undefined) return false;
  let [node, last] = [older.size - 1, newer.size - 1];
  while (isOdd(node)) [node, last] = [half(node), half(last)];
  let [olderHash, newerHash] = [seed, seed];
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(node) || node === last) {
      olderHash = nodeHash(suite, hash, olderHash);
      newerHash = nodeHash(suite, hash, newerHash);
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newerHash = nodeHash(suite, newerHash, hash);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && equalBytes(olderHash, older.root) && equalBytes(newerHash, newer.root);
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= MAX_TREE_SIZE;
}

function isOdd(value: number): boolean {
  return value % 2 === 1;
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  return value === 1 || (!isOdd(value) && isPowerOfTwo(value / 2));
}
