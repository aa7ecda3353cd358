/**
 * Volume4D of ASTM F3548-21 (the InterUSS UTM API), into subjects: an array of them, or lists of them by id. Beyond the
 * standard, altitudes may be above ground level (`AGL`) or mean sea level (`AMSL`), pressure altitudes (`FL`), and in
 * feet (`FT`) or hundreds of feet (`FL`).
 */
import {
  type AnyDatum,
  type AnyHeightBand,
  checkCount,
  checkRings,
  checkWindow,
  type Footprint,
  finite,
  FLIGHT_LEVEL_M,
  type Position,
  type TimeWindow,
  validAnyHeight,
  validPosition,
  validRadius,
  type AnyVolume,
} from "../geo/index.ts";
import { ParleyError } from "../wire/error.ts";
import type { Subject } from "./conflict.ts";
import { deconflictError } from "./errors.ts";
import { asKnown, asList, asString, collect, type Fault, type JsonObject, required, step } from "./fault.ts";
import { isMissing, readTime } from "./feature.ts";

/** Metres in an international foot, exactly. */
const FOOT_M = 0.3048;

/** An array: each volume is a subject of its own, by its number. */
export function readVolumeArray(value: readonly unknown[], file: string, faults: Fault[]): Subject[] {
  return value.flatMap((item, i) => {
    const volume = collect(file, faults, `/${i}`, () => readVolume(item, `/${i}`));
    return volume === null ? [] : [subjectOf(String(i), [volume])];
  });
}

/** An object: each field is a subject with a list of volumes. */
export function readVolumesById(value: JsonObject, file: string, faults: Fault[]): Subject[] {
  return Object.entries(value).flatMap(([id, list]) => {
    const path = step(id);
    const volumes = collect(file, faults, path, () => readVolumes(list, path, file, faults));
    return volumes === null || volumes.length === 0 ? [] : [subjectOf(id, volumes)];
  });
}

function subjectOf(id: string, volumes: readonly AnyVolume[]): Subject {
  return { id, name: null, category: null, volumes };
}

function readVolumes(value: unknown, path: string, file: string, faults: Fault[]): AnyVolume[] {
  const list = asList(value, path);
  if (list.length === 0) throw deconflictError("volumes-missing", "There is no volume here.", { detail: { path } });
  return list.flatMap((item, i) => {
    const volume = collect(file, faults, `${path}/${i}`, () => readVolume(item, `${path}/${i}`));
    return volume === null ? [] : [volume];
  });
}

function readVolume(value: unknown, path: string): AnyVolume {
  const whole = asKnown(value, path, ["volume", "time_start", "time_end"]);
  const at = `${path}/volume`;
  const known = ["outline_circle", "outline_polygon", "altitude_lower", "altitude_upper"];
  const volume = asKnown(required(whole, "volume", path), at, known);
  return {
    footprint: readOutline(volume, at),
    height: readBand(volume, at),
    window: readWindow(whole, path),
  };
}

function readOutline(volume: JsonObject, path: string): Footprint {
  const { outline_circle: circle, outline_polygon: polygon } = volume;
  if (isMissing(circle) === isMissing(polygon)) {
    const message = "A volume has either an outline_polygon or an outline_circle.";
    throw deconflictError("outline-not-one", message, { detail: { path } });
  }
  return isMissing(circle)
    ? readPolygon(polygon, `${path}/outline_polygon`)
    : readCircle(circle, `${path}/outline_circle`);
}

function readCircle(value: unknown, path: string): Footprint {
  const circle = asKnown(value, path, ["center", "radius"]);
  const radius = asKnown(required(circle, "radius", path), `${path}/radius`, ["value", "units"]);
  if (required(radius, "units", `${path}/radius`) !== "M") {
    throw deconflictError("field-malformed", 'A radius is in metres, "M".', {
      detail: { path: `${path}/radius/units` },
    });
  }
  return {
    type: "circle",
    centre: readPosition(required(circle, "center", path), `${path}/center`),
    radius_m: validRadius(required(radius, "value", `${path}/radius`), `${path}/radius/value`),
  };
}

