/** Distances and azimuths of GeographicLib's own test set (C. F. F. Karney), which comes with the package. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { destination, pointDistanceM } from "../../src/geo/index.ts";

const FILE = join(import.meta.dirname, "../../node_modules/geographiclib-geodesic/test/geodesictest.js");

export interface Geodesics {
  readonly checked: number;
  /** Off by more than a micrometre. */
  readonly wrong: number;
  readonly worst_m: number;
}

/** Rows of latitude, longitude and azimuth at both ends, and metres between. */
export function geodesicCases(): readonly (readonly number[])[] {
  if (!existsSync(FILE)) return [];
  const text = readFileSync(FILE, "utf8");
  const list = text.slice(text.indexOf("testcases = ["), text.indexOf("];"));
  const numbers = /\[([-\d.,\s]+)\]/g;
  return [...list.matchAll(numbers)].map(([, row = ""]) => row.split(",").map(Number)).filter((row) => row.length >= 7);
}

/** The same longitude between -180° and 180°. */
function turn(lon: number): number {
  return lon - 360 * Math.round(lon / 360);
}

export function checkGeodesics(): Geodesics {
  let [checked, wrong, worst_m] = [0, 0, 0];
  for (const [lat1, lon1, azi1, lat2, lon2, , metres] of geodesicCases() as number[][]) {
    const from = { lat: lat1 as number, lon: turn(lon1 as number) };
    const to = { lat: lat2 as number, lon: turn(lon2 as number) };
    const off = Math.max(
      Math.abs(pointDistanceM(from, to) - (metres as number)),
      pointDistanceM(destination(from, azi1 as number, metres as number), to),
    );
    checked += 1;
    wrong += Number(!(off <= 1e-6));
    worst_m = Math.max(worst_m, off);
  }
  return { checked, wrong, worst_m };
}
