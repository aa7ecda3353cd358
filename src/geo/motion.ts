/** What moves: where along its route it may be, at which of its own times. */
import { type Piece, pieceOf, piecesBetween, trackOf } from "./piece.ts";
import { lineShape, type Shape } from "./shape.ts";
import { toVector } from "./geodesic.ts";
import type { AnyVolume, Footprint, HeightBand, Motion, MovingVolume, Position, TimeWindow, Volume } from "./types.ts";

/** A position that a route passes, and when, in milliseconds; null is not said. */
export interface Fix {
  readonly position: Position;
  readonly at: number | null;
}

export interface RouteTerms {
  /** How far it may be ahead of its times or behind, in seconds. */
  readonly tolerance_s: number;
  /** The whole width of the corridor round the route. */
  readonly width_m: number;
  readonly height: HeightBand | null;
}

/** The volume of a route of at least two fixes whose times do not run backwards. */
export function movingVolume(fixes: readonly Fix[], { tolerance_s, width_m, height }: RouteTerms): MovingVolume {
  const motion = { times: fixes.map(({ at }) => at), tolerance_s };
  const footprint = { type: "corridor", line: fixes.map(({ position }) => position), width_m } as const;
  return { footprint, height, window: motionWindow(motion), motion };
}

/** When it may be under way: unbounded where the time of its first or last position is not said. */
export function motionWindow({ times, tolerance_s }: Motion): TimeWindow {
  const said = times.filter((time) => time !== null);
  return {
    start: (times[0] ?? null) === null ? null : Math.floor(Math.min(...said) - tolerance_s * 1000),
    end: (times.at(-1) ?? null) === null ? null : Math.ceil(Math.max(...said) + tolerance_s * 1000),
  };
}

export function isMoving(volume: AnyVolume): volume is AnyVolume & MovingVolume {
  return volume.motion !== undefined && volume.motion !== null;
}

/** A part of a route: a geodesic, and the times of its ends in milliseconds, which may be infinite. */
export interface Leg {
  readonly piece: Piece;
  readonly from: number;
  readonly to: number;
  /** True where it may be anywhere on the piece from `from` to `to`; else it moves evenly from end to end. */
  readonly free: boolean;
}

const routes = new WeakMap<MovingVolume, readonly Leg[]>();

/** The legs of a moving volume, in order of time; worked out once for each object. */
export function legsOf(volume: MovingVolume): readonly Leg[] {
  const known = routes.get(volume);
  if (known !== undefined) return known;
  const legs = findLegs(volume);
  routes.set(volume, legs);
  return legs;
}

function findLegs({ footprint: { line }, motion: { times } }: MovingVolume): Leg[] {
  const legs: Leg[] = [];
  const said = times.filter((time) => time !== null);
  // Times that run backwards say nothing of the order: it may be anywhere from the earliest to the latest.
  const ordered = said.every((time, i) => i === 0 || time >= (said[i - 1] as number));
  const known = (from: number, step: 1 | -1) => {
    for (let i = from; i >= 0 && i < times.length; i += step) {
      const time = times[i];
      if (time !== null && time !== undefined) return time;
    }
    return step * Number.POSITIVE_INFINITY;
  };
  for (let i = 1; i < line.length; i++) {
    const pieces = piecesBetween(line[i - 1] as Position, line[i] as Position);
    const [from, to] = ordered ? [known(i - 1, -1), known(i, 1)] : [Math.min(...said), Math.max(...said)];
    const isTimed = ordered && times[i - 1] !== null && times[i] !== null && from < to;
    legs.push(...(isTimed ? evenly(pieces, from, to) : pieces.map((piece) => ({ piece, from, to, free: true }))));
  }
  return legs;
}

/** Pieces of one leg are equally long, so each takes an equal share of its time. */
function evenly(pieces: readonly Piece[], from: number, to: number): Leg[] {
  const share = (i: number) => from + ((to - from) * i) / pieces.length;
  return pieces.map((piece, i) => ({ piece, from: share(i), to: share(i + 1), free: false }));
}

/** The part of a leg that is passed between two of its own times, as a piece; null where there is none. */
export function clipLeg(leg: Leg, start: number, end: number): Piece | null {
  const [from, to] = [Math.max(leg.from, start), Math.min(leg.to, end)];
  if (from > to) return null;
  if (leg.free || leg.piece.chord === 0 || (from === leg.from && to === leg.to)) return leg.piece;
  const [a, b] = [placeOn(leg, from), placeOn(leg, to)];
  return pieceOf(a, b, toVector(a), toVector(b));
}

/** Where an evenly moving leg is at a moment between its times; on a free one, its start. */
export function placeOn(leg: Leg, at: number): Position {
  if (leg.free || at <= leg.from) return leg.piece.a;
  if (at >= leg.to) return leg.piece.b;
  const { metres, at: along } = trackOf(leg.piece);
  const { lat, lon } = along((metres * (at - leg.from)) / (leg.to - leg.from));
  return { lat, lon };
}

/** All that the route may touch by its own times `start` to `end`; null where it is under way at none of them. */
export function shapeBetween(volume: MovingVolume, start: number, end: number): Shape | null {
  const pieces = legsOf(volume)
    .map((leg) => clipLeg(leg, start, end))
    .filter((piece) => piece !== null);
  return pieces.length === 0 ? null : lineShape(pieces, volume.footprint.width_m / 2);
}

/**
 * A moving volume as volumes that stand still, one for each leg and the whole time of that leg: wider than the truth,
 * never narrower. For an index, and for whoever knows nothing of motion.
 */
export function legVolumes(volume: MovingVolume): readonly Volume[] {
  const { height, footprint, motion } = volume;
  const slack = motion.tolerance_s * 1000;
  return legsOf(volume).map(({ piece, from, to }) => {
    const corridor: Footprint = { type: "corridor", line: [piece.a, piece.b], width_m: footprint.width_m };
    const window = {
      start: Number.isFinite(from) ? Math.floor(from - slack) : null,
      end: Number.isFinite(to) ? Math.ceil(to + slack) : null,
    };
    return { footprint: corridor, height, window };
  });
}
