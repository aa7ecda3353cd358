/**
 * The distance between two footprints: geodesic, from the exact shapes, to some nanometres. Chords bound what
 * geodesics can be, so that only the few pairs of pieces that could be nearest are measured on the ellipsoid.
 */
import { boxDistance } from "./box.ts";
import { arcAtLeast, arcAtMost, destination, inverse, pointDistanceM } from "./geodesic.ts";
import { crossing, nearestOnPiece, type Piece } from "./piece.ts";
import { covers } from "./region.ts";
import { type Node, type Shape, shapeOf } from "./shape.ts";
import type { AnyFootprint, Position } from "./types.ts";
import { chordDistance, nearestOnChord } from "./vector.ts";

/** How near two footprints come, and where: the place on the first and the place on the second. */
export interface Nearness {
  /** 0 where they overlap or touch; then `closest` is one place twice. */
  readonly distance_m: number;
  readonly closest: readonly [Position, Position];
}

/** Below this the rounding of geodesics speaks, not the footprints: they touch. */
const TOUCHING_M = 1e-6;

/** The distance between two valid footprints, in metres along the ellipsoid. Symmetric. */
export function distanceM(a: AnyFootprint, b: AnyFootprint): Nearness {
  return nearness(shapeOf(a), shapeOf(b), Number.POSITIVE_INFINITY) as Nearness;
}

/** As `distanceM`, or null where it is more than `limit_m`: far pairs cost next to nothing. */
export function distanceWithin(a: AnyFootprint, b: AnyFootprint, limit_m: number): Nearness | null {
  return nearness(shapeOf(a), shapeOf(b), limit_m);
}

/** As `distanceWithin`, of shapes. */
export function nearness(a: Shape, b: Shape, limit_m: number): Nearness | null {
  if (boxDistance(a.box, b.box) > limit_m + TOUCHING_M) return null;
  // The same order whichever was named first, so that the answer is the same to the last bit.
  if (inOrder(a, b)) return measured(a, b, limit_m);
  const turned = measured(b, a, limit_m);
  return turned === null ? null : { ...turned, closest: [turned.closest[1], turned.closest[0]] };
}

function inOrder(a: Shape, b: Shape): boolean {
  const sizes = a.pieces.length - b.pieces.length || a.reach_m - b.reach_m;
  if (sizes !== 0) return sizes < 0;
  for (let i = 0; i < a.pieces.length; i++) {
    const [p, q] = [(a.pieces[i] as Piece).a, (b.pieces[i] as Piece).a];
    const order = p.lat - q.lat || p.lon - q.lon;
    if (order !== 0) return order < 0;
  }
  return true;
}

function measured(a: Shape, b: Shape, limit_m: number): Nearness | null {
  const reach = a.reach_m + b.reach_m;
  const core = shared(a, b) ?? nearestOfCores(a, b, limit_m + reach);
  if (core === null || core.distance_m - reach > limit_m) return null;
  if (reach === 0) return core.distance_m < TOUCHING_M ? touching(core.closest[0]) : core;
  return outOfReach(core, a.reach_m, b.reach_m);
}

function touching(at: Position): Nearness {
  return { distance_m: 0, closest: [at, at] };
}

/** From the nearest places of two cores to those of all within reach of them, along the shortest way between. */
export function outOfReach(core: Nearness, reachA: number, reachB: number): Nearness {
  const [from, to] = core.closest;
  const gap = core.distance_m - reachA - reachB;
  const azimuth = core.distance_m === 0 ? 0 : inverse(from, to).azimuth;
  const along = (metres: number) => (metres === 0 ? from : destination(from, azimuth, metres));
  if (gap >= TOUCHING_M) {
    const end = reachB === 0 ? to : along(core.distance_m - reachB);
    return { distance_m: gap, closest: [along(reachA), end] };
  }
  const low = Math.max(0, core.distance_m - reachB);
  const high = Math.min(core.distance_m, reachA);
  return touching(reachB === 0 ? to : along((low + high) / 2));
}

/** A place that a polygon's inside shares with the other core, told by one vertex of each part; null where it tells nothing. */
function shared(a: Shape, b: Shape): Nearness | null {
  return partWithin(a, b) ?? partWithin(b, a);
}

function partWithin(a: Shape, b: Shape): Nearness | null {
  for (const region of b.regions) {
    const part = a.parts.find((piece) => covers(region, piece.a, piece.va));
    if (part !== undefined) return touching(part.a);
  }
  return null;
}

