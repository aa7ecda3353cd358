/** Eastings and northings of UTM, and of UPS in the polar caps (NGA.SIG.0012). */
import type { ParsedCoordinate } from "./coordinate.ts";
import { geoError } from "./errors.ts";
import { fromGrid, toGrid } from "./projection.ts";
import { nanodegrees, type Position } from "./types.ts";

const UTM =
  /^(?:UTM ?)?(?:ZONE ?)?(\d{1,2}) ?(NORTH|SOUTH|[C-HJ-NP-X])[ ,;:]+(?:E(?:ASTING)?[ =:]*)?(\d{5,7}(?:\.(\d{1,6}))?) ?M?E?[ ,;/]+(?:N(?:ORTHING)?[ =:]*)?(\d{1,8}(?:\.(\d{1,6}))?) ?M?N?$/;
const UPS =
  /^UPS ?(NORTH|SOUTH|[ABYZ])[ ,;:]+(?:E[ =:]*)?(\d{6,7}(?:\.(\d{1,6}))?) ?M?E?[ ,;/]+(?:N[ =:]*)?(\d{6,7}(?:\.(\d{1,6}))?) ?M?N?$/;
/** Bands of 8 degrees from 80 south, X of 12; I and O are left out. */
const BANDS = "CDEFGHJKLMNPQRSTUVWX";

/**
 * `38 north 332179 4023284`, `38S 332179mE 4023284mN`, `UPS north 2000000 2077931`, or null where `text` is something
 * else. `text` is in capitals. A letter is a band; where N or S could be the hemisphere too and both are places on
 * earth, it is refused. Throws coordinate-utm, coordinate-utm-letter.
 */
export function parseUtm(text: string): ParsedCoordinate | null {
  const polar = UPS.exec(text);
  if (polar !== null) {
    const [, cap = "", x, finerX, y, finerY] = polar;
    const north = cap === "NORTH" || cap === "Y" || cap === "Z";
    const position = at(0, north, Number(x), Number(y));
    if (position === null) throw nowhere(text);
    return parsed(position, finerX, finerY);
  }
  const match = UTM.exec(text);
  if (match === null) return null;
  const [, zone, letter = "", x, finerX, y, finerY] = match;
  const read = (north: boolean): Position | null => at(Number(zone), north, Number(x), Number(y));
  if (letter.length > 1) {
    const position = read(letter === "NORTH");
    if (position === null) throw nowhere(text);
    return parsed(position, finerX, finerY);
  }
  const inBand = read(letter >= "N");
  const asBand = inBand !== null && isInBand(inBand.lat, letter) ? inBand : null;
  const asHemisphere = letter === "N" || letter === "S" ? read(letter === "N") : null;
  if (asBand !== null && asHemisphere !== null && asBand.lat !== asHemisphere.lat) {
    const said = `band S (${asBand.lat.toFixed(2)}°) or the southern hemisphere (${asHemisphere.lat.toFixed(2)}°)`;
    throw geoError("coordinate-utm-letter", `"${text}" is in ${said}.`);
  }
  const position = asBand ?? asHemisphere;
  if (position === null) throw nowhere(text);
  return parsed(position, finerX, finerY);
}

function parsed(position: Position, finerX: string | undefined, finerY: string | undefined): ParsedCoordinate {
  const decimals = Math.min(finerX?.length ?? 0, finerY?.length ?? 0);
  return { position, notation: "utm", precision_m: Number((10 ** -decimals).toPrecision(3)) };
}

function nowhere(text: string) {
  return geoError("coordinate-utm", `"${text}" is no place of that zone and letter.`);
}

/** Null beyond the limits of the projection. */
function at(zone: number, north: boolean, x: number, y: number): Position | null {
  const position = fromGrid({ zone, north, x, y });
  return position !== null && Math.abs(position.lat) <= 90 ? nanodegrees(position) : null;
}

function isInBand(lat: number, letter: string): boolean {
  const south = -80 + 8 * BANDS.indexOf(letter);
  return lat >= south && lat <= (letter === "X" ? 84 : south + 8);
}

/** `38 north 332179 4023284`, to the nearest metre; `UPS north 2000000 2077931` in the polar caps. */
export function formatUtm(position: Position): string {
  const { zone, north, x, y } = toGrid(position);
  const where = `${north ? "north" : "south"} ${Math.round(x)} ${Math.round(y)}`;
  return zone === 0 ? `UPS ${where}` : `${zone} ${where}`;
}
