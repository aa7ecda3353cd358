/** When what moves is near something that stands still. */
import { pointDistanceM, toVector } from "./geodesic.ts";
import { nearness } from "./distance.ts";
import { clipLeg, type Leg, legsOf, placeOn, shapeBetween } from "./motion.ts";
import { nearestOnPiece, type Piece, pieceOf, trackOf } from "./piece.ts";
import { lineShape, type Shape } from "./shape.ts";
import type { MovingVolume, Position } from "./types.ts";

export interface Passage {
  /** 0 where it touches. */
  readonly distance_m: number;
  /** The place within the corridor and the place on what stands still. */
  readonly closest: readonly [Position, Position];
  /** By the route's own times, in milliseconds; infinite where they are not said. */
  readonly first: number;
  readonly last: number;
  readonly nearest: number;
}

/** The first and last moments are looked for to this; before it is too early, never too late. */
const FINE_MS = 500;

/**
 * How near a route comes to `still` by its own times `start` to `end`, and from when until when it is within `limit_m`;
 * null where it never is. Exact in place; the first and last moments may be half a second too wide.
 */
export function passage(
  volume: MovingVolume,
  still: Shape,
  limit_m: number,
  start: number,
  end: number,
): Passage | null {
  const found = nearestPassage(volume, still, limit_m, start, end);
  if (found === null) return null;
  const legs = legsOf(volume).filter(({ from, to }) => from <= end && to >= start);
  const reach = volume.footprint.width_m / 2;
  const clipped = (leg: Leg) => [Math.max(leg.from, start), Math.min(leg.to, end)] as const;
  const near = legs.filter((leg) => {
    const piece = clipLeg(leg, ...clipped(leg));
    return piece !== null && nearness(lineShape([piece], reach), still, limit_m) !== null;
  });
  const [first, last] = [near[0] ?? legs[0], near.at(-1) ?? legs.at(-1)] as [Leg, Leg];
  return {
    ...found,
    first: step(first, still, limit_m + reach, ...clipped(first), 1),
    last: step(last, still, limit_m + reach, ...clipped(last), -1),
  };
}

/** As `passage`, without its first and last moments. */
export function nearestPassage(
  volume: MovingVolume,
  still: Shape,
  limit_m: number,
  start: number,
  end: number,
): Omit<Passage, "first" | "last"> | null {
  const shape = shapeBetween(volume, start, end);
  const near = shape === null ? null : nearness(shape, still, limit_m);
  if (near === null) return null;
  return { ...near, nearest: timeOf(volume, near.closest[0], start, end) };
}

/** When the route is nearest to a place, by its own times between `start` and `end`. */
function timeOf(volume: MovingVolume, place: Position, start: number, end: number): number {
  let [best, at] = [Number.POSITIVE_INFINITY, start];
  const vector = toVector(place);
  for (const leg of legsOf(volume)) {
    const piece = clipLeg(leg, start, end);
    if (piece === null) continue;
    const foot = nearestOnPiece(place, vector, piece);
    if (foot.metres >= best - 1e-6) continue;
    best = foot.metres;
    at = momentOn(leg, foot.at, start, end);
  }
  return at;
}

function momentOn(leg: Leg, place: Position, start: number, end: number): number {
  const clamp = (at: number) => Math.min(leg.to, end, Math.max(leg.from, start, at));
  if (leg.free || leg.piece.chord === 0) return clamp(leg.from);
  return clamp(leg.from + ((leg.to - leg.from) * pointDistanceM(leg.piece.a, place)) / trackOf(leg.piece).metres);
}

/**
 * From one end of a leg's clipped times, ahead by as much as the distance still allows at its speed, until it is near
 * or another step would be too small to matter. A free leg counts whole.
 */
function step(leg: Leg, still: Shape, limit_m: number, from: number, to: number, towards: 1 | -1): number {
  let at = towards === 1 ? from : to;
  if (leg.free || leg.piece.chord === 0) return at;
  const speed = trackOf(leg.piece).metres / (leg.to - leg.from);
  for (;;) {
    const apart = (nearness(pointAt(placeOn(leg, at)), still, Number.POSITIVE_INFINITY)?.distance_m ?? 0) - limit_m;
    const next = apart / speed;
    if (next < FINE_MS) return at;
    const reached = at + towards * next;
    if (reached > to || reached < from) return at;
    at = reached;
  }
}

function pointAt(at: Position): Shape {
  const vector = toVector(at);
  const piece: Piece = pieceOf(at, at, vector, vector);
  return lineShape([piece], 0);
}
