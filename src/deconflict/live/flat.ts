/**
 * Footprints in flat numbers: degrees as they were told, so that nothing is lost, and Cartesian metres to measure with.
 * What cannot be told so (too large, drawn wrongly, of a newer kind) is not flat and is left to the exact comparison.
 */
import { type AnyFootprint, MAX_RADIUS_M, MAX_VERTICES, type Position } from "../../geo/index.ts";
import { SMALLEST_RADIUS_M, writeVectors } from "./globe.ts";

export const KINDS = { point: 1, circle: 2, corridor: 3, polygon: 4 } as const;
export type Kind = (typeof KINDS)[keyof typeof KINDS];
const KIND_NAMES = ["point", "circle", "corridor", "polygon"] as const;

/** Larger footprints are not flat. */
const WIDEST_M = 450_000;

/** A core, the reach round it, and a ball that holds both. Room to work in: it is written over again and again. */
export interface Flat {
  kind: Kind;
  /** Latitude and longitude in turns. */
  degrees: Float64Array;
  /** x, y and z in turns. */
  vectors: Float64Array;
  count: number;
  /** A polygon's rings end before these vertices; null: one ring, or none. */
  ends: number[] | null;
  reach_m: number;
  x: number;
  y: number;
  z: number;
  /** Straight metres from the middle to the end of the reach. */
  radius: number;
}

export function createFlat(): Flat {
  return {
    kind: KINDS.point,
    degrees: new Float64Array(64),
    vectors: new Float64Array(96),
    count: 0,
    ends: null,
    reach_m: 0,
    x: 0,
    y: 0,
    z: 0,
    radius: 0,
  };
}

/** Writes a footprint flat. False where it is not: then `flat` says nothing. */
export function flatten(flat: Flat, footprint: AnyFootprint): boolean {
  flat.count = 0;
  flat.ends = null;
  flat.reach_m = 0;
  switch (footprint.type) {
    case "point":
      flat.kind = KINDS.point;
      return addPosition(flat, footprint.at) && measure(flat);
    case "circle":
      flat.kind = KINDS.circle;
      flat.reach_m = footprint.radius_m;
      return isReach(flat.reach_m) && addPosition(flat, footprint.centre) && measure(flat);
    case "corridor":
      flat.kind = KINDS.corridor;
      flat.reach_m = footprint.width_m / 2;
      return isReach(flat.reach_m) && addLine(flat, footprint.line, 2) && measure(flat);
    case "polygon":
      flat.kind = KINDS.polygon;
      return addRings(flat, footprint.rings) && measure(flat);
    case "multipolygon":
      return false;
  }
}

function isReach(metres: number): boolean {
  return metres >= 0 && metres <= MAX_RADIUS_M;
}

function addPosition(flat: Flat, { lat, lon }: Position): boolean {
  const at = 2 * flat.count;
  flat.degrees[at] = lat;
  flat.degrees[at + 1] = lon;
  flat.count += 1;
  // Written so that NaN is none.
  return lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180;
}

function addLine(flat: Flat, line: readonly Position[], least: number): boolean {
  if (line.length < least || flat.count + line.length > MAX_VERTICES) return false;
  const needed = 2 * (flat.count + line.length);
  if (flat.degrees.length < needed) {
    const grown = new Float64Array(2 * needed);
    grown.set(flat.degrees);
    flat.degrees = grown;
  }
  for (let i = 0; i < line.length; i++) if (!addPosition(flat, line[i] as Position)) return false;
  return true;
}

function addRings(flat: Flat, rings: readonly (readonly Position[])[]): boolean {
  if (rings.length === 0) return false;
  if (rings.length === 1) return addLine(flat, rings[0] as readonly Position[], 3);
  const ends: number[] = [];
  for (const ring of rings) {
    if (!addLine(flat, ring, 3)) return false;
    ends.push(flat.count);
  }
  flat.ends = ends;
  return true;
}

