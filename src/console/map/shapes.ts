/** What is told and private as GeoJSON to be looked at. What is drawn decides nothing: distances come from the node. */
import type { Feature, FeatureCollection, Geometry, Position as LonLat } from "geojson";
import type { Conflict, MapCell, MapShape } from "../../api/index.ts";
import type { Footprint, Position } from "../../geo/index.ts";
import { whereAt } from "./moving.ts";

export const lonLat = ({ lat, lon }: Position): LonLat => [lon, lat];

type Properties = Record<string, string | number | boolean | null>;

export const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });

/** What the drawing of one shape needs beside the shape itself. */
export interface Look {
  /** Its party's place among the parties: its colour. */
  readonly place: number;
  /** Its name and its kind in words; empty where there is no room for words. */
  readonly words: string;
  /** The image of its symbol, or empty. */
  readonly symbol: string;
}

/** The features of one shape: `shape` in their properties says how they are drawn. */
export function shapeFeatures(shape: MapShape, { place, words, symbol }: Look): Feature[] {
  const { type, id, state, conflict, footprint, middle } = shape;
  const isPast = state !== "in-force";
  const common: Properties = { type, id, place, past: isPast, conflict: conflict !== null };
  const hasLabel = words !== "" || symbol !== "";
  // Of thousands few have a name or a symbol: a label that says nothing would be laid out and placed all the same.
  const label = hasLabel ? [feature({ ...common, shape: "label", words, symbol }, pointOf(middle))] : [];
  if (footprint === null) return [feature({ ...common, shape: "point" }, pointOf(middle)), ...label];
  const drawn = feature({ ...common, ...lookOf(footprint) }, geometryOf(footprint));
  if (footprint.type !== "corridor") return [drawn, ...label];
  const stops =
    footprint.line.length <= 60 ? [{ type: "MultiPoint", coordinates: footprint.line.map(lonLat) } as const] : [];
  return [drawn, ...label, ...stops.map((geometry) => feature({ ...common, shape: "waypoint" }, geometry))];
}

/** Where what moves is at a moment: the piece of its route on which it may be, and the place by its own times. */
export function movingFeatures(shape: MapShape, place: number, moment: number): Feature[] {
  const { footprint, motion, id, type } = shape;
  if (footprint?.type !== "corridor" || motion === null) return [];
  const found = whereAt(footprint.line, motion, moment);
  if (found === null) return [];
  const common: Properties = { type, id, place };
  return [
    feature({ ...common, shape: "within" }, { type: "LineString", coordinates: found.within.map(lonLat) }),
    feature({ ...common, shape: "at" }, pointOf(found.at)),
  ];
}

const size = (count: number): number => Math.round(11 + 4 * Math.log10(count));

/** Size grows with the number in it; the number itself says how many. */
export function cellFeatures(cell: MapCell, words: (count: number) => string): Feature[] {
  const { middle, told, conflicts, box } = cell;
  const hidden = cell.private;
  const common = { conflict: conflicts > 0, box: [box.west, box.south, box.east, box.north].join(" ") };
  return [
    ...(told === 0
      ? []
      : [feature({ ...common, shape: "told", words: words(told), size: size(told) }, pointOf(middle))]),
    ...(hidden === 0
      ? []
      : [feature({ ...common, shape: "private", words: words(hidden), size: size(hidden) }, pointOf(middle))]),
  ];
}

export function conflictFeatures(conflicts: readonly Conflict[], words: (conflict: Conflict) => string): Feature[] {
  return conflicts.flatMap((conflict): Feature[] => {
    if (conflict.closest === null) return [];
    const [from, to] = conflict.closest.map(lonLat) as [LonLat, LonLat];
    return [
      feature({ shape: "line" }, { type: "LineString", coordinates: [from, to] }),
      feature({ shape: "end" }, { type: "MultiPoint", coordinates: [from, to] }),
      feature({ shape: "label", words: words(conflict) }, { type: "Point", coordinates: from }),
    ];
  });
}

export function measureFeatures(points: readonly Position[]): Feature[] {
  const ends: Geometry = { type: "MultiPoint", coordinates: points.map(lonLat) };
  if (points.length < 2) return [feature({ shape: "end" }, ends)];
  return [
    feature({ shape: "line" }, { type: "LineString", coordinates: points.map(lonLat) }),
    feature({ shape: "end" }, ends),
  ];
}

function feature(properties: Properties, geometry: Geometry): Feature {
  return { type: "Feature", properties, geometry };
}

const pointOf = (at: Position): Geometry => ({ type: "Point", coordinates: lonLat(at) });

function lookOf(footprint: Footprint): Properties {
  if (footprint.type === "corridor") {
    return { shape: "corridor", width_px: pixelsAtZoom0(footprint.width_m, (footprint.line[0] as Position).lat) };
  }
  return { shape: footprint.type === "point" ? "point" : "area" };
}

/** The width of `metres` on the screen at zoom 0 (512-pixel world), where each zoom doubles it. */
function pixelsAtZoom0(metres: number, lat: number): number {
  return (metres * 512) / (40_075_016.7 * Math.cos((lat * Math.PI) / 180));
}

function geometryOf(footprint: Footprint): Geometry {
  switch (footprint.type) {
    case "point":
      return pointOf(footprint.at);
    case "circle":
      return { type: "Polygon", coordinates: [circleRing(footprint.centre, footprint.radius_m)] };
    case "polygon":
      return {
        type: "Polygon",
        coordinates: footprint.rings.map((ring) => [...ring, ring[0] as Position].map(lonLat)),
      };
    case "corridor":
      return { type: "LineString", coordinates: footprint.line.map(lonLat) };
  }
}

const SIDES = 40;
const METRES_PER_DEGREE = 111_195;

/** A circle as it looks on the map: to be seen, not to be measured. */
function circleRing({ lat, lon }: Position, radius_m: number): LonLat[] {
  const high = radius_m / METRES_PER_DEGREE;
  const wide = high / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return Array.from({ length: SIDES + 1 }, (_, i) => {
    const turn = ((i % SIDES) * 2 * Math.PI) / SIDES;
    return [lon + wide * Math.sin(turn), Math.max(-89.9, Math.min(89.9, lat + high * Math.cos(turn)))];
  });
}
