/**
 * How near two routes come to each other, in place and time together, and between which moments they are too near.
 * Branch and bound: legs are straight strokes but for what geodesics bulge, so the nearest pair of strokes bounds the
 * truth from both sides, and halving closes the bounds. What is given up early is given up on the safe side.
 */
import { arcAtLeast, arcAtMost, pointDistanceM, toVector, type Vector } from "./geodesic.ts";
import { createHeap } from "./heap.ts";
import { type Leg, legsOf } from "./motion.ts";
import { sagitta } from "./geodesic.ts";
import { trackOf } from "./piece.ts";
import { type Span, spanBetween, type Stroke } from "./quadratic.ts";
import type { MovingVolume, Position } from "./types.ts";
import { length, minus } from "./vector.ts";

export interface Approach {
  /** Between the lines of the two routes, in metres along the ellipsoid. */
  readonly distance_m: number;
  readonly closest: readonly [Position, Position];
  /** When each of them is there by its own times; infinite where that is not said. */
  readonly times: readonly [number, number];
}

/** Part of a leg: a stroke, and where on the leg's piece it lies. */
interface Part extends Stroke {
  readonly leg: Leg;
  readonly metres: readonly [number, number];
  readonly chord: number;
  /** How far the geodesic strays at most from the stroke at the same share of its way. */
  readonly sag: number;
}

interface Cell {
  readonly p: Part;
  readonly q: Part;
  readonly span: Span;
  readonly atLeast: number;
}

/** Strokes that stray less than this are the geodesics themselves, within the centimetre that is promised. */
const STRAIGHT_M = 0.001;
/** Parts that are together no longer than this, and still near the limit, count as near. */
const SHORTEST_M = 0.004;
/** By what share the ellipsoid's radii of curvature differ. */
const RADII_DIFFER = 0.0101;
/** More cells than any two real routes need; beyond it what is left counts as near. */
const MOST_CELLS = 50_000;
/** The rounding of times near the present, and of shares of a leg. */
const ROUNDING_MS = 0.01;

/**
 * How near two routes come while their own times are at most `within_ms` apart; null where that is more than
 * `limit_m`. Within 5 mm of the limit it may say either, and says near.
 */
export function closestApproach(a: MovingVolume, b: MovingVolume, within_ms: number, limit_m: number): Approach | null {
  const heap = createHeap<Cell>();
  const add = (p: Part, q: Part) => {
    const cell = cellOf(p, q, within_ms);
    if (cell !== null && cell.atLeast <= limit_m) heap.push(cell, cell.atLeast);
  };
  eachPair(a, b, within_ms, add);
  for (let seen = 0; heap.size > 0; seen++) {
    const { p, q, span, atLeast } = heap.pop() as Cell;
    if (seen > MOST_CELLS) return approachOf(p, q, span, atLeast);
    const isStraight = p.sag <= STRAIGHT_M && q.sag <= STRAIGHT_M;
    if (isStraight) {
      const found = approachOf(p, q, span, null);
      if (found.distance_m <= limit_m || p.chord + q.chord < SHORTEST_M) return found;
      if (found.distance_m - astray(p, q, span.least, found.distance_m) > limit_m) continue;
    }
    const splitFirst = isStraight ? p.chord >= q.chord : p.sag >= q.sag;
    for (const half of halves(splitFirst ? p : q)) {
      if (splitFirst) add(half, q);
      else add(p, half);
    }
  }
  return null;
}

/**
 * How much shorter than `metres`, which their nearest chord measures, the least distance between two straight parts can
 * be. Chords say which pair is nearest but for how the curve above them differs from one end of a part to the other: by
 * the hundredth that the ellipsoid's radii differ, for as far as the direction turns. Nothing at 10 km, metres at 5,000.
 */
function astray(p: Part, q: Part, chord: number, metres: number): number {
  return p.sag + q.sag + 8 * RADII_DIFFER * ((p.chord + q.chord) / metres) * Math.max(0, metres - chord);
}

