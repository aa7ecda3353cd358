/**
 * The shortest lines on the WGS 84 ellipsoid (C. F. F. Karney, Algorithms for geodesics, J. Geodesy 87, 2013), and
 * the Cartesian coordinates in which cheap bounds on distances are taken.
 */
import geographiclib from "geographiclib-geodesic";
import type { Position } from "./types.ts";

// A CommonJS package: its default export is the whole.
const { Geodesic } = geographiclib;
const WGS84 = Geodesic.WGS84;
const INVERSE = Geodesic.DISTANCE | Geodesic.AZIMUTH;
const LINE = Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.AZIMUTH | Geodesic.DISTANCE_IN;
const PLACE = Geodesic.LATITUDE | Geodesic.LONGITUDE | Geodesic.AZIMUTH;

/** Metres from `from` to `to`, and the azimuth at `from` in degrees clockwise from north. */
export function inverse(from: Position, to: Position): { readonly metres: number; readonly azimuth: number } {
  const { s12, azi1 } = WGS84.Inverse(from.lat, from.lon, to.lat, to.lon, INVERSE);
  return { metres: s12 as number, azimuth: azi1 as number };
}

/** The geodesic distance between two positions, in metres. */
export function pointDistanceM(a: Position, b: Position): number {
  return WGS84.Inverse(a.lat, a.lon, b.lat, b.lon, Geodesic.DISTANCE).s12 as number;
}

/** Where one comes from `from` in the direction `azimuth` (degrees clockwise from north) after `metres`. */
export function destination(from: Position, azimuth: number, metres: number): Position {
  const { lat, lon } = geodesicLine(from, azimuth)(metres);
  return { lat, lon };
}

/** A place on a geodesic and the direction of travel there, in degrees. */
export interface Waypoint extends Position {
  readonly azimuth: number;
}

/** The geodesic through `from` with this azimuth, as a function of metres along it (negative: backwards). */
export function geodesicLine(from: Position, azimuth: number): (metres: number) => Waypoint {
  const line = WGS84.DirectLine(from.lat, from.lon, azimuth, 0, LINE);
  return (metres) => {
    const place = line.Position(metres, PLACE);
    return { lat: place.lat2 as number, lon: place.lon2 as number, azimuth: place.azi2 as number };
  };
}

const DEGREE = Math.PI / 180;

export function radians(degrees: number): number {
  return degrees * DEGREE;
}

export const EQUATORIAL_RADIUS_M = WGS84.a;
export const POLAR_RADIUS_M = WGS84.a * (1 - WGS84.f);
const E2 = WGS84.f * (2 - WGS84.f);

/** Earth-centred Cartesian metres: x to latitude 0 longitude 0, z to the north pole. */
export type Vector = readonly [number, number, number];

/** The position on the ellipsoid as a vector: no seam at the antimeridian and nothing special about the poles. */
export function toVector(position: Position): Vector {
  const sinLat = Math.sin(radians(position.lat));
  const n = WGS84.a / Math.sqrt(1 - E2 * sinLat * sinLat);
  const across = n * Math.cos(radians(position.lat));
  const lon = radians(position.lon);
  return [across * Math.cos(lon), across * Math.sin(lon), n * (1 - E2) * sinLat];
}

/** The position in this direction from the centre of the Earth. */
export function directionToPosition([x, y, z]: Vector): Position {
  const degrees = 180 / Math.PI;
  return { lat: Math.atan2(z, (1 - E2) * Math.hypot(x, y)) * degrees, lon: Math.atan2(y, x) * degrees };
}

/** The chord of a normal section has at most, and at least, these radii of curvature on WGS 84 (with room to spare). */
const LARGEST_RADIUS_M = 6_500_000;
const SMALLEST_RADIUS_M = 6_335_000;

/** A geodesic whose ends are `chord` metres apart in a straight line is never shorter than this. */
export function arcAtLeast(chord: number): number {
  return chord * (1 + (chord * chord) / (24 * LARGEST_RADIUS_M * LARGEST_RADIUS_M));
}

/** The shortest geodesic whose ends are `chord` metres apart is never longer than this. */
export function arcAtMost(chord: number): number {
  if (chord > 5_000_000) return 20_010_000;
  return 2 * SMALLEST_RADIUS_M * Math.asin(chord / (2 * SMALLEST_RADIUS_M));
}

/** How far a geodesic strays at most from its chord of this length, in metres. */
export function sagitta(chord: number): number {
  return (1.001 * chord * chord) / (8 * SMALLEST_RADIUS_M);
}
