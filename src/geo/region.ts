/** The inside of a polygon: which positions it covers. */
import { type Box, EXTREMES, inBox, joinBoxes } from "./box.ts";
import { inverse, radians, toVector, type Vector } from "./geodesic.ts";
import type { Position } from "./types.ts";
import { dot, unit } from "./vector.ts";

/** A ring with the azimuths of its edges, worked out when first needed. */
interface Ring {
  readonly vertices: readonly Position[];
  readonly azimuths: Float64Array;
}

/** A part of the sphere of directions: all within `angle` radians of `centre`. */
export interface Cap {
  readonly centre: Vector;
  readonly angle: number;
}

export interface Region {
  readonly outline: Ring;
  readonly holes: readonly Ring[];
  readonly cap: Cap;
  readonly box: Box;
}

/** A polygon fits into a cap of this angle, so that its inside is beyond doubt. */
export const WIDEST_CAP = radians(89);

/** A small cap around these directions (M. Bădoiu and K. L. Clarkson's iteration; not the smallest, but near it). */
export function capOf(vertices: readonly Position[]): Cap {
  const directions = vertices.map((vertex) => unit(toVector(vertex)));
  let centre = unit(directions.reduce((sum, d) => [sum[0] + d[0], sum[1] + d[1], sum[2] + d[2]], [0, 0, 0] as Vector));
  let best: Cap = { centre, angle: Math.acos(Math.max(-1, farthest(centre, directions).cosine)) };
  for (let i = 1; i <= 40 && best.angle > 0.5; i++) {
    const { direction } = farthest(centre, directions);
    const share = 1 / (i + 1);
    centre = unit([
      centre[0] + (direction[0] - centre[0]) * share,
      centre[1] + (direction[1] - centre[1]) * share,
      centre[2] + (direction[2] - centre[2]) * share,
    ]);
    const angle = Math.acos(Math.max(-1, farthest(centre, directions).cosine));
    if (angle < best.angle) best = { centre, angle };
  }
  return best;
}

function farthest(centre: Vector, directions: readonly Vector[]): { direction: Vector; cosine: number } {
  let worst = { direction: centre, cosine: 1 };
  for (const direction of directions) {
    const cosine = dot(centre, direction);
    if (cosine < worst.cosine) worst = { direction, cosine };
  }
  return worst;
}

function ringOf(vertices: readonly Position[]): Ring {
  return { vertices, azimuths: new Float64Array(vertices.length).fill(Number.NaN) };
}

/** The region of a valid polygon, whose outline's pieces lie in `outlineBox`. */
export function regionOf(rings: readonly (readonly Position[])[], outlineBox: Box): Region {
  const outline = rings[0] as readonly Position[];
  const region = { outline: ringOf(outline), holes: rings.slice(1).map(ringOf), cap: capOf(outline), box: outlineBox };
  let box = outlineBox;
  for (const { position, vector } of EXTREMES) {
    const near = dot(unit(vector), region.cap.centre) > Math.cos(Math.min(Math.PI, region.cap.angle + 0.02));
    if (near && inRing(position, region.outline, region.cap)) box = joinBoxes(box, { min: vector, max: vector });
  }
  return { ...region, box };
}

/** True where `p` lies inside the outline and in no hole. On an edge it may be either: distances decide there. */
export function covers(region: Region, p: Position, vp: Vector): boolean {
  if (!inBox(region.box, vp) || !inRing(p, region.outline, region.cap)) return false;
  return !region.holes.some((hole) => inRing(p, hole, region.cap));
}

/** True where `p` lies within this ring of a polygon with this cap. */
export function ringCovers(vertices: readonly Position[], cap: Cap, p: Position): boolean {
  return inRing(p, ringOf(vertices), cap);
}

/**
 * Counts the edges that the meridian crosses on its way from `p` to the pole farther from the polygon, which is
 * outside. Meridians are geodesics and the longitude of a geodesic only ever moves one way, so the count is exact:
 * whether `p` is on the near side of an edge is told by its bearing from the edge's start.
 */
function inRing(p: Position, ring: Ring, cap: Cap): boolean {
  const towardsSouth = cap.centre[2] >= 0;
  const { vertices, azimuths } = ring;
  let inside = false;
  let from = vertices.length - 1;
  let lonFrom = longitudeFrom(p, vertices[from] as Position);
  for (let to = 0; to < vertices.length; from = to++) {
    const lonTo = longitudeFrom(p, vertices[to] as Position);
    if (crossesMeridian(lonFrom, lonTo)) {
      const [a, b] = [vertices[from] as Position, vertices[to] as Position];
      // At a pole a vertex has no longitude: its edges run along meridians and cross none.
      if (Math.abs(a.lat) !== 90 && Math.abs(b.lat) !== 90) {
        if (Number.isNaN(azimuths[from])) azimuths[from] = inverse(a, b).azimuth;
        const left = Math.sin(radians(inverse(a, p).azimuth - (azimuths[from] as number))) < 0;
        const north = left === lonTo >= 0;
        if (north === towardsSouth) inside = !inside;
      }
    }
    lonFrom = lonTo;
  }
  return inside;
}

/** Degrees of longitude from `p` eastward, from -180 up to but not including 180. */
function longitudeFrom(p: Position, vertex: Position): number {
  const turn = vertex.lon - p.lon;
  return turn < -180 ? turn + 360 : turn >= 180 ? turn - 360 : turn;
}

/** Of the two meridians, that of `p` and the one opposite, an edge that changes sides crosses `p`'s if it is the nearer. */
function crossesMeridian(from: number, to: number): boolean {
  return from >= 0 !== to >= 0 && Math.abs(to - from) < 180;
}
