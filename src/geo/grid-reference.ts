/** References to the military grid (MGRS, NGA.STND.0037), outside the polar caps. */
import * as mgrsModule from "mgrs";
import type { ParsedCoordinate } from "./coordinate.ts";
import { geoError } from "./errors.ts";
import type { Position } from "./types.ts";

// Node sees the package's CommonJS build, whose functions stand on the default export; bundlers see its ES module, which
// has none, and warn of a plain access to it.
type Mgrs = Pick<typeof mgrsModule, "forward" | "inverse">;
const mgrs: Mgrs = (Reflect.get(mgrsModule, "default") as Mgrs | undefined) ?? mgrsModule;

const GRID = /^(\d{1,2}) ?([C-HJ-NP-X]) ?([A-HJ-NP-Z][A-HJ-NP-V]) ?(\d{1,5})? ?(\d{1,10})?$/;
const LIKE_GRID = /^\d{1,2} ?[A-Z] ?[A-Z]{2} ?\d*[ \d]*$/;
const POLAR = /^[ABYZ] ?[A-Z]{2} ?\d*[ \d]*$/;

/** The position that a grid reference names (the centre of its square), or null where `text` is something else. */
export function parseGrid(text: string): ParsedCoordinate | null {
  if (POLAR.test(text)) throw geoError("coordinate-grid-polar", `"${text}" lies in a polar cap.`);
  if (!LIKE_GRID.test(text)) return null;
  const match = GRID.exec(text);
  if (match === null) throw noSquare(text);
  const digits = `${match[4] ?? ""}${match[5] ?? ""}`;
  const uneven =
    match[5] !== undefined && text.includes(`${match[4]} ${match[5]}`) && match[4]?.length !== match[5].length;
  if (digits.length === 0 || digits.length % 2 === 1 || digits.length > 10 || uneven) {
    throw geoError("coordinate-malformed", `"${text}" needs as many digits for easting as for northing, 1 to 5 each.`);
  }
  const name = `${Number(match[1])}${match[2]}${match[3]}${digits}`;
  return {
    position: squareOf(name, digits.length / 2, text),
    notation: "mgrs",
    precision_m: 10 ** (5 - digits.length / 2),
  };
}

function noSquare(text: string) {
  return geoError("coordinate-grid", `There is no grid square "${text}".`);
}

/** The square exists where one of its corners or its centre has that very name. */
function squareOf(name: string, digits: number, text: string): Position {
  const box = bounds(name, text);
  const [west, south, east, north] = box;
  const at = (x: number, y: number): [number, number] => [west + (east - west) * x, south + (north - south) * y];
  const probes = [at(0.5, 0.5), at(0.1, 0.1), at(0.9, 0.1), at(0.1, 0.9), at(0.9, 0.9)];
  if (!probes.some((probe) => nameOf(probe, digits) === name)) throw noSquare(text);
  const [lon, lat] = at(0.5, 0.5);
  return { lat: Math.round(lat * 1e9) / 1e9 + 0, lon: Math.round(lon * 1e9) / 1e9 + 0 };
}

function bounds(name: string, text: string): [number, number, number, number] {
  try {
    return mgrs.inverse(name);
  } catch (cause) {
    throw geoError("coordinate-grid", `There is no grid square "${text}".`, { cause });
  }
}

function nameOf([lon, lat]: [number, number], digits: number): string | null {
  if (!(lat >= -80 && lat < 84) || !(lon >= -180 && lon <= 180)) return null;
  return mgrs.forward([lon, lat], digits);
}

/** `38S LF 12345 67890`, the metre square in which the position lies; null in the polar caps. */
export function formatGrid(position: Position): string | null {
  const name = nameOf([position.lon, position.lat], 5);
  const match = name === null ? null : /^(\d{1,2}[A-Z])([A-Z]{2})(\d{5})(\d{5})$/.exec(name);
  return match === null ? null : `${match[1]} ${match[2]} ${match[3]} ${match[4]}`;
}
