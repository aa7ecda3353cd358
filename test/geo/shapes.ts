/** Random and awkward footprints, the same for the same seed. */
import geographiclib from "geographiclib-geodesic";
import type { Footprint, Position } from "../../src/geo/index.ts";

const { WGS84 } = geographiclib.Geodesic;

export type Random = () => number;

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random();
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T;
}

export function go(from: Position, azimuth: number, metres: number): Position {
  const { lat2, lon2 } = WGS84.Direct(from.lat, from.lon, azimuth, metres) as { lat2: number; lon2: number };
  return { lat: lat2, lon: lon2 };
}

/** A centre where things go wrong: anywhere, the antimeridian, round a pole, the equator, meridian 0. */
export function awkwardCentre(random: Random): Position {
  const near = (value: number, spread: number) => value + between(random, -spread, spread);
  switch (Math.floor(random() * 6)) {
    case 0:
      return { lat: near(0, 80), lon: near(0, 179) };
    case 1:
      return { lat: near(0, 70), lon: pick(random, [-1, 1]) * (180 - random() * 0.01) };
    case 2:
      return { lat: pick(random, [-1, 1]) * (90 - random() * random() * 3), lon: near(0, 180) };
    case 3:
      return { lat: near(0, 0.01), lon: near(0, 180) };
    case 4:
      return { lat: near(40, 30), lon: near(0, 0.01) };
    default:
      return { lat: near(36, 2), lon: near(43, 2) };
  }
}

/** A ring that turns once round its centre, so that it cannot cross itself. */
export function star(random: Random, centre: Position, size: number, corners: number): Position[] {
  const turn = between(random, 0, 360);
  return Array.from({ length: corners }, (_, i) => {
    const azimuth = turn + ((i + between(random, 0, 0.6)) * 360) / corners;
    return go(centre, azimuth, size * between(random, 0.3, 1));
  });
}

export function randomFootprint(random: Random, centre: Position, size: number): Footprint {
  const kind = random();
  if (kind < 0.1) return { type: "point", at: centre };
  if (kind < 0.3) return { type: "circle", centre, radius_m: size * between(random, 0, 1) };
  if (kind < 0.55) {
    const line = [go(centre, between(random, 0, 360), size)];
    for (let i = 0; i < 1 + Math.floor(random() * 4); i++) {
      line.push(go(line.at(-1) as Position, between(random, 0, 360), size * between(random, 0.05, 1)));
    }
    return { type: "corridor", line, width_m: random() < 0.3 ? 0 : size * between(random, 0, 0.3) };
  }
  const corners = 4 + Math.floor(random() * 7);
  const outline = star(random, centre, size, corners);
  if (kind < 0.9) return { type: "polygon", rings: [outline] };
  return { type: "polygon", rings: [outline, star(random, centre, size * 0.15, 4)] };
}

/** Two footprints near each other, from ten metres to a thousand kilometres across. */
export function randomPair(random: Random): readonly [Footprint, Footprint] {
  const size = 10 ** between(random, 1, random() < 0.2 ? 6 : 4.7);
  const centre = awkwardCentre(random);
  const other = go(centre, between(random, 0, 360), size * between(random, 0, 3));
  const otherSize = size * 10 ** between(random, -1.5, 0.3);
  return [randomFootprint(random, centre, size), randomFootprint(random, other, Math.min(otherSize, 1e6))];
}

/** Where longitudes end or mean nothing, and where they do not. */
const ZONES = [
  [90, 0],
  [-90, 0],
  [88, 180],
  [-89, 90],
  [0, 180],
  [45, -180],
  [0, 0],
  [36, 43],
] as const;

function microdegrees(degrees: number): number {
  return Number(degrees.toFixed(6));
}

/** Two footprints on a lattice: shared vertices, shared edges, meridians, poles. They may be invalid. */
export function latticePair(random: Random): readonly [Footprint, Footprint] {
  const [lat0, lon0] = pick(random, ZONES);
  const step = pick(random, [5, 1, 0.01, 0.0001]);
  const off = () => Math.floor(between(random, -3, 4)) * step;
  const lonNear = () => {
    if (Math.abs(lat0) > 80 && random() < 0.8) return pick(random, [0, 45, 90, 135, 180, -180, -135, -90, -45, 1, 179]);
    const lon = lon0 + off();
    return lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
  };
  const vertex = () => ({ lat: microdegrees(Math.max(-90, Math.min(90, lat0 + off()))), lon: microdegrees(lonNear()) });
  const footprint = (): Footprint => {
    const kind = random();
    if (kind < 0.35) return { type: "point", at: vertex() };
    if (kind < 0.5) return { type: "corridor", line: [vertex(), vertex()], width_m: 0 };
    return { type: "polygon", rings: [Array.from({ length: 3 + Math.floor(random() * 3) }, vertex)] };
  };
  return [footprint(), footprint()];
}

/** Two footprints anywhere on the Earth. */
export function farPair(random: Random): readonly [Footprint, Footprint] {
  const anywhere = () => {
    const lat = (Math.asin(between(random, -1, 1)) * 180) / Math.PI;
    return randomFootprint(random, { lat, lon: between(random, -180, 180) }, 10 ** between(random, 1, 5.5));
  };
  return [anywhere(), anywhere()];
}
