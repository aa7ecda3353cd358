/** Where a footprint that is drawn wrongly could be at most. */
import { directionToPosition, pointDistanceM } from "./geodesic.ts";
import { capOf } from "./region.ts";
import { type AnyFootprint, type CircleFootprint, polygonsOf } from "./types.ts";
import { footprintFault } from "./fault.ts";

/** Faults for which every reading of the polygon lies round its vertices. */
const LOCAL_FAULTS = [
  "ring-too-short",
  "ring-closed",
  "ring-crosses-itself",
  "ring-flat",
  "rings-cross",
  "hole-outside",
];
const hulls = new WeakMap<AnyFootprint, CircleFootprint | null>();

/**
 * A circle that holds every reading of a faulty polygon, or null where there is none and it could be anywhere. With
 * it one can say that a badly drawn site is far away, and no more than that.
 */
export function hullOfFaulty(footprint: AnyFootprint): CircleFootprint | null {
  const known = hulls.get(footprint);
  if (known !== undefined) return known;
  const hull = findHull(footprint);
  hulls.set(footprint, hull);
  return hull;
}

function findHull(footprint: AnyFootprint): CircleFootprint | null {
  const fault = footprintFault(footprint);
  const polygons = polygonsOf(footprint);
  if (polygons === null || fault === null || !LOCAL_FAULTS.includes(fault.code)) return null;
  const vertices = polygons.flat(2);
  if (vertices.length === 0) return null;
  const cap = capOf(vertices);
  // Over a quarter of the Earth's girth "round its vertices" says nothing any more.
  if (cap.angle > 0.7) return null;
  const centre = directionToPosition(cap.centre);
  return {
    type: "circle",
    centre,
    radius_m: Math.max(...vertices.map((vertex) => pointDistanceM(centre, vertex))) + 1,
  };
}
