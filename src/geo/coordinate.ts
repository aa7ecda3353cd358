/** Positions as people write them, and as they are shown. Strict: what could be read in two ways is refused. */
import { geoError } from "./errors.ts";
import { formatGrid, parseGrid } from "./grid-reference.ts";
import { parseRelative, type FindPlaces } from "./relative.ts";
import { plainMarks, plainWords } from "./script.ts";
import type { Position } from "./types.ts";
import { formatUtm, parseUtm } from "./utm.ts";

/** Decimal degrees; degrees and minutes; degrees, minutes and seconds; the military grid; easting and northing. */
export const NOTATIONS = ["decimal", "dm", "dms", "mgrs", "utm"] as const;
/** Beside those that positions are shown in: by the name of a place. */
export type Notation = (typeof NOTATIONS)[number] | "place";

export interface ParsedCoordinate {
  /** Rounded to nanodegrees. Of a grid square, its centre. */
  readonly position: Position;
  readonly notation: Notation;
  /** What one unit of the last digit written is on the ground, in metres; of a grid square, its side. */
  readonly precision_m: number;
}

const METRES_PER_DEGREE = 111_320;
const MAX_TEXT = 120;

/**
 * Reads a position (spec/notation.md): decimal degrees with the latitude first (`36.34, 43.13`) or with hemisphere
 * letters or words; degrees and minutes or degrees, minutes and seconds with them (`36°20.4'N 43°07.8'E`,
 * `362024N0430748E`); MGRS (`38S LF 12345 67890`); UTM and UPS (`38 north 332179 4023284`); and, where `places` knows
 * names, `12 km NW of Mosul` or a name alone. Throws coordinate-… , latitude-out-of-range, longitude-out-of-range.
 */
export function parseCoordinate(text: string, places: FindPlaces | null = null): ParsedCoordinate {
  if (typeof text !== "string" || text.length > MAX_TEXT) throw malformed(text);
  const marks = plainMarks(text.replace(/^geo:/i, ""));
  const plain = plainWords(marks.toUpperCase()).replace(/\s+/g, " ").trim();
  const grid = parseGrid(plain) ?? parseUtm(marks.toUpperCase());
  if (grid !== null) return grid;
  const relative = places === null ? null : parseRelative(marks, places);
  return relative ?? fromHalves(splitHalves(plain, text), text);
}

function fromHalves([lat, lon]: readonly [Angle, Angle], text: string): ParsedCoordinate {
  const shown = text.trim();
  if (lat.degrees > 90) throw geoError("latitude-out-of-range", `"${shown}" has a latitude beyond 90°.`);
  if (lon.degrees > 180) throw geoError("longitude-out-of-range", `"${shown}" has a longitude beyond 180°.`);
  const position = { lat: nano(lat.sign * lat.degrees), lon: nano(lon.sign * lon.degrees) };
  const across = lon.unit * Math.cos((position.lat * Math.PI) / 180);
  const precision_m = Math.max(lat.unit, across) * METRES_PER_DEGREE;
  const notation = finer(lat.notation, lon.notation);
  return { position, notation, precision_m: Number(precision_m.toPrecision(3)) };
}

/** Degrees to the nearest nanodegree, never -0. */
export function nano(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9 + 0;
}

type AngleNotation = "decimal" | "dm" | "dms";

function finer(a: AngleNotation, b: AngleNotation): AngleNotation {
  return NOTATIONS.indexOf(a) > NOTATIONS.indexOf(b) ? a : b;
}

function malformed(text: unknown) {
  const shown = String(text).slice(0, MAX_TEXT);
  if (/^\D*\d{1,3},\d+\D*[ ;]\D*\d{1,3},\d+\D*$/.test(shown)) {
    return geoError("coordinate-comma", `"${shown}" has commas where decimals have a point.`);
  }
  return geoError("coordinate-malformed", `"${shown}" is not a position.`);
}

interface Angle {
  readonly sign: 1 | -1;
  /** Never negative. */
  readonly degrees: number;
  /** One unit of the last digit written, in degrees. */
  readonly unit: number;
  readonly notation: AngleNotation;
}

const SIGNED = /^([+-]?\d{1,3}(?:\.\d{1,15})?) ?°?(?: ?[,;/] ?| )([+-]?\d{1,3}(?:\.\d{1,15})?) ?°?$/;

const LAT_WORD = "(?:LATITUDE|LAT\\.?|ШИРОТА|دائرة العرض|خط العرض|عرض جغرافیایی|العرض)";
const LON_WORD = "(?:LONGITUDE|LONG\\.?|LON\\.?|LNG\\.?|ДОЛГОТА|ДОВГОТА|خط الطول|طول جغرافیایی|الطول)";
const NAMED = [
  [new RegExp(`^${LAT_WORD} ?[:=]? ?(.+?)[ ,;/]+${LON_WORD} ?[:=]? ?(.+)$`), false],
  [new RegExp(`^${LON_WORD} ?[:=]? ?(.+?)[ ,;/]+${LAT_WORD} ?[:=]? ?(.+)$`), true],
] as const;