function readPosition(value: unknown, path: string): Position {
  const point = asKnown(value, path, ["lat", "lng"]);
  const [lat, lng] = [required(point, "lat", path), required(point, "lng", path)];
  return validPosition(lat, lng, [`${path}/lat`, `${path}/lng`]);
}

function readPolygon(value: unknown, path: string): Footprint {
  const polygon = asKnown(value, path, ["vertices"]);
  const at = `${path}/vertices`;
  const vertices = asList(required(polygon, "vertices", path), at);
  checkCount(vertices.length, at);
  const ring = vertices.map((vertex, i) => readPosition(vertex, `${at}/${i}`));
  checkRings([ring], (_, j) => (j === undefined ? at : `${at}/${j}`));
  return { type: "polygon", rings: [ring] };
}

const REFERENCES: Readonly<Record<string, AnyDatum>> = { W84: "WGS84", AGL: "AGL", AMSL: "AMSL", FL: "FL" };
const UNITS: Readonly<Record<string, number>> = { M: 1, FT: FOOT_M, FL: FLIGHT_LEVEL_M };

interface Altitude {
  readonly datum: AnyDatum;
  readonly metres: number;
}

function readBand(volume: JsonObject, path: string): AnyHeightBand | null {
  const read = (key: "altitude_lower" | "altitude_upper") =>
    isMissing(volume[key]) ? null : readAltitude(volume[key], `${path}/${key}`);
  const [lower, upper] = [read("altitude_lower"), read("altitude_upper")];
  const datum = lower?.datum ?? upper?.datum;
  if (datum === undefined) return null;
  if (lower !== null && upper !== null && lower.datum !== upper.datum) {
    throw deconflictError("altitude-mixed", "The two altitudes are above different references.", { detail: { path } });
  }
  const band = { datum, lower_m: lower?.metres ?? null, upper_m: upper?.metres ?? null };
  return inPlace(band, path);
}

/** The band's own faults, at the altitude that is wrong. */
function inPlace(band: AnyHeightBand, path: string): AnyHeightBand {
  try {
    return validAnyHeight(band, "");
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    const where = error.detail["path"] === "/lower_m" ? "altitude_lower" : "altitude_upper";
    throw new ParleyError(error.code, error.message, error, { path: `${path}/${where}` }, error);
  }
}

function readAltitude(value: unknown, path: string): Altitude {
  const altitude = asKnown(value, path, ["value", "reference", "units"]);
  const reference = asString(required(altitude, "reference", path), `${path}/reference`);
  const units = asString(required(altitude, "units", path), `${path}/units`);
  const datum = Object.hasOwn(REFERENCES, reference) ? REFERENCES[reference] : undefined;
  const scale = Object.hasOwn(UNITS, units) ? UNITS[units] : undefined;
  if (datum === undefined) throw notOneOf("reference", "reference is W84, AGL, AMSL or FL", path);
  if (scale === undefined) throw notOneOf("units", "units are M, FT or FL", path);
  if (units === "FL" && datum !== "FL") throw notOneOf("units", "units are FL only above the reference FL", path);
  return { datum, metres: finite(required(altitude, "value", path), `${path}/value`) * scale };
}

function notOneOf(key: string, allowed: string, path: string) {
  const detail = { path: `${path}/${key}` };
  return deconflictError("field-malformed", `An altitude's ${allowed}.`, { detail });
}

function readWindow(whole: JsonObject, path: string): TimeWindow {
  const read = (key: "time_start" | "time_end") => {
    if (isMissing(whole[key])) return null;
    const at = `${path}/${key}`;
    const time = asKnown(whole[key], at, ["value", "format"]);
    if (required(time, "format", at) !== "RFC3339") {
      throw deconflictError("field-malformed", 'A time\'s format is "RFC3339".', { detail: { path: `${at}/format` } });
    }
    return readTime(asString(required(time, "value", at), `${at}/value`), `${at}/value`);
  };
  const window = { start: read("time_start"), end: read("time_end") };
  checkWindow(window, `${path}/time_end`);
  return window;
}
