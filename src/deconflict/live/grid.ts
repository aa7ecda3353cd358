/**
 * The grid: tiers for each size in place and each length in time, so that cells and slices are never much smaller nor
 * much larger than what stands in them. A search goes through the tiers that hold anything and looks only at cells and
 * slices that could matter; where these are more than there are, it reads the whole tier instead.
 */
import { angleWithin, type GlobeCells, globeCells } from "./globe.ts";
import { createWords, offsetOf, pageOf } from "./pool.ts";
import { createTier, ENTRY, type Moved, sift, type Sieve, type Tier } from "./tier.ts";
import type { Terms } from "./volumes.ts";

/** Cells of the smallest tiers; those of the next are four times as wide. What is wider than a cell is one tier up. */
const SMALLEST_CELL_M = 16_000;
const SIZES = 4;
/** Slices of the shortest tiers, 9.3 hours; those of the next are four times as long. */
const SHORTEST_SLICE_MS = 2 ** 25;
const LENGTHS = 7;
/** Coordinates of 32 bits are wrong by up to half a metre on each axis, radii by less than a metre. */
const FLOAT_SLACK_M = 3;
const TWO_THOUSAND_MS = 946_684_800_000;

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
  /** Puts a volume in. Its place, which changes as others come and go, is to be kept for `remove`. */
  add(slot: number, span: Span): number;
  remove(at: number, start: number, end: number, moved: Moved): void;
  /** Appends every volume that could be within reach of the span, none twice. */
  search(span: Span, reach: Reach, out: number[]): void;
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
  const words = createWords();
  const levels: (Level | undefined)[] = [];
  const cells: (GlobeCells | undefined)[] = [];
  const cellsFor = (size: number): GlobeCells | null =>
    size === SIZES ? null : (cells[size] ??= globeCells(SMALLEST_CELL_M * 4 ** size));
  const levelFor = (size: number, length: number): Level =>
    (levels[size * (LENGTHS + 1) + length] ??= {
      tier: createTier(words),
      cells: cellsFor(size),
      slice_ms: length === LENGTHS ? Number.POSITIVE_INFINITY : SHORTEST_SLICE_MS * 4 ** length,
      ...NOTHING_YET,
    });
  const found: number[] = [];
  const blocks: number[] = [];
  return {
    add: (slot, span) => {
      // As the entry will hold them, so that it is found again by its own numbers.
      const radius = Math.fround(span.radius);
      const level = levelFor(sizeOf(radius), lengthOf(span.end - span.start));
      if (level.tier.count === 0) Object.assign(level, NOTHING_YET);
      const slice = sliceOf(span.start, level.slice_ms);
      level.radius = Math.max(level.radius, radius);
      level.length_ms = Math.max(level.length_ms, span.end - span.start);
      level.first = Math.min(level.first, slice);
      level.last = Math.max(level.last, slice);
      const { cells: own } = level;
      const cell = own === null ? 0 : own.cellOf(Math.fround(span.x), Math.fround(span.y), Math.fround(span.z));
      const at = level.tier.add(cell, slice);
      write(words.ints[pageOf(at)] as Int32Array, words.floats[pageOf(at)] as Float32Array, offsetOf(at), slot, span);
      return at;
    },
    remove: (at, start, end, moved) => {
      const floats = words.floats[pageOf(at)] as Float32Array;
      const entry = offsetOf(at);
      const number = (field: number) => floats[entry + field] as number;
      const { tier, cells: own, slice_ms } = levelFor(sizeOf(number(ENTRY.radius)), lengthOf(end - start));
      const cell = own === null ? 0 : own.cellOf(number(ENTRY.x), number(ENTRY.y), number(ENTRY.z));
      tier.remove(cell, sliceOf(start, slice_ms), at, moved);
    },
    search: (span, reach, out) => {
      const sieve = sieveOf(span, reach);
      for (const level of levels) {
        if (level === undefined || level.tier.count === 0) continue;
        blocks.length = 0;
        gather(level, span, reach, found, blocks);
        sift(words, blocks, sieve, out);
      }
    },
  };
}

