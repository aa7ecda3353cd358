/** Straight-line distances in Cartesian metres. */
import type { Vector } from "./geodesic.ts";

export function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function length(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** The direction of `a`; of the zero vector, the zero vector. */
export function unit(a: Vector): Vector {
  const size = length(a) || 1;
  return [a[0] / size, a[1] / size, a[2] / size];
}

/** How far along the chord from `a` to `b` (0 to 1) the point nearest to `p` lies, and its distance. */
export function nearestOnChord(p: Vector, a: Vector, b: Vector): { readonly along: number; readonly metres: number } {
  const [ux, uy, uz] = minus(b, a);
  const [wx, wy, wz] = minus(p, a);
  const size = ux * ux + uy * uy + uz * uz;
  const along = size === 0 ? 0 : Math.min(1, Math.max(0, (ux * wx + uy * wy + uz * wz) / size));
  const [x, y, z] = [wx - along * ux, wy - along * uy, wz - along * uz];
  return { along, metres: Math.sqrt(x * x + y * y + z * z) };
}

/** The least distance between the chords from `a` to `b` and from `c` to `d` (D. Sunday's lines, by cross products). */
export function chordDistance(a: Vector, b: Vector, c: Vector, d: Vector): number {
  let best = Math.min(nearestOnChord(a, c, d).metres, nearestOnChord(b, c, d).metres);
  best = Math.min(best, nearestOnChord(c, a, b).metres, nearestOnChord(d, a, b).metres);
  const u = minus(b, a);
  const v = minus(d, c);
  const normal = cross(u, v);
  const size = dot(normal, normal);
  if (size === 0) return best;
  const w = minus(c, a);
  const s = dot(cross(w, v), normal) / size;
  const t = dot(cross(w, u), normal) / size;
  if (s <= 0 || s >= 1 || t <= 0 || t >= 1) return best;
  return Math.min(best, Math.abs(dot(w, normal)) / Math.sqrt(size));
}
