/** Footprints as GeoJSON to be looked at. What is drawn decides nothing: distances come from the node, by geodesy. */
import type { Feature, Geometry, Position as LonLat } from "geojson";
import { destination, type Footprint, type Position, type Volume } from "../../geo/index.ts";

const CIRCLE_SIDES = 48;

export const lonLat = ({ lat, lon }: Position): LonLat => [lon, lat];

export type Properties = Record<string, string | number | boolean | null>;

/** One or more features for a volume; `shape` in their properties says how they are to be drawn. */
export function volumeFeatures({ footprint }: Pick<Volume, "footprint">, properties: Properties): Feature[] {
  return [
    { type: "Feature", properties: { ...properties, ...extraOf(footprint) }, geometry: geometryOf(footprint) },
    {
      type: "Feature",
      properties: { ...properties, shape: "label" },
      geometry: { type: "Point", coordinates: lonLat(middle(footprint)) },
    },
  ];
}

function extraOf(footprint: Footprint): Properties {
  if (footprint.type === "corridor")
    return { shape: "corridor", width_px: pixelsAtZoom0(footprint.width_m, middle(footprint).lat) };
  return { shape: footprint.type === "point" ? "point" : "area" };
}

/** The width of `metres` on the screen at zoom 0 (512-pixel world), where each zoom doubles it. */
function pixelsAtZoom0(metres: number, lat: number): number {
  return (metres * 512) / (40_075_016.7 * Math.cos((lat * Math.PI) / 180));
}

function geometryOf(footprint: Footprint): Geometry {
  switch (footprint.type) {
    case "point":
      return { type: "Point", coordinates: lonLat(footprint.at) };
    case "circle": {
      const turn = 360 / CIRCLE_SIDES;
      const ring = Array.from({ length: CIRCLE_SIDES + 1 }, (_, i) =>
        lonLat(destination(footprint.centre, (i % CIRCLE_SIDES) * turn, footprint.radius_m)),
      );
      return { type: "Polygon", coordinates: [ring] };
    }
    case "polygon":
      return {
        type: "Polygon",
        coordinates: footprint.rings.map((ring) => [...ring, ring[0] as Position].map(lonLat)),
      };
    case "corridor":
      return { type: "LineString", coordinates: footprint.line.map(lonLat) };
  }
}

/** Where a footprint's name is written, and where the map looks for it. */
export function middle(footprint: Footprint): Position {
  switch (footprint.type) {
    case "point":
      return footprint.at;
    case "circle":
      return footprint.centre;
    case "polygon":
      return average(footprint.rings[0] ?? []);
    case "corridor":
      return footprint.line[Math.floor((footprint.line.length - 1) / 2)] as Position;
  }
}

function average(ring: readonly Position[]): Position {
  const sum = ring.reduce((total, at) => ({ lat: total.lat + at.lat, lon: total.lon + at.lon }), { lat: 0, lon: 0 });
  return { lat: sum.lat / ring.length, lon: sum.lon / ring.length };
}
