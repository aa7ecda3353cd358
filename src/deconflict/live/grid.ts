/**
 * The grid: tiers for each size in place and each length in time, so that cells and slices are never much smaller nor
 * much larger than what stands in them. A search goes through the tiers that hold anything and looks only at cells and
 * slices that could matter; where these are more than there are, it reads the whole tier instead.
 */
import { ASKED, fetchBlocks, mustBeNameable, sift } from "./bucket.ts";
import { angleWithin, CELL_PART, type GlobeCells, globeCells, type Place } from "./globe.ts";
import { append, createList, type List, makeRoom } from "./list.ts";
import {
  guarded,
  heightLane,
  heightMark,
  LAST_HEIGHT,
  LAST_PLACE,
  LAST_TIME,
  placeLanes,
  timeLane,
  withDatum,
} from "./marks.ts";
import { createLines, type Lines } from "./pool.ts";
import { BUCKET, createTier, rowOf, type Tier } from "./tier.ts";
import type { Terms } from "./volumes.ts";

/** Cells of each size of tier; what is wider than a cell is one tier up. */
const CELLS_M = [16_000, 64_000, 256_000, 1_024_000] as const;
const SIZES = CELLS_M.length;
/** Slices of each length of tier: from 18.6 hours, each four times as long, to two years. */
const SLICES_MS = [2 ** 26, 2 ** 28, 2 ** 30, 2 ** 32, 2 ** 34, 2 ** 36] as const;
const LENGTHS = SLICES_MS.length;
/** Balls are kept in floats of 32 bits: coordinates are wrong by up to half a metre on each axis, radii by less. */
export const FLOAT_SLACK_M = 3;

/** Where and when something is at most: a ball in Cartesian metres, a window and a band. */
export interface Span extends Readonly<Terms> {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
}

/** How far a search looks beyond its span. */
export interface Reach {
  readonly lateral_m: number;
  readonly vertical_m: number;
  readonly time_ms: number;
}

export interface Grid {
  /** Puts a volume in. Its span's ball is in floats of 32 bits, as it will be at its removal. */
  add(slot: number, span: Span): void;
  remove(slot: number, span: Span): void;
  /** Appends every volume that could be within reach of the span, none twice. */
  search(span: Span, reach: Reach, out: List): void;
}

interface Level {
  readonly tier: Tier;
  /** null: one cell holds all. */
  readonly cells: GlobeCells | null;
  /** Infinity: one slice holds all. */
  readonly slice_ms: number;
  /** The largest and the longest that was ever put in since the tier was empty. */
  radius: number;
  length_ms: number;
  first: number;
  last: number;
}

export function createGrid(): Grid {
  const lines = createLines();
  const levels: (Level | undefined)[] = [];
  const cells: (GlobeCells | undefined)[] = [];
  const cellsFor = (size: number): GlobeCells | null =>
    size === SIZES ? null : (cells[size] ??= globeCells(CELLS_M[size] as number));
  const levelFor = (span: Span): Level => {
    const size = sizeOf(span.radius);
    const length = lengthOf(span.end - span.start);
    return (levels[size * (LENGTHS + 1) + length] ??= {
      tier: createTier(lines),
      cells: cellsFor(size),
      slice_ms: SLICES_MS[length] ?? Number.POSITIVE_INFINITY,
      ...NOTHING_YET,
    });
  };
  const place: Place = { cell: 0, lanes: 0 };
  const locate = ({ cells: own }: Level, { x, y, z }: Span): void => {
    if (own !== null) own.locate(x, y, z, place);
    else Object.assign(place, ONE_PLACE);
  };
  const seeker = createSeeker(lines);
  return {
    add: (slot, span) => {
      const level = levelFor(span);
      if (level.tier.count === 0) Object.assign(level, NOTHING_YET);
      const slice = sliceOf(span.start, level.slice_ms);
      level.radius = Math.max(level.radius, span.radius);
      level.length_ms = Math.max(level.length_ms, span.end - span.start);
      level.first = Math.min(level.first, slice);
      level.last = Math.max(level.last, slice);
      locate(level, span);
      addEntry(level, slot, span, place, slice);
    },
    remove: (slot, span) => {
      const level = levelFor(span);
      locate(level, span);
      level.tier.remove(place.cell, sliceOf(span.start, level.slice_ms), slot);
    },
    search: (span, reach, out) => {
      for (const level of levels) {
        if (level !== undefined && level.tier.count > 0) seeker(level, span, reach, out);
      }
    },
  };
}

