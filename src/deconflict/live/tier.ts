/**
 * One tier of the grid: what is of about one size in place and of about one length in time. It stands in buckets, one
 * for each cell of the globe and slice of time that holds any.
 */
import { addTo, type Entry, removeFrom } from "./bucket.ts";
import type { Words } from "./pool.ts";

/** A row of a table: a cell and a slice (the cell counted from 1, 0 is a free row), the first block, the next row. */
const ROW = 4;

export interface Tier {
  /** Entries in it. */
  readonly count: number;
  /** Cells that hold or held any since the table was last made anew. */
  readonly cellCount: number;
  add(cell: number, slice: number, entry: Entry): void;
  remove(cell: number, slice: number, slot: number): void;
  /** The first block of a bucket, 0 where it holds nothing. */
  bucket(cell: number, slice: number): number;
  /** Calls `visit` for each bucket of a cell from slice `from` to `to`: as many as there are, however long the time. */
  each(cell: number, from: number, to: number, visit: (block: number, slice: number) => void): void;
  /** Calls `visit` for every bucket. */
  all(visit: (block: number) => void): void;
}

interface State {
  table: Int32Array;
  /** Pairs: a cell, counted from 1, and its first row. */
  cells: Int32Array;
  rows: number;
  cellCount: number;
  count: number;
}

export function createTier(words: Words): Tier {
  const state: State = { ...empty(16), count: 0 };
  return {
    get count() {
      return state.count;
    },
    get cellCount() {
      return state.cellCount;
    },
    add: (cell, slice, entry) => {
      if (2 * state.rows >= state.table.length / ROW) rebuild(state);
      const row = rowFor(state, cell, slice);
      state.table[row + 2] = addTo(words, state.table[row + 2] as number, entry);
      state.count += 1;
    },
    remove: (cell, slice, slot) => {
      const row = rowOf(state, cell, slice);
      state.table[row + 2] = removeFrom(words, state.table[row + 2] as number, slot);
      state.count -= 1;
    },
    bucket: (cell, slice) => state.table[rowOf(state, cell, slice) + 2] as number,
    each: (cell, from, to, visit) => {
      const { table, cells } = state;
      const at = cellAt(state, cell);
      if (cells[at] === 0) return;
      for (let row = cells[at + 1] as number; row >= 0; row = table[row + 3] as number) {
        const slice = table[row + 1] as number;
        const block = table[row + 2] as number;
        if (block !== 0 && slice >= from && slice <= to) visit(block, slice);
      }
    },
    all: (visit) => {
      for (let row = 0; row < state.table.length; row += ROW) {
        const block = state.table[row + 2] as number;
        if (block !== 0) visit(block);
      }
    },
  };
}

function empty(rows: number) {
  return { table: new Int32Array(rows * ROW), cells: new Int32Array(rows * 2), rows: 0, cellCount: 0 };
}

function scatter(cell: number, slice: number): number {
  let h = Math.imul(cell, 0x9e3779b1) ^ Math.imul(slice, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** The row of a bucket, or the free one where it would stand. */
function rowOf({ table }: State, cell: number, slice: number): number {
  const mask = table.length / ROW - 1;
  for (let i = scatter(cell, slice) & mask; ; i = (i + 1) & mask) {
    const row = i * ROW;
    if (table[row] === 0 || (table[row] === cell + 1 && table[row + 1] === slice)) return row;
  }
}

/** Where the first row of a cell is kept, or would be. */
function cellAt({ cells }: State, cell: number): number {
  const mask = cells.length / 2 - 1;
  for (let i = scatter(cell, 0) & mask; ; i = (i + 1) & mask) {
    if (cells[2 * i] === 0 || cells[2 * i] === cell + 1) return 2 * i;
  }
}

function rowFor(state: State, cell: number, slice: number): number {
  const row = rowOf(state, cell, slice);
  const { table, cells } = state;
  if (table[row] !== 0) return row;
  const at = cellAt(state, cell);
  const isNew = cells[at] === 0;
  table[row] = cell + 1;
  table[row + 1] = slice;
  table[row + 2] = 0;
  table[row + 3] = isNew ? -1 : (cells[at + 1] as number);
  cells[at] = cell + 1;
  cells[at + 1] = row;
  state.rows += 1;
  if (isNew) state.cellCount += 1;
  return row;
}

/** A table with room for twice the buckets that hold anything; rows of buckets that have emptied are left out. */
function rebuild(state: State): void {
  const old = state.table;
  let full = 0;
  for (let row = 0; row < old.length; row += ROW) if (old[row + 2] !== 0) full += 1;
  let size = 16;
  while (size < 3 * full) size *= 2;
  Object.assign(state, empty(size));
  for (let row = 0; row < old.length; row += ROW) {
    if (old[row + 2] === 0) continue;
    const to = rowFor(state, (old[row] as number) - 1, old[row + 1] as number);
    state.table[to + 2] = old[row + 2] as number;
  }
}
