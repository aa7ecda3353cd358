/** Strict reading of what files and plans hold beyond messages: several polygons, flight levels, recurrence, motion. */
import { geoError } from "./errors.ts";
import { motionWindow } from "./motion.ts";
import {
  ANY_DATUMS,
  type AnyFootprint,
  type AnyHeightBand,
  type AnyVolume,
  DAY_MS,
  MAX_EVERY_DAYS,
  MAX_TOLERANCE_S,
  type Motion,
  type Recurrence,
  type TimeWindow,
} from "./types.ts";
import {
  checkCount,
  detail,
  fields,
  finite,
  readBounds,
  readMoment,
  readRings,
  validFootprint,
  validWindow,
} from "./volume.ts";

/** Reads a footprint of any form. Throws what `validFootprint` throws. */
export function validAnyFootprint(value: unknown, path = ""): AnyFootprint {
  const isSeveral = typeof value === "object" && value !== null && "type" in value && value.type === "multipolygon";
  if (!isSeveral) return validFootprint(value, path);
  const { polygons } = fields(value, path, ["type", "polygons"]);
  if (!Array.isArray(polygons) || polygons.length === 0) {
    throw geoError("volume-malformed", "A list of at least one polygon is expected here.", detail(`${path}/polygons`));
  }
  const read = polygons.map((rings, i) => readRings(rings, `${path}/polygons/${i}`));
  checkCount(
    read.flat().reduce((sum, ring) => sum + ring.length, 0),
    `${path}/polygons`,
  );
  return { type: "multipolygon", polygons: read };
}

/** Reads a height band above any datum. Throws height-out-of-range, height-upside-down. */
export function validAnyHeight(value: unknown, path = ""): AnyHeightBand {
  const { datum, lower_m, upper_m } = fields(value, path, ["datum", "lower_m", "upper_m"]);
  const known = ANY_DATUMS.find((one) => one === datum);
  if (known === undefined) {
    throw geoError("volume-malformed", `A height's datum is one of ${ANY_DATUMS.join(", ")}.`, detail(`${path}/datum`));
  }
  return { datum: known, ...readBounds(lower_m, upper_m, path) };
}

function whole(value: unknown, path: string, low: number, high: number): number {
  const read = finite(value, path);
  if (Number.isSafeInteger(read) && read >= low && read <= high) return read;
  throw geoError("recurrence-malformed", `A whole number from ${low} to ${high} is expected here.`, detail(path));
}

/** Reads a recurrence. Throws recurrence-malformed. */
export function validRecurrence(value: unknown, path = ""): Recurrence {
  const read = fields(value, path, ["every_days", "from_ms", "for_ms"]);
  const every_days = whole(read.every_days, `${path}/every_days`, 1, MAX_EVERY_DAYS);
  return {
    every_days,
    from_ms: whole(read.from_ms, `${path}/from_ms`, 0, every_days * DAY_MS - 1),
    for_ms: whole(read.for_ms, `${path}/for_ms`, 0, every_days * DAY_MS),
  };
}

function motionFault(message: string, path: string) {
  return geoError("motion-malformed", message, detail(path));
}

/** Reads the motion along a corridor. Throws motion-malformed, time-out-of-range. */
export function validMotion(value: unknown, footprint: AnyFootprint, path = ""): Motion {
  const { times, tolerance_s } = fields(value, path, ["times", "tolerance_s"]);
  if (footprint.type !== "corridor") throw motionFault("Only a corridor moves.", path);
  if (!Array.isArray(times) || times.length !== footprint.line.length) {
    throw motionFault("One time, or null, is expected for each position of the line.", `${path}/times`);
  }
  const read = times.map((time, i) => readMoment(time, `${path}/times/${i}`));
  const back = firstBackwards(read);
  if (back >= 0) throw motionFault("A time is before the one that precedes it.", `${path}/times/${back}`);
  const tolerance = finite(tolerance_s, `${path}/tolerance_s`);
  if (tolerance < 0 || tolerance > MAX_TOLERANCE_S) {
    throw motionFault(`A tolerance is from 0 to ${MAX_TOLERANCE_S} s.`, `${path}/tolerance_s`);
  }
  return { times: read, tolerance_s: tolerance };
}

/** The place of the first time that is before one that precedes it; below 0 where there is none. */
export function firstBackwards(times: readonly (number | null)[]): number {
  let latest = Number.NEGATIVE_INFINITY;
  return times.findIndex((time) => {
    const isBack = time !== null && time < latest;
    latest = Math.max(latest, time ?? latest);
    return isBack;
  });
}

/** Reads a volume of any form in its JSON form; throws the first fault found, one of GEO_ERRORS. */
export function validAnyVolume(value: unknown, path = ""): AnyVolume {
  const given = typeof value === "object" && value !== null ? value : {};
  const extra = (["recurs", "motion"] as const).filter((key) => Object.hasOwn(given, key));
  const read = fields(value, path, ["footprint", "height", "window", ...extra]) as Record<string, unknown>;
  const footprint = validAnyFootprint(read["footprint"], `${path}/footprint`);
  const height = read["height"] === null ? null : validAnyHeight(read["height"], `${path}/height`);
  const window = validWindow(read["window"], `${path}/window`);
  const { recurs, motion } = read;
  if (motion !== undefined && motion !== null) {
    const moving = validMotion(motion, footprint, `${path}/motion`);
    if (recurs !== undefined && recurs !== null) throw motionFault("What moves does not recur.", `${path}/recurs`);
    checkMotionWindow(moving, window, `${path}/window`);
    return { footprint, height, window, motion: moving };
  }
  const volume = { footprint, height, window };
  return recurs === undefined || recurs === null
    ? volume
    : { ...volume, recurs: validRecurrence(recurs, `${path}/recurs`) };
}

function checkMotionWindow(motion: Motion, { start, end }: TimeWindow, path: string): void {
  const own = motionWindow(motion);
  if (own.start !== start || own.end !== end) {
    throw motionFault("The window is not that of the times with their tolerance.", path);
  }
}
