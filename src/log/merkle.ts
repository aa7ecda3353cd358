/**
 * The Merkle tree of RFC 6962 section 2.1, with SHA-256. A log keeps the hash of every complete subtree, at (level,
 * index): level 0 is the leaves, and (level, index) covers the leaves from `index * 2^level` on. Given those, a root
 * or a proof costs O(log n) reads, and an append O(1) writes on average.
 */
import { type Bytes, concatOnce } from "../wire/bytes.ts";
import type { Suite } from "../crypto/index.ts";

export type RootHash = Bytes;
type Hasher = Pick<Suite, "sha256">;

/** The hash of the complete subtree at (level, index), 32 bytes. It is only asked for subtrees that are complete. */
export type HashReader = (level: number, index: number) => Bytes;

export interface SubtreeHash {
  readonly level: number;
  readonly index: number;
  readonly hash: Bytes;
}

/** The complete subtrees that make up a tree of `size` leaves, largest first: all that an append needs. */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly SubtreeHash[];
}

/** The largest tree that is taken. Sizes stay exact integers, also when doubled. */
export const MAX_TREE_SIZE = 2 ** 48;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(suite: Hasher, leaf: Bytes): Bytes {
  return suite.sha256(concatOnce(LEAF, leaf));
}

export function nodeHash(suite: Hasher, left: Bytes, right: Bytes): Bytes {
  return suite.sha256(concatOnce(NODE, left, right));
}

export function emptyFrontier(): Frontier {
  return { size: 0, peaks: [] };
}

/** `completed` are the subtrees that this leaf completes, itself first: what the log must store beside the entry. */
export function appendLeaf(
  suite: Hasher,
  frontier: Frontier,
  hash: Bytes,
): { readonly frontier: Frontier; readonly completed: readonly SubtreeHash[] } {
  const peaks = [...frontier.peaks];
  let subtree: SubtreeHash = { level: 0, index: frontier.size, hash };
  const completed = [subtree];
  for (let left = peaks.at(-1); left !== undefined && left.level === subtree.level; left = peaks.at(-1)) {
    peaks.pop();
    subtree = { level: left.level + 1, index: left.index / 2, hash: nodeHash(suite, left.hash, subtree.hash) };
    completed.push(subtree);
  }
  return { frontier: { size: frontier.size + 1, peaks: [...peaks, subtree] }, completed };
}

/** The root of the tree; of the empty tree, SHA-256 of nothing. */
export function rootOf(suite: Hasher, frontier: Frontier): RootHash {
  const hashes = frontier.peaks.map((peak) => peak.hash);
  if (hashes.length === 0) return suite.sha256(new Uint8Array(0));
  return hashes.reduceRight((right, left) => nodeHash(suite, left, right));
}

/** The frontier of the first `size` leaves of a stored log, at any size that the log has had. */
export function frontierFrom(size: number, read: HashReader): Frontier {
  const peaks: SubtreeHash[] = [];
  for (let start = 0; start < size;) {
    const level = levelOf(size - start);
    const index = start / 2 ** level;
    peaks.push({ level, index, hash: read(level, index) });
    start += 2 ** level;
  }
  return { size, peaks };
}

/** The root over these leaf hashes: for a receiver who recomputes it from entries. */
export function rootFromLeaves(suite: Hasher, leafHashes: readonly Bytes[]): RootHash {
  let frontier = emptyFrontier();
  for (const hash of leafHashes) frontier = appendLeaf(suite, frontier, hash).frontier;
  return rootOf(suite, frontier);
}

/** MTH of the leaves `start` to `end`, a range that the tree's own splitting gives: then `start` is a multiple of it. */
export function rangeHash(suite: Hasher, start: number, end: number, read: HashReader): Bytes {
  const level = levelOf(end - start);
  const left = read(level, start / 2 ** level);
  const middle = start + 2 ** level;
  return middle === end ? left : nodeHash(suite, left, rangeHash(suite, middle, end, read));
}

/** The level of the largest complete subtree within `count` leaves: floor(log2(count)). */
function levelOf(count: number): number {
  return count < 2 ** 31 ? 31 - Math.clz32(count) : 31 + levelOf(Math.floor(count / 2 ** 31));
}

/** RFC 6962's k: the largest power of two below `count`, for `count` of 2 or more. */
export function splitPoint(count: number): number {
  return 2 ** levelOf(count - 1);
}
