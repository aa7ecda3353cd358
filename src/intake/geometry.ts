/** Geometries of GeoJSON and positions in columns, into footprints. A shape that needs a decision is not decided here. */
import {
  type FindPlaces,
  type Footprint,
  nanodegrees,
  type ParsedAngle,
  parseCoordinate,
  type Position,
  validVolume,
} from "../geo/index.ts";
import { isParleyError } from "../wire/error.ts";
import { type Finding, finding } from "./codes.ts";
import { isObject } from "./json.ts";
import { LIMITS } from "./limits.ts";
import { valueOf, type WrittenPosition } from "./record.ts";
import type { SourceRow } from "./source.ts";
import { geometryOfWkt } from "./read/wkt.ts";
import { noPosition, numberRefused } from "./unreadable.ts";
import { readAngle, readMetres } from "./value.ts";
import { reason } from "./words/sentence.ts";

export interface Placed {
  readonly footprint: Footprint | null;
  readonly positions: readonly WrittenPosition[];
  readonly findings: readonly Finding[];
}

const NOWHERE = { footprint: null, positions: [] } as const;

/**
 * Where a row of a table says that it is: the shape where it has one, or else a point, or a circle where a radius is
 * given. `width_m` is the whole width of the corridor round a line; null where nobody said.
 */
export function placeOfColumns(row: SourceRow, places: FindPlaces | null, width_m: number | null): Placed {
  const shape = valueOf(row, "wkt");
  if (shape !== "" && !(/^\s*POINT/i.test(shape) && valueOf(row, "latitude") !== "")) {
    return placeOfGeometry(geometryOfWkt(shape) ?? { type: "Text" }, width_m, null);
  }
  const [lat, lon] = [valueOf(row, "latitude"), valueOf(row, "longitude")];
  const text = valueOf(row, "position");
  if (lat === "" && lon === "" && text !== "") return placeOfText(row, text, places);
  if (lat === "" || lon === "") {
    const missing = lat !== "" ? "/longitude" : lon !== "" ? "/latitude" : "";
    return refused(finding(`position-missing${missing}`, "position", {}));
  }
  const [latitude, longitude] = [degreesOf(lat, "latitude"), degreesOf(lon, "longitude")];
  const findings = [...latitude.findings, ...longitude.findings];
  if (latitude.value === null || longitude.value === null) return { ...NOWHERE, findings };
  const at = { lat: latitude.value.degrees, lon: longitude.value.degrees };
  const out = rangeFault(at);
  if (out !== null) return { ...NOWHERE, findings: [out] };
  const across = longitude.value.unit * Math.cos((at.lat * Math.PI) / 180);
  const precision_m = Number((Math.max(latitude.value.unit, across) * METRES_PER_DEGREE).toPrecision(3));
  const { notation } = [latitude.value, longitude.value].toSorted((a, b) => a.unit - b.unit)[0] as ParsedAngle;
  return withRadius(row, { field: "position", text: `${lat}, ${lon}`, at, notation, precision_m });
}

/** Both coordinates in one cell, in any notation. */
function placeOfText(row: SourceRow, text: string, places: FindPlaces | null): Placed {
  try {
    const { position: at, notation, precision_m } = parseCoordinate(text, places);
    const out = rangeFault(at);
    if (out !== null) return { ...NOWHERE, findings: [out] };
    return withRadius(row, { field: "position", text, at, notation, precision_m });
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return { ...NOWHERE, findings: [noPosition("position", text, error.code)] };
  }
}

function withRadius(row: SourceRow, written: WrittenPosition): Placed {
  const { at } = written;
  const positions = [written];
  const findings = isCoarse(written) ? [coarseFinding(written)] : [];
  const text = valueOf(row, "radius_m");
  if (text === "") return { footprint: { type: "point", at }, positions, findings };
  const radius = readMetres(text, 100_000);
  if (radius.ok) return { footprint: { type: "circle", centre: at, radius_m: radius.value }, positions, findings };
  findings.push(numberRefused("number-refused/metres", "radius_m", text, radius));
  return { footprint: { type: "point", at }, positions, findings };
}

export const METRES_PER_DEGREE = 111_320;

/** One unit of the last decimal of two numbers of degrees, on the ground. Numbers lose zeros at their end: the finer says. */
function precisionOf({ lat, lon }: Position): number {
  return Number((Math.min(unit(String(lat)), unit(String(lon))) * METRES_PER_DEGREE).toPrecision(3));
}

function unit(text: string): number {
  return 10 ** -(text.split(".")[1]?.length ?? 0);
}

function degreesOf(
  text: string,
  field: "latitude" | "longitude",
): { readonly value: ParsedAngle | null; readonly findings: readonly Finding[] } {
  const read = readAngle(text, field);
  if (read.ok) return { value: read.value, findings: [] };
  const { meant, fault } = read;
  const more = meant === null ? {} : { suggestion: { [field]: meant.degrees }, reason: reason("comma", {}) };
  return { value: null, findings: [noPosition(field, text, fault, more)] };
}

function rangeFault({ lat, lon }: Position): Finding | null {
  if (lat === 0 && lon === 0) {
    return finding("position-default", "position", {});
  }
  if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) return null;
  if (Math.abs(lon) <= 90 && Math.abs(lat) <= 180) {
    const more = { suggestion: { latitude: lon, longitude: lat }, reason: reason("exchanged", {}) };
    return finding("position-swapped", "position", { latitude: String(lat) }, more);
  }
  const field = Math.abs(lat) > 90 ? "latitude" : "longitude";
  return finding("position-out-of-range", field, { at: { at: { lat, lon } } });
}

