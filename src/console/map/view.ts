/** The map itself, in MapLibre: made once, fed with collections, asked what was clicked. Loads nothing from elsewhere. */
import { Map as MapLibre, type MapMouseEvent, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { GeoBox, Position } from "../../geo/index.ts";
import { onTheme } from "../settings/theme.ts";
import type { Said } from "../words/types.ts";
import { feederOf, type LayerData } from "./feeder.ts";
import { paletteOf } from "./palette.ts";
import { mapStyle } from "./style.ts";

setWorkerUrl(new URL(workerUrl, document.baseURI).href);

export interface MapView {
  /** For what draws on it (`draw.ts`). */
  readonly map: MapLibre;
  /** Feeds these sources; the others keep what they have. Symbols that are not there yet are drawn first. */
  show(data: LayerData, symbols: ReadonlySet<string>): void;
  lookAt(box: GeoBox): void;
  goTo(at: Position): void;
  zoom(by: number): void;
  /** What the map is called for those who do not see it, and in which language its own names are. */
  speak(label: string, language: string): void;
  destroy(): void;
}

export interface View extends GeoBox {
  readonly zoom: number;
}

/** What was clicked, and where. */
export type Hit = { readonly at: Position } & (
  | { readonly what: "message"; readonly id: string }
  | { readonly what: "cell"; readonly box: GeoBox }
  | { readonly what: "ground" }
);

export interface MapEvents {
  hit(hit: Hit): void;
  pointer(at: Position | null): void;
  /** The view has come to rest. */
  view(view: View): void;
  failed(said: Said): void;
}

const START = { center: [43.6, 35.9] as [number, number], zoom: 7 };
/** Not in Iraq only: from here on the world's cities are labelled, area by area. */
const MIN_ZOOM = 2;

/** Moved by its user, or still: what scrolls past it does not move it, and the focus passes it by. */
export type MapLook = "moved" | "still";

export function createMap(container: HTMLElement, events: MapEvents, look: MapLook): MapView {
  const map = new MapLibre({
    container,
    style: mapStyle(paletteOf(container)),
    ...START,
    minZoom: MIN_ZOOM,
    maxZoom: 17,
    attributionControl: false,
    interactive: look === "moved",
    dragRotate: false,
    pitchWithRotate: false,
    fadeDuration: 0,
    localIdeographFontFamily: "sans-serif",
  });
  map.touchZoomRotate.disableRotation();
  const feeder = feederOf(map, container, events, () => viewOf(map));
  map.on("load", () => feeder.begin());
  map.on("error", ({ error }) => events.failed((t) => t("map.not-drawn", { why: error.message })));
  map.on("mousemove", ({ lngLat }) => events.pointer({ lat: lngLat.lat, lon: lngLat.lng }));
  map.on("mouseout", () => events.pointer(null));
  map.on("click", (event) => events.hit(hitAt(map, event)));
  map.on("moveend", () => {
    events.view(viewOf(map));
    feeder.places();
  });
  listenToKeys(map, events);
  const forgetTheme = onTheme(() => {
    feeder.pause();
    map.setStyle(mapStyle(paletteOf(container)), { diff: false });
    map.once("style.load", () => feeder.begin());
  });
  queueMicrotask(() => events.view(viewOf(map)));
  return {
    map,
    show: (data, symbols) => feeder.show(data, symbols),
    lookAt: ({ west, south, east, north }) =>
      map.fitBounds([west, south, east, north], { padding: 56, maxZoom: 11, animate: false }),
    goTo: ({ lat, lon }) => map.jumpTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), 10) }),
    zoom: (by) => map.zoomTo(map.getZoom() + by, { animate: false }),
    speak: (label, language) => {
      map.getCanvas().setAttribute("aria-label", label);
      feeder.speak(language);
    },
    destroy: () => {
      forgetTheme();
      map.remove();
    },
  };
}

/** Enter opens what lies under the middle of the map, and moving it says where that is. */
function listenToKeys(map: MapLibre, events: MapEvents): void {
  const canvas = map.getCanvas();
  canvas.addEventListener("keydown", ({ key }) => {
    if (key !== "Enter") return;
    const { clientWidth, clientHeight } = canvas;
    const point = { x: clientWidth / 2, y: clientHeight / 2 };
    events.hit(hitAt(map, { point, lngLat: map.getCenter() }));
  });
  map.on("move", () => {
    if (document.activeElement !== canvas) return;
    const { lat, lng } = map.getCenter();
    events.pointer({ lat, lon: lng });
  });
}

/** A longitude from -180 up to 180. */
const turned = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180;

function viewOf(map: MapLibre): View {
  const bounds = map.getBounds();
  const [west, east] = [bounds.getWest(), bounds.getEast()];
  const isWhole = east - west >= 360;
  return {
    west: isWhole ? -180 : turned(west),
    east: isWhole ? 180 : turned(east),
    south: Math.max(-90, bounds.getSouth()),
    north: Math.min(90, bounds.getNorth()),
    zoom: Math.max(0, map.getZoom()),
  };
}

/** How far a click may miss, in pixels: a finger is not a needle. */
const NEAR_PX = 6;
const CLICKABLE = [
  "cell-told",
  "cell-private",
  "moving-at",
  "told-dot",
  "told-name",
  "told-route",
  "told-corridor",
  "told-area",
];

type At = { readonly point: { readonly x: number; readonly y: number }; readonly lngLat: MapMouseEvent["lngLat"] };

function hitAt(map: MapLibre, { point: { x, y }, lngLat }: At): Hit {
  const box: [[number, number], [number, number]] = [
    [x - NEAR_PX, y - NEAR_PX],
    [x + NEAR_PX, y + NEAR_PX],
  ];
  const at = { lat: lngLat.lat, lon: lngLat.lng };
  const layers = CLICKABLE.filter((layer) => map.getLayer(layer) !== undefined);
  const [hit] = map.queryRenderedFeatures(box, { layers });
  const { id, type, box: cell } = (hit?.properties ?? {}) as Record<string, unknown>;
  if (typeof cell === "string") {
    const [west = 0, south = 0, east = 0, north = 0] = cell.split(" ").map(Number);
    return { at, what: "cell", box: { west, south, east, north } };
  }
  if (type === "message" && typeof id === "string") return { at, what: "message", id };
  return { at, what: "ground" };
}
