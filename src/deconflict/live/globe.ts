/** WGS 84 in flat numbers: vectors without objects, and the cells into which the globe is cut. */
import { type List, makeRoom } from "./list.ts";
import { LAST_PLACE, placeLanes, placeMark } from "./marks.ts";

const EQUATORIAL_RADIUS_M = 6_378_137;
const FLATTENING = 1 / 298.257_223_563;
const E2 = FLATTENING * (2 - FLATTENING);
const DEGREE = Math.PI / 180;

/** No radius of curvature of WGS 84 is smaller (that of the meridian at the equator, with room to spare). */
export const SMALLEST_RADIUS_M = 6_335_000;
/** The middle of a compact footprint is never nearer to the centre of the Earth: it lies less than 40 km deep. */
const SHALLOWEST_M = 6_310_000;

/**
 * Writes the Earth-centred Cartesian metres of positions, told in degrees of latitude and longitude in turns, to `out`:
 * of those near the first one from its sines, since to ask for sines is most of the work.
 */
export function writeVectors(degrees: Float64Array, count: number, out: Float64Array): void {
  const lat = (degrees[0] as number) * DEGREE;
  const lon = (degrees[1] as number) * DEGREE;
  const sinLat = Math.sin(lat);
  const cosLat = Math.cos(lat);
  const sinLon = Math.sin(lon);
  const cosLon = Math.cos(lon);
  writeVector(sinLat, cosLat, sinLon, cosLon, out, 0);
  for (let i = 1; i < count; i++) {
    const phi = (degrees[2 * i] as number) * DEGREE;
    const lambda = (degrees[2 * i + 1] as number) * DEGREE;
    const up = phi - lat;
    const turn = lambda - lon;
    if (Math.abs(up) > NEARBY || Math.abs(turn) > NEARBY) {
      writeVector(Math.sin(phi), Math.cos(phi), Math.sin(lambda), Math.cos(lambda), out, 3 * i);
      continue;
    }
    const sinUp = smallSine(up);
    const cosUp = smallCosine(up);
    const sinTurn = smallSine(turn);
    const cosTurn = smallCosine(turn);
    writeVector(
      sinLat * cosUp + cosLat * sinUp,
      cosLat * cosUp - sinLat * sinUp,
      sinLon * cosTurn + cosLon * sinTurn,
      cosLon * cosTurn - sinLon * sinTurn,
      out,
      3 * i,
    );
  }
}

function writeVector(
  sinLat: number,
  cosLat: number,
  sinLon: number,
  cosLon: number,
  out: Float64Array,
  at: number,
): void {
  const n = EQUATORIAL_RADIUS_M / Math.sqrt(1 - E2 * sinLat * sinLat);
  out[at] = n * cosLat * cosLon;
  out[at + 1] = n * cosLat * sinLon;
  out[at + 2] = n * (1 - E2) * sinLat;
}

/** Radians up to which the series below are right to the last bit. */
const NEARBY = 0.02;

function smallSine(x: number): number {
  const x2 = x * x;
  return x * (1 - (x2 / 6) * (1 - (x2 / 20) * (1 - x2 / 42)));
}

function smallCosine(x: number): number {
  const x2 = x * x;
  return 1 - (x2 / 2) * (1 - (x2 / 12) * (1 - x2 / 30));
}

/** The position on the ellipsoid, in degrees, of a vector that lies on it or a few metres beside it. */
export function positionOf(x: number, y: number, z: number): { readonly lat: number; readonly lon: number } {
  const across = Math.sqrt(x * x + y * y);
  return { lat: Math.atan2(z, across * (1 - E2)) / DEGREE, lon: Math.atan2(y, x) / DEGREE };
}

/** How much a vector is stretched along the Earth's axis to make its normal: z by 1 / (1 - e²). */
export const AXIS_STRETCH = 1 / (1 - E2);

/** The geodesics of a chord of up to 500 km are at most this much longer, per cubed metre. */
const LENGTHENING = 1 / (23 * SMALLEST_RADIUS_M * SMALLEST_RADIUS_M);

/** A chord of which every geodesic is at most `arc` metres long; `arc` up to 1,000 km. */
export function chordWithin(arc: number): number {
  return arc * (1 - arc * arc * LENGTHENING);
}

/** An angle at the Earth's centre, in radians, that two middles this many straight metres apart never exceed. */
export function angleWithin(metres: number): number {
  const half = metres / (2 * SHALLOWEST_M);
  return half >= 1 ? Math.PI : 2 * arcsineWithin(half) + 1e-9;
}

/** No less than the arcsine of what is not negative, and of small values hardly more. */
function arcsineWithin(sine: number): number {
  return sine <= 0.5 ? sine * (1 + (sine * sine) / 4) : Math.asin(Math.min(1, sine));
}

/** Where something stands: its cell, and how far east and north in it, in lanes (marks.ts). */
export interface Place {
  cell: number;
  lanes: number;
}

/** Cells with the part of each that matters: the cell, and of its lanes the most and the least, in turns. */
export const CELL_PART = 3;

/**
 * Cells of about one size over the whole globe: belts between parallels, each cut into as many cells as it is long.
 * Numbers are counted from the south. Poles and antimeridian are places like any other: a cell's number is worked out
 * modulo the belt's length, and a search round a pole takes whole belts.
 */
export interface GlobeCells {
  /** No cell is lower, nor narrower at its wider end. */
  readonly size_m: number;
  /** Where a direction stands. */
  locate(x: number, y: number, z: number, into: Place): void;
  /** Appends to `out` all that may hold a direction within `angle` of this one, no cell twice. */
  within(x: number, y: number, z: number, angle: number, out: List): void;
}

