/**
 * The grid: tiers for each size in place and each length in time, so that cells and slices are never much smaller nor
 * much larger than what stands in them. A search goes through the tiers that hold anything and looks only at cells and
 * slices that could matter; where these are more than there are, it reads the whole tier instead.
 */
import { angleWithin, CELL_PART, type CellParts, type GlobeCells, globeCells, type Place } from "./globe.ts";
import { createWords } from "./pool.ts";
import { createTier, everything, heightByte, packed, packedBand, type Tier } from "./tier.ts";
import type { Terms } from "./volumes.ts";

/** Cells of the smallest tiers; those of the next are four times as wide. What is wider than a cell is one tier up. */
const SMALLEST_CELL_M = 16_000;
const SIZES = 4;
/** Slices of the shortest tiers, 37 hours; those of the next are four times as long. */
const SHORTEST_SLICE_MS = 2 ** 27;
const LENGTHS = 6;
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
  const levelFor = (span: Span): Level => {
    const size = sizeOf(span.radius);
    const length = lengthOf(span.end - span.start);
    return (levels[size * (LENGTHS + 1) + length] ??= {
      tier: createTier(words),
      cells: cellsFor(size),
      slice_ms: length === LENGTHS ? Number.POSITIVE_INFINITY : SHORTEST_SLICE_MS * 4 ** length,
      ...NOTHING_YET,
    });
  };
  const place: Place = { cell: 0, east: 0, north: 0 };
  const locate = ({ cells: own }: Level, { x, y, z }: Span): void => {
    if (own !== null) own.locate(x, y, z, place);
    else Object.assign(place, NO_PLACE);
  };
  const seeker = createSeeker();
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
      const band = packedBand(span.lower, span.upper, span.datum);
      level.tier.add(place.cell, slice, slot, bytesOf(place, span, slice, level.slice_ms), band);
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

const NO_PLACE: Place = { cell: 0, east: 0, north: 0 };

const NOTHING_YET = {
  radius: 0,
  length_ms: 0,
  first: Number.POSITIVE_INFINITY,
  last: Number.NEGATIVE_INFINITY,
} as const;

type Seeker = (level: Level, span: Span, reach: Reach, out: number[]) => void;

/** A search of one tier, with room of its own to work in. */
function createSeeker(): Seeker {
  const parts: CellParts = [];
  const bounds = everything();
  const when = { start: 0, end: 0, slice_ms: 0 };
  const timed = (slice: number): void => {
    const { slice_ms } = when;
    if (slice_ms === Number.POSITIVE_INFINITY) {
      bounds.latestStart = 255;
      bounds.earliestEnd = 0;
      return;
    }
    const begin = slice * slice_ms;
    bounds.latestStart = Math.min(255, Math.floor((256 * (when.end - begin)) / slice_ms));
    bounds.earliestEnd = Math.max(0, Math.ceil((127 * (when.start - begin)) / slice_ms));
  };
  return (level, span, reach, out) => {
    const { tier, cells, slice_ms } = level;
    when.start = span.start - reach.time_ms;
    when.end = span.end + reach.time_ms;
    when.slice_ms = slice_ms;
    const from = Math.max(level.first, sliceOf(when.start - level.length_ms, slice_ms));
    const to = Math.min(level.last, sliceOf(when.end, slice_ms));
    if (from > to) return;
    const metres = span.radius + level.radius + reach.lateral_m + FLOAT_SLACK_M;
    if (!isFew(metres, tier, level)) {
      tier.all(out);
      return;
    }
    bounds.datum = span.datum;
    bounds.highest = heightByte(span.upper + reach.vertical_m);
    bounds.lowest = heightByte(span.lower - reach.vertical_m);
    parts.length = 0;
    if (cells === null) parts.push(0, 0, 255, 0, 255);
    else cells.within(span.x, span.y, span.z, angleWithin(metres), parts);
    for (let i = 0; i < parts.length; i += CELL_PART) {
      bounds.west = parts[i + 1] as number;
      bounds.east = parts[i + 2] as number;
      bounds.south = parts[i + 3] as number;
      bounds.north = parts[i + 4] as number;
      tier.search(parts[i] as number, from, to, bounds, timed, out);
    }
  };
}

/** Where in its cell it stands, and in its slice: the start in 256ths of it, the end, which may lie in the next, in 127ths. */
function bytesOf({ east, north }: Place, { start, end }: Span, slice: number, slice_ms: number): number {
  if (slice_ms === Number.POSITIVE_INFINITY) return packed(east, north, 0, 255);
  const begin = slice * slice_ms;
  const from = Math.min(255, Math.max(0, Math.floor((256 * (start - begin)) / slice_ms)));
  const to = Math.min(254, Math.max(0, Math.ceil((127 * (end - begin)) / slice_ms)));
  return packed(east, north, from, to);
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
