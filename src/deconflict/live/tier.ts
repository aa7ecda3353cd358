/**
 * One tier of the grid: what is of about one size in place and of about one length in time. Its entries stand in
 * buckets, one for each cell of the globe and slice of time that holds any; a bucket's entries lie one after another
 * in memory, with all that the first sieve asks of them, so that a search reads few and short stretches.
 */
import { offsetOf, pageOf, type Words } from "./pool.ts";

/** An entry: seconds (rounded outwards, limited to what 32 bits hold), a ball, heights, and the volume's number. */
export const ENTRY = { start: 0, end: 1, radius: 2, x: 3, y: 4, z: 5, lower: 6, upper: 7, datum: 8, slot: 9 } as const;
const ENTRY_WORDS = 10;
/** A block: the next block of the bucket, how many entries it holds, for how many it has room; then these. */
const BLOCK = { next: 0, count: 1, room: 2, first: 3 } as const;
const LARGEST_ROOM = 32;
/** A row of a table: a cell and a slice (the cell counted from 1, 0 is a free row), the first block, the next row. */
const ROW = 4;
/** Above this many slices the rows of a cell are followed instead of each slice being looked for. */
const MANY_SLICES = 12;

const sizeOf = (room: number): number => BLOCK.first + room * ENTRY_WORDS;

/** What is told when an entry comes to stand at another place. */
export type Moved = (slot: number, at: number) => void;

export interface Tier {
  /** Entries in it. */
  readonly count: number;
  /** Cells that hold or held any since the table was last made anew. */
  readonly cellCount: number;
  /** The place of a new entry, whose words are the caller's to write. */
  add(cell: number, slice: number): number;
  /** Takes the entry at this place out; another may move into it, and `moved` is told. */
  remove(cell: number, slice: number, at: number, moved: Moved): void;
  /** Appends the first block of each bucket of this cell, from slice `from` to `to`. */
  blocksOf(cell: number, from: number, to: number, out: number[]): void;
  /** Appends the first block of every bucket. */
  allBlocks(out: number[]): void;
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
    add: (cell, slice) => {
      if (2 * state.rows >= state.table.length / ROW) rebuild(state);
      const row = rowFor(state, cell, slice);
      state.count += 1;
      return addTo(words, state.table, row);
    },
    remove: (cell, slice, at, moved) => {
      removeFrom(words, state.table, rowOf(state, cell, slice), at, moved);
      state.count -= 1;
    },
    blocksOf: (cell, from, to, out) => blocksOf(state, cell, from, to, out),
    allBlocks: (out) => {
      for (let row = 0; row < state.table.length; row += ROW) {
        const block = state.table[row + 2] as number;
        if (block !== 0) out.push(block);
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

/** Room for one more entry in the row's first block, which grows up to a size and then gets another before it. */
function addTo(words: Words, table: Int32Array, row: number): number {
  const head = table[row + 2] as number;
  if (head === 0) {
    const block = newBlock(words, 2, 0);
    table[row + 2] = block;
    return placeIn(words, block);
  }
  const page = words.ints[pageOf(head)] as Int32Array;
  const at = offsetOf(head);
  const room = page[at + BLOCK.room] as number;
  if ((page[at + BLOCK.count] as number) < room) return placeIn(words, head);
  const block = newBlock(words, Math.min(LARGEST_ROOM, 2 * room), head);
  table[row + 2] = block;
  return placeIn(words, block);
}

function newBlock(words: Words, room: number, next: number): number {
  const block = words.take(sizeOf(room));
  const page = words.ints[pageOf(block)] as Int32Array;
  const at = offsetOf(block);
  page[at + BLOCK.next] = next;
  page[at + BLOCK.count] = 0;
  page[at + BLOCK.room] = room;
  return block;
}

function placeIn(words: Words, block: number): number {
  const page = words.ints[pageOf(block)] as Int32Array;
  const at = offsetOf(block);
  const count = page[at + BLOCK.count] as number;
  page[at + BLOCK.count] = count + 1;
  return block + BLOCK.first + count * ENTRY_WORDS;
}

/** The last entry of the first block takes the place of the one that goes; an empty block is given back. */
function removeFrom(words: Words, table: Int32Array, row: number, at: number, moved: Moved): void {
  const head = table[row + 2] as number;
  const page = words.ints[pageOf(head)] as Int32Array;
  const block = offsetOf(head);
  const count = (page[block + BLOCK.count] as number) - 1;
  page[block + BLOCK.count] = count;
  const last = head + BLOCK.first + count * ENTRY_WORDS;
  if (last !== at) {
    const target = words.ints[pageOf(at)] as Int32Array;
    const from = offsetOf(last);
    target.set(page.subarray(from, from + ENTRY_WORDS), offsetOf(at));
    moved(page[from + ENTRY.slot] as number, at);
  }
  if (count > 0) return;
  table[row + 2] = page[block + BLOCK.next] as number;
  words.give(head, sizeOf(page[block + BLOCK.room] as number));
}

function blocksOf(state: State, cell: number, from: number, to: number, out: number[]): void {
  const { table, cells } = state;
  if (to - from < MANY_SLICES) {
    for (let slice = from; slice <= to; slice++) {
      const block = table[rowOf(state, cell, slice) + 2] as number;
      if (block !== 0) out.push(block);
    }
    return;
  }
  const at = cellAt(state, cell);
  if (cells[at] === 0) return;
  for (let row = cells[at + 1] as number; row >= 0; row = table[row + 3] as number) {
    const slice = table[row + 1] as number;
    const block = table[row + 2] as number;
    if (block !== 0 && slice >= from && slice <= to) out.push(block);
  }
}

/** What the first sieve asks: seconds, a ball with the reach added, and where heights count, a band of one datum. */
export interface Sieve {
  start: number;
  end: number;
  x: number;
  y: number;
  z: number;
  /** Of the ball and the separation together, and what floats of 32 bits are rounded by. */
  reach: number;
  /** 0: heights are not asked. */
  datum: number;
  lower: number;
  upper: number;
}

/** Appends the numbers of the volumes in these buckets that pass the sieve. */
export function sift(words: Words, blocks: readonly number[], sieve: Sieve, out: number[]): void {
  const { start, end, x, y, z, reach, datum, lower, upper } = sieve;
  for (let i = 0; i < blocks.length; i++) {
    for (let block = blocks[i] as number; block !== 0;) {
      const ints = words.ints[pageOf(block)] as Int32Array;
      const floats = words.floats[pageOf(block)] as Float32Array;
      const at = offsetOf(block);
      const last = at + BLOCK.first + (ints[at + BLOCK.count] as number) * ENTRY_WORDS;
      block = ints[at + BLOCK.next] as number;
      for (let p = at + BLOCK.first; p < last; p += ENTRY_WORDS) {
        if ((ints[p + ENTRY.start] as number) > end || (ints[p + ENTRY.end] as number) < start) continue;
        const r = (floats[p + ENTRY.radius] as number) + reach;
        const dx = (floats[p + ENTRY.x] as number) - x;
        const dy = (floats[p + ENTRY.y] as number) - y;
        const dz = (floats[p + ENTRY.z] as number) - z;
        if (dx * dx + dy * dy + dz * dz > r * r) continue;
        if (datum !== 0 && ints[p + ENTRY.datum] === datum) {
          if ((floats[p + ENTRY.lower] as number) > upper || (floats[p + ENTRY.upper] as number) < lower) continue;
        }
        out.push(ints[p + ENTRY.slot] as number);
      }
    }
  }
}
