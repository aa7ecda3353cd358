/** Places, times and heights as they are typed on a command line. */
import {
  type Footprint,
  type HeightBand,
  parseCoordinate,
  parseTime,
  type Position,
  type Volume,
} from "../geo/index.ts";
import { cliError } from "./errors.ts";

/** Any notation that `src/geo/` reads: decimal degrees, degrees and minutes, MGRS. */
export function positionFrom(text: string): Position {
  return parseCoordinate(text).position;
}

/** RFC 3339 or a date-time group such as 231530ZNOV26; milliseconds since the epoch. */
export function timeFrom(text: string, now: number): number {
  return parseTime(text, now).at;
}

const LENGTHS = { m: 1, km: 1000 } as const;
const SPANS = { s: 1, min: 60, h: 3600 } as const;

/** "300 m", "2.5 km". */
export function metresFrom(text: string): number {
  return Math.round(measured(text, LENGTHS, "a length", "300 m or 2.5 km") * 1000) / 1000;
}

/** "90 s", "15 min", "2 h"; whole seconds. */
export function secondsFrom(text: string): number {
  return Math.round(measured(text, SPANS, "a span of time", "90 s, 15 min or 2 h"));
}

/** A bare number is refused: who thinks in kilometres would be held to metres. Nothing is nothing in every unit. */
function measured(text: string, units: Readonly<Record<string, number>>, what: string, like: string): number {
  const [, count = "", unit = ""] = /^(\d{1,12}(?:\.\d{1,9})?)\s*([a-z]*)$/.exec(text.trim()) ?? [];
  const scale = Object.hasOwn(units, unit) ? (units[unit] as number) : null;
  if (count === "" || (scale === null && unit !== "")) {
    throw cliError("usage", `"${text.trim()}" is not ${what}: write ${like}.`);
  }
  if (scale === null && Number(count) !== 0) {
    throw cliError("usage", `"${text.trim()}" is ${what} without a unit: write ${like}.`);
  }
  return Number(count) * (scale ?? 0);
}

/** The shapes of a footprint as options: `--point P`, `--circle "P / R"`, `--polygon "P; P; P"`, `--corridor "P; P / W"`. */
export interface ShapeOptions {
  readonly point?: readonly string[];
  readonly circle?: readonly string[];
  readonly polygon?: readonly string[];
  readonly corridor?: readonly string[];
}

export function footprintsFrom(options: ShapeOptions): Footprint[] {
  return [
    ...(options.point ?? []).map((text): Footprint => ({ type: "point", at: positionFrom(text) })),
    ...(options.circle ?? []).map((text): Footprint => {
      const [centre, radius] = withLength(text, "--circle", "radius");
      return { type: "circle", centre: positionFrom(centre), radius_m: radius };
    }),
    ...(options.polygon ?? []).map((text): Footprint => ({ type: "polygon", rings: [positionsFrom(text)] })),
    ...(options.corridor ?? []).map((text): Footprint => {
      const [line, width] = withLength(text, "--corridor", "whole width");
      return { type: "corridor", line: positionsFrom(line), width_m: width };
    }),
  ];
}

function positionsFrom(text: string): Position[] {
  return text
    .split(";")
    .filter((part) => part.trim() !== "")
    .map(positionFrom);
}

function withLength(text: string, option: string, what: string): [string, number] {
  const cut = text.lastIndexOf("/");
  if (cut < 0) throw cliError("usage", `${option} "${text}" has no ${what}: write "POSITION / 500 m".`);
  return [text.slice(0, cut).trim(), metresFrom(text.slice(cut + 1))];
}

const DATUMS: readonly string[] = ["AGL", "AMSL", "WGS84"] satisfies HeightBand["datum"][];

/** "AGL 0 300": datum, lower and upper bound in metres; "-" is unbounded. */
export function heightFrom(text: string): HeightBand {
  const [datum, lower, upper, ...rest] = text.trim().split(/\s+/);
  if (datum === undefined || !DATUMS.includes(datum) || upper === undefined || rest.length > 0) {
    throw cliError("usage", `"${text}" is not a height band: write "AGL 0 300", in metres; "-" is unbounded.`);
  }
  return { datum: datum as HeightBand["datum"], lower_m: bound(lower as string), upper_m: bound(upper) };
}

function bound(text: string): number | null {
  if (text === "-") return null;
  const metres = Number(text);
  if (!Number.isFinite(metres)) throw cliError("usage", `"${text}" is not a height in metres.`);
  return metres;
}

export interface VolumeOptions extends ShapeOptions {
  readonly from?: string;
  readonly until?: string;
  readonly height?: string;
}

/** One volume for each shape, all with the same window and height band. */
export function volumesFrom(options: VolumeOptions, now: number): Volume[] {
  const window = {
    start: options.from === undefined ? null : timeFrom(options.from, now),
    end: options.until === undefined ? null : timeFrom(options.until, now),
  };
  const height = options.height === undefined ? null : heightFrom(options.height);
  return footprintsFrom(options).map((footprint) => ({ footprint, height, window }));
}
