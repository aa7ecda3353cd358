/** The layers in which what was told, what is private and what is in conflict are drawn. */
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { byParty, FONT, haloOf, is, type Palette } from "./palette.ts";

/** What the page feeds, each into a source of its own. */
export const DATA_SOURCES = ["told", "plans", "cells", "moving", "conflicts", "measure"] as const;
export type DataSource = (typeof DATA_SOURCES)[number];

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

const ROUND = { "line-cap": "round", "line-join": "round" } as const;
const isPast: ExpressionSpecification = ["get", "past"];

export function saidLayers(palette: Palette): LayerSpecification[] {
  return [...told(palette), ...plans(palette), ...moving(palette), ...conflicts(palette), ...measure(palette)];
}

/** What is no longer in force is drawn faintly. */
const fades = (full: number): ExpressionSpecification => ["case", isPast, full / 3, full];

function told(palette: Palette): LayerSpecification[] {
  const colour = byParty(palette);
  const line = (id: string, shape: string, paint: object): LayerSpecification => ({
    id,
    type: "line",
    source: "told",
    filter: is("shape", shape),
    layout: ROUND,
    paint: { "line-color": colour, ...paint },
  });
  return [
    {
      id: "told-area",
      type: "fill",
      source: "told",
      filter: is("shape", "area"),
      paint: { "fill-color": colour, "fill-opacity": fades(0.22) },
    },
    line("told-outline", "area", { "line-width": ["case", ["get", "conflict"], 3.5, 2], "line-opacity": fades(1) }),
    line("told-corridor", "corridor", { "line-opacity": fades(0.28), "line-width": CORRIDOR_WIDTH }),
    line("told-route", "corridor", { "line-width": 2.5, "line-opacity": fades(1) }),
    circle("told-waypoint", "told", ["==", ["get", "shape"], "waypoint"], palette.halo, colour, 4, 2),
    circle("told-dot", "told", is("shape", "point"), colour, palette.halo, 4, 1),
  ];
}

function circle(
  id: string,
  source: DataSource,
  filter: ExpressionSpecification,
  fill: ExpressionSpecification | string,
  edge: ExpressionSpecification | string,
  radius: number | ExpressionSpecification,
  width: number,
): LayerSpecification {
  return {
    id,
    type: "circle",
    source,
    filter,
    paint: { "circle-color": fill, "circle-radius": radius, "circle-stroke-color": edge, "circle-stroke-width": width },
  };
}

function plans(palette: Palette): LayerSpecification[] {
  const drawn: ExpressionSpecification = ["in", ["get", "shape"], ["literal", ["area", "corridor"]]];
  return [
    { id: "plan-area", type: "fill", source: "plans", filter: is("shape", "area"), paint: { "fill-pattern": "hatch" } },
    {
      id: "plan-outline",
      type: "line",
      source: "plans",
      filter: drawn,
      paint: { "line-color": palette.private, "line-width": 2.2, "line-dasharray": [2, 1.6] },
    },
    circle("plan-dot", "plans", is("shape", "point"), palette.halo, palette.private, 4, 2.5),
  ];
}

function moving(palette: Palette): LayerSpecification[] {
  return [
    {
      id: "moving-within",
      type: "line",
      source: "moving",
      filter: is("shape", "within"),
      layout: ROUND,
      paint: { "line-color": palette.ink, "line-width": 7, "line-opacity": 0.75 },
    },
    circle("moving-at", "moving", is("shape", "at"), palette.halo, palette.ink, 6.5, 3.5),
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
    circle("conflict-end", "conflicts", is("shape", "end"), grave, halo, 5.5, 2),
  ];
}

function measure({ ink, halo }: Palette): LayerSpecification[] {
  return [
    {
      id: "measure-line",
      type: "line",
      source: "measure",
      filter: is("shape", "line"),
      paint: { "line-color": ink, "line-width": 2, "line-dasharray": [3, 2] },
    },
    circle("measure-end", "measure", is("shape", "end"), ink, halo, 4.5, 2),
  ];
}

/** Ours, the counts and the conflicts come last and so are placed first: where there is no room for all, theirs are kept. */
export function saidLabels(palette: Palette): LayerSpecification[] {
  return [
    names(palette, "told", byParty(palette)),
    names(palette, "plans", palette.private),
    ...cells(palette),
    names(palette, "conflicts", palette.grave),
  ];
}

function names(palette: Palette, source: DataSource, colour: ExpressionSpecification | string): LayerSpecification {
  return {
    id: `${source}-name`,
    type: "symbol",
    source,
    filter: is("shape", "label"),
    layout: {
      "icon-image": ["coalesce", ["get", "symbol"], ""],
      "icon-allow-overlap": true,
      "text-optional": true,
      "text-field": ["get", "words"],
      "text-font": FONT,
      "text-size": 12.5,
      "text-variable-anchor": ["top", "bottom", "right", "left"],
      "text-radial-offset": 1.1,
      "text-max-width": 12,
    },
    paint: { "text-color": colour, ...haloOf(palette) },
  };
}

/** The count of what is private stands below that of what was told. */
const BESIDE: [number, number] = [0, 32];

function cells(palette: Palette): LayerSpecification[] {
  const text = (id: string, shape: string, colour: string): LayerSpecification => ({
    id,
    type: "symbol",
    source: "cells",
    filter: is("shape", shape),
    layout: {
      "text-field": ["get", "words"],
      "text-font": FONT,
      "text-size": 12,
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: {
      "text-color": colour,
      "text-translate": shape === "private" ? BESIDE : [0, 0],
      ...haloOf(palette),
    },
  });
  const edge: ExpressionSpecification = ["case", ["get", "conflict"], palette.grave, palette.ink];
  return [
    circle("cell-told", "cells", is("shape", "told"), palette.halo, edge, ["get", "size"], 2),
    {
      id: "cell-private",
      type: "circle",
      source: "cells",
      filter: is("shape", "private"),
      paint: {
        "circle-color": palette.halo,
        "circle-radius": ["get", "size"],
        "circle-stroke-color": palette.private,
        "circle-stroke-width": 3,
        "circle-translate": BESIDE,
        "circle-opacity": 0.9,
      },
    },
    text("cell-told-count", "told", palette.ink),
    text("cell-private-count", "private", palette.private),
  ];
}
