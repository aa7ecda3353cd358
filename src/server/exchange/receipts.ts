/**
 * Whose receipts are over an entry as it is held here. A receipt names a size; after a fork it may be over another tree
 * of that size, or over one that nobody here has seen. Such a receipt is kept, and says nothing of what is shown here.
 */
import type { Suite } from "../../crypto/index.ts";
import { frontierFrom, rootOf } from "../../log/index.ts";
import type { LineStore, ReceiptRecord } from "../../store/index.ts";
import { equalBytes } from "../../wire/bytes.ts";
import { type LogOrigin, parseLogOrigin } from "../../wire/id.ts";
import type { LineState } from "./line-state.ts";

interface Held {
  readonly state: Pick<LineState, "suite" | "self">;
  readonly store: LineStore;
}

/** Each party's first receipt over the entry. */
export function receiptsOver(held: Held, origin: LogOrigin, index: number): ReceiptRecord[] {
  return held.store.receiptsOver(origin, index).filter(({ size }) => isOverHeld(held, origin, size));
}

/**
 * Whether the checkpoint of that size is over what is held. Of another party's log the exchange has compared every
 * checkpoint up to what is held, and has kept a split record where one differed; this node's own log it only writes.
 */
export function isOverHeld({ state, store }: Held, origin: LogOrigin, size: number): boolean {
  const log = store.log(origin);
  if (log === null || size > log.size) return false;
  const isCompared = !log.split && parseLogOrigin(origin).party !== state.self;
  return isCompared || isSameTree(state.suite, store, origin, size);
}

/** Sizes whose checkpoints were found to be over what is held: its first entries never change, nor does this. */
const compared = new WeakMap<LineStore, Set<string>>();
const MOST_COMPARED = 4096;

function isSameTree(suite: Suite, store: LineStore, origin: LogOrigin, size: number): boolean {
  const known = compared.get(store) ?? new Set<string>();
  compared.set(store, known);
  const key = `${size} ${origin}`;
  if (known.has(key)) return true;
  const stated = store.checkpointAt(origin, size);
  if (stated === null) return false;
  if (!equalBytes(stated.root, rootOf(suite, frontierFrom(size, store.hashReader(origin))))) return false;
  if (known.size >= MOST_COMPARED) known.clear();
  known.add(key);
  return true;
}
