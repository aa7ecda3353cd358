/** The least and the largest distance between two straight motions, while their times keep near each other. */
import type { Vector } from "./geodesic.ts";

/** A straight motion from `va` at `from` to `vb` at `to`; where `free`, it may be anywhere on the way all the time. */
export interface Stroke {
  readonly va: Vector;
  readonly vb: Vector;
  readonly from: number;
  readonly to: number;
  readonly free: boolean;
}

export interface Span {
  readonly least: number;
  readonly most: number;
  /** How far along each of the two (0 to 1) they are nearest. */
  readonly along: readonly [number, number];
}

type Corner = readonly [number, number];

/** Null where their times are never within `within` of each other. */
export function spanBetween(p: Stroke, q: Stroke, within: number): Span | null {
  const corners = feasible(p, q, within);
  if (corners.length === 0) return null;
  const { va: a, vb: b } = p;
  const { va: c, vb: d } = q;
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [vx, vy, vz] = [d[0] - c[0], d[1] - c[1], d[2] - c[2]];
  const [wx, wy, wz] = [a[0] - c[0], a[1] - c[1], a[2] - c[2]];
  const squared = (f: number, g: number) => {
    const [x, y, z] = [wx + f * ux - g * vx, wy + f * uy - g * vy, wz + f * uz - g * vz];
    return x * x + y * y + z * z;
  };
  const [uu, uv, vv] = [ux * ux + uy * uy + uz * uz, ux * vx + uy * vy + uz * vz, vx * vx + vy * vy + vz * vz];
  const [uw, vw] = [ux * wx + uy * wy + uz * wz, vx * wx + vy * wy + vz * wz];
  let [least, most, along] = [Number.POSITIVE_INFINITY, 0, corners[0] as Corner];
  const consider = (f: number, g: number) => {
    const here = squared(f, g);
    if (here < least) [least, along] = [here, [f, g]];
    return here;
  };
  corners.forEach((from, i) => {
    const to = corners[(i + 1) % corners.length] as Corner;
    most = Math.max(most, consider(from[0], from[1]));
    const [df, dg] = [to[0] - from[0], to[1] - from[1]];
    const curve = df * df * uu - 2 * df * dg * uv + dg * dg * vv;
    if (curve === 0) return;
    const slope = df * (uw + from[0] * uu - from[1] * uv) - dg * (vw + from[0] * uv - from[1] * vv);
    const t = -slope / curve;
    if (t > 0 && t < 1) consider(from[0] + t * df, from[1] + t * dg);
  });
  const determinant = uu * vv - uv * uv;
  if (determinant > 0) {
    const f = (uv * vw - vv * uw) / determinant;
    const g = (uu * vw - uv * uw) / determinant;
    if (isWithin(corners, f, g)) consider(f, g);
  }
  return { least: Math.sqrt(least), most: Math.sqrt(most), along };
}

/** The corners of the pairs of places that both may be at, in order round them. */
function feasible(p: Stroke, q: Stroke, within: number): readonly Corner[] {
  if (p.from - q.to > within || q.from - p.to > within) return [];
  const square: readonly Corner[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  if (p.free && q.free) return square;
  if (p.free) return ranged(square, 1, shares(q, p.from - within, p.to + within));
  if (q.free) return ranged(square, 0, shares(p, q.from - within, q.to + within));
  const [du, dv, apart] = [p.to - p.from, q.to - q.from, p.from - q.from];
  const later = ([f, g]: Corner) => apart + f * du - g * dv;
  return cut(
    cut(square, (corner) => within - later(corner)),
    (corner) => within + later(corner),
  );
}

/** Between which shares of its way an even motion is from `start` to `end`. */
function shares(stroke: Stroke, start: number, end: number): Corner {
  const lasts = stroke.to - stroke.from;
  if (lasts === 0) return [0, 1];
  return [Math.max(0, (start - stroke.from) / lasts), Math.min(1, (end - stroke.from) / lasts)];
}

function ranged(square: readonly Corner[], axis: 0 | 1, [low, high]: Corner): readonly Corner[] {
  return square.map((corner) => {
    const share = Math.min(high, Math.max(low, corner[axis]));
    return axis === 0 ? [share, corner[1]] : [corner[0], share];
  });
}

/** What of a convex outline lies where `value`, which is linear, is not below 0 (Sutherland and Hodgman). */
function cut(corners: readonly Corner[], value: (corner: Corner) => number): readonly Corner[] {
  const kept: Corner[] = [];
  corners.forEach((from, i) => {
    const to = corners[(i + 1) % corners.length] as Corner;
    const [here, there] = [value(from), value(to)];
    if (here >= 0) kept.push(from);
    if (here >= 0 === there >= 0) return;
    const share = here / (here - there);
    kept.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
  });
  return kept;
}

/** True inside a convex outline that runs anticlockwise, as the square does. */
function isWithin(corners: readonly Corner[], f: number, g: number): boolean {
  return corners.every((from, i) => {
    const to = corners[(i + 1) % corners.length] as Corner;
    return (to[0] - from[0]) * (g - from[1]) - (to[1] - from[1]) * (f - from[0]) >= 0;
  });
}
