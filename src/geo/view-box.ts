/** Boxes for finding what may be in a view: made quickly, never too small, at times a little too wide. */
import { boundingBox, type GeoBox } from "./bounds.ts";
import type { AnyFootprint, Position } from "./types.ts";

/** No degree of latitude is shorter on WGS 84. */
const SHORTEST_DEGREE_M = 110_574;
const EARTH_M = 6_371_000;
/** Beyond, longitudes crowd together: there the exact box is taken. */
const POLAR = 84;

/** One box, or two where it crosses the antimeridian. Holds all that `boundingBox` holds. */
export function viewBoxes(footprint: AnyFootprint): readonly GeoBox[] {
  if (footprint.type === "multipolygon") {
    return footprint.polygons.flatMap((rings) => viewBoxes({ type: "polygon", rings }));
  }
  const [line, reach_m] = outlineOf(footprint);
  const first = line[0] as Position;
  let [south, north, west, east, longest] = [first.lat, first.lat, first.lon, first.lon, 0];
  let lon = first.lon;
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1] as Position, line[i] as Position];
    const turn = turnOf(from.lon, to.lon);
    lon += turn;
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, to.lat), Math.max(north, to.lat)];
    longest = Math.max(longest, Math.hypot(turn, to.lat - from.lat));
  }
  // A ring's last edge leads back to its first vertex.
  longest = Math.max(longest, Math.hypot(east - west, north - south));
  const steepest = Math.max(Math.abs(south), Math.abs(north));
  // A geodesic bends towards the pole: its sagitta on a parallel, with room to spare.
  const bulge_m = (longest * 111_700) ** 2 * (Math.tan((Math.min(steepest, 89) * Math.PI) / 180) / (4 * EARTH_M));
  const margin = (reach_m + bulge_m) / SHORTEST_DEGREE_M;
  if (steepest + margin > POLAR || east - west > 90) return boundingBox(footprint, 0);
  // The exact box allows as much for the sphere that it reckons on.
  const side = (1.011 * margin) / Math.cos(((steepest + margin) * Math.PI) / 180);
  return split(south - margin, north + margin, west - side, east + side);
}

function outlineOf(footprint: Exclude<AnyFootprint, { readonly type: "multipolygon" }>): [readonly Position[], number] {
  switch (footprint.type) {
    case "point":
      return [[footprint.at], 0];
    case "circle":
      return [[footprint.centre], footprint.radius_m];
    case "corridor":
      return [footprint.line, footprint.width_m / 2];
    case "polygon":
      return [footprint.rings[0] ?? [], 0];
  }
}

const turnOf = (from: number, to: number): number => ((to - from + 540) % 360) - 180;

function split(south: number, north: number, west: number, east: number): readonly GeoBox[] {
  if (west < -180)
    return [
      { west: west + 360, south, east: 180, north },
      { west: -180, south, east, north },
    ];
  if (east > 180)
    return [
      { west, south, east: 180, north },
      { west: -180, south, east: east - 360, north },
    ];
  return [{ west, south, east, north }];
}