const NOTHING_YET = {
  radius: 0,
  length_ms: 0,
  first: Number.POSITIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
} as const;

/** The first blocks of all buckets of a tier that could matter; `found` is room to work in. */
function gather(level: Level, span: Span, reach: Reach, found: number[], blocks: number[]): void {
  const { tier, cells, slice_ms } = level;
  const from = Math.max(level.first, sliceOf(span.start - reach.time_ms - level.length_ms, slice_ms));
  const to = Math.min(level.last, sliceOf(span.end + reach.time_ms, slice_ms));
  if (from > to) return;
  const metres = span.radius + level.radius + reach.lateral_m + FLOAT_SLACK_M;
  found.length = 0;
  if (cells === null) found.push(0);
  else if (!isFew(metres, tier, level)) return tier.allBlocks(blocks);
  else cells.within(span.x, span.y, span.z, angleWithin(metres), found);
  for (let i = 0; i < found.length; i++) tier.blocksOf(found[i] as number, from, to, blocks);
}

/** True where the cells within reach are fewer than a few times those that hold anything. */
function isFew(metres: number, tier: Tier, { cells }: Level): boolean {
  if (cells === null) return true;
  const across = (2 * metres) / cells.size_m + 2;
  return across * across < 64 + 4 * tier.cellCount;
}

function sizeOf(radius: number): number {
  let size = 0;
  while (size < SIZES && radius > (SMALLEST_CELL_M * 4 ** size) / 2) size += 1;
  return size;
}

function lengthOf(milliseconds: number): number {
  let length = 0;
  while (length < LENGTHS && !(milliseconds <= SHORTEST_SLICE_MS * 4 ** length)) length += 1;
  return length;
}

function sliceOf(at: number, slice_ms: number): number {
  return slice_ms === Number.POSITIVE_INFINITY ? 0 : Math.floor(at / slice_ms);
}

/** Seconds from the year 2000 on; beyond what 32 bits hold (1932 to 2068) the outermost, which tells nothing apart. */
function secondsBefore(at: number): number {
  return Math.max(-(2 ** 31), Math.min(2 ** 31 - 2, Math.floor((at - TWO_THOUSAND_MS) / 1000)));
}

function secondsAfter(at: number): number {
  return Math.max(2 - 2 ** 31, Math.min(2 ** 31 - 1, Math.ceil((at - TWO_THOUSAND_MS) / 1000)));
}

/** A height as a float of 32 bits that is not above it, up to 10,000 km; a metre is nothing at such heights. */
function below(metres: number): number {
  return metres - 1e-6 * Math.abs(metres) - 0.01;
}

function write(ints: Int32Array, floats: Float32Array, at: number, slot: number, span: Span): void {
  ints[at + ENTRY.start] = secondsBefore(span.start);
  ints[at + ENTRY.end] = secondsAfter(span.end);
  floats[at + ENTRY.radius] = span.radius;
  floats[at + ENTRY.x] = span.x;
  floats[at + ENTRY.y] = span.y;
  floats[at + ENTRY.z] = span.z;
  floats[at + ENTRY.lower] = below(span.lower);
  floats[at + ENTRY.upper] = -below(-span.upper);
  ints[at + ENTRY.datum] = span.datum;
  ints[at + ENTRY.slot] = slot;
}

function sieveOf(span: Span, { lateral_m, vertical_m, time_ms }: Reach): Sieve {
  return {
    start: secondsBefore(span.start - time_ms),
    end: secondsAfter(span.end + time_ms),
    x: span.x,
    y: span.y,
    z: span.z,
    reach: span.radius + lateral_m + FLOAT_SLACK_M,
    datum: span.datum,
    lower: below(span.lower - vertical_m),
    upper: -below(-(span.upper + vertical_m)),
  };
}
