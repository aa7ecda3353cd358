/** The map's style: the console's colours, our own base map, and the layers in which things told and planned are drawn. */
import { PLACE_ZOOMS, type Rank } from "./place-labels.ts";
import { FONT, haloOf, is, type Palette } from "./palette.ts";
import { DATA_SOURCES, saidLabels, saidLayers } from "./said-style.ts";
import type { LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";

const EMPTY: SourceSpecification = { type: "geojson", data: { type: "FeatureCollection", features: [] } };

/** The whole ground in one source: each other one between two of its layers would cost every frame a pass over all of the map. */
const SOURCES = ["ground", "places", ...DATA_SOURCES] as const;

export function mapStyle(palette: Palette): StyleSpecification {
  const sources = Object.fromEntries(SOURCES.map((name) => [name, EMPTY]));
  return {
    version: 8,
    sources,
    layers: [...ground(palette), ...saidLayers(palette), ...groundLabels(palette), ...saidLabels(palette)],
  };
}

function line(id: string, kind: string, paint: object): LayerSpecification {
  return {
    id,
    type: "line",
    source: "ground",
    filter: is("kind", kind),
    layout: { "line-cap": "round", "line-join": "round" },
    paint,
  };
}

function ground({ sea, land, edge, relief, water, road }: Palette): LayerSpecification[] {
  return [
    { id: "sea", type: "background", paint: { "background-color": sea } },
    { id: "land", type: "fill", source: "ground", filter: is("kind", "land"), paint: { "fill-color": land } },
    line("ridges", "ridge", {
      "line-color": relief,
      "line-width": ["interpolate", ["exponential", 2], ["zoom"], 5, 5, 12, 120],
      "line-blur": ["interpolate", ["exponential", 2], ["zoom"], 5, 5, 12, 110],
    }),
    { id: "lakes", type: "fill", source: "ground", filter: is("kind", "lake"), paint: { "fill-color": water } },
    line("rivers", "river", {
      "line-color": water,
      "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.8, 10, 2.6],
    }),
    line("roads", "road", { "line-color": road, "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.8, 11, 3] }),
    {
      id: "borders",
      type: "line",
      source: "ground",
      filter: is("kind", "land"),
      paint: { "line-color": edge, "line-width": 1, "line-dasharray": [4, 2] },
    },
  ];
}

function groundLabels(palette: Palette): LayerSpecification[] {
  const halo = haloOf(palette);
  const town = (source: "ground" | "places", rank: Rank, minzoom: number, size: number): LayerSpecification => ({
    id: `${source}-${rank}`,
    type: "symbol",
    source,
    minzoom,
    filter: ["all", is("kind", "town"), ["==", ["get", "rank"], rank]],
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": size,
      "text-variable-anchor": ["top", "bottom", "left", "right"],
      "text-radial-offset": 0.4,
      "symbol-sort-key": ["coalesce", ["get", "order"], -1e9],
    },
    paint: { "text-color": palette.faint, ...halo },
  });
  return [
    {
      id: "country",
      type: "symbol",
      source: "ground",
      maxzoom: 8,
      filter: is("kind", "country"),
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 14, "text-letter-spacing": 0.3 },
      paint: { "text-color": palette.faint, "text-opacity": 0.7, ...halo },
    },
    {
      id: "town-dot",
      type: "circle",
      source: "ground",
      minzoom: 6,
      filter: is("kind", "town"),
      paint: { "circle-radius": 2, "circle-color": palette.faint },
    },
    town("places", 4, PLACE_ZOOMS[4], 10.5),
    town("places", 3, PLACE_ZOOMS[3], 11),
    town("places", 2, PLACE_ZOOMS[2], 11.5),
    town("places", 1, PLACE_ZOOMS[1], 12),
    town("ground", 3, 8.3, 11),
    town("ground", 2, 6.8, 11.5),
    town("ground", 1, 5, 13),
  ];
}
