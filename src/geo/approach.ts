/**
 * How near two routes come to each other, in place and time together, and between which moments they are too near.
 * Branch and bound: legs are straight strokes but for what geodesics bulge, so the nearest pair of strokes bounds the
 * truth from both sides, and halving closes the bounds. What is given up early is given up on the safe side.
 */
import { arcAtLeast, arcAtMost, pointDistanceM, toVector } from "./geodesic.ts";
import { createHeap } from "./heap.ts";
import { trackOf } from "./piece.ts";
import { type Span, spanBetween } from "./quadratic.ts";
import { isPart, type Part, partOf, type Stretch, stretchOf } from "./stretch.ts";
import type { MovingVolume, Position } from "./types.ts";

export interface Approach {
  /** Between the lines of the two routes, in metres along the ellipsoid. */
  readonly distance_m: number;
  readonly closest: readonly [Position, Position];
  /** When each of them is there by its own times; infinite where that is not said. */
  readonly times: readonly [number, number];
}

/** Two of what the routes consist of, and how near they are at least. */
interface Cell<One extends Stretch | Part = Stretch | Part> {
  readonly p: One;
  readonly q: One;
  readonly span: Span;
  readonly atLeast: number;
  /** How often the two routes were halved to come to it. */
  readonly depth: number;
}

/** Counts the cells that were looked at, for whoever wants to know how much work it was. */
export interface Work {
  cells: number;
}

/** Strokes that stray less than this are the geodesics themselves, within the centimetre that is promised. */
const STRAIGHT_M = 0.001;
/** Parts that are together no longer than this, and still near the limit, count as near. */
const SHORTEST_M = 0.004;
/** By what share the ellipsoid's radii of curvature differ. */
const RADII_DIFFER = 0.0101;
/** More pairs of parts of legs than any two real routes need; beyond it what is left counts as near. */
const MOST_PARTS = 50_000;
/** The same of all cells: two routes of 10,000 legs side by side, just far enough apart, need a quarter of it. */
const MOST_CELLS = 1_000_000;
/** The rounding of times near the present, and of shares of a leg. */
const ROUNDING_MS = 0.01;

/**
 * How near two routes come while their own times are at most `within_ms` apart; null where that is more than
 * `limit_m`. Within 5 mm of the limit it may say either, and says near.
 */
export function closestApproach(
  a: MovingVolume,
  b: MovingVolume,
  within_ms: number,
  limit_m: number,
  work: Work = { cells: 0 },
): Approach | null {
  const search = createSearch(a, b, within_ms, limit_m, promiseOf);
  for (let parts = 0; ;) {
    const cell = search.next(work);
    if (cell === undefined) return null;
    if (!isOfParts(cell)) {
      if (work.cells > MOST_CELLS) return approachOf(someParts(cell, within_ms), cell.atLeast);
      search.halve(cell, isWider(cell));
      continue;
    }
    const { p, q, span, atLeast } = cell;
    if (parts++ > MOST_PARTS) return approachOf(cell, atLeast);
    const isStraight = p.sag <= STRAIGHT_M && q.sag <= STRAIGHT_M;
    if (isStraight) {
      const found = approachOf(cell, null);
      if (found.distance_m <= limit_m || p.chord + q.chord < SHORTEST_M) return found;
      if (found.distance_m - astray(p, q, span.least, found.distance_m) > limit_m) continue;
    }
    search.halve(cell, isStraight ? p.chord >= q.chord : p.sag >= q.sag);
  }
}

/** A pair of parts goes before what might hold a nearer one by less than this: else equals are all gone through. */
const NEARER_M = 0.001;

function promiseOf(cell: Cell): number {
  return isOfParts(cell) ? cell.atLeast : (Math.floor(cell.atLeast / NEARER_M) + 2) * NEARER_M;
}

interface Search {
  /** The most promising cell that is left. */
  readonly next: (work: Work) => Cell | undefined;
  /** Puts back the halves of its first, or its second, each with the other. */
  readonly halve: (cell: Cell, first: boolean) => void;
}

/** Depth counts for more than any distance on the Earth does. */
const DEEPER_M = 1e8;

/** Goes through the pairs that may be near in place and time, those of least `value` first. */
function createSearch(
  a: MovingVolume,
  b: MovingVolume,
  within_ms: number,
  limit_m: number,
  value: (cell: Cell) => number,
): Search {
  const heap = createHeap<Cell>();
  const add = (p: Stretch | Part, q: Stretch | Part, depth: number) => {
    const cell = cellOf(p, q, within_ms, depth);
    if (cell === null || cell.atLeast > limit_m) return;
    // Of equals the smaller, then the nearer: else all pairs of two routes in one place come before the first answer.
    heap.push(cell, value(cell), cell.atLeast - depth * DEEPER_M);
  };
  add(stretchOf(a), stretchOf(b), 0);
  return {
    next: (work) => {
      work.cells += 1;
      return heap.pop();
    },
    halve: ({ p, q, depth }, first) => {
      for (const half of halvesOf(first ? p : q)) {
        if (first) add(half, q, depth + 1);
        else add(p, half, depth + 1);
      }
    },
  };
}

function isOfParts(cell: Cell): cell is Cell<Part> {
  return isPart(cell.p) && isPart(cell.q);
}

/** Of two that are not both single legs, whether the first is to be halved: the one that takes up more room. */
function isWider({ p, q }: Cell): boolean {
  if (isPart(p) || isPart(q)) return isPart(q);
  const [wide, other] = [p.chord + 2 * p.sag, q.chord + 2 * q.sag];
  return wide === other ? p.count >= q.count : wide > other;
}

