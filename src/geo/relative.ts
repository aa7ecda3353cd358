/** Positions by the names of places: "12 km NW of Mosul", or a name or code (UN/LOCODE) alone. */
import type { ParsedCoordinate } from "./coordinate.ts";
import { geoError } from "./errors.ts";
import { destination } from "./geodesic.ts";
import { nanodegrees, type Position } from "./types.ts";

export interface NamedPlace {
  readonly name: string;
  readonly at: Position;
  /** How far from `at` the place may reach, metres. */
  readonly radius_m: number;
}

/** What a gazetteer knows by a name or code: none, one or several places. */
export type FindPlaces = (name: string) => readonly NamedPlace[];

const POINTS = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];
const WORDS: Readonly<Record<string, string>> = { NORTH: "N", SOUTH: "S", EAST: "E", WEST: "W" };
const UNITS: Readonly<Record<string, number>> = { M: 1, KM: 1000, KMS: 1000, NM: 1852, MI: 1609.344, MILES: 1609.344 };
const RELATIVE =
  /^(\d{1,4}(?:\.(\d{1,3}))?) ?(KM|KMS|KILOMET(?:RE|ER)S?|M|MET(?:RE|ER)S?|NM|MI|MILES)\.? (?:TO THE |DUE )?([NSEW]{1,3}|(?:NORTH|SOUTH|EAST|WEST)[ -]?(?:EAST|WEST)?|\d{1,3}(?:°| DEG(?:REES)?)?) (?:OF|FROM) (.+)$/i;

/**
 * Null where `text` is neither of that form nor a known name. The precision is what the distance's last digit, the
 * sector of the direction and the size of the place leave open together. Throws coordinate-place-unknown,
 * coordinate-place-ambiguous, coordinate-malformed.
 */
export function parseRelative(text: string, places: FindPlaces): ParsedCoordinate | null {
  const match = RELATIVE.exec(text);
  if (match === null) {
    const named = /\p{L}/u.test(text) ? places(text) : [];
    if (named.length === 0) return null;
    const { at, radius_m } = onlyOne(named, text);
    return { position: at, notation: "place", precision_m: rounded(radius_m) };
  }
  const [, distance = "", finer, unit = "", direction = "", name = ""] = match;
  const { degrees, sector } = directionOf(direction, text);
  const { at, radius_m } = onlyOne(places(name), name);
  const metres = Number(distance) * unitOf(unit);
  const step = 10 ** -(finer?.length ?? 0) * unitOf(unit);
  const position = destination(at, degrees, metres);
  const across = metres * Math.sin((sector / 2) * (Math.PI / 180));
  return {
    position: nanodegrees(position),
    notation: "place",
    precision_m: rounded(Math.hypot(step, across) + radius_m),
  };
}

function onlyOne(found: readonly NamedPlace[], name: string): NamedPlace {
  const [first, second] = found;
  const shown = `"${name.slice(0, 60)}"`;
  if (first === undefined) throw geoError("coordinate-place-unknown", `No place ${shown} is known.`);
  if (second !== undefined) throw geoError("coordinate-place-ambiguous", `${found.length} places are called ${shown}.`);
  return first;
}

function directionOf(direction: string, text: string): { readonly degrees: number; readonly sector: number } {
  const bearing = /^\d{1,3}/.exec(direction);
  if (bearing !== null && Number(bearing[0]) <= 360) return { degrees: Number(bearing[0]) % 360, sector: 1 };
  const letters = direction
    .toUpperCase()
    .replace(/NORTH|SOUTH|EAST|WEST/g, (word) => WORDS[word] ?? word)
    .replace(/[ -]/g, "");
  const point = POINTS.indexOf(letters);
  if (point < 0) throw geoError("coordinate-malformed", `"${text}" names no direction.`);
  const sectors: Readonly<Record<number, number>> = { 1: 45, 2: 45, 3: 22.5 };
  return { degrees: point * 22.5, sector: sectors[letters.length] ?? 45 };
}

function unitOf(unit: string): number {
  const upper = unit.toUpperCase();
  return UNITS[upper] ?? (upper.startsWith("K") ? 1000 : 1);
}

function rounded(metres: number): number {
  return Number(metres.toPrecision(3));
}
