/** Distances on a sphere, within half a per cent: enough to tell tens of kilometres from hundreds, thousands of times over. */
import type { Position } from "../../geo/index.ts";

const EARTH_M = 6_371_008.8;
const RAD = Math.PI / 180;
/** Metres of one degree of latitude. */
export const DEGREE_M = EARTH_M * RAD;

/** Metres between two positions (haversine). */
export function metresApart(a: Position, b: Position): number {
  const [dLat, dLon] = [(b.lat - a.lat) * RAD, (b.lon - a.lon) * RAD];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * RAD) * Math.cos(b.lat * RAD) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Degrees of longitude from `base` to `lon`, the short way round. */
export function turnFrom(base: number, lon: number): number {
  return ((((lon - base + 180) % 360) + 360) % 360) - 180;
}

/** The value that this share of all are at or below; NaN where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** The middle of each coordinate: outliers hardly move it. */
export function middleOf(positions: readonly Position[]): Position {
  const base = positions[0]?.lon ?? 0;
  const lat = quantile(
    positions.map((at) => at.lat),
    0.5,
  );
  const turn = quantile(
    positions.map((at) => turnFrom(base, at.lon)),
    0.5,
  );
  return { lat, lon: turnFrom(0, base + turn) };
}