interface Belts {
  readonly perRadian: number;
  readonly count: number;
  readonly lengths: Int32Array;
  readonly firsts: Int32Array;
}

/** Cells at least `size_m` high and wide. */
export function globeCells(size_m: number): GlobeCells {
  const belts = beltsOf(size_m);
  return {
    size_m,
    locate: (x, y, z, into) => {
      const up = upOf(belts, Math.atan2(z, Math.sqrt(x * x + y * y)));
      const belt = Math.floor(up);
      const length = belts.lengths[belt] as number;
      const turn = Math.atan2(y, x) / TURN;
      const along = (turn - Math.floor(turn)) * length;
      const column = Math.min(length - 1, Math.floor(along));
      into.cell = (belts.firsts[belt] as number) + column;
      into.lanes = placeLanes(placeMark(along - column), placeMark(up - belt));
    },
    within: (x, y, z, angle, out) => {
      const across = Math.sqrt(x * x + y * y);
      const phi = Math.atan2(z, across);
      const lambda = Math.atan2(y, x);
      const side = sideways(phi, across / Math.sqrt(across * across + z * z), angle);
      const least = upOf(belts, phi - angle);
      const most = upOf(belts, phi + angle);
      for (let belt = Math.floor(least); belt <= most; belt++) {
        const south = placeMark(least - belt);
        addBelt(belts, belt, (lambda - side) / TURN, (lambda + side) / TURN, south, placeMark(most - belt), out);
      }
    },
  };
}

const TURN = 2 * Math.PI;

function beltsOf(size_m: number): Belts {
  const height = size_m / EQUATORIAL_RADIUS_M;
  const count = Math.max(1, Math.floor(Math.PI / height));
  const perRadian = count / Math.PI;
  const lengths = new Int32Array(count);
  const firsts = new Int32Array(count);
  for (let i = 0, first = 0; i < count; i++) {
    const south = i / perRadian - Math.PI / 2;
    const north = (i + 1) / perRadian - Math.PI / 2;
    const widest = south < 0 && north > 0 ? 1 : Math.max(Math.cos(south), Math.cos(north));
    lengths[i] = Math.max(1, Math.floor((TURN * widest) / height));
    firsts[i] = first;
    first += lengths[i] as number;
  }
  return { perRadian, count, lengths, firsts };
}

/** Belts and parts of one from the south pole; below the number of belts. */
function upOf({ perRadian, count }: Belts, phi: number): number {
  return Math.min(count - 1e-6, Math.max(0, (phi + Math.PI / 2) * perRadian));
}

/** How far east and west a cap at latitude `phi` reaches; half a turn where it holds a pole. */
function sideways(phi: number, cosPhi: number, angle: number): number {
  if (Math.abs(phi) + angle >= Math.PI / 2 - 1e-6) return Math.PI;
  return Math.min(Math.PI, arcsineWithin(angle / cosPhi) + 1e-9);
}

/** The cells of a belt between two longitudes in turns, `west` from -1 on. */
function addBelt(
  { lengths, firsts }: Belts,
  belt: number,
  west: number,
  east: number,
  south: number,
  north: number,
  out: List,
): void {
  const length = lengths[belt] as number;
  const first = firsts[belt] as number;
  const from = west * length;
  const to = east * length;
  const begin = Math.floor(from);
  const count = Math.floor(to) - begin + 1;
  const cells = Math.min(count, length);
  makeRoom(out, CELL_PART * cells);
  for (let i = 0; i < cells; i++) {
    const column = begin + i;
    const isWhole = count >= length;
    out.ints[out.count++] = first + (((column % length) + length) % length);
    out.ints[out.count++] = placeLanes(isWhole ? LAST_PLACE : placeMark(to - column), north);
    out.ints[out.count++] = placeLanes(isWhole ? 0 : placeMark(from - column), south);
  }
}

/** Moves a vector that lies a little below or above the ellipsoid straight up or down to it. */
export function lift(vector: Float64Array): void {
  for (let i = 0; i < 2; i++) {
    const x = vector[0] as number;
    const y = vector[1] as number;
    const z = vector[2] as number;
    const up = z * AXIS_STRETCH;
    // How far off the ellipsoid it is, and along the normal how fast that changes; twice is exact.
    const off = (x * x + y * y + z * up - SQUARE) / (2 * (x * x + y * y + up * up));
    vector[0] = x * (1 - off);
    vector[1] = y * (1 - off);
    vector[2] = z - up * off;
  }
}

const SQUARE = EQUATORIAL_RADIUS_M * EQUATORIAL_RADIUS_M;

/**
 * The length of the geodesic between two places on the ellipsoid up to 20 km apart, in metres: the chord, bent with the
 * curvature of the ellipsoid in its direction.
 */
export function lengthOfGeodesic(a: Float64Array, b: Float64Array): number {
  const dx = (b[0] as number) - (a[0] as number);
  const dy = (b[1] as number) - (a[1] as number);
  const dz = (b[2] as number) - (a[2] as number);
  const x = ((a[0] as number) + (b[0] as number)) / 2;
  const y = ((a[1] as number) + (b[1] as number)) / 2;
  const up = (AXIS_STRETCH * ((a[2] as number) + (b[2] as number))) / 2;
  const chord2 = dx * dx + dy * dy + dz * dz;
  // Chord squared times curvature squared.
  const bend = (dx * dx + dy * dy + AXIS_STRETCH * dz * dz) ** 2 / (chord2 * (x * x + y * y + up * up));
  return chord2 === 0 ? 0 : Math.sqrt(chord2) * (1 + bend / 24);
}
