/**
 * The volumes that are checked against: circles and polygons of 100 m to 5 km across, scattered normally round places,
 * for 1 to 6 hours within 30 days. Each is made from its number alone, so that ten million need no memory and any one
 * can be made again. More volumes get more land: the density is the same at every size.
 */
import type { Footprint, HeightBand, Position, TimeWindow, Volume } from "../../src/geo/index.ts";
import { between, normalPair, type Random, randomAt } from "./random.ts";

const FULL = { volumes: 2_000_000, places: 300, width_deg: 12, height_deg: 10 } as const;
const MIDDLE = { lat: 35, lon: 40 } as const;
const DEVIATION_M = 20_000;
const HOUR_MS = 3_600_000;
const BEGIN_MS = Date.UTC(2026, 10, 1);
const SPAN_MS = 30 * 24 * HOUR_MS;
const METRES_PER_DEGREE = 111_195;

export interface Numbered {
  readonly id: number;
  readonly volume: Volume;
}

export interface World {
  /** Volumes 0 up to this are there; those above are new ones, scattered in the same way. */
  readonly count: number;
  readonly places: readonly Position[];
}

export function worldOf(count: number): World {
  const share = Math.sqrt(count / FULL.volumes);
  const places: Position[] = [];
  for (let i = 0; i < Math.max(1, Math.round((FULL.places * count) / FULL.volumes)); i++) {
    const random = randomAt(1, i);
    const lat = MIDDLE.lat + (random() - 0.5) * FULL.height_deg * share;
    places.push({ lat, lon: MIDDLE.lon + (random() - 0.5) * FULL.width_deg * share });
  }
  return { count, places };
}

/** The `index`th volume of a world. */
export function volumeAt(world: World, index: number): Volume {
  const random = randomAt(2, index);
  const centre = scatteredPlace(world, random);
  const across_m = between(random, 100, 5000);
  const footprint: Footprint =
    random() < 0.5
      ? { type: "circle", centre, radius_m: across_m / 2 }
      : { type: "polygon", rings: [starRing(centre, across_m / 2, 4 + Math.floor(random() * 9), random)] };
  return { footprint, height: heights(random), window: window(random) };
}

/** The volumes `from` up to but not including `to`. */
export function volumesOf(world: World, from: number, to: number): readonly Numbered[] {
  return Array.from({ length: to - from }, (_, i) => ({ id: from + i, volume: volumeAt(world, from + i) }));
}

/** In pieces of a size that memory does not feel. */
export function* inChunks(world: World, size = 2000): Generator<readonly Numbered[]> {
  for (let from = 0; from < world.count; from += size) yield volumesOf(world, from, Math.min(world.count, from + size));
}

/** Degrees told to a nanodegree, as on the line. */
function told(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9;
}

export function offset(from: Position, east_m: number, north_m: number): Position {
  const across = METRES_PER_DEGREE * Math.cos((from.lat * Math.PI) / 180);
  return { lat: told(from.lat + north_m / METRES_PER_DEGREE), lon: told(from.lon + east_m / across) };
}

export function scatteredPlace(world: World, random: Random): Position {
  const place = world.places[Math.floor(random() * world.places.length)] as Position;
  const [east, north] = normalPair(random);
  return offset(place, east * DEVIATION_M, north * DEVIATION_M);
}

/** A simple ring: seen from its centre the vertices follow each other all round, none more than half a turn on. */
function starRing(centre: Position, radius_m: number, vertices: number, random: Random): Position[] {
  return Array.from({ length: vertices }, (_, i) => {
    const angle = (2 * Math.PI * (i + 0.8 * random())) / vertices;
    const metres = i === 0 ? radius_m : radius_m * between(random, 0.5, 1);
    return offset(centre, metres * Math.sin(angle), metres * Math.cos(angle));
  });
}

function heights(random: Random): HeightBand {
  const lower_m = Math.round(between(random, 0, 4000));
  return { datum: "WGS84", lower_m, upper_m: lower_m + Math.round(between(random, 100, 1500)) };
}

function window(random: Random): TimeWindow {
  const length = Math.round(between(random, 1, 6) * 3600) * 1000;
  const start = BEGIN_MS + Math.round((random() * (SPAN_MS - length)) / 1000) * 1000;
  return { start, end: start + length };
}

/** The bytes of a footprint's coordinates as doubles: what no index can do without. */
export function geometryBytes(footprint: Footprint): number {
  switch (footprint.type) {
    case "point":
      return 16;
    case "circle":
      return 24;
    case "corridor":
      return 16 * footprint.line.length + 8;
    case "polygon":
      return 16 * footprint.rings.reduce((sum, ring) => sum + ring.length, 0);
  }
}
