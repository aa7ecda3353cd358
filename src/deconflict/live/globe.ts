/** WGS 84 in flat numbers: vectors without objects, and the cells into which the globe is cut. */

const EQUATORIAL_RADIUS_M = 6_378_137;
const FLATTENING = 1 / 298.257_223_563;
const E2 = FLATTENING * (2 - FLATTENING);
const DEGREE = Math.PI / 180;

/** No radius of curvature of WGS 84 is smaller (that of the meridian at the equator, with room to spare). */
export const SMALLEST_RADIUS_M = 6_335_000;
/** The middle of a compact footprint is never nearer to the centre of the Earth: it lies less than 40 km deep. */
const SHALLOWEST_M = 6_310_000;

/** Writes the Earth-centred Cartesian metres of a position to `out` at `at`. */
export function writeVector(lat: number, lon: number, out: Float64Array, at: number): void {
  const phi = lat * DEGREE;
  const lambda = lon * DEGREE;
  const sine = Math.sin(phi);
  const n = EQUATORIAL_RADIUS_M / Math.sqrt(1 - E2 * sine * sine);
  const across = n * Math.cos(phi);
  out[at] = across * Math.cos(lambda);
  out[at + 1] = across * Math.sin(lambda);
  out[at + 2] = n * (1 - E2) * sine;
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
  return half >= 1 ? Math.PI : 2 * Math.asin(half) + 1e-9;
}

/**
 * Cells of about one size over the whole globe: belts between parallels, each cut into as many cells as it is long.
 * Numbers are counted from the south. Poles and antimeridian are places like any other: a cell's number is worked out
 * modulo the belt's length, and a search round a pole takes whole belts.
 */
export interface GlobeCells {
  /** No cell is lower, nor narrower at its wider end. */
  readonly size_m: number;
  /** The cell of a direction. */
  cellOf(x: number, y: number, z: number): number;
  /** Appends to `out` all cells that may hold a direction within `angle` of this one, each once. */
  within(x: number, y: number, z: number, angle: number, out: number[]): void;
}

/** Cells at least `size_m` high and wide. */
export function globeCells(size_m: number): GlobeCells {
  const height = size_m / EQUATORIAL_RADIUS_M;
  const belts = Math.max(1, Math.floor(Math.PI / height));
  const perRadian = belts / Math.PI;
  const lengths = new Int32Array(belts);
  const firsts = new Int32Array(belts);
  for (let i = 0, first = 0; i < belts; i++) {
    const south = i / perRadian - Math.PI / 2;
    const north = (i + 1) / perRadian - Math.PI / 2;
    const widest = south < 0 && north > 0 ? 1 : Math.max(Math.cos(south), Math.cos(north));
    lengths[i] = Math.max(1, Math.floor((2 * Math.PI * widest) / height));
    firsts[i] = first;
    first += lengths[i] as number;
  }
  const beltOf = (phi: number) => Math.min(belts - 1, Math.max(0, Math.floor((phi + Math.PI / 2) * perRadian)));
  return {
    size_m,
    cellOf: (x, y, z) => {
      const belt = beltOf(Math.atan2(z, Math.sqrt(x * x + y * y)));
      const length = lengths[belt] as number;
      const turn = Math.atan2(y, x) / (2 * Math.PI);
      return (firsts[belt] as number) + Math.min(length - 1, Math.floor((turn - Math.floor(turn)) * length));
    },
    within: (x, y, z, angle, out) => {
      const phi = Math.atan2(z, Math.sqrt(x * x + y * y));
      const lambda = Math.atan2(y, x);
      const reachesPole = Math.abs(phi) + angle >= Math.PI / 2 - 1e-6;
      const side = reachesPole ? Math.PI : Math.asin(Math.min(1, Math.sin(angle) / Math.cos(phi))) + 1e-9;
      const last = beltOf(phi + angle);
      const least = beltOf(phi - angle);
      for (let belt = least; belt <= last; belt++) {
        const length = lengths[belt] as number;
        const first = firsts[belt] as number;
        const from = Math.floor(((lambda - side) / (2 * Math.PI)) * length);
        const to = Math.floor(((lambda + side) / (2 * Math.PI)) * length);
        const count = reachesPole ? length : Math.min(length, to - from + 1);
        for (let i = 0, at = mod(from, length); i < count; i++, at = at + 1 === length ? 0 : at + 1) {
          out.push(first + at);
        }
      }
    },
  };
}

function mod(value: number, length: number): number {
  const rest = value % length;
  return rest < 0 ? rest + length : rest;
}
