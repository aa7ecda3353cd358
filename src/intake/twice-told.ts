/**
 * Whether a row that says where it is in two ways says the same in both: a grid reference beside degrees, a shape beside
 * a point, a second column of latitudes. Which of them is right is not decided here.
 */
import { type FindPlaces, type Footprint, parseCoordinate, type Position } from "../geo/index.ts";
import { isParleyError } from "../wire/error.ts";
import { type Finding, finding } from "./codes.ts";
import { metresApart } from "./find/sphere.ts";
import { middleOf, METRES_PER_DEGREE, placeOfGeometry } from "./geometry.ts";
import { valueOf } from "./record.ts";
import { geometryOfWkt } from "./read/wkt.ts";
import type { SourceRow } from "./source.ts";
import { readAngle } from "./value.ts";

/** Nearer than this the two are one place, or so many times what their last digits leave open. */
const SAME = { metres: 100, precisions: 2 } as const;

interface Told {
  readonly text: string;
  readonly at: Position;
  readonly precision_m: number;
  /** How far it reaches from there: of a shape its farthest corner. */
  readonly reach_m: number;
}

/** What refuses the row whose footprint was read, or null. What cannot be read beside it contradicts nothing. */
export function twiceTold(row: SourceRow, footprint: Footprint, places: FindPlaces | null): Finding | null {
  const middle = middleOf(footprint);
  const reach_m = Math.max(0, ...cornersOf(footprint).map((corner) => metresApart(corner, middle)));
  for (const other of [
    degreesOf(row),
    wordsOf(valueOf(row, "position"), places),
    shapeOf(row),
    ...rivalsOf(row, middle),
  ]) {
    if (other === null) continue;
    const metres = metresApart(other.at, middle);
    const same = Math.max(SAME.metres, SAME.precisions * other.precision_m) + Math.max(reach_m, other.reach_m);
    if (metres <= same) continue;
    const given = { away: { metres }, text: other.text.slice(0, 60), at: { at: middle } };
    return finding("positions-differ", "position", given);
  }
  return null;
}

function cornersOf(footprint: Footprint): readonly Position[] {
  switch (footprint.type) {
    case "point":
    case "circle":
      return [];
    case "polygon":
      return footprint.rings[0] ?? [];
    case "corridor":
      return footprint.line;
  }
}

function degreesOf(row: SourceRow): Told | null {
  const [lat, lon] = [valueOf(row, "latitude"), valueOf(row, "longitude")];
  const [latitude, longitude] = [readAngle(lat, "latitude"), readAngle(lon, "longitude")];
  if (!latitude.ok || !longitude.ok) return null;
  const at = { lat: latitude.value.degrees, lon: longitude.value.degrees };
  if (Math.abs(at.lat) > 90 || Math.abs(at.lon) > 180) return null;
  // Numbers lose zeros at their end: the finer of the two says how fine both are.
  const precision_m = Math.min(latitude.value.unit, longitude.value.unit) * METRES_PER_DEGREE;
  return { text: `${lat}, ${lon}`, at, precision_m, reach_m: 0 };
}

function wordsOf(text: string, places: FindPlaces | null): Told | null {
  if (text === "") return null;
  try {
    const { position: at, precision_m } = parseCoordinate(text, places);
    return { text, at, precision_m, reach_m: 0 };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return null;
  }
}

function shapeOf(row: SourceRow): Told | null {
  const text = valueOf(row, "wkt");
  const geometry = text === "" ? null : geometryOfWkt(text);
  const { footprint, positions } = placeOfGeometry(geometry, 1, null);
  if (footprint === null) return null;
  const at = middleOf(footprint);
  const reach_m = Math.max(...positions.map((corner) => metresApart(corner.at, at)));
  return { text, at, precision_m: 0, reach_m };
}

/** Columns that bear the name of another one's field: each axis is compared by itself. */
function rivalsOf({ rivals = [] }: SourceRow, middle: Position): (Told | null)[] {
  return rivals.map(({ field, text }) => {
    if (field === "position") return wordsOf(text, null);
    const read = text === "" ? null : readAngle(text, field);
    if (read?.ok !== true || Math.abs(read.value.degrees) > 180) return null;
    const { degrees, unit } = read.value;
    const at = field === "latitude" ? { lat: degrees, lon: middle.lon } : { lat: middle.lat, lon: degrees };
    return { text, at, precision_m: unit * METRES_PER_DEGREE, reach_m: 0 };
  });
}