function approachOf(p: Part, q: Part, { along }: Span, given: number | null): Approach {
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

/** The times of the nearest pair; a free part is there whenever the other is, as far as its times go. */
function timesOf(p: Part, q: Part, along: readonly [number, number]): readonly [number, number] {
  const even = (part: Part, share: number) => part.from + (part.to - part.from) * share;
  const clamp = (part: Part, at: number) => Math.min(part.to, Math.max(part.from, at));
  if (!p.free && !q.free) return [even(p, along[0]), even(q, along[1])];
  if (!p.free) return [even(p, along[0]), clamp(q, even(p, along[0]))];
  if (!q.free) return [clamp(p, even(q, along[1])), even(q, along[1])];
  const at = Math.max(p.from, q.from);
  return [clamp(p, at), clamp(q, at)];
}

function cellOf(p: Part, q: Part, within_ms: number): Cell | null {
  const span = spanBetween(p, q, within_ms + ROUNDING_MS);
  if (span === null) return null;
  return { p, q, span, atLeast: arcAtLeast(Math.max(0, span.least - p.sag - q.sag)) };
}

/** Every pair of legs whose times come within `within_ms` of each other, as whole parts. */
function eachPair(a: MovingVolume, b: MovingVolume, within_ms: number, visit: (p: Part, q: Part) => void): void {
  const [first, second] = [legsOf(a).map(wholeOf), legsOf(b).map(wholeOf)];
  let begin = 0;
  for (const p of first) {
    while (begin < second.length && (second[begin] as Part).to + within_ms + ROUNDING_MS < p.from) begin += 1;
    for (let j = begin; j < second.length; j++) {
      const q = second[j] as Part;
      if (q.from - within_ms - ROUNDING_MS > p.to) break;
      visit(p, q);
    }
  }
}

function wholeOf(leg: Leg): Part {
  const { piece, from, to, free } = leg;
  const metres = [0, piece.chord === 0 ? 0 : trackOf(piece).metres] as const;
  return { leg, metres, va: piece.va, vb: piece.vb, from, to, free, chord: piece.chord, sag: piece.sag };
}

/** A part in two, in place and time. */
function halves(part: Part): readonly [Part, Part] {
  const middle = (part.metres[0] + part.metres[1]) / 2;
  const vm: Vector = part.chord === 0 ? part.va : toVector(placeAt(part, 0.5));
  const at = part.free ? 0 : (part.from + part.to) / 2;
  const half = (va: Vector, vb: Vector, metres: Part["metres"], from: number, to: number): Part => {
    const chord = length(minus(vb, va));
    return { leg: part.leg, metres, va, vb, from, to, free: part.free, chord, sag: sagitta(chord) + 1e-6 };
  };
  return [
    half(part.va, vm, [part.metres[0], middle], part.from, part.free ? part.to : at),
    half(vm, part.vb, [middle, part.metres[1]], part.free ? part.from : at, part.to),
  ];
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
): number | null {
  const heap = createHeap<Cell>();
  const momentOf = ({ p, q }: Cell) => moments.earliest([p.from, p.to], [q.from, q.to]);
  const add = (p: Part, q: Part) => {
    const cell = cellOf(p, q, within_ms);
    if (cell !== null && cell.atLeast <= limit_m) heap.push(cell, momentOf(cell));
  };
  eachPair(a, b, within_ms, add);
  for (let seen = 0; heap.size > 0; seen++) {
    const cell = heap.pop() as Cell;
    const { p, q, span } = cell;
    const isInside = arcAtMost(span.most + p.sag + q.sag) <= limit_m && spanCoversAll(p, q, within_ms);
    const [pSize, qSize] = [sizeOf(p, moments.fine_ms), sizeOf(q, moments.fine_ms)];
    if (isInside || (pSize <= 1 && qSize <= 1) || seen > MOST_CELLS) return momentOf(cell);
    for (const half of halves(pSize >= qSize ? p : q)) {
      if (pSize >= qSize) add(half, q);
      else add(p, half);
    }
  }
  return null;
}

/** True where every time of the one is near enough to every time of the other. */
function spanCoversAll(p: Part, q: Part, within_ms: number): boolean {
  return p.to - q.from <= within_ms && q.to - p.from <= within_ms;
}

function sizeOf(part: Part, fine_ms: number): number {
  return part.free ? part.chord / SMALL_M : (part.to - part.from) / fine_ms;
}
