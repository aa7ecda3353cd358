/** A log's tree while entries are tried on it: what is held below, what came on top, and nothing written yet. */
import type { Suite } from "../../crypto/index.ts";
import {
  appendLeaf,
  type Frontier,
  frontierFrom,
  type HashReader,
  type RootHash,
  rootOf,
  type SubtreeHash,
} from "../../log/index.ts";
import type { Bytes } from "../../wire/bytes.ts";

export interface Branch {
  readonly size: number;
  readonly root: RootHash;
  /** Of the whole branch, what is held included. */
  readonly read: HashReader;
  /** Subtrees that the new entries complete. */
  readonly completed: readonly SubtreeHash[];
}

/** The tree of the first `from` held entries, with `leaves` after them. */
export function branchFrom(
  suite: Pick<Suite, "sha256">,
  from: number,
  read: HashReader,
  leaves: readonly Bytes[],
): Branch {
  const completed: SubtreeHash[] = [];
  let frontier: Frontier = frontierFrom(from, read);
  for (const leaf of leaves) {
    const step = appendLeaf(suite, frontier, leaf);
    frontier = step.frontier;
    completed.push(...step.completed);
  }
  const own = new Map(completed.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  return {
    size: frontier.size,
    root: rootOf(suite, frontier),
    completed,
    read: (level, index) => own.get(`${level}/${index}`) ?? read(level, index),
  };
}

export function rootAt(suite: Pick<Suite, "sha256">, size: number, read: HashReader): RootHash {
  return rootOf(suite, frontierFrom(size, read));
}
