/**
 * One tier of the grid: what is of about one size in place and of about one length in time. Its entries stand in
 * buckets, one for each cell of the globe and slice of time that holds any. An entry is the volume's number and, in
 * one byte each, where in the cell and the slice it lies, and its height band: a search reads a few short stretches of
 * memory and leaves out most of what does not matter without looking at the volumes themselves.
 */
import { offsetOf, pageOf, type Words } from "./pool.ts";

/** The volume, its place and time, its band. */
const ENTRY_WORDS = 3;
/** A block: the next block of the bucket, how many entries it holds, for how many it has room; then these. */
const BLOCK = { next: 0, count: 1, room: 2, first: 3 } as const;
const SMALLEST_ROOM = 4;
const LARGEST_ROOM = 128;
/** A row of a table: a cell and a slice (the cell counted from 1, 0 is a free row), the first block, the next row. */
const ROW = 4;
/** Above this many slices the rows of a cell are followed instead of each slice being looked for. */
const MANY_SLICES = 12;

const sizeOf = (room: number): number => BLOCK.first + room * ENTRY_WORDS;

/** Four bytes in a word, the first lowest: eastward and northward in the cell, start and end in the slice. */
export function packed(east: number, north: number, start: number, end: number): number {
  return east | (north << 8) | (start << 16) | (end << 24);
}

/** The bytes of a band in a word, and its datum's number; 0 where it holds at all heights, or nobody can say. */
export function packedBand(lower: number, upper: number, datum: number): number {
  // Written so that NaN holds at all heights.
  if (datum === 0 || !(lower <= upper)) return 0;
  return heightByte(lower) | (heightByte(upper) << 8) | (datum << 16);
}

/** Rising with the height, so that what meets in metres meets in bytes. Steps of 64 m from 1,000 m below zero. */
export function heightByte(metres: number): number {
  return Math.min(255, Math.max(0, Math.floor((metres + 1000) / 64)));
}

/** The bytes that an entry of a bucket must have to matter: closed ranges; of start the most, of end the least. */
export interface Bounds {
  west: number;
  east: number;
  south: number;
  north: number;
  latestStart: number;
  earliestEnd: number;
  /** Of an entry's lower height the most, of its upper the least, where it is above this datum; 0: none is left out. */
  highest: number;
  lowest: number;
  datum: number;
}

export interface Tier {
  /** Entries in it. */
  readonly count: number;
  /** Cells that hold or held any since the table was last made anew. */
  readonly cellCount: number;
  add(cell: number, slice: number, slot: number, bytes: number, band: number): void;
  remove(cell: number, slice: number, slot: number): void;
  /**
   * Appends the volumes of this cell that lie within the bounds, from slice `from` to `to`. `timed` sets the bounds'
   * times for a slice.
   */
  search(cell: number, from: number, to: number, bounds: Bounds, timed: (slice: number) => void, out: number[]): void;
  /** Appends every volume. */
  all(out: number[]): void;
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
    add: (cell, slice, slot, bytes, band) => {
      if (2 * state.rows >= state.table.length / ROW) rebuild(state);
      addTo(words, state.table, rowFor(state, cell, slice), slot, bytes, band);
      state.count += 1;
    },
    remove: (cell, slice, slot) => {
      removeFrom(words, state.table, rowOf(state, cell, slice), slot);
      state.count -= 1;
    },
    search: (cell, from, to, bounds, timed, out) => {
      if (to - from < MANY_SLICES) {
        for (let slice = from; slice <= to; slice++) {
          const block = state.table[rowOf(state, cell, slice) + 2] as number;
          if (block === 0) continue;
          timed(slice);
          sift(words, block, bounds, out);
        }
      } else searchRows(words, state, cell, from, to, bounds, timed, out);
    },
    all: (out) => {
      for (let row = 0; row < state.table.length; row += ROW) {
        const block = state.table[row + 2] as number;
        if (block !== 0) sift(words, block, EVERYTHING, out);
      }
    },
  };
}

/** Bounds that leave nothing out. */
export function everything(): Bounds {
  const [place, time] = [
    { west: 0, east: 255, south: 0, north: 255 },
    { latestStart: 255, earliestEnd: 0 },
  ];
  return { ...place, ...time, highest: 255, lowest: 0, datum: 0 };
}

const EVERYTHING = everything();

