/**
 * A route as a tree of stretches: each is some of its legs in a row, held by one straight stroke and how far they stray
 * from it, down to a single leg. What keeps clear of a stretch, or of its times, keeps clear of all its legs at once.
 */
import { sagitta, type Vector } from "./geodesic.ts";
import { type Leg, legsOf } from "./motion.ts";
import { trackOf } from "./piece.ts";
import type { Stroke } from "./quadratic.ts";
import type { MovingVolume } from "./types.ts";
import { length, minus, nearestOnChord } from "./vector.ts";

interface Held extends Stroke {
  readonly chord: number;
  /** How far what it stands for strays at most from the stroke; of a part, at the same share of its way. */
  readonly sag: number;
}

/** Part of a leg: a stroke, and where on the leg's piece it lies. */
export interface Part extends Held {
  readonly leg: Leg;
  readonly metres: readonly [number, number];
}

/** Two legs or more, in a row; anywhere on them at any of their times, as far as its stroke says. */
export interface Stretch extends Held {
  readonly count: number;
  readonly halves: () => readonly [Stretch | Part, Stretch | Part];
}

export function isPart(one: Stretch | Part): one is Part {
  return "leg" in one;
}

/** What vectors are rounded to, and somewhat more. */
const ROUNDING_M = 1e-6;
const roots = new WeakMap<MovingVolume, Stretch | Part>();

/** The whole route; worked out once for each object, and what is below only where it is asked for. */
export function stretchOf(volume: MovingVolume): Stretch | Part {
  const known = roots.get(volume);
  if (known !== undefined) return known;
  const root = stretchOver(legsOf(volume));
  roots.set(volume, root);
  return root;
}

function stretchOver(legs: readonly Leg[]): Stretch | Part {
  const [first, last] = [legs[0] as Leg, legs.at(-1) as Leg];
  if (legs.length === 1) return wholeOf(first);
  const [va, vb] = [first.piece.va, last.piece.vb];
  let [from, to, stray, bulge] = [first.from, first.to, 0, 0];
  for (const leg of legs) {
    from = Math.min(from, leg.from);
    to = Math.max(to, leg.to);
    bulge = Math.max(bulge, leg.piece.sag);
    // Legs are straight but for their bulge, and so farthest from the stroke at an end.
    stray = Math.max(stray, nearestOnChord(leg.piece.va, va, vb).metres, nearestOnChord(leg.piece.vb, va, vb).metres);
  }
  const middle = legs.length >> 1;
  let below: readonly [Stretch | Part, Stretch | Part] | null = null;
  const halves = () => (below ??= [stretchOver(legs.slice(0, middle)), stretchOver(legs.slice(middle))]);
  const sag = stray + bulge + ROUNDING_M;
  return { va, vb, from, to, free: true, chord: length(minus(vb, va)), sag, count: legs.length, halves };
}

function wholeOf(leg: Leg): Part {
  const { piece, from, to, free } = leg;
  const metres = [0, piece.chord === 0 ? 0 : trackOf(piece).metres] as const;
  return { leg, metres, va: piece.va, vb: piece.vb, from, to, free, chord: piece.chord, sag: piece.sag };
}

/** A part of a leg, between two places on it. */
export function partOf(
  leg: Leg,
  ends: readonly [Vector, Vector],
  metres: Part["metres"],
  times: readonly [number, number],
): Part {
  const [va, vb] = ends;
  const chord = length(minus(vb, va));
  const [from, to] = times;
  return { leg, metres, va, vb, from, to, free: leg.free, chord, sag: sagitta(chord) + ROUNDING_M };
}
