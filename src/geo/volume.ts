/** Strict reading of volumes in their JSON form (spec/volume.md). Errors name the place as `detail.path`. */
import { geoError } from "./errors.ts";
import { checkEdge, checkRings } from "./ring.ts";
import {
  DATUMS,
  type Datum,
  type Footprint,
  type HeightBand,
  MAX_HEIGHT_M,
  MAX_RADIUS_M,
  MAX_TIME_MS,
  MAX_VERTICES,
  MIN_HEIGHT_M,
  MIN_TIME_MS,
  type Position,
  type TimeWindow,
  type Volume,
} from "./types.ts";

export function detail(path: string) {
  return { detail: { path } };
}

/** `value` as an object with exactly these fields. Throws volume-malformed. */
export function fields<const Key extends string>(
  value: unknown,
  path: string,
  keys: readonly Key[],
): Record<Key, unknown> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject) throw geoError("volume-malformed", "An object is expected here.", detail(path));
  for (const key of keys) {
    if (!Object.hasOwn(value, key)) throw geoError("volume-malformed", `The field "${key}" is missing.`, detail(path));
  }
  const extra = Object.keys(value).find((key) => !(keys as readonly string[]).includes(key));
  if (extra !== undefined) {
    throw geoError(
      "volume-malformed",
      `The field "${extra.slice(0, 40)}" is unknown.`,
      detail(`${path}/${pointer(extra)}`),
    );
  }
  return value as Record<Key, unknown>;
}

function pointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** A finite number. Throws volume-malformed for another type, number-not-finite for NaN and infinities. */
export function finite(value: unknown, path: string): number {
  if (typeof value !== "number") throw geoError("volume-malformed", "A number is expected here.", detail(path));
  if (!Number.isFinite(value)) throw geoError("number-not-finite", "This is not a finite number.", detail(path));
  return value;
}

/** A position from two numbers; `paths` name the latitude and the longitude. */
export function validPosition(lat: unknown, lon: unknown, paths: readonly [string, string]): Position {
  const position = { lat: finite(lat, paths[0]), lon: finite(lon, paths[1]) };
  if (Math.abs(position.lat) > 90) {
    throw geoError("latitude-out-of-range", `There is no latitude of ${position.lat}°.`, detail(paths[0]));
  }
  if (Math.abs(position.lon) > 180) {
    throw geoError("longitude-out-of-range", `There is no longitude of ${position.lon}°.`, detail(paths[1]));
  }
  return position;
}

function readPosition(value: unknown, path: string): Position {
  const { lat, lon } = fields(value, path, ["lat", "lon"]);
  return validPosition(lat, lon, [`${path}/lat`, `${path}/lon`]);
}

function readPositions(value: unknown, path: string): Position[] {
  if (!Array.isArray(value)) throw geoError("volume-malformed", "A list of positions is expected here.", detail(path));
  checkCount(value.length, path);
  return value.map((item, i) => readPosition(item, `${path}/${i}`));
}

/** Throws too-many-vertices. */
export function checkCount(vertices: number, path: string): void {
  if (vertices > MAX_VERTICES) {
    throw geoError("too-many-vertices", `The footprint has ${vertices} vertices.`, detail(path));
  }
}

/** A circle's radius in metres. Throws radius-out-of-range. */
export function validRadius(value: unknown, path: string): number {
  const radius = finite(value, path);
  if (radius >= 0 && radius <= MAX_RADIUS_M) return radius;
  throw geoError("radius-out-of-range", `A radius of ${radius} m is out of range.`, detail(path));
}

/** A corridor's whole width in metres. Throws width-out-of-range. */
export function validWidth(value: unknown, path: string): number {
  const width = finite(value, path);
  if (width >= 0 && width <= 2 * MAX_RADIUS_M) return width;
  throw geoError("width-out-of-range", `A width of ${width} m is out of range.`, detail(path));
}

/** Throws line-too-short, too-many-vertices, edge-too-long; `at` names a vertex or, without one, the line. */
export function checkLine(line: readonly Position[], at: (vertex?: number) => string): void {
  if (line.length < 2) throw geoError("line-too-short", "The line has fewer than two positions.", detail(at()));
  checkCount(line.length, at());
  for (let i = 1; i < line.length; i++) checkEdge(line[i - 1] as Position, line[i] as Position, at(i));
}

