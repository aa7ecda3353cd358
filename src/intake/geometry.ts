/** Geometries of GeoJSON and positions in columns, into footprints. A shape that needs a decision is not decided here. */
import { type Footprint, type Position, validVolume } from "../geo/index.ts";
import { isParleyError } from "../wire/error.ts";
import { type Finding, finding, type FindingCode } from "./codes.ts";
import { isObject } from "./geojson.ts";
import { LIMITS } from "./limits.ts";
import { valueOf, type WrittenPosition } from "./record.ts";
import type { SourceRow } from "./source.ts";
import { nanodegree, readDegrees, readMetres } from "./value.ts";

export interface Placed {
  readonly footprint: Footprint | null;
  readonly positions: readonly WrittenPosition[];
  readonly findings: readonly Finding[];
}

const NOWHERE = { footprint: null, positions: [] } as const;

/** Where a row of a table says that it is: a point, or a circle where a radius is given. */
export function placeOfColumns(row: SourceRow): Placed {
  const [lat, lon] = [valueOf(row, "latitude"), valueOf(row, "longitude")];
  if (lat === "" || lon === "") {
    const missing =
      lat === "" && lon === "" ? "neither a latitude nor a longitude" : `no ${lat === "" ? "latitude" : "longitude"}`;
    return refused("position-missing", `The row has ${missing}. Enter its position and bring the file again.`);
  }
  const [latitude, longitude] = [degreesOf(lat, "latitude"), degreesOf(lon, "longitude")];
  const findings = [...latitude.findings, ...longitude.findings];
  if (latitude.value === null || longitude.value === null) return { ...NOWHERE, findings };
  const at = { lat: latitude.value, lon: longitude.value };
  const out = rangeFault(at);
  if (out !== null) return { ...NOWHERE, findings: [out] };
  return withRadius(row, {
    field: "position",
    text: `${lat}, ${lon}`,
    at,
    notation: "decimal",
    ...precisionOf(lat, lon),
  });
}

function withRadius(row: SourceRow, written: WrittenPosition): Placed {
  const { at, text: shown } = written;
  const positions = [written];
  const findings = shown.split(", ").every(isCoarse) ? [coarseFinding(at)] : [];
  const text = valueOf(row, "radius_m");
  if (text === "") return { footprint: { type: "point", at }, positions, findings };
  const radius = readMetres(text, 100_000);
  if (radius.ok) return { footprint: { type: "circle", centre: at, radius_m: radius.value }, positions, findings };
  findings.push(finding("number-refused", "radius_m", radius.why));
  return { footprint: { type: "point", at }, positions, findings };
}

const METRES_PER_DEGREE = 111_320;

function unit(text: string): number {
  return 10 ** -(text.split(".")[1]?.length ?? 0);
}

/** One unit of the last decimal of two numbers of degrees, on the ground. */
function precisionOf(lat: string, lon: string): { readonly precision_m: number } {
  const across = unit(lon) * Math.cos((Number(lat) * Math.PI) / 180);
  return { precision_m: Number((Math.max(unit(lat), across) * METRES_PER_DEGREE).toPrecision(3)) };
}

function degreesOf(
  text: string,
  field: string,
): { readonly value: number | null; readonly findings: readonly Finding[] } {
  const read = readDegrees(text);
  if (read.ok) return { value: read.value, findings: [] };
  const suggestion = read.meant === null ? null : { [field]: read.meant };
  const more = { suggestion, ...(read.because === null ? {} : { because: read.because }) };
  return { value: null, findings: [finding("position-not-a-number", field, read.why, more)] };
}

function rangeFault({ lat, lon }: Position): Finding | null {
  if (lat === 0 && lon === 0) {
    return finding(
      "position-default",
      "position",
      "The position is 0, 0. Enter the real one and bring the file again.",
    );
  }
  if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) return null;
  if (Math.abs(lon) <= 90 && Math.abs(lat) <= 180) {
    const message = `The latitude is ${lat}, beyond 90 degrees. Check whether latitude and longitude were exchanged.`;
    const because = `Exchanged, ${lon}, ${lat} is a position.`;
    return finding("position-swapped", "position", message, { suggestion: { latitude: lon, longitude: lat }, because });
  }
  const field = Math.abs(lat) > 90 ? "latitude" : "longitude";
  return finding("position-out-of-range", field, `${lat}, ${lon} is not on the earth. Check the ${field}.`);
}