/** A hundredth of a degree, a minute or a kilometre square, or coarser. */
const COARSE_M = 999;

function isCoarse({ precision_m }: WrittenPosition): boolean {
  return precision_m >= COARSE_M;
}

function coarseFinding({ text, precision_m }: WrittenPosition): Finding {
  return finding("precision-low", "position", { text, about: { metres: precision_m } });
}

/**
 * Where a feature says that it is. `width_m` is the whole width of the corridor round a line, `radius_m` what makes a
 * point a circle; null where nobody said.
 */
export function placeOfGeometry(geometry: unknown, width_m: number | null, radius_m: number | null): Placed {
  if (!isObject(geometry)) return refused(finding("geometry-missing", "footprint", {}));
  const coordinates = geometry["coordinates"];
  const parts = geometry["type"];
  if (typeof parts === "string" && parts.startsWith("Multi") && Array.isArray(coordinates)) {
    if (coordinates.length !== 1) {
      return refused(finding("geometry-many-parts", "footprint", { parts: coordinates.length }));
    }
    return placeOfGeometry({ type: parts.slice(5), coordinates: coordinates[0] as unknown }, width_m, radius_m);
  }
  const reader = new PositionReader();
  const shape = shapeOf(parts, coordinates, width_m, reader);
  if (!("type" in shape)) return { ...NOWHERE, findings: [shape] };
  const isCircle = shape.type === "point" && radius_m !== null;
  return checked(isCircle ? { type: "circle", centre: shape.at, radius_m } : shape, reader);
}

function shapeOf(
  type: unknown,
  coordinates: unknown,
  width_m: number | null,
  reader: PositionReader,
): Footprint | Finding {
  switch (type) {
    case "Point": {
      const at = reader.one(coordinates);
      return at === null ? malformed() : { type: "point", at };
    }
    case "LineString": {
      const line = reader.several(coordinates);
      if (line === null || line.length < 2) return malformed();
      return width_m === null ? finding("geometry-no-width", "footprint", {}) : { type: "corridor", line, width_m };
    }
    case "Polygon": {
      const rings = Array.isArray(coordinates) ? coordinates.map((ring) => openRing(reader.several(ring))) : [];
      const whole = rings.filter((ring) => ring !== null);
      return whole.length === 0 || whole.length < rings.length ? malformed() : { type: "polygon", rings: whole };
    }
    default:
      return finding("geometry-not-for-kind", "footprint", { type: String(type).slice(0, 40) });
  }
}

function checked(footprint: Footprint, reader: PositionReader): Placed {
  const findings = reader.sawHeights ? [finding("height-ignored/coordinates", "height", {})] : [];
  const out = reader.seen.map(rangeFault).find((fault) => fault !== null);
  if (out !== undefined) return { ...NOWHERE, findings: [out] };
  const positions = reader.seen.map(written);
  if (footprint.type === "point") findings.push(...positions.filter(isCoarse).map(coarseFinding));
  try {
    validVolume({ footprint, height: null, window: { start: null, end: null } });
    return { footprint, positions, findings };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return refused(finding("geometry-invalid", "footprint", {}, { fault: error.code }));
  }
}

function written(at: Position): WrittenPosition {
  return { field: "footprint", text: `${at.lat}, ${at.lon}`, at, notation: "decimal", precision_m: precisionOf(at) };
}

/** Positions of GeoJSON, longitude first; remembers what was read, and whether any carried a height. */
class PositionReader {
  readonly seen: Position[] = [];
  sawHeights = false;

  one(value: unknown): Position | null {
    if (!Array.isArray(value) || value.length < 2 || value.length > 4) return null;
    if (!value.every((part) => typeof part === "number" && Number.isFinite(part))) return null;
    const [lon, lat, height = 0] = value as [number, number, number?];
    if (height !== 0) this.sawHeights = true;
    const at = nanodegrees({ lat, lon });
    this.seen.push(at);
    return at;
  }

  several(value: unknown): Position[] | null {
    if (!Array.isArray(value) || this.seen.length + value.length > LIMITS.positions) return null;
    const positions = value.map((item) => this.one(item));
    return positions.every((at) => at !== null) ? positions : null;
  }
}

/** A ring of GeoJSON repeats its first position at its end; in memory it does not. */
function openRing(ring: readonly Position[] | null): Position[] | null {
  const [first, last] = [ring?.[0], ring?.at(-1)];
  if (ring === null || ring.length < 4 || first === undefined || last === undefined) return null;
  return first.lat === last.lat && first.lon === last.lon ? ring.slice(0, -1) : null;
}

function malformed(): Finding {
  return finding("geometry-malformed", "footprint", { most: LIMITS.positions });
}

function refused(why: Finding): Placed {
  return { ...NOWHERE, findings: [why] };
}

/** The middle of a footprint's corners: one position that stands for it when places are compared with each other. */
export function middleOf(footprint: Footprint): Position {
  switch (footprint.type) {
    case "point":
      return footprint.at;
    case "circle":
      return footprint.centre;
    case "polygon":
      return mean(footprint.rings[0] ?? []);
    case "corridor":
      return mean(footprint.line);
  }
}

function turn(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

/** Longitudes are taken relative to the first, so that a shape across the antimeridian has its middle inside. */
function mean(positions: readonly Position[]): Position {
  const base = positions[0]?.lon ?? 0;
  const sum = positions.reduce((all, { lat, lon }) => ({ lat: all.lat + lat, lon: all.lon + turn(lon - base) }), {
    lat: 0,
    lon: 0,
  });
  const count = Math.max(positions.length, 1);
  return { lat: sum.lat / count, lon: turn(base + sum.lon / count) };
}
