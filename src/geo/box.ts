/** Boxes in Cartesian metres, with which far pairs are told apart cheaply and without any seam on the globe. */
import { EQUATORIAL_RADIUS_M, POLAR_RADIUS_M, type Vector } from "./geodesic.ts";

/** Closed: the least and the largest x, y and z. */
export interface Box {
  readonly min: Vector;
  readonly max: Vector;
}

export function boxOf(a: Vector, b: Vector, margin: number): Box {
  return {
    min: [Math.min(a[0], b[0]) - margin, Math.min(a[1], b[1]) - margin, Math.min(a[2], b[2]) - margin],
    max: [Math.max(a[0], b[0]) + margin, Math.max(a[1], b[1]) + margin, Math.max(a[2], b[2]) + margin],
  };
}

export function joinBoxes(a: Box, b: Box): Box {
  return {
    min: [Math.min(a.min[0], b.min[0]), Math.min(a.min[1], b.min[1]), Math.min(a.min[2], b.min[2])],
    max: [Math.max(a.max[0], b.max[0]), Math.max(a.max[1], b.max[1]), Math.max(a.max[2], b.max[2])],
  };
}

export function growBox(box: Box, margin: number): Box {
  return boxOf(box.min, box.max, margin);
}

export function inBox(box: Box, point: Vector): boolean {
  return (
    point[0] >= box.min[0] &&
    point[0] <= box.max[0] &&
    point[1] >= box.min[1] &&
    point[1] <= box.max[1] &&
    point[2] >= box.min[2] &&
    point[2] <= box.max[2]
  );
}

/** Straight-line metres between two boxes; 0 where they meet. No geodesic from one to the other is shorter. */
export function boxDistance(a: Box, b: Box): number {
  const x = Math.max(0, a.min[0] - b.max[0], b.min[0] - a.max[0]);
  const y = Math.max(0, a.min[1] - b.max[1], b.min[1] - a.max[1]);
  const z = Math.max(0, a.min[2] - b.max[2], b.min[2] - a.max[2]);
  return Math.sqrt(x * x + y * y + z * z);
}

/** The six places at which x, y or z is extreme on the ellipsoid: a region that holds one reaches beyond its outline. */
export const EXTREMES = [
  { position: { lat: 0, lon: 0 }, vector: [EQUATORIAL_RADIUS_M, 0, 0] },
  { position: { lat: 0, lon: 180 }, vector: [-EQUATORIAL_RADIUS_M, 0, 0] },
  { position: { lat: 0, lon: 90 }, vector: [0, EQUATORIAL_RADIUS_M, 0] },
  { position: { lat: 0, lon: -90 }, vector: [0, -EQUATORIAL_RADIUS_M, 0] },
  { position: { lat: 90, lon: 0 }, vector: [0, 0, POLAR_RADIUS_M] },
  { position: { lat: -90, lon: 0 }, vector: [0, 0, -POLAR_RADIUS_M] },
] as const;