function isCoarse(text: string): boolean {
  return /^[+-]?\d+(?:\.\d{0,2})?$/.test(text);
}

function coarseFinding({ lat, lon }: Position): Finding {
  return finding(
    "precision-low",
    "position",
    `${lat}, ${lon} is written to a hundredth of a degree or less, about 1 km.`,
  );
}

/** Where a feature says that it is. `width_m` is the whole width of the corridor round a line; null where nobody said. */
export function placeOfGeometry(geometry: unknown, width_m: number | null): Placed {
  if (!isObject(geometry))
    return refused("geometry-missing", "The feature has no geometry. Draw it, or remove the feature.");
  const coordinates = geometry["coordinates"];
  const parts = geometry["type"];
  if (typeof parts === "string" && parts.startsWith("Multi") && Array.isArray(coordinates)) {
    if (coordinates.length !== 1) {
      const message = `The geometry has ${coordinates.length} parts. Bring each part as a feature of its own.`;
      return refused("geometry-many-parts", message);
    }
    return placeOfGeometry({ type: parts.slice(5), coordinates: coordinates[0] as unknown }, width_m);
  }
  const reader = new PositionReader();
  const shape = shapeOf(parts, coordinates, width_m, reader);
  if (!("type" in shape)) return { ...NOWHERE, findings: [shape] };
  return checked(shape, reader);
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
      const message =
        "A line needs the width of its corridor. Say how wide it is, in metres, and bring the file again.";
      return width_m === null
        ? finding("geometry-no-width", "footprint", message)
        : { type: "corridor", line, width_m };
    }
    case "Polygon": {
      const rings = Array.isArray(coordinates) ? coordinates.map((ring) => openRing(reader.several(ring))) : [];
      const whole = rings.filter((ring) => ring !== null);
      return whole.length === 0 || whole.length < rings.length ? malformed() : { type: "polygon", rings: whole };
    }
    default:
      return finding(
        "geometry-not-for-kind",
        "footprint",
        `A geometry of type ${String(type).slice(0, 40)} cannot be a footprint.`,
      );
  }
}

function checked(footprint: Footprint, reader: PositionReader): Placed {
  const findings = reader.sawHeights
    ? [
        finding(
          "height-ignored",
          "height",
          "The heights in the coordinates name no datum. Enter them with the draft if they matter.",
        ),
      ]
    : [];
  const out = reader.seen.map(rangeFault).find((fault) => fault !== null);
  if (out !== undefined) return { ...NOWHERE, findings: [out] };
  if (footprint.type === "point" && isCoarse(String(footprint.at.lat)) && isCoarse(String(footprint.at.lon))) {
    findings.push(coarseFinding(footprint.at));
  }
  try {
    validVolume({ footprint, height: null, window: { start: null, end: null } });
    return { footprint, positions: reader.seen.map(written), findings };
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return refused("geometry-invalid", `${error.message} ${error.next}`);
  }
}

function written(at: Position): WrittenPosition {
  const [lat, lon] = [String(at.lat), String(at.lon)];
  return { field: "footprint", text: `${lat}, ${lon}`, at, notation: "decimal", ...precisionOf(lat, lon) };
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
    const at = { lat: nanodegree(lat), lon: nanodegree(lon) };
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
  const message = `The geometry is not as RFC 7946 has it, or has more than ${LIMITS.positions} positions. Export it again, or simplify it.`;
  return finding("geometry-malformed", "footprint", message);
}

function refused(code: FindingCode, message: string): Placed {
  const field = code === "position-missing" ? "position" : "footprint";
  return { ...NOWHERE, findings: [finding(code, field, message)] };
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