/** Some legs of the two whose times come near each other, where there is no time left to find the nearest. */
function someParts(cell: Cell, within_ms: number): Cell<Part> {
  if (isOfParts(cell)) return cell;
  const { p, q, depth } = cell;
  const isFirst = isWider(cell);
  const [one, two] = halvesOf(isFirst ? p : q).map((half) =>
    isFirst ? cellOf(half, q, within_ms, depth + 1) : cellOf(p, half, within_ms, depth + 1),
  );
  return someParts((one ?? two) as Cell, within_ms);
}

/**
 * How much shorter than `metres`, which their nearest chord measures, the least distance between two straight parts can
 * be. Chords say which pair is nearest but for how the curve above them differs from one end of a part to the other: by
 * the hundredth that the ellipsoid's radii differ, for as far as the direction turns. Nothing at 10 km, metres at 5,000.
 */
function astray(p: Part, q: Part, chord: number, metres: number): number {
  return p.sag + q.sag + 8 * RADII_DIFFER * ((p.chord + q.chord) / metres) * Math.max(0, metres - chord);
}

function approachOf({ p, q, span: { along } }: Cell<Part>, given: number | null): Approach {
  const closest = [placeAt(p, along[0]), placeAt(q, along[1])] as const;
  return { distance_m: given ?? pointDistanceM(...closest), closest, times: timesOf(p, q, along) };
}

function placeAt(part: Part, share: number): Position {
  const { piece } = part.leg;
  if (piece.chord === 0) return piece.a;
  const metres = part.metres[0] + (part.metres[1] - part.metres[0]) * share;
  const { lat, lon } = trackOf(piece).at(metres);
  return { lat, lon };
}

function even({ from, to }: Part, share: number): number {
  return from + (to - from) * share;
}

function clamp({ from, to }: Part, at: number): number {
  return Math.min(to, Math.max(from, at));
}

/** The times of the nearest pair; a free part is there whenever the other is, as far as its times go. */
function timesOf(p: Part, q: Part, along: readonly [number, number]): readonly [number, number] {
  if (!p.free && !q.free) return [even(p, along[0]), even(q, along[1])];
  if (!p.free) return [even(p, along[0]), clamp(q, even(p, along[0]))];
  if (!q.free) return [clamp(p, even(q, along[1])), even(q, along[1])];
  const at = Math.max(p.from, q.from);
  return [clamp(p, at), clamp(q, at)];
}

function cellOf(p: Stretch | Part, q: Stretch | Part, within_ms: number, depth: number): Cell | null {
  const span = spanBetween(p, q, within_ms + ROUNDING_MS);
  if (span === null) return null;
  return { p, q, span, atLeast: arcAtLeast(Math.max(0, span.least - p.sag - q.sag)), depth };
}

function halvesOf(one: Stretch | Part): readonly (Stretch | Part)[] {
  return isPart(one) ? halves(one) : one.halves();
}

/** A part in two, in place and time. */
function halves(part: Part): readonly [Part, Part] {
  const { leg, va, vb, from, to } = part;
  const [start, end] = part.metres;
  const middle = (start + end) / 2;
  const vm = part.chord === 0 ? va : toVector(placeAt(part, 0.5));
  const [until, since] = part.free ? [to, from] : [(from + to) / 2, (from + to) / 2];
  return [partOf(leg, [va, vm], [start, middle], [from, until]), partOf(leg, [vm, vb], [middle, end], [since, to])];
}

/** Tells of two routes in which order their times are looked through, and which moment counts. */
export interface Moments {
  /** The least that the moment can be for times of the first in `p` and of the second in `q`. */
  readonly earliest: (p: readonly [number, number], q: readonly [number, number]) => number;
  /** Parts shorter than this are not halved any more: the moment may be this much too early. */
  readonly fine_ms: number;
}

/** A free part is small enough to stand for the whole once it is this long. */
const SMALL_M = 100;

/**
 * The first moment, by `moments`, at which the two routes are at most `limit_m` apart with their own times at most
 * `within_ms` apart; never later than the truth. null where they never are.
 */
export function firstMoment(
  a: MovingVolume,
  b: MovingVolume,
  within_ms: number,
  limit_m: number,
  moments: Moments,
  work: Work = { cells: 0 },
): number | null {
  const momentOf = ({ p, q }: Cell) => moments.earliest([p.from, p.to], [q.from, q.to]);
  const search = createSearch(a, b, within_ms, limit_m, momentOf);
  for (let parts = 0; ;) {
    const cell = search.next(work);
    if (cell === undefined) return null;
    if (!isOfParts(cell)) {
      if (work.cells > MOST_CELLS) return momentOf(cell);
      search.halve(cell, isWider(cell));
      continue;
    }
    const { p, q, span } = cell;
    const isInside = arcAtMost(span.most + p.sag + q.sag) <= limit_m && spanCoversAll(p, q, within_ms);
    const [pSize, qSize] = [sizeOf(p, moments.fine_ms), sizeOf(q, moments.fine_ms)];
    if (isInside || (pSize <= 1 && qSize <= 1) || parts++ > MOST_PARTS) return momentOf(cell);
    search.halve(cell, pSize >= qSize);
  }
}

/** True where every time of the one is near enough to every time of the other. */
function spanCoversAll(p: Part, q: Part, within_ms: number): boolean {
  return p.to - q.from <= within_ms && q.to - p.from <= within_ms;
}

function sizeOf(part: Part, fine_ms: number): number {
  return part.free ? part.chord / SMALL_M : (part.to - part.from) / fine_ms;
}
