/**
 * Sets on their way in from one peer. Only authenticated shards come here, so what is kept is bounded against a peer
 * that lies, and against anybody who plays back what it once sent.
 */
import type { Bytes } from "../../wire/bytes.ts";
import type { Datagram } from "./datagram.ts";

/** At most so many sets are open at a time, of at most 64 shards of at most 256 bytes each. */
const MAX_OPEN = 8;
/** Sets that were complete, by which a repetition is known. */
const MAX_DONE = 1024;

export type Shard = Extract<Datagram, { readonly type: "shard" }>;

export type Put =
  /** More shards are needed, or this one says nothing new. */
  | { readonly state: "open" }
  /** It was complete before: the sender has not heard so. */
  | { readonly state: "done" }
  | {
      readonly state: "complete";
      readonly set: string;
      readonly k: number;
      readonly shards: ReadonlyMap<number, Bytes>;
    };

export interface Reassembly {
  put(shard: Shard): Put;
  /** What was complete was taken, or is good for nothing: it is not put together again. */
  finish(set: string): void;
  /** How many shards are kept. */
  size(): number;
}

interface OpenSet {
  readonly k: number;
  readonly length: number;
  readonly shards: Map<number, Bytes>;
}

const OPEN: Put = { state: "open" };

export function reassembly(): Reassembly {
  /** In the order in which each last got something new: the first is the one to go. */
  const open = new Map<string, OpenSet>();
  const done = new Set<string>();
  const opened = ({ set, k, shard }: Shard): OpenSet => {
    const found = open.get(set) ?? { k, length: shard.length, shards: new Map() };
    open.delete(set);
    open.set(set, found);
    if (open.size > MAX_OPEN) open.delete(open.keys().next().value as string);
    return found;
  };
  return {
    put: (shard) => {
      const { set, k, index } = shard;
      if (done.has(set)) return { state: "done" };
      const known = open.get(set);
      if (known?.shards.has(index) && known.shards.size < known.k) return OPEN;
      if (known !== undefined && (known.k !== k || known.length !== shard.shard.length)) return OPEN;
      const { shards } = opened(shard);
      if (shards.size < k) shards.set(index, shard.shard);
      return shards.size < k ? OPEN : { state: "complete", set, k, shards };
    },
    finish: (set) => {
      open.delete(set);
      done.add(set);
      if (done.size > MAX_DONE) done.delete(done.keys().next().value as string);
    },
    size: () => [...open.values()].reduce((sum, { shards }) => sum + shards.size, 0),
  };
}