const ONE_PLACE: Place = { cell: 0, lanes: 0 };

const NOTHING_YET = {
  radius: 0,
  length_ms: 0,
  first: Number.POSITIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
} as const;

type Seeker = (level: Level, span: Span, reach: Reach, out: List) => void;

/** What is asked of one tier: from when to when, and the lanes of the heights. */
interface Wanted {
  start: number;
  end: number;
  slice_ms: number;
  highest: number;
  lowest: number;
  /** What is asked of each bucket that could hold any of it (bucket.ts). */
  readonly buckets: List;
}

/** Above this many slices the buckets of a cell are followed instead of each slice being looked for. */
const MANY_SLICES = 12;

/** A search of one tier, with room of its own to work in. All buckets are looked up before the first is sifted (fetch.ts). */
function createSeeker(lines: Lines): Seeker {
  const cells = createList();
  const buckets = createList();
  const wanted: Wanted = { start: 0, end: 0, slice_ms: 0, highest: 0, lowest: 0, buckets };
  return (level, span, reach, out) => {
    const { tier, slice_ms } = level;
    wanted.start = span.start - reach.time_ms;
    wanted.end = span.end + reach.time_ms;
    const from = Math.max(level.first, sliceOf(wanted.start - level.length_ms, slice_ms));
    const to = Math.min(level.last, sliceOf(wanted.end, slice_ms));
    if (from > to) return;
    wanted.slice_ms = slice_ms;
    const isBand = hasBand(span);
    wanted.highest = heightLane(isBand ? heightMark(span.upper + reach.vertical_m) : LAST_HEIGHT);
    wanted.lowest = heightLane(isBand ? heightMark(span.lower - reach.vertical_m) : 0);
    buckets.count = 0;
    if (!cellsWithin(level, span, reach, cells)) tier.all((row) => want(wanted, tier.table, row, EVERYTHING, 0));
    else if (to - from < MANY_SLICES) lookUp(tier, cells, from, to, wanted);
    else follow(tier, cells, from, to, wanted);
    fetchBlocks(lines, buckets);
    sift(lines, buckets, span.datum, out);
  };
}

/** Writes down the cells within reach. False where they are not few beside those that hold anything. */
function cellsWithin({ tier, cells, radius }: Level, span: Span, reach: Reach, out: List): boolean {
  out.count = 0;
  const metres = span.radius + radius + reach.lateral_m + FLOAT_SLACK_M;
  if (cells === null) {
    for (const value of ONE_CELL) append(out, value);
    return true;
  }
  const across = (2 * metres) / cells.size_m + 2;
  if (!(across * across < 64 + 4 * tier.cellCount)) return false;
  cells.within(span.x, span.y, span.z, angleWithin(metres), out);
  return true;
}

const ONE_CELL = [0, placeLanes(LAST_PLACE, LAST_PLACE), 0] as const;
const EVERYTHING = placeLanes(LAST_PLACE, LAST_PLACE) | timeLane(LAST_TIME) | heightLane(LAST_HEIGHT);