/** The vectors of the core, and the ball. False where it is too wide. */
export function measure(flat: Flat): boolean {
  const { degrees, count } = flat;
  if (flat.vectors.length < 3 * count) flat.vectors = new Float64Array(6 * count);
  const { vectors } = flat;
  writeVectors(degrees, count, vectors);
  let x = 0;
  let y = 0;
  let z = 0;
  for (let i = 0; i < count; i++) {
    x += vectors[3 * i] as number;
    y += vectors[3 * i + 1] as number;
    z += vectors[3 * i + 2] as number;
  }
  x /= count;
  y /= count;
  z /= count;
  let far2 = 0;
  for (let i = 0; i < 3 * count; i += 3) {
    const dx = (vectors[i] as number) - x;
    const dy = (vectors[i + 1] as number) - y;
    const dz = (vectors[i + 2] as number) - z;
    const here2 = dx * dx + dy * dy + dz * dz;
    if (here2 > far2) far2 = here2;
  }
  // What bulges between the vertices, edges and inside, does so by less than the second part.
  const core = Math.sqrt(far2) + (2 * far2) / SMALLEST_RADIUS_M;
  flat.x = x;
  flat.y = y;
  flat.z = z;
  flat.radius = core + flat.reach_m;
  return flat.radius <= WIDEST_M;
}

/** The mean of the vectors along one axis: the ball's middle, of what was not measured. */
export function middleOf({ vectors, count }: Flat, axis: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += vectors[3 * i + axis] as number;
  return sum / count;
}

/** How many numbers `write` writes. */
export function sizeOf({ kind, count, ends }: Flat): number {
  return 2 * count + (kind === KINDS.circle || kind === KINDS.corridor ? 1 : 0) + (ends?.length ?? 0);
}

/** Writes all but kind, count and number of rings to `out`: the degrees, then the reach or the rings' ends. */
export function write({ kind, degrees, count, ends, reach_m }: Flat, out: Float64Array, at: number): void {
  for (let i = 0; i < 2 * count; i++) out[at + i] = degrees[i] as number;
  if (kind === KINDS.circle || kind === KINDS.corridor) out[at + 2 * count] = reach_m;
  ends?.forEach((end, i) => (out[at + 2 * count + i] = end));
}

/** Reads what `write` wrote, without measuring it. */
export function read(flat: Flat, kind: Kind, count: number, rings: number, from: Float64Array, at: number): void {
  if (flat.degrees.length < 2 * count) flat.degrees = new Float64Array(4 * count);
  const { degrees } = flat;
  for (let i = 0; i < 2 * count; i++) degrees[i] = from[at + i] as number;
  const after = at + 2 * count;
  flat.kind = kind;
  flat.count = count;
  flat.reach_m = kind === KINDS.circle || kind === KINDS.corridor ? (from[after] as number) : 0;
  flat.ends = rings < 2 ? null : Array.from({ length: rings }, (_, i) => from[after + i] as number);
}

/** The vectors alone, of what was read. */
export function measureVectors(flat: Flat): void {
  const { degrees, count } = flat;
  if (flat.vectors.length < 3 * count) flat.vectors = new Float64Array(6 * count);
  writeVectors(degrees, count, flat.vectors);
}

/** The footprint as it was told. */
export function footprintOf({ kind, degrees, count, ends, reach_m }: Flat): AnyFootprint {
  const line = Array.from({ length: count }, (_, i): Position => ({
    lat: degrees[2 * i] as number,
    lon: degrees[2 * i + 1] as number,
  }));
  const type = KIND_NAMES[kind - 1] as (typeof KIND_NAMES)[number];
  switch (type) {
    case "point":
      return { type, at: line[0] as Position };
    case "circle":
      return { type, centre: line[0] as Position, radius_m: reach_m };
    case "corridor":
      return { type, line, width_m: 2 * reach_m };
    case "polygon":
      return { type, rings: ends === null ? [line] : ends.map((end, i) => line.slice(ends[i - 1] ?? 0, end)) };
  }
}
