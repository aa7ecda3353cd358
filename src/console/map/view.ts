/** The map itself, in MapLibre: made once, fed with collections, asked what was clicked. Loads nothing from elsewhere. */
import type { FeatureCollection } from "geojson";
import { type GeoJSONSource, Map as MapLibre, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { feature } from "topojson-client";
import { baseMapUrl } from "virtual:base-map";
import type { Position } from "../../geo/index.ts";
import type { BaseMap } from "./base-map.build.ts";
import { contextFeatures } from "./context.ts";
import { mapStyle, paletteOf } from "./style.ts";

setWorkerUrl(new URL(workerUrl, document.baseURI).href);

export type LayerData = Readonly<Record<"told" | "plans" | "conflicts", FeatureCollection>>;
import { onTheme } from "../settings/theme.ts";
import type { Said } from "../words/types.ts";

export interface MapView {
  show(data: LayerData): void;
  lookAt(box: readonly [Position, Position]): void;
  goTo(at: Position): void;
  zoom(by: number): void;
  /** What the map is called for those who do not see it. */
  name(label: string): void;
  destroy(): void;
}

export interface MapEvents {
  /** A message's hash that was clicked. */
  open(hash: string): void;
  pointer(at: Position | null): void;
  failed(said: Said): void;
}

const START = { center: [43.6, 35.9] as [number, number], zoom: 7 };

export function createMap(container: HTMLElement, events: MapEvents): MapView {
  const map = new MapLibre({
    container,
    style: mapStyle(paletteOf(container)),
    ...START,
    minZoom: 3,
    maxZoom: 17,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    localIdeographFontFamily: "sans-serif",
  });
  let latest: LayerData | null = null;
  let ready = false;
  const feed = () => {
    if (!ready || latest === null) return;
    for (const [source, data] of Object.entries(latest)) void map.getSource<GeoJSONSource>(source)?.setData(data);
  };
  map.on("load", () => {
    map.addImage("hatch", hatch(paletteOf(container).private), { pixelRatio: 2 });
    void map.getSource<GeoJSONSource>("context")?.setData(contextFeatures());
    ready = true;
    feed();
    loadBaseMap(map).catch(() => events.failed((t) => t("map.no-base-map")));
  });
  map.on("error", ({ error }) => events.failed(() => error.message));
  map.on("mousemove", ({ lngLat }) => events.pointer({ lat: lngLat.lat, lon: lngLat.lng }));
  map.on("mouseout", () => events.pointer(null));
  map.on("click", ({ point }) => {
    const hash = hashAt(map, point);
    if (hash !== null) events.open(hash);
  });
  const repaint = () => {
    ready = false;
    map.setStyle(mapStyle(paletteOf(container)), { diff: false });
    map.once("style.load", () => map.fire("load"));
  };
  const forgetTheme = onTheme(repaint);
  return {
    show: (data) => {
      latest = data;
      feed();
    },
    lookAt: ([southWest, northEast]) =>
      map.fitBounds([lngLat(southWest), lngLat(northEast)], { padding: 56, maxZoom: 11, animate: false }),
    goTo: ({ lat, lon }) => map.jumpTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), 10) }),
    zoom: (by) => map.zoomTo(map.getZoom() + by, { animate: false }),
    name: (label) => map.getCanvas().setAttribute("aria-label", label),
    destroy: () => {
      forgetTheme();
      map.remove();
    },
  };
}

const lngLat = ({ lat, lon }: Position): [number, number] => [lon, lat];

/** How far a click may miss, in pixels: a finger is not a needle. */
const NEAR_PX = 6;
const CLICKABLE = ["told-point", "told-route", "told-corridor", "told-area", "told-name"];

function hashAt(map: MapLibre, { x, y }: { readonly x: number; readonly y: number }): string | null {
  const box: [[number, number], [number, number]] = [
    [x - NEAR_PX, y - NEAR_PX],
    [x + NEAR_PX, y + NEAR_PX],
  ];
  const [hit] = map.queryRenderedFeatures(box, { layers: CLICKABLE });
  const hash: unknown = hit?.properties["hash"];
  return typeof hash === "string" ? hash : null;
}

async function loadBaseMap(map: MapLibre): Promise<void> {
  const response = await fetch(baseMapUrl);
  const base = (await response.json()) as BaseMap;
  for (const name of ["world", "near"] as const) {
    const countries = base[name].objects["countries"];
    if (countries !== undefined) void map.getSource<GeoJSONSource>(name)?.setData(feature(base[name], countries));
  }
}

/** Diagonal stripes in the colour of what is private. */
function hatch(colour: string): ImageData {
  const size = 16;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  pen.strokeStyle = colour;
  pen.globalAlpha = 0.55;
  pen.lineWidth = 2.5;
  for (const shift of [-size, 0, size]) {
    pen.beginPath();
    pen.moveTo(shift - 2, size + 2);
    pen.lineTo(shift + size + 2, -2);
    pen.stroke();
  }
  return pen.getImageData(0, 0, size, size);
}