function lookUp({ table }: Tier, cells: List, from: number, to: number, wanted: Wanted): void {
  const { buckets } = wanted;
  const { ints, count } = cells;
  makeRoom(buckets, (ASKED / CELL_PART) * count * (to - from + 1));
  const out = buckets.ints;
  let n = buckets.count;
  for (let slice = from; slice <= to; slice++) {
    const most = mostAt(wanted, slice);
    const least = leastAt(wanted, slice);
    for (let i = 0; i < count; i += CELL_PART) {
      const bucket = rowOf(table, ints[i] as number, slice) + BUCKET;
      if (table[bucket] === 0) continue;
      out[n] = table[bucket] as number;
      out[n + 1] = table[bucket + 1] as number;
      out[n + 2] = most | (ints[i + 1] as number);
      out[n + 3] = least | (ints[i + 2] as number);
      n += ASKED;
    }
  }
  buckets.count = n;
}

function follow(tier: Tier, cells: List, from: number, to: number, wanted: Wanted): void {
  for (let i = 0; i < cells.count; i += CELL_PART) {
    const most = cells.ints[i + 1] as number;
    const least = cells.ints[i + 2] as number;
    tier.each(cells.ints[i] as number, from, to, (row, slice) => {
      want(wanted, tier.table, row, most | mostAt(wanted, slice), least | leastAt(wanted, slice));
    });
  }
}

function want({ buckets }: Wanted, table: Int32Array, row: number, most: number, least: number): void {
  makeRoom(buckets, ASKED);
  const { ints } = buckets;
  ints[buckets.count++] = table[row + BUCKET] as number;
  ints[buckets.count++] = table[row + BUCKET + 1] as number;
  ints[buckets.count++] = most;
  ints[buckets.count++] = least;
}

/** Of time and height, the most that an entry of this slice may begin with. */
function mostAt({ end, slice_ms, highest }: Wanted, slice: number): number {
  return timeLane(startMark(end, slice, slice_ms)) | highest;
}

function leastAt({ start, slice_ms, lowest }: Wanted, slice: number): number {
  return timeLane(endMark(start, slice, slice_ms)) | lowest;
}

/** In 256ths of a slice. */
function startMark(at: number, slice: number, slice_ms: number): number {
  if (slice_ms === Number.POSITIVE_INFINITY) return 0;
  return Math.min(LAST_TIME, Math.max(0, Math.floor((256 * (at - slice * slice_ms)) / slice_ms)));
}

/** In 127ths of a slice, since what begins in one may end in the next. */
function endMark(at: number, slice: number, slice_ms: number): number {
  if (slice_ms === Number.POSITIVE_INFINITY) return LAST_TIME;
  return Math.min(LAST_TIME, Math.max(0, Math.ceil((127 * (at - slice * slice_ms)) / slice_ms)));
}

/** Written so that NaN holds at all heights. */
function hasBand({ lower, upper, datum }: Span): boolean {
  return datum !== 0 && lower <= upper;
}

function addEntry({ tier, slice_ms }: Level, slot: number, span: Span, { cell, lanes }: Place, slice: number): void {
  mustBeNameable(slot);
  const isBand = hasBand(span);
  const begins = timeLane(startMark(span.start, slice, slice_ms)) | heightLane(isBand ? heightMark(span.lower) : 0);
  const upper = isBand ? heightMark(span.upper) : LAST_HEIGHT;
  const ends = timeLane(endMark(span.end, slice, slice_ms)) | heightLane(upper);
  tier.add(cell, slice, withDatum(slot, isBand ? span.datum : 0), lanes | begins, guarded(lanes | ends));
}

function sizeOf(radius: number): number {
  let size = 0;
  while (size < SIZES && radius > (CELLS_M[size] as number) / 2) size += 1;
  return size;
}

function lengthOf(milliseconds: number): number {
  let length = 0;
  while (length < LENGTHS && !(milliseconds <= (SLICES_MS[length] as number))) length += 1;
  return length;
}

function sliceOf(at: number, slice_ms: number): number {
  return slice_ms === Number.POSITIVE_INFINITY ? 0 : Math.floor(at / slice_ms);
}
