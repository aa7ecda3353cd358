/** The least chord distance between two rows of vectors: plain arithmetic on numbers, without a single object made. */

import { ROW } from "./compact-row.ts";

/** A run of one vertex. */
const POINT = 1;

/** Squared metres from vector `p` of `a` to the chord from `q` to `r` of `b`. */
function toChord(a: Float64Array, p: number, b: Float64Array, q: number, r: number): number {
  const qx = b[q] as number;
  const qy = b[q + 1] as number;
  const qz = b[q + 2] as number;
  const ux = (b[r] as number) - qx;
  const uy = (b[r + 1] as number) - qy;
  const uz = (b[r + 2] as number) - qz;
  const wx = (a[p] as number) - qx;
  const wy = (a[p + 1] as number) - qy;
  const wz = (a[p + 2] as number) - qz;
  const size = ux * ux + uy * uy + uz * uz;
  let along = size === 0 ? 0 : (ux * wx + uy * wy + uz * wz) / size;
  along = along < 0 ? 0 : along > 1 ? 1 : along;
  const x = wx - along * ux;
  const y = wy - along * uy;
  const z = wz - along * uz;
  return x * x + y * y + z * z;
}

/** Squared metres between two chords. Their ends decide unless they pass each other inside both. */
function betweenChords(a: Float64Array, p: number, q: number, b: Float64Array, r: number, s: number): number {
  const ends = Math.min(toChord(a, p, b, r, s), toChord(a, q, b, r, s), toChord(b, r, a, p, q), toChord(b, s, a, p, q));
  const ux = (a[q] as number) - (a[p] as number);
  const uy = (a[q + 1] as number) - (a[p + 1] as number);
  const uz = (a[q + 2] as number) - (a[p + 2] as number);
  const vx = (b[s] as number) - (b[r] as number);
  const vy = (b[s + 1] as number) - (b[r + 1] as number);
  const vz = (b[s + 2] as number) - (b[r + 2] as number);
  const nx = uy * vz - uz * vy;
  const ny = uz * vx - ux * vz;
  const nz = ux * vy - uy * vx;
  const size = nx * nx + ny * ny + nz * nz;
  if (size === 0) return ends;
  const wx = (b[r] as number) - (a[p] as number);
  const wy = (b[r + 1] as number) - (a[p + 1] as number);
  const wz = (b[r + 2] as number) - (a[p + 2] as number);
  const along = ((wy * vz - wz * vy) * nx + (wz * vx - wx * vz) * ny + (wx * vy - wy * vx) * nz) / size;
  if (along <= 0 || along >= 1) return ends;
  const beside = ((wy * uz - wz * uy) * nx + (wz * ux - wx * uz) * ny + (wx * uy - wy * ux) * nz) / size;
  if (beside <= 0 || beside >= 1) return ends;
  const gap = wx * nx + wy * ny + wz * nz;
  return Math.min(ends, (gap * gap) / size);
}

/**
 * The least distance in metres between the chords of the rows at `i` and `j`. Once it is at most `enough` the search
 * stops. Points count as chords of no length.
 */
export function leastBetween(a: Float64Array, i: number, b: Float64Array, j: number, enough: number): number {
  const stop = enough > 0 ? enough * enough : -1;
  let best = Number.POSITIVE_INFINITY;
  let run = i + ROW.first;
  for (let left = a[i + ROW.runs] as number; left > 0; left--) {
    const count = a[run] as number;
    const last = run + 1 + 3 * (count - 1);
    if (count === POINT) best = Math.min(best, leastFrom(a, last, last, b, j, best, stop));
    for (let p = run + 1; p < last; p += 3) {
      best = Math.min(best, leastFrom(a, p, p + 3, b, j, best, stop));
      if (best <= stop) return Math.sqrt(best);
    }
    run = last + 3;
  }
  return Math.sqrt(best);
}

/** Squared metres from the chord `p` to `q` of `a` to the nearest chord of the row at `j`; more than `best` where none beats it. */
function leastFrom(
  a: Float64Array,
  p: number,
  q: number,
  b: Float64Array,
  j: number,
  best: number,
  stop: number,
): number {
  if (outOfBall(a, p, q, b, j, best)) return best;
  let least = best;
  let run = j + ROW.first;
  for (let left = b[j + ROW.runs] as number; left > 0; left--) {
    const count = b[run] as number;
    const last = run + 1 + 3 * (count - 1);
    if (count === POINT) least = Math.min(least, toChord(b, last, a, p, q));
    for (let r = run + 1; r < last; r += 3) {
      const here = p === q ? toChord(a, p, b, r, r + 3) : betweenChords(a, p, q, b, r, r + 3);
      if (here < least) least = here;
    }
    if (least <= stop) return least;
    run = last + 3;
  }
  return least;
}

/** True where the row's ball alone is farther from the chord than the best so far. */
function outOfBall(a: Float64Array, p: number, q: number, b: Float64Array, j: number, best: number): boolean {
  if (best === Number.POSITIVE_INFINITY) return false;
  const radius = b[j + ROW.radius] as number;
  const beyond = radius + Math.sqrt(best);
  return toChord(b, j + ROW.x, a, p, q) > beyond * beyond;
}
