/** The map's style: the console's colours, our own base map, and the layers in which things told and planned are drawn. */
import { shownTheme, tokenColour } from "../settings/theme.ts";
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";

export interface Palette {
  readonly sea: string;
  readonly land: string;
  readonly edge: string;
  readonly relief: string;
  readonly water: string;
  readonly road: string;
  readonly ink: string;
  readonly faint: string;
  readonly halo: string;
  readonly private: string;
  readonly grave: string;
  readonly parties: readonly string[];
}

/** The console's design tokens, as they are now: the map is drawn in the same light as the page. */
export function paletteOf(element: Element): Palette {
  const token = (name: string) => tokenColour(element, name);
  const dark = shownTheme() !== "light";
  return {
    sea: dark ? "#0a1218" : "#c9dbe6",
    land: dark ? "#161d21" : "#f5f3ec",
    edge: dark ? "#5a6872" : "#8d9297",
    relief: dark ? "#2a302f" : "#ddd6c4",
    water: dark ? "#2b5673" : "#86b3d1",
    road: dark ? "#3f474c" : "#cfc6b2",
    ink: token("ink"),
    faint: token("ink-2"),
    halo: dark ? "#0d1216" : "#ffffff",
    private: token("private"),
    grave: token("grave"),
    parties: [0, 1, 2, 3].map((i) => token(`party-${i}`)),
  };
}

const EMPTY: SourceSpecification = { type: "geojson", data: { type: "FeatureCollection", features: [] } };
const FONT = ["sans-serif"];

export function mapStyle(palette: Palette): StyleSpecification {
  const sources = { world: EMPTY, near: EMPTY, context: EMPTY, told: EMPTY, plans: EMPTY, conflicts: EMPTY };
  const layers = [...ground(palette), ...told(palette), ...plans(palette), ...conflicts(palette), ...labels(palette)];
  return { version: 8, sources, layers };
}

const is = (property: string, value: string): ExpressionSpecification => ["==", ["get", property], value];

function byParty({ parties }: Palette): ExpressionSpecification {
  const [first = "", second = "", third = "", other = ""] = parties;
  return ["match", ["get", "place"], 0, first, 1, second, 2, third, other];
}

