/**
 * Where mean sea level lies above or below the WGS 84 ellipsoid, as bounds over a circle, so that heights above the two
 * can be compared without ever being too sure.
 */
import { fromBase64 } from "../wire/bytes.ts";
import { EGM96_LOWEST_M, EGM96_ROWS } from "./egm96.ts";
import { radians } from "./geodesic.ts";
import type { Position } from "./types.ts";

/** EGM96 is right to about a metre, and what countries call mean sea level differs from it by up to two. */
const DOUBT_M = 3;
/** Over a wider circle the whole Earth's bounds say as much. */
const WIDEST_M = 1_000_000;
const WHOLE_EARTH: GeoidBounds = { least_m: -107 - DOUBT_M, most_m: 86 + DOUBT_M };
const SHORTEST_DEGREE_M = 110_574;

export interface GeoidBounds {
  /** Mean sea level is at least this high above the ellipsoid, in metres; mostly negative or positive alike. */
  readonly least_m: number;
  readonly most_m: number;
}

const rows = new Map<number, Uint8Array>();

/** The degree of latitude that begins at `south`, decoded when first needed. */
function rowAt(south: number): Uint8Array {
  const known = rows.get(south);
  if (known !== undefined) return known;
  const row = fromBase64(EGM96_ROWS[south + 90] as string, 720);
  rows.set(south, row);
  return row;
}

/** How high mean sea level lies above the ellipsoid within `radius_m` of `centre`: EGM96, and 3 m for its doubts. */
export function geoidWithin(centre: Position, radius_m: number): GeoidBounds {
  if (radius_m > WIDEST_M) return WHOLE_EARTH;
  const reach = (radius_m / SHORTEST_DEGREE_M) * 1.01 + 1e-6;
  const south = Math.max(-90, Math.floor(centre.lat - reach));
  const north = Math.min(89, Math.floor(centre.lat + reach));
  const highest = Math.min(90, Math.abs(centre.lat) + reach);
  const across = highest > 89 ? 180 : Math.min(180, reach / Math.cos(radians(highest)));
  const [west, east] = [Math.floor(centre.lon - across), Math.floor(centre.lon + across)];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let lat = south; lat <= north; lat++) {
    const row = rowAt(lat);
    for (let lon = west; lon <= east; lon++) {
      const at = 2 * (((lon % 360) + 360) % 360);
      const low = (row[at] as number) + EGM96_LOWEST_M;
      least = Math.min(least, low);
      most = Math.max(most, low + (row[at + 1] as number));
    }
  }
  return { least_m: least - DOUBT_M, most_m: most + DOUBT_M };
}
