/**
 * Routes run through in small steps of time with GeographicLib's positions: each at its place by its own times, ahead or
 * behind by up to its tolerance. Nearest moments are closed in on by ever smaller steps from the best few.
 */
import geographiclib from "geographiclib-geodesic";
import type { MovingVolume, Position } from "../../src/geo/index.ts";
import { metresBetween, type Vector, vectorOf } from "../../test/geo/oracle.ts";

const { WGS84 } = geographiclib.Geodesic;
const STEPS = 240;
const STARTS = 12;

/** Where a route whose positions all have times is at one of them. */
export function positionAt(route: MovingVolume): (at: number) => Position {
  const { line } = route.footprint;
  const times = route.motion.times as readonly number[];
  const legs = line.slice(1).map((end, i) => {
    const from = line[i] as Position;
    return { metres: metresBetween(from, end), on: WGS84.InverseLine(from.lat, from.lon, end.lat, end.lon) };
  });
  return (at) => {
    let i = 0;
    while (i < legs.length - 1 && at > (times[i + 1] as number)) i += 1;
    const [from, to] = [times[i] as number, times[i + 1] as number];
    const share = to === from ? 0 : Math.min(1, Math.max(0, (at - from) / (to - from)));
    const leg = legs[i] as (typeof legs)[number];
    const { lat2, lon2 } = leg.on.Position(share * leg.metres);
    return { lat: lat2 as number, lon: lon2 as number };
  };
}

interface Moment {
  readonly p: number;
  readonly q: number;
  readonly metres: number;
}

function samples(where: (at: number) => Position, times: readonly number[]) {
  return times.map((at) => ({ at, vector: vectorOf(where(at)) }));
}

/**
 * The least distance between two routes' lines while their own times are at most `within_ms` apart. An upper bound that
 * is as good as exact, unless two nearest moments are hidden between steps; Infinity where they never are.
 */
export function leastApart(a: MovingVolume, b: MovingVolume, within_ms: number): number {
  const [whereA, whereB] = [positionAt(a), positionAt(b)];
  const [spanA, spanB] = [spanOf(a), spanOf(b)];
  const [first, last] = [Math.max(spanA[0], spanB[0] - within_ms), Math.min(spanA[1], spanB[1] + within_ms)];
  if (first > last) return Number.POSITIVE_INFINITY;
  const p = samples(whereA, stops(a, first, last));
  const q = samples(whereB, stops(b, Math.max(spanB[0], first - within_ms), Math.min(spanB[1], last + within_ms)));
  const found: Moment[] = [];
  for (const one of p) {
    let best: Moment | null = null;
    for (const other of q) {
      if (Math.abs(one.at - other.at) > within_ms) continue;
      const metres = chord(one.vector, other.vector);
      if (best === null || metres < best.metres) best = { p: one.at, q: other.at, metres };
    }
    if (best === null) {
      // No sample of the other is near enough in time: the nearest moment that is.
      const at = Math.min(spanB[1], Math.max(spanB[0], one.at));
      if (Math.abs(at - one.at) <= within_ms)
        best = { p: one.at, q: at, metres: chord(one.vector, vectorOf(whereB(at))) };
    }
    if (best !== null) found.push(best);
  }
  const measure = (u: number, v: number) => metresBetween(whereA(u), whereB(v));
  return found
    .toSorted((one, other) => one.metres - other.metres)
    .slice(0, STARTS)
    .map((start) => closeIn(start, measure, spanA, spanB, within_ms, (last - first) / STEPS))
    .reduce((least, metres) => Math.min(least, metres), Number.POSITIVE_INFINITY);
}

function spanOf({ motion }: MovingVolume): readonly [number, number] {
  return [motion.times[0] as number, motion.times.at(-1) as number];
}

/** Even steps, and the route's own times. */
function stops({ motion }: MovingVolume, from: number, to: number): readonly number[] {
  const even = Array.from({ length: STEPS + 1 }, (_, i) => from + ((to - from) * i) / STEPS);
  const own = (motion.times as readonly number[]).filter((at) => at >= from && at <= to);
  return [...even, ...own].toSorted((x, y) => x - y);
}

function chord(v: Vector, w: Vector): number {
  return Math.hypot(v[0] - w[0], v[1] - w[1], v[2] - w[2]);
}

/** Both times moved about by less and less, as long as it helps. */
function closeIn(
  start: Moment,
  measure: (u: number, v: number) => number,
  [a0, a1]: readonly [number, number],
  [b0, b1]: readonly [number, number],
  within_ms: number,
  step_ms: number,
): number {
  let { p, q } = start;
  let best = measure(p, q);
  const moves = [
    [1, 0],
    [0, 1],
    [1, 1],
    [1, -1],
  ].flatMap(([x, y]) => [
    [x, y],
    [-(x as number), -(y as number)],
  ]) as [number, number][];
  for (let step = step_ms; step > 0.01;) {
    let moved = false;
    for (const [x, y] of moves) {
      const u = Math.min(a1, Math.max(a0, p + x * step));
      const v = Math.min(u + within_ms, Math.max(u - within_ms, Math.min(b1, Math.max(b0, q + y * step))));
      if (v < b0 || v > b1) continue;
      const metres = measure(u, v);
      if (metres >= best) continue;
      [p, q, best, moved] = [u, v, metres, true];
    }
    if (!moved) step /= 2;
  }
  return best;
}
