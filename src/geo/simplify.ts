/** Footprints with fewer vertices, for drawing on a map at one zoom. Nothing is ever decided by them. */
import type { AnyFootprint, Position } from "./types.ts";

const METRES_PER_DEGREE = 111_195;

/**
 * A footprint that looks the same where `tolerance_m` cannot be seen: no vertex of it lies farther than that from its old
 * outline, by Douglas and Peucker (1973) on a flat map. Holes that are smaller vanish; an outline keeps three vertices.
 */
export function simplified(footprint: AnyFootprint, tolerance_m: number): AnyFootprint {
  switch (footprint.type) {
    case "point":
    case "circle":
      return footprint;
    case "corridor":
      return { ...footprint, line: picked(footprint.line, keptOf(footprint.line, tolerance_m)) };
    case "polygon":
      return { type: "polygon", rings: fewer(footprint.rings, tolerance_m) };
    case "multipolygon":
      return { type: "multipolygon", polygons: footprint.polygons.map((rings) => fewer(rings, tolerance_m)) };
  }
}

function fewer(rings: readonly (readonly Position[])[], tolerance_m: number): readonly (readonly Position[])[] {
  return rings.flatMap((ring, i) => {
    const closed = [...ring, ring[0] as Position];
    const found = picked(closed, keptOf(closed, tolerance_m)).slice(0, -1);
    if (found.length >= 3) return [found];
    // An outline is never lost; a hole that nobody can see is.
    return i === 0 ? [ring.length <= 3 ? ring : picked(ring, [0, third(ring), 2 * third(ring)])] : [];
  });
}

const third = (ring: readonly Position[]): number => Math.floor(ring.length / 3);

function picked(line: readonly Position[], kept: readonly number[]): readonly Position[] {
  return kept.map((i) => line[i] as Position);
}

/** The places of the vertices that are kept, ascending, both ends among them. */
export function keptOf(line: readonly Position[], tolerance_m: number): readonly number[] {
  const last = line.length - 1;
  if (last < 2) return line.map((_, i) => i);
  const scale = Math.cos(((line[0] as Position).lat * Math.PI) / 180);
  const kept = new Set([0, last]);
  const open: [number, number][] = [[0, last]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    let [farthest, most] = [-1, tolerance_m];
    for (let i = from + 1; i < to; i++) {
      const off = offLine(line[i] as Position, line[from] as Position, line[to] as Position, scale);
      if (off > most) [farthest, most] = [i, off];
    }
    if (farthest < 0) continue;
    kept.add(farthest);
    open.push([from, farthest], [farthest, to]);
  }
  return [...kept].toSorted((a, b) => a - b);
}

/** Metres from `at` to the straight piece between two places. */
function offLine(at: Position, from: Position, to: Position, scale: number): number {
  const [x, y] = offset(from, at, scale);
  const [dx, dy] = offset(from, to, scale);
  const length2 = dx * dx + dy * dy;
  const part = length2 === 0 ? 0 : Math.max(0, Math.min(1, (x * dx + y * dy) / length2));
  return Math.hypot(x - part * dx, y - part * dy) * METRES_PER_DEGREE;
}

function offset(from: Position, to: Position, scale: number): [number, number] {
  const turn = ((to.lon - from.lon + 540) % 360) - 180;
  return [turn * scale, to.lat - from.lat];
}