function ground({ sea, land, edge, relief, water, road }: Palette): LayerSpecification[] {
  const line = (id: string, kind: string, paint: object): LayerSpecification => ({
    id,
    type: "line",
    source: "context",
    filter: is("kind", kind),
    layout: { "line-cap": "round", "line-join": "round" },
    paint,
  });
  return [
    { id: "sea", type: "background", paint: { "background-color": sea } },
    ...(["world", "near"] as const).map((source): LayerSpecification => ({
      id: `${source}-land`,
      type: "fill",
      source,
      paint: { "fill-color": land },
    })),
    line("ridges", "ridge", {
      "line-color": relief,
      "line-width": ["interpolate", ["exponential", 2], ["zoom"], 5, 5, 12, 120],
      "line-blur": ["interpolate", ["exponential", 2], ["zoom"], 5, 5, 12, 110],
    }),
    { id: "lakes", type: "fill", source: "context", filter: is("kind", "lake"), paint: { "fill-color": water } },
    line("rivers", "river", {
      "line-color": water,
      "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.8, 10, 2.6],
    }),
    line("roads", "road", { "line-color": road, "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.8, 11, 3] }),
    ...(["world", "near"] as const).map((source): LayerSpecification => ({
      id: `${source}-border`,
      type: "line",
      source,
      paint: { "line-color": edge, "line-width": 1, "line-dasharray": [4, 2] },
    })),
  ];
}

/** Doubles with each zoom, so that the band is as wide as the corridor is on the ground; never thinner than 2 pixels. */
const CORRIDOR_WIDTH: ExpressionSpecification = [
  "interpolate",
  ["exponential", 2],
  ["zoom"],
  0,
  ["max", 0.002, ["get", "width_px"]],
  20,
  ["*", 1_048_576, ["get", "width_px"]],
];

function told(palette: Palette): LayerSpecification[] {
  const colour = byParty(palette);
  const round = { "line-cap": "round", "line-join": "round" } as const;
  return [
    {
      id: "told-area",
      type: "fill",
      source: "told",
      filter: is("shape", "area"),
      paint: { "fill-color": colour, "fill-opacity": 0.22 },
    },
    {
      id: "told-outline",
      type: "line",
      source: "told",
      filter: is("shape", "area"),
      paint: { "line-color": colour, "line-width": 2 },
    },
    {
      id: "told-corridor",
      type: "line",
      source: "told",
      filter: is("shape", "corridor"),
      layout: round,
      paint: { "line-color": colour, "line-opacity": 0.28, "line-width": CORRIDOR_WIDTH },
    },
    {
      id: "told-route",
      type: "line",
      source: "told",
      filter: is("shape", "corridor"),
      layout: round,
      paint: { "line-color": colour, "line-width": 2.5 },
    },
    {
      id: "told-waypoint",
      type: "circle",
      source: "told",
      filter: is("shape", "waypoint"),
      paint: {
        "circle-color": palette.halo,
        "circle-radius": 4,
        "circle-stroke-color": colour,
        "circle-stroke-width": 2,
      },
    },
    {
      id: "told-point",
      type: "circle",
      source: "told",
      filter: ["any", is("shape", "point"), is("shape", "label")],
      paint: {
        "circle-color": colour,
        "circle-radius": 3.5,
        "circle-stroke-color": palette.halo,
        "circle-stroke-width": 1,
      },
    },
  ];
}

function plans(palette: Palette): LayerSpecification[] {
  const areas: ExpressionSpecification = ["!=", ["get", "shape"], "label"];
  return [
    { id: "plan-area", type: "fill", source: "plans", filter: is("shape", "area"), paint: { "fill-pattern": "hatch" } },
    {
      id: "plan-outline",
      type: "line",
      source: "plans",
      filter: areas,
      paint: { "line-color": palette.private, "line-width": 2.2, "line-dasharray": [2, 1.6] },
    },
  ];
}

function conflicts({ grave, halo }: Palette): LayerSpecification[] {
  return [
    {
      id: "conflict-line",
      type: "line",
      source: "conflicts",
      filter: is("shape", "line"),
      paint: { "line-color": grave, "line-width": 3 },
    },
    {
      id: "conflict-end",
      type: "circle",
      source: "conflicts",
      filter: is("shape", "end"),
      paint: { "circle-color": grave, "circle-radius": 5.5, "circle-stroke-color": halo, "circle-stroke-width": 2 },
    },
  ];
}

function labels(palette: Palette): LayerSpecification[] {
  return [
    ...groundLabels(palette),
    // Ours and the conflicts come last and so are placed first: where there is no room for all names, theirs are kept.
    nameLayer(palette, "told", byParty(palette), ["get", "name"]),
    nameLayer(palette, "plans", palette.private, ["concat", "PRIVATE · ", ["get", "name"]]),
    nameLayer(palette, "conflicts", palette.grave, ["get", "name"]),
  ];
}

const haloOf = (palette: Palette) => ({ "text-halo-color": palette.halo, "text-halo-width": 1.4 });

function nameLayer(
  palette: Palette,
  source: string,
  colour: ExpressionSpecification | string,
  text: ExpressionSpecification,
): LayerSpecification {
  return {
    id: `${source}-name`,
    type: "symbol",
    source,
    filter: is("shape", "label"),
    layout: {
      "text-field": text,
      "text-font": FONT,
      "text-size": 12.5,
      "text-variable-anchor": ["top", "bottom", "right", "left"],
      "text-radial-offset": 0.8,
      "text-max-width": 12,
    },
    paint: { "text-color": colour, ...haloOf(palette) },
  };
}

function groundLabels(palette: Palette): LayerSpecification[] {
  const halo = haloOf(palette);
  const town = (rank: number, minzoom: number, size: number): LayerSpecification => ({
    id: `town-${rank}`,
    type: "symbol",
    source: "context",
    minzoom,
    filter: ["all", is("kind", "town"), ["==", ["get", "rank"], rank]],
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": size,
      "text-variable-anchor": ["top", "bottom", "left", "right"],
      "text-radial-offset": 0.4,
    },
    paint: { "text-color": palette.faint, ...halo },
  });
  return [
    {
      id: "country",
      type: "symbol",
      source: "context",
      maxzoom: 8,
      filter: is("kind", "country"),
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 14, "text-letter-spacing": 0.3 },
      paint: { "text-color": palette.faint, "text-opacity": 0.7, ...halo },
    },
    {
      id: "town-dot",
      type: "circle",
      source: "context",
      minzoom: 6,
      filter: is("kind", "town"),
      paint: { "circle-radius": 2, "circle-color": palette.faint },
    },
    town(3, 8.3, 11),
    town(2, 6.8, 11.5),
    town(1, 5, 13),
  ];
}