/** Latitude and longitude, in this order, whichever was written first. */
function splitHalves(plain: string, text: string): readonly [Angle, Angle] {
  for (const [form, lonFirst] of NAMED) {
    const named = form.exec(plain);
    if (named === null) continue;
    const [first = "", second = ""] = named.slice(1);
    const [lat, lon] = lonFirst ? [second, first] : [first, second];
    return [namedAngle(lat, "NS", text), namedAngle(lon, "EW", text)];
  }
  if (/[^NSEW\d .,;:/°'"+-]/.test(plain)) throw malformed(text);
  const letters = [...plain.matchAll(/[NSEW]/g)];
  if (letters.length === 0) {
    const match = SIGNED.exec(plain);
    if (match !== null) return [signed(match[1] as string), signed(match[2] as string)];
    if (/^[+-]?\d{1,3} ?[° :-].*\d ?['"]?$/.test(plain) && /['":]|\d+ \d+ \d+ \d+/.test(plain)) {
      throw geoError("coordinate-hemisphere", `"${text.trim()}" does not say N or S and E or W.`);
    }
    throw malformed(text);
  }
  const [first, second] = letters;
  const isOne = letters.length === 2 && "NS".includes(first?.[0] ?? "") !== "NS".includes(second?.[0] ?? "");
  if (first === undefined || second === undefined || !isOne) {
    throw geoError("coordinate-hemisphere", `"${text.trim()}" does not say just one of N or S and one of E or W.`);
  }
  const at = first.index === 0 ? second.index : first.index + 1;
  const one = lettered(plain.slice(0, at), text);
  const other = lettered(plain.slice(at), text);
  return "NS".includes(first[0]) ? [one, other] : [other, one];
}

/** One angle whose axis is known: `36.34`, `36°20.4'N`, `-36°20'24"`. `letters` are those that it may bear. */
function namedAngle(half: string, letters: "NS" | "EW", text: string): Angle {
  const body = half.replace(/[,;/ ]+$/, "").replace(/^[,;/ ]+/, "");
  const letter = /[NSEW]/.exec(body)?.[0];
  if (letter !== undefined) {
    if (!letters.includes(letter)) {
      throw geoError("coordinate-hemisphere", `"${text.trim()}" has the letter ${letter} where ${letters} may stand.`);
    }
    return lettered(body, text);
  }
  if (/^[+-]?\d{1,3}(?:\.\d{1,15})? ?°?$/.test(body)) return signed(body.replace(/[ °]/g, ""));
  const sign = body.startsWith("-") ? -1 : 1;
  const parts = lettered(`${body.replace(/^[+-] ?/, "")}${letters === "NS" ? "N" : "E"}`, text);
  return { ...parts, sign };
}

/** Degrees of one axis, as a cell of a latitude or longitude column has them. */
export interface ParsedAngle {
  /** With its sign; in the range of its axis. Rounded to the nanodegree. */
  readonly degrees: number;
  readonly notation: Notation;
  /** One unit of the last digit written, in degrees. */
  readonly unit: number;
}

/**
 * Reads one angle whose axis its column says: decimal degrees with a sign or a letter, degrees and minutes, or degrees,
 * minutes and seconds. The range is the caller's. Throws coordinate-….
 */
export function parseAngle(text: string, axis: "latitude" | "longitude"): ParsedAngle {
  if (typeof text !== "string" || text.length > MAX_TEXT) throw malformed(text);
  const plain = plainWords(plainMarks(text).toUpperCase()).replace(/\s+/g, " ").trim();
  if (/^[+-]?\d{1,3},\d+/.test(plain)) {
    throw geoError("coordinate-comma", `"${text.slice(0, 40)}" has a comma where decimals have a point.`);
  }
  if (/[^NSEW\d .:°'"+-]/.test(plain)) throw malformed(text);
  // 363412 is 36°34'12" or 36.3412 whose point a spreadsheet took for a separator of thousands.
  if (/^[+-]? ?\d{4,}(?:\.\d*)?$/.test(plain)) throw malformed(text);
  const { sign, degrees, notation, unit } = namedAngle(plain, axis === "latitude" ? "NS" : "EW", text);
  return { degrees: nano(sign * degrees), notation, unit };
}

function signed(text: string): Angle {
  const degrees = Number(text);
  const decimals = text.split(".")[1]?.length ?? 0;
  return {
    sign: text.startsWith("-") ? -1 : 1,
    degrees: Math.abs(degrees),
    unit: 10 ** -decimals,
    notation: "decimal",
  };
}

const DECIMAL = /^(\d{1,3}(?:\.(\d{1,15}))?) ?°?$/;
const MINUTES = /^(\d{1,3}) ?[° :-] ?(\d{1,2}(?:\.(\d{1,12}))?) ?'?$/;
const SECONDS = /^(\d{1,3}) ?[° :-] ?(\d{1,2}) ?[' :-] ?(\d{1,2}(?:\.(\d{1,10}))?) ?"?$/;
const RUN_LAT = /^(\d{2})(\d{2})(\d{2})?(?:\.(\d{1,12}))?$/;
const RUN_LON = /^(\d{3})(\d{2})(\d{2})?(?:\.(\d{1,12}))?$/;

/** One angle with its hemisphere letter before or after it. */
function lettered(half: string, text: string): Angle {
  const body = half.replace(/[,;/ ]+$/, "").replace(/^[,;/ ]+/, "");
  const letter = /[NSEW]/.exec(body)?.[0] as string;
  const number = body.replace(letter, "").trim();
  const sign = letter === "S" || letter === "W" ? -1 : 1;
  if (/^[+-]/.test(number)) {
    throw geoError("coordinate-hemisphere", `"${text.trim()}" has a sign and a hemisphere letter.`);
  }
  const decimal = DECIMAL.exec(number);
  if (decimal !== null) {
    return { sign, degrees: Number(decimal[1]), unit: 10 ** -(decimal[2]?.length ?? 0), notation: "decimal" };
  }
  const parts = sexagesimal(number, letter);
  if (parts === null) throw malformed(text);
  if (parts.minutes >= 60 || parts.seconds >= 60) {
    throw geoError("coordinate-minutes", `"${text.trim()}" has 60 or more minutes or seconds.`);
  }
  const degrees = parts.degrees + parts.minutes / 60 + parts.seconds / 3600;
  return { sign, degrees, unit: parts.unit, notation: parts.notation };
}

interface Sexagesimal {
  readonly degrees: number;
  readonly minutes: number;
  readonly seconds: number;
  readonly unit: number;
  readonly notation: "dm" | "dms";
}

function sexagesimal(number: string, letter: string): Sexagesimal | null {
  const run = ("NS".includes(letter) ? RUN_LAT : RUN_LON).exec(number);
  if (run !== null) {
    const [, degrees, minutes, seconds, decimals] = run;
    const tail = decimals === undefined ? "" : `.${decimals}`;
    return seconds === undefined
      ? dm(degrees, `${minutes}${tail}`, decimals)
      : dms(degrees, minutes, `${seconds}${tail}`, decimals);
  }
  const minutes = MINUTES.exec(number);
  if (minutes !== null) return dm(minutes[1], minutes[2], minutes[3]);
  const seconds = SECONDS.exec(number);
  return seconds === null ? null : dms(seconds[1], seconds[2], seconds[3], seconds[4]);
}

type Digits = string | undefined;

function dm(degrees: Digits, minutes: Digits, decimals: Digits): Sexagesimal {
  const unit = 10 ** -(decimals?.length ?? 0) / 60;
  return { degrees: Number(degrees), minutes: Number(minutes), seconds: 0, unit, notation: "dm" };
}

function dms(degrees: Digits, minutes: Digits, seconds: Digits, decimals: Digits): Sexagesimal {
  const unit = 10 ** -(decimals?.length ?? 0) / 3600;
  return { degrees: Number(degrees), minutes: Number(minutes), seconds: Number(seconds), unit, notation: "dms" };
}

/**
 * A position for people, to about a decimetre (MGRS: the metre square it lies in; UTM: to the metre). `parseCoordinate`
 * reads it back.
 */
export function formatCoordinate(position: Position, notation: (typeof NOTATIONS)[number]): string {
  if (notation === "mgrs") return formatGrid(position);
  if (notation === "utm") return formatUtm(position);
  const lat = formatAngle(Math.abs(position.lat), 2, notation);
  const lon = formatAngle(Math.abs(position.lon), 3, notation);
  return `${lat} ${position.lat < 0 ? "S" : "N"}, ${lon} ${position.lon < 0 ? "W" : "E"}`;
}

const pad = (value: number, digits: number) => String(value).padStart(digits, "0");

function formatAngle(degrees: number, width: number, notation: AngleNotation): string {
  if (notation === "decimal") return `${degrees.toFixed(6)}°`;
  if (notation === "dm") {
    const units = Math.round(degrees * 60e4);
    const minutes = units % 60e4;
    const tail = pad(minutes % 1e4, 4);
    return `${pad(Math.floor(units / 60e4), width)}°${pad(Math.floor(minutes / 1e4), 2)}.${tail}'`;
  }
  const units = Math.round(degrees * 3600e2);
  const seconds = units % 60e2;
  const minutes = Math.floor(units / 60e2) % 60;
  const tail = `${pad(Math.floor(seconds / 100), 2)}.${pad(seconds % 100, 2)}"`;
  return `${pad(Math.floor(units / 3600e2), width)}°${pad(minutes, 2)}'${tail}`;
}
