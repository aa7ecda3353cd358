/**
 * One tier of the grid: what is of about one size in place and of about one length in time. It stands in buckets, one
 * for each cell of the globe and slice of time that holds any.
 */
import { addTo, removeFrom } from "./bucket.ts";
import type { Lines } from "./pool.ts";

/** A row of a table: a cell (counted from 1, 0 is a free row) and a slice, then its bucket (bucket.ts) in two words. */
const ROW = 4;
export const BUCKET = 2;

export interface Tier {
  /** Entries in it. */
  readonly count: number;
  /** Cells that hold or held any since the table was last made anew. */
  readonly cellCount: number;
  /** Its rows, until the next volume comes. */
  readonly table: Int32Array;
  add(cell: number, slice: number, word: number, begins: number, ends: number): void;
  remove(cell: number, slice: number, slot: number): void;
  /** Calls `visit` for each bucket of a cell from slice `from` to `to`: as many as there are, however long the time. */
  each(cell: number, from: number, to: number, visit: (row: number, slice: number) => void): void;
  /** Calls `visit` for every bucket. */
  all(visit: (row: number) => void): void;
}

interface State {
  table: Int32Array;
  /** Of each row the next one of the same cell, -1 for none. */
  follows: Int32Array;
  /** Pairs: a cell, counted from 1, and its first row. */
  cells: Int32Array;
  rows: number;
  cellCount: number;
  count: number;
}

export function createTier(lines: Lines): Tier {
  const state: State = { ...empty(16), count: 0 };
  return {
    get count() {
      return state.count;
    },
    get cellCount() {
      return state.cellCount;
    },
    get table() {
      return state.table;
    },
    add: (cell, slice, word, begins, ends) => {
      if (2 * state.rows >= state.table.length / ROW) rebuild(state);
      const row = rowFor(state, cell, slice);
      addTo(lines, state.table, row + BUCKET, word, begins, ends);
      state.count += 1;
    },
    remove: (cell, slice, slot) => {
      removeFrom(lines, state.table, rowOf(state.table, cell, slice) + BUCKET, slot);
      state.count -= 1;
    },
    each: (cell, from, to, visit) => {
      const { table, cells, follows } = state;
      const at = cellAt(state, cell);
      if (cells[at] === 0) return;
      for (let row = cells[at + 1] as number; row >= 0; row = follows[row / ROW] as number) {
        const slice = table[row + 1] as number;
        if (table[row + BUCKET] !== 0 && slice >= from && slice <= to) visit(row, slice);
      }
    },
    all: (visit) => {
      const { table } = state;
      for (let row = 0; row < table.length; row += ROW) if (table[row + BUCKET] !== 0) visit(row);
    },
  };
}

function empty(rows: number) {
  return {
    table: new Int32Array(rows * ROW),
    follows: new Int32Array(rows),
    cells: new Int32Array(rows * 2),
    rows: 0,
    cellCount: 0,
  };
}

function scatter(cell: number, slice: number): number {
  let h = Math.imul(cell, 0x9e3779b1) ^ Math.imul(slice, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

/** The row of a bucket, or the free one where it would stand; its bucket holds nothing. */
export function rowOf(table: Int32Array, cell: number, slice: number): number {
  const mask = table.length - 1;
  for (let row = (scatter(cell, slice) * ROW) & mask; ; row = (row + ROW) & mask) {
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
  const { table } = state;
  const row = rowOf(table, cell, slice);
  if (table[row] === 0) newRow(state, row, cell, slice);
  return row;
}

function newRow(state: State, row: number, cell: number, slice: number): void {
  const { table, cells, follows } = state;
  const at = cellAt(state, cell);
  const isNew = cells[at] === 0;
  table[row] = cell + 1;
  table[row + 1] = slice;
  table[row + BUCKET] = 0;
  follows[row / ROW] = isNew ? -1 : (cells[at + 1] as number);
  cells[at] = cell + 1;
  cells[at + 1] = row;
  state.rows += 1;
  if (isNew) state.cellCount += 1;
}

/** A table with room for twice the buckets that hold anything; rows of buckets that have emptied are left out. */
function rebuild(state: State): void {
  const old = state.table;
  let full = 0;
  for (let row = 0; row < old.length; row += ROW) if (old[row + BUCKET] !== 0) full += 1;
  let size = 16;
  while (size < 3 * full) size *= 2;
  Object.assign(state, empty(size));
  for (let row = 0; row < old.length; row += ROW) {
    if (old[row + BUCKET] === 0) continue;
    const to = rowFor(state, (old[row] as number) - 1, old[row + 1] as number) + BUCKET;
    state.table[to] = old[row + BUCKET] as number;
    state.table[to + 1] = old[row + BUCKET + 1] as number;
  }
}