/** Follows the rows of a cell: as many as there are, however long the time that is asked for. */
function searchRows(
  words: Words,
  state: State,
  cell: number,
  from: number,
  to: number,
  bounds: Bounds,
  timed: (slice: number) => void,
  out: number[],
): void {
  const { table, cells } = state;
  const at = cellAt(state, cell);
  if (cells[at] === 0) return;
  for (let row = cells[at + 1] as number; row >= 0; row = table[row + 3] as number) {
    const slice = table[row + 1] as number;
    const block = table[row + 2] as number;
    if (block === 0 || slice < from || slice > to) continue;
    timed(slice);
    sift(words, block, bounds, out);
  }
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

/** A bucket's block grows up to a size; then the bucket gets another before it. */
function addTo(words: Words, table: Int32Array, row: number, slot: number, bytes: number, band: number): void {
  let block = table[row + 2] as number;
  if (block === 0) block = newBlock(words, SMALLEST_ROOM, 0);
  else if (isFull(words, block)) block = larger(words, block);
  table[row + 2] = block;
  const page = words.ints[pageOf(block)] as Int32Array;
  const at = offsetOf(block);
  const count = page[at + BLOCK.count] as number;
  page[at + BLOCK.count] = count + 1;
  const entry = at + BLOCK.first + count * ENTRY_WORDS;
  page[entry] = slot;
  page[entry + 1] = bytes;
  page[entry + 2] = band;
}

function isFull(words: Words, block: number): boolean {
  const page = words.ints[pageOf(block)] as Int32Array;
  return page[offsetOf(block) + BLOCK.count] === page[offsetOf(block) + BLOCK.room];
}

function larger(words: Words, block: number): number {
  const page = words.ints[pageOf(block)] as Int32Array;
  const at = offsetOf(block);
  const room = page[at + BLOCK.room] as number;
  if (room === LARGEST_ROOM) return newBlock(words, SMALLEST_ROOM, block);
  const grown = newBlock(words, 2 * room, page[at + BLOCK.next] as number);
  const target = words.ints[pageOf(grown)] as Int32Array;
  const to = offsetOf(grown);
  target[to + BLOCK.count] = page[at + BLOCK.count] as number;
  for (let i = BLOCK.first; i < sizeOf(room); i++) target[to + i] = page[at + i] as number;
  words.give(block, sizeOf(room));
  return grown;
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

/** The last entry of the first block takes the place of the one that goes; an empty block is given back. */
function removeFrom(words: Words, table: Int32Array, row: number, slot: number): void {
  const head = table[row + 2] as number;
  const page = words.ints[pageOf(head)] as Int32Array;
  const block = offsetOf(head);
  const count = (page[block + BLOCK.count] as number) - 1;
  const last = block + BLOCK.first + count * ENTRY_WORDS;
  const at = placeOf(words, head, slot);
  const target = words.ints[pageOf(at)] as Int32Array;
  target[offsetOf(at)] = page[last] as number;
  target[offsetOf(at) + 1] = page[last + 1] as number;
  target[offsetOf(at) + 2] = page[last + 2] as number;
  page[block + BLOCK.count] = count;
  if (count > 0) return;
  table[row + 2] = page[block + BLOCK.next] as number;
  words.give(head, sizeOf(page[block + BLOCK.room] as number));
}

function placeOf(words: Words, head: number, slot: number): number {
  for (let block = head; block !== 0;) {
    const page = words.ints[pageOf(block)] as Int32Array;
    const first = offsetOf(block) + BLOCK.first;
    const end = first + (page[offsetOf(block) + BLOCK.count] as number) * ENTRY_WORDS;
    for (let at = first; at < end; at += ENTRY_WORDS) if (page[at] === slot) return block + at - offsetOf(block);
    block = page[offsetOf(block) + BLOCK.next] as number;
  }
  throw new Error(`Volume ${slot} is not where it was put.`);
}

/** Appends the volumes of a bucket that lie within the bounds. */
function sift(words: Words, head: number, bounds: Bounds, out: number[]): void {
  const { west, east, south, north, latestStart, earliestEnd, highest, lowest, datum } = bounds;
  for (let block = head; block !== 0;) {
    const page = words.ints[pageOf(block)] as Int32Array;
    const at = offsetOf(block);
    const end = at + BLOCK.first + (page[at + BLOCK.count] as number) * ENTRY_WORDS;
    block = page[at + BLOCK.next] as number;
    for (let p = at + BLOCK.first; p < end; p += ENTRY_WORDS) {
      const bytes = page[p + 1] as number;
      const x = bytes & 255;
      if (x < west || x > east) continue;
      const y = (bytes >>> 8) & 255;
      if (y < south || y > north) continue;
      if (((bytes >>> 16) & 255) > latestStart || bytes >>> 24 < earliestEnd) continue;
      const band = page[p + 2] as number;
      if (band >>> 16 === datum && ((band & 255) > highest || ((band >>> 8) & 255) < lowest)) continue;
      out.push(page[p] as number);
    }
  }
}
