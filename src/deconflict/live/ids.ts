/**
 * Who has which number: hashes and numbers in one table of plain memory. A `Map` of millions of ids is mostly waited for,
 * and stands still for tenths of a second when it grows, or when many have come and gone.
 */
import { createHash } from "./hash.ts";

/** A row: the hash, and the number counted from 1 on; 0 is a free row. */
const ROW = 2;
const FEWEST_ROWS = 16;

export interface Ids {
  readonly size: number;
  /** The number of an id, or -1. */
  find(id: string): number;
  /** Gives an id that has none its number. */
  add(id: string, number: number): void;
  /** Takes an id out, which has this number. */
  remove(id: string, number: number): void;
  of(number: number): string;
}

interface State {
  table: Int32Array;
  size: number;
}

export function createIds(): Ids {
  const state: State = { table: new Int32Array(FEWEST_ROWS * ROW), size: 0 };
  const ids: string[] = [];
  const hashOf = createHash();
  /** What is added or taken out was mostly sought just before. */
  let last = "";
  let lastHash = hashOf(last);
  const hashed = (id: string): number => {
    if (id !== last) {
      last = id;
      lastHash = hashOf(id);
    }
    return lastHash;
  };
  return {
    get size() {
      return state.size;
    },
    find: (id) => {
      const { table } = state;
      const mask = table.length - 1;
      const hash = hashed(id);
      for (let at = homeOf(hash, mask); table[at + 1] !== 0; at = (at + ROW) & mask) {
        const number = (table[at + 1] as number) - 1;
        if (table[at] === hash && ids[number] === id) return number;
      }
      return -1;
    },
    add: (id, number) => {
      ids[number] = id;
      state.size += 1;
      if (3 * state.size > 2 * (state.table.length / ROW)) grow(state);
      write(state.table, hashed(id), number + 1);
    },
    remove: (id, number) => {
      erase(state.table, hashed(id), number + 1);
      ids[number] = "";
      state.size -= 1;
    },
    of: (number) => ids[number] as string,
  };
}

/** Where the row of a hash stands, unless others are in its way. */
function homeOf(hash: number, mask: number): number {
  return (hash * ROW) & mask;
}

function write(table: Int32Array, hash: number, entry: number): void {
  const mask = table.length - 1;
  let at = homeOf(hash, mask);
  while (table[at + 1] !== 0) at = (at + ROW) & mask;
  table[at] = hash;
  table[at + 1] = entry;
}

/** Rows behind the one that goes move up, if that brings them no farther than to their own place. */
function erase(table: Int32Array, hash: number, entry: number): void {
  const mask = table.length - 1;
  let hole = homeOf(hash, mask);
  while (table[hole + 1] !== entry) hole = (hole + ROW) & mask;
  for (let at = (hole + ROW) & mask; table[at + 1] !== 0; at = (at + ROW) & mask) {
    const moved = (at - homeOf(table[at] as number, mask)) & mask;
    if (moved < ((at - hole) & mask)) continue;
    table[hole] = table[at] as number;
    table[hole + 1] = table[at + 1] as number;
    hole = at;
  }
  table[hole + 1] = 0;
}

function grow(state: State): void {
  const { table: old } = state;
  state.table = new Int32Array(2 * old.length);
  for (let at = 0; at < old.length; at += ROW) {
    if (old[at + 1] !== 0) write(state.table, old[at] as number, old[at + 1] as number);
  }
}