/** Reads a footprint whose field is at `path` (a JSON Pointer); `""` is the whole. */
export function validFootprint(value: unknown, path = ""): Footprint {
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  switch (type) {
    case "point": {
      const { at } = fields(value, path, ["type", "at"]);
      return { type, at: readPosition(at, `${path}/at`) };
    }
    case "circle": {
      const { centre, radius_m } = fields(value, path, ["type", "centre", "radius_m"]);
      return {
        type,
        centre: readPosition(centre, `${path}/centre`),
        radius_m: validRadius(radius_m, `${path}/radius_m`),
      };
    }
    case "corridor": {
      const { line, width_m } = fields(value, path, ["type", "line", "width_m"]);
      const positions = readPositions(line, `${path}/line`);
      checkLine(positions, (i) => (i === undefined ? `${path}/line` : `${path}/line/${i}`));
      return { type, line: positions, width_m: validWidth(width_m, `${path}/width_m`) };
    }
    case "polygon":
      return readPolygon(value, path);
    default:
      throw geoError(
        "volume-malformed",
        "A footprint is a point, circle, polygon or corridor.",
        detail(`${path}/type`),
      );
  }
}

function readPolygon(value: unknown, path: string): Footprint {
  const { rings } = fields(value, path, ["type", "rings"]);
  return { type: "polygon", rings: readRings(rings, `${path}/rings`) };
}

/** The rings of a polygon; throws as `checkRings` does. */
export function readRings(rings: unknown, path: string): Position[][] {
  if (!Array.isArray(rings) || rings.length === 0) {
    throw geoError("volume-malformed", "A polygon is a list of at least one ring.", detail(path));
  }
  const read = rings.map((ring, i) => readPositions(ring, `${path}/${i}`));
  checkCount(
    read.reduce((sum, ring) => sum + ring.length, 0),
    path,
  );
  checkRings(read, (i, j) => (j === undefined ? `${path}/${i}` : `${path}/${i}/${j}`));
  return read;
}

/** A height bound in metres, or null. Throws height-out-of-range. */
function readBound(value: unknown, path: string): number | null {
  if (value === null) return null;
  const height = finite(value, path);
  if (height >= MIN_HEIGHT_M && height <= MAX_HEIGHT_M) return height;
  throw geoError("height-out-of-range", `A height of ${height} m is out of range.`, detail(path));
}

/** Reads a height band. Throws height-out-of-range, height-upside-down. */
export function validHeight(value: unknown, path = ""): HeightBand {
  const { datum, lower_m, upper_m } = fields(value, path, ["datum", "lower_m", "upper_m"]);
  if (!(DATUMS as readonly unknown[]).includes(datum)) {
    throw geoError("volume-malformed", `A height's datum is one of ${DATUMS.join(", ")}.`, detail(`${path}/datum`));
  }
  return { datum: datum as Datum, ...readBounds(lower_m, upper_m, path) };
}

/** Two bounds of a height in metres. Throws height-out-of-range, height-upside-down. */
export function readBounds(lower_m: unknown, upper_m: unknown, path: string): Pick<HeightBand, "lower_m" | "upper_m"> {
  const band = { lower_m: readBound(lower_m, `${path}/lower_m`), upper_m: readBound(upper_m, `${path}/upper_m`) };
  if (band.lower_m !== null && band.upper_m !== null && band.upper_m < band.lower_m) {
    throw geoError("height-upside-down", "The upper height is below the lower one.", detail(`${path}/upper_m`));
  }
  return band;
}

export function readMoment(value: unknown, path: string): number | null {
  if (value === null) return null;
  const at = finite(value, path);
  if (Number.isSafeInteger(at) && at >= MIN_TIME_MS && at <= MAX_TIME_MS) return at;
  throw geoError("time-out-of-range", "A time is a whole number of milliseconds in the years 1 to 9999.", detail(path));
}

/** Reads a time window. Throws time-out-of-range, window-upside-down. */
export function validWindow(value: unknown, path = ""): TimeWindow {
  const { start, end } = fields(value, path, ["start", "end"]);
  const window = { start: readMoment(start, `${path}/start`), end: readMoment(end, `${path}/end`) };
  checkWindow(window, `${path}/end`);
  return window;
}

/** Throws window-upside-down. */
export function checkWindow(window: TimeWindow, path: string): void {
  if (window.start !== null && window.end !== null && window.end < window.start) {
    throw geoError("window-upside-down", "The end is before the start.", detail(path));
  }
}

/** Reads a volume in its JSON form; throws the first fault found, one of GEO_ERRORS. */
export function validVolume(value: unknown, path = ""): Volume {
  const { footprint, height, window } = fields(value, path, ["footprint", "height", "window"]);
  return {
    footprint: validFootprint(footprint, `${path}/footprint`),
    height: height === null ? null : validHeight(height, `${path}/height`),
    window: validWindow(window, `${path}/window`),
  };
}