interface Candidate {
  readonly p: Piece;
  readonly q: Piece;
  /** No geodesic between the two is shorter. */
  readonly atLeast: number;
}

/** The nearest places of two cores' pieces, if they are at most `limit_m` apart. */
function nearestOfCores(a: Shape, b: Shape, limit_m: number): Nearness | null {
  const candidates = nearPairs(a, b, limit_m).toSorted((one, other) => one.atLeast - other.atLeast);
  let best: Nearness | null = null;
  for (const { p, q, atLeast } of candidates) {
    if (best !== null && atLeast > best.distance_m) break;
    const found = nearestOfPieces(p, q, best?.distance_m ?? Number.POSITIVE_INFINITY);
    if (found !== null && (best === null || found.distance_m < best.distance_m)) best = found;
    if (best?.distance_m === 0) break;
  }
  return best;
}

/** All pairs of pieces of which one could be the nearest, by their chords alone. */
function nearPairs(a: Shape, b: Shape, limit_m: number): readonly Candidate[] {
  const candidates: Candidate[] = [];
  let atMost = limit_m + TOUCHING_M;
  const measure = (p: Piece, q: Piece) => {
    const chord = chordDistance(p.va, p.vb, q.va, q.vb);
    const slack = p.sag + q.sag;
    const atLeast = arcAtLeast(Math.max(0, chord - slack));
    if (atLeast > atMost) return;
    candidates.push({ p, q, atLeast });
    atMost = Math.min(atMost, arcAtMost(chord + slack));
  };
  const visit = (m: Node, n: Node, apart: number) => {
    if (arcAtLeast(apart) > atMost) return;
    if (m.halves === null && n.halves === null) {
      for (let i = m.from; i < m.to; i++) {
        for (let j = n.from; j < n.to; j++) measure(a.pieces[i] as Piece, b.pieces[j] as Piece);
      }
      return;
    }
    const pairs = splitLarger(m, n);
    const [one, other] = [boxDistance(pairs[0][0].box, pairs[0][1].box), boxDistance(pairs[1][0].box, pairs[1][1].box)];
    const [near, far] = one <= other ? [0, 1] : [1, 0];
    visit(...(pairs[near] as [Node, Node]), Math.min(one, other));
    visit(...(pairs[far] as [Node, Node]), Math.max(one, other));
  };
  visit(a.tree, b.tree, boxDistance(a.tree.box, b.tree.box));
  return candidates.filter((candidate) => candidate.atLeast <= atMost);
}

function splitLarger(m: Node, n: Node): readonly [readonly [Node, Node], readonly [Node, Node]] {
  const splitFirst = n.halves === null || (m.halves !== null && m.to - m.from >= n.to - n.from);
  if (splitFirst && m.halves !== null)
    return [
      [m.halves[0], n],
      [m.halves[1], n],
    ];
  const [left, right] = n.halves as readonly [Node, Node];
  return [
    [m, left],
    [m, right],
  ];
}

/**
 * Two geodesics on the ellipsoid are nearest where they cross, or else at an end of one of them: where both could
 * be inside, they come nearer on either side (positive curvature). Null where nothing beats `best`.
 */
function nearestOfPieces(p: Piece, q: Piece, best: number): Nearness | null {
  if (p.chord === 0 && q.chord === 0) return { distance_m: pointDistanceM(p.a, q.a), closest: [p.a, q.a] };
  const mayCross = chordDistance(p.va, p.vb, q.va, q.vb) <= p.sag + q.sag;
  const place = mayCross ? crossing(p, q) : null;
  if (place !== null) return touching(place);
  let found: Nearness | null = null;
  const tryEnd = (onP: boolean, end: "a" | "b") => {
    const [point, piece] = onP ? [p, q] : [q, p];
    const vector = end === "a" ? point.va : point.vb;
    const limit = Math.min(best, found?.distance_m ?? Number.POSITIVE_INFINITY);
    const atLeast = nearestOnChord(vector, piece.va, piece.vb).metres - piece.sag;
    if (arcAtLeast(Math.max(0, atLeast)) > limit) return;
    const foot = nearestOnPiece(point[end], vector, piece);
    if (foot.metres >= limit) return;
    found = { distance_m: foot.metres, closest: onP ? [point[end], foot.at] : [foot.at, point[end]] };
  };
  tryEnd(true, "a");
  if (p.chord > 0) tryEnd(true, "b");
  tryEnd(false, "a");
  if (q.chord > 0) tryEnd(false, "b");
  return found;
}
