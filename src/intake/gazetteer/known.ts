/** What a gazetteer knows, one thing a line, so that a file of it is written and read without holding it twice. */
import type { Position } from "../../geo/index.ts";
import { isObject } from "../json.ts";
import type { Rings } from "./outline.ts";

/** From the largest to the smallest: a country, a governorate, a district, what lies below it, a place. */
export const LEVELS = ["country", "governorate", "district", "locality", "place"] as const;
export type Level = (typeof LEVELS)[number];

/** What larger thing it lies in, by name or by code, as far as its source says. */
export interface Within {
  /** ISO 3166-1 alpha-2, or "" where the source does not say. */
  readonly country: string;
  readonly governorate: readonly string[];
  readonly district: readonly string[];
}

export interface KnownPlace extends Within {
  readonly level: Level;
  /** In every script that the source has. */
  readonly names: readonly string[];
  /** Its code in the source, such as a p-code; "" where it has none. */
  readonly code: string;
  /** null of an area whose source says only its outline. */
  readonly at: Position | null;
  readonly people: number;
  /** What it is called lies within so many metres of `at`. */
  readonly reach_m: number;
  readonly capital: boolean;
  /** null of what is only a point. */
  readonly rings: Rings | null;
}

/** One line of a gazetteer's own file. */
export function lineOfPlace(place: KnownPlace): string {
  const { level, names, code, country, governorate, district, at, people, reach_m, capital, rings } = place;
  const position = at === null ? null : [at.lat, at.lon];
  const within = [country, governorate, district];
  return JSON.stringify([level, names, code, ...within, position, people, reach_m, capital ? 1 : 0, rings]);
}

/** null where the line is none of ours: the file was changed by hand. */
export function placeOfLine(line: string): KnownPlace | null {
  let parts: unknown;
  try {
    parts = JSON.parse(line);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== 11) return null;
  const [level, names, code, country, governorate, district, position, people, reach_m, capital, rings] =
    parts as unknown[];
  const known = LEVELS.find((each) => each === level);
  if (known === undefined || !isTexts(names) || !isTexts(governorate) || !isTexts(district)) return null;
  if (
    typeof code !== "string" ||
    typeof country !== "string" ||
    typeof people !== "number" ||
    typeof reach_m !== "number"
  )
    return null;
  const at = position === null ? null : positionOf(position);
  if (at === undefined || (rings !== null && !isRings(rings))) return null;
  const within = { country, governorate, district };
  return { level: known, names, code, ...within, at, people, reach_m, capital: capital === 1, rings };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function positionOf(value: unknown): Position | undefined {
  if (!Array.isArray(value)) return undefined;
  const [lat, lon] = value as unknown[];
  return typeof lat === "number" && typeof lon === "number" && isOnEarth(lat, lon) ? { lat, lon } : undefined;
}

export function isOnEarth(lat: number, lon: number): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

function isRings(value: unknown): value is Rings {
  return Array.isArray(value) && value.every((ring) => Array.isArray(ring) && ring.every(isPoint));
}

function isPoint(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length >= 2 && typeof value[0] === "number" && isOnEarth(value[1], value[0]);
}

/** The rings of a Polygon or MultiPolygon of GeoJSON; null where it is none or not on the earth. */
export function ringsOf(geometry: unknown): Rings | null {
  if (!isObject(geometry)) return null;
  const { type, coordinates } = geometry;
  const rings =
    type === "Polygon"
      ? coordinates
      : type === "MultiPolygon" && Array.isArray(coordinates)
        ? coordinates.flat()
        : null;
  if (!isRings(rings) || rings.length === 0 || rings.some((ring) => ring.length < 3)) return null;
  return rings.map((ring) => ring.map(([lon, lat]) => [lon, lat] as const));
}
