/** The properties of a GeoJSON feature that say how high and when it holds, whether it recurs, and how it moves. */
import {
  type AnyHeightBand,
  type AnyVolume,
  checkWindow,
  finite,
  FLIGHT_LEVEL_M,
  type Footprint,
  motionWindow,
  parseRecurrence,
  parseRfc3339,
  type Recurrence,
  type TimeWindow,
  validAnyHeight,
  validMotion,
} from "../geo/index.ts";
import { ParleyError } from "../wire/error.ts";
import { deconflictError } from "./errors.ts";
import { asList, asString, isObject, type JsonObject, required } from "./fault.ts";

export function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** The volumes of a feature with these footprints. `at` is the place of its properties. */
export function volumesOfFeature(footprints: readonly Footprint[], facts: JsonObject, at: string): AnyVolume[] {
  const height = isMissing(facts["height"]) ? null : readHeight(facts["height"], `${at}/height`);
  if (!isMissing(facts["times"])) return footprints.map((footprint) => moving(footprint, height, facts, at));
  const window = readWindow(facts, at);
  const recurs = readRecurrence(facts, at);
  return footprints.map((footprint) => ({ footprint, height, window, ...(recurs === null ? {} : { recurs }) }));
}

/** RFC 3339; the fault names its place. */
export function readTime(text: string, path: string): number {
  return named(
    path,
    () => path,
    () => parseRfc3339(text),
  );
}

function readWindow(facts: JsonObject, path: string): TimeWindow {
  const read = (key: "start" | "end") =>
    isMissing(facts[key]) ? null : readTime(asString(facts[key], `${path}/${key}`), `${path}/${key}`);
  const window = { start: read("start"), end: read("end") };
  checkWindow(window, `${path}/end`);
  return window;
}

function readRecurrence(facts: JsonObject, at: string): Recurrence | null {
  if (isMissing(facts["recurs"])) return null;
  return parseRecurrence(asString(facts["recurs"], `${at}/recurs`), `${at}/recurs`);
}

/** Flight levels may be given as such, or as metres of pressure altitude. */
function readHeight(value: unknown, path: string): AnyHeightBand {
  const inLevels = isObject(value) && value["datum"] === "FL" && ("lower_fl" in value || "upper_fl" in value);
  if (!inLevels) return validAnyHeight(value, path);
  const twice = (["lower_m", "upper_m"] as const).find((key) => !isMissing(value[key]));
  if (twice !== undefined) {
    const message = `The property "${twice}" would be left out beside flight levels.`;
    throw deconflictError("field-misplaced", message, { detail: { path: `${path}/${twice}` } });
  }
  const { lower_fl = null, upper_fl = null, ...rest } = value;
  const metres = (level: unknown, key: string) =>
    level === null ? null : Math.round(finite(level, `${path}/${key}`) * FLIGHT_LEVEL_M * 1000) / 1000;
  const band = { ...rest, lower_m: metres(lower_fl, "lower_fl"), upper_m: metres(upper_fl, "upper_fl") };
  return named(
    path,
    (where) => where.replace(/_m$/, "_fl"),
    () => validAnyHeight(band, path),
  );
}

/** One time for each position of the line, and how far it may be ahead of them or behind. */
function moving(footprint: Footprint, height: AnyHeightBand | null, facts: JsonObject, at: string): AnyVolume {
  const misplaced = (["start", "end", "recurs"] as const).find((key) => !isMissing(facts[key]));
  if (misplaced !== undefined) {
    const message = `The property "${misplaced}" says nothing of what moves: its times do.`;
    throw deconflictError("field-misplaced", message, { detail: { path: `${at}/${misplaced}` } });
  }
  const times = asList(facts["times"], `${at}/times`).map((time, i) => {
    const path = `${at}/times/${i}`;
    return time === null ? null : readTime(asString(time, path), path);
  });
  const tolerance_s = required(facts, "tolerance_s", at);
  const place = (where: string) => `${at}${where || "/times"}`;
  const motion = named("", place, () => validMotion({ times, tolerance_s }, footprint));
  return { footprint, height, window: motionWindow(motion), motion };
}

/** Runs `read`; where it throws, the fault's place is put as the file names it. */
function named<T>(path: string, place: (where: string) => string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    const where = error.detail["path"];
    const found = place(typeof where === "string" ? where : path);
    throw new ParleyError(error.code, error.message, error, { path: found }, error);
  }
}
