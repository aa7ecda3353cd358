/** Boxes in latitude and longitude, for maps and areas of interest. Distances are never decided by them. */
import { geodesicLine, inverse, radians, toVector } from "./geodesic.ts";
import type { Piece } from "./piece.ts";
import { covers, type Region } from "./region.ts";
import { shapeOf } from "./shape.ts";
import type { AnyFootprint, Position } from "./types.ts";

/** Degrees; closed; `west` is never east of `east`. */
export interface GeoBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** No degree of latitude is shorter on WGS 84. */
const SHORTEST_DEGREE_M = 110_574;

interface Extent {
  south: number;
  north: number;
  /** Degrees counted on across the antimeridian; `west` from -180 up to 180. */
  west: number;
  east: number;
}

/**
 * The boxes that hold a valid footprint and all within `marginM` metres of it: one, or two where it crosses the
 * antimeridian; of several polygons, those of each. Round a pole a box takes in all longitudes.
 */
export function boundingBox(footprint: AnyFootprint, marginM: number): readonly GeoBox[] {
  if (footprint.type === "multipolygon") {
    return footprint.polygons.flatMap((rings) => boundingBox({ type: "polygon", rings }, marginM));
  }
  const shape = shapeOf(footprint);
  const extent = extentOf(shape.pieces);
  for (const region of shape.regions) takeInPoles(extent, region);
  const margin = (marginM + shape.reach_m) / SHORTEST_DEGREE_M;
  return split(widen(extent, margin));
}

function extentOf(pieces: readonly Piece[]): Extent {
  const first = pieces[0] as Piece;
  const extent = { south: first.a.lat, north: first.a.lat, west: first.a.lon, east: first.a.lon };
  let lon = first.a.lon;
  for (const { a, b } of pieces) {
    // A hole begins elsewhere than the outline ends, but inside it.
    const turn = shortTurn(((b.lon - lon + 540) % 360) - 180, a, b);
    lon += turn;
    extent.west = Math.min(extent.west, lon);
    extent.east = Math.max(extent.east, lon);
    const { low, high } = latitudes(a, b);
    extent.south = Math.min(extent.south, low);
    extent.north = Math.max(extent.north, high);
  }
  return extent;
}

function shortTurn(turn: number, a: Position, b: Position): number {
  const atPole = Math.abs(a.lat) === 90 || Math.abs(b.lat) === 90;
  return turn === -180 && !atPole && b.lon > a.lon ? 180 : turn;
}

/** The latitudes that a geodesic of at most 200 km runs through: its highest place can lie between its ends. */
function latitudes(a: Position, b: Position): { readonly low: number; readonly high: number } {
  const [low, high] = [Math.min(a.lat, b.lat), Math.max(a.lat, b.lat)];
  const { metres, azimuth } = inverse(a, b);
  if (metres === 0) return { low, high };
  const along = geodesicLine(a, azimuth);
  const heading = (at: number) => Math.cos(radians(along(at).azimuth));
  if (heading(0) > 0 === heading(metres) > 0) return { low, high };
  let [from, to] = [0, metres];
  const rising = heading(0) > 0;
  for (let i = 0; i < 50 && to - from > 1e-3; i++) {
    const middle = (from + to) / 2;
    if (heading(middle) > 0 === rising) from = middle;
    else to = middle;
  }
  const turn = along(to).lat;
  return { low: Math.min(low, turn), high: Math.max(high, turn) };
}

function takeInPoles(extent: Extent, region: Region): void {
  for (const lat of [90, -90]) {
    const pole = { lat, lon: 0 };
    if (!covers(region, pole, toVector(pole))) continue;
    Object.assign(extent, { west: -180, east: 180 }, lat > 0 ? { north: 90 } : { south: -90 });
  }
}

function widen(extent: Extent, margin: number): Extent {
  const south = Math.max(-90, extent.south - margin);
  const north = Math.min(90, extent.north + margin);
  const highest = Math.max(-south, north);
  const sine =
    Math.sin(radians(Math.min(90, margin * 1.01))) /
    Math.cos(radians(Math.max(Math.abs(extent.south), Math.abs(extent.north))));
  const side = margin === 0 ? 0 : (Math.asin(Math.min(1, sine)) * 180) / Math.PI;
  const around = (highest >= 90 && margin > 0) || sine >= 1 || extent.east - extent.west + 2 * side >= 360;
  if (around && margin > 0) return { south, north, west: -180, east: 180 };
  return { south, north, west: extent.west - side, east: extent.east + side };
}

function split({ south, north, west, east }: Extent): readonly GeoBox[] {
  if (east - west >= 360) return [{ west: -180, south, east: 180, north }];
  const shift = Math.floor((west + 180) / 360) * 360;
  const [from, to] = [west - shift, east - shift];
  if (to <= 180) return [{ west: from, south, east: to, north }];
  return [
    { west: from, south, east: 180, north },
    { west: -180, south, east: to - 360, north },
  ];
}
