/**
 * A footprint's core laid flat: its vertices as seen from above, on the plane that touches the Earth below its middle.
 *
 * What the plane tells of the Earth, for all that lies within `reach_m` of its middle (at most some 1,000 km):
 * - The surface is nowhere steeper to the plane than `tilt` radians, the distance over the smallest radius of curvature.
 * - Seen from above nothing is longer than it is: a distance on the plane is never more than the straight line through
 *   the Earth, and that is never more than the plane's distance over cos(tilt), since no slope on the way is steeper.
 * - A geodesic of chord c bends towards the Earth's middle, by at most 1/R. Of that the plane sees the share sin(tilt).
 *   So it strays from the straight line between its ends on the plane by at most c² sin(tilt) / (8 R): a tenth of a
 *   millimetre on an edge of 2 km.
 */
import { AXIS_STRETCH, SMALLEST_RADIUS_M } from "./globe.ts";

/** A plane that touches the Earth: the place of its origin, east-like, north-like and upward unit vectors. */
export type Plane = Float64Array;

/** What rounding can do to a coordinate on the plane. */
const ROUNDING_M = 1e-7;

export interface Sketch {
  /**
   * Vertices, of which each two that follow each other are an edge. A ring ends with its first vertex once more, a line
   * (or a point) with its last, and between two rings stands a NaN, near which no comparison holds.
   */
  x: Float64Array;
  y: Float64Array;
  /** Numbers in `x` and in `y`. */
  count: number;
  /** True for a polygon: its inside counts. */
  isClosed: boolean;
  /** The longest edge, squared, in straight metres. */
  longest2: number;
  /** The farthest vertex from the plane's origin, squared. */
  farthest2: number;
  /** Boxes (least x, least y, largest x, largest y) round each `RUN` edges; null where there are few. */
  boxes: Float64Array | null;
}

/** Edges to a box. */
export const EDGES_A_BOX = 16;
export const FEW_VERTICES = 40;

export function createSketch(): Sketch {
  return {
    x: new Float64Array(32),
    y: new Float64Array(32),
    count: 0,
    isClosed: false,
    longest2: 0,
    farthest2: 0,
    boxes: null,
  };
}

/** The plane that touches the Earth below, or at, this vector. */
export function planeAt(x: number, y: number, z: number, plane: Plane = new Float64Array(12)): Plane {
  const up = z * AXIS_STRETCH;
  const size = Math.sqrt(x * x + y * y + up * up);
  const ux = x / size;
  const uy = y / size;
  const uz = up / size;
  // Any direction that is not the normal's serves; near the poles the axis is not one.
  const across = Math.abs(uz) < 0.9;
  const [kx, ky, kz] = across ? [-uy, ux, 0] : [0, -uz, uy];
  const width = Math.sqrt(kx * kx + ky * ky + kz * kz);
  const ex = kx / width;
  const ey = ky / width;
  const ez = kz / width;
  plane[0] = x;
  plane[1] = y;
  plane[2] = z;
  plane[3] = ex;
  plane[4] = ey;
  plane[5] = ez;
  plane[6] = uy * ez - uz * ey;
  plane[7] = uz * ex - ux * ez;
  plane[8] = ux * ey - uy * ex;
  plane[9] = ux;
  plane[10] = uy;
  plane[11] = uz;
  return plane;
}

/**
 * Lays a core on a plane: `count` vertices in Cartesian metres, in runs that end at `ends` (null: one). The sketch's own
 * arrays are used again.
 */
export function sketchOn(
  sketch: Sketch,
  plane: Plane,
  vectors: Float64Array,
  count: number,
  ends: readonly number[] | null,
  isClosed: boolean,
): void {
  const runs = ends?.length ?? 1;
  const most = count + 2 * runs;
  if (sketch.x.length < most) {
    sketch.x = new Float64Array(2 * most);
    sketch.y = new Float64Array(2 * most);
  }
  sketch.count = 0;
  sketch.isClosed = isClosed;
  sketch.longest2 = 0;
  sketch.farthest2 = 0;
  for (let run = 0, from = 0; run < runs; run++) {
    const to = ends === null ? count : (ends[run] as number);
    if (run > 0) layGap(sketch);
    layRun(sketch, plane, vectors, from, to);
    from = to;
  }
  sketch.boxes = sketch.count > FEW_VERTICES ? boxesOf(sketch) : null;
}

function layGap(sketch: Sketch): void {
  sketch.x[sketch.count] = Number.NaN;
  sketch.y[sketch.count] = Number.NaN;
  sketch.count += 1;
}

function layRun(sketch: Sketch, plane: Plane, vectors: Float64Array, from: number, to: number): void {
  const { x, y } = sketch;
  const ox = plane[0] as number;
  const oy = plane[1] as number;
  const oz = plane[2] as number;
  const ex = plane[3] as number;
  const ey = plane[4] as number;
  const ez = plane[5] as number;
  const nx = plane[6] as number;
  const ny = plane[7] as number;
  const nz = plane[8] as number;
  const first = sketch.count;
  let n = first;
  let { farthest2, longest2 } = sketch;
  const before = 3 * (sketch.isClosed ? to - 1 : from);
  let lx = (vectors[before] as number) - ox;
  let ly = (vectors[before + 1] as number) - oy;
  let lz = (vectors[before + 2] as number) - oz;
  for (let i = from; i < to; i++) {
    const px = (vectors[3 * i] as number) - ox;
    const py = (vectors[3 * i + 1] as number) - oy;
    const pz = (vectors[3 * i + 2] as number) - oz;
    x[n] = px * ex + py * ey + pz * ez;
    y[n] = px * nx + py * ny + pz * nz;
    n += 1;
    const far2 = px * px + py * py + pz * pz;
    if (far2 > farthest2) farthest2 = far2;
    const edge2 = (px - lx) * (px - lx) + (py - ly) * (py - ly) + (pz - lz) * (pz - lz);
    if (edge2 > longest2) longest2 = edge2;
    lx = px;
    ly = py;
    lz = pz;
  }
  const closing = sketch.isClosed ? first : n - 1;
  x[n] = x[closing] as number;
  y[n] = y[closing] as number;
  sketch.count = n + 1;
  sketch.farthest2 = farthest2;
  sketch.longest2 = longest2;
}

function boxesOf({ x, y, count }: Sketch): Float64Array {
  const boxes = new Float64Array(4 * Math.ceil(count / EDGES_A_BOX));
  for (let box = 0, from = 0; from < count; box += 4, from += EDGES_A_BOX) {
    const to = Math.min(count - 1, from + EDGES_A_BOX);
    writeBox(x, y, from, to, boxes, box);
  }
  return boxes;
}

/** The box round the vertices `from` up to and including `to`. */
export function writeBox(
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
  out: Float64Array,
  at: number,
): void {
  let west = Number.POSITIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (let i = from; i <= to; i++) {
    const px = x[i] as number;
    const py = y[i] as number;
    if (px < west) west = px;
    if (px > east) east = px;
    if (py < south) south = py;
    if (py > north) north = py;
  }
  out[at] = west;
  out[at + 1] = south;
  out[at + 2] = east;
  out[at + 3] = north;
}

/** How steep the surface is at most to the plane within these metres of its origin, in radians. */
export function tiltWithin(metres: number): number {
  return (1.01 * metres) / SMALLEST_RADIUS_M + 1e-5;
}

/** How far the edges stray at most from the straight lines between their ends on the plane, in metres. */
export function strayOf(longest2: number, tilt: number): number {
  return (1.01 * longest2 * tilt) / (8 * SMALLEST_RADIUS_M) + ROUNDING_M;
}
