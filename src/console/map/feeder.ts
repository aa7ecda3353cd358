/** What feeds the map's sources, and when: none is fed twice with the same, nor while the map moves. */
import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import { feature } from "topojson-client";
import { baseMapUrl } from "virtual:base-map";
import { isSame } from "../live/same.ts";
import type { BaseMap } from "./base-map.build.ts";
import { contextFeatures } from "./context.ts";
import { paletteOf } from "./palette.ts";
import { placeFeatures } from "./place-labels.ts";
import { placesIn } from "./places.ts";
import type { DataSource } from "./said-style.ts";
import { symbolImage } from "./symbols.ts";
import type { MapEvents, View } from "./view.ts";

export type LayerData = Readonly<Partial<Record<DataSource, FeatureCollection>>>;

/** Symbols are drawn when they are first wanted, each once for a style. */
function symbolShelf(map: MapLibre, isReady: () => boolean) {
  const known = new Set<string>();
  const drawn = new Set<string>();
  const draw = async (names: Iterable<string>) => {
    const wanted = [...names].filter((name) => !drawn.has(name));
    for (const name of wanted) drawn.add(name);
    for (const name of wanted) {
      const { data, pixelRatio } = await symbolImage(name);
      if (isReady() && !map.hasImage(name)) map.addImage(name, data, { pixelRatio });
      else drawn.delete(name);
    }
  };
  return {
    has: (names: ReadonlySet<string>) => [...names].every((name) => drawn.has(name)),
    draw: (names: ReadonlySet<string>) => {
      for (const name of names) known.add(name);
      return draw(names);
    },
    /** Another style has none of them. */
    again: () => {
      drawn.clear();
      return draw(known);
    },
  };
}

type Failing = Pick<MapEvents, "failed">;

/** What the sources hold, also while the style is not there and after another took its place. */
export function feederOf(map: MapLibre, container: HTMLElement, events: Failing, viewed: () => View) {
  const latest = new Map<string, FeatureCollection>();
  let [ready, language] = [false, "en"];
  let land: readonly Feature[] = [];
  const push = (source: string) => {
    const data = latest.get(source);
    if (!ready || data === undefined) return;
    void map.getSource<GeoJSONSource>(source)?.setData(data);
    showSource(map, source, data.features.length > 0);
  };
  const feed = whenStill(map, push);
  const pushAll = () => latest.forEach((_, source) => push(source));
  /** What is fed is drawn anew, were it the same ten times a minute. */
  const keep = (source: string, data: FeatureCollection): boolean => {
    const isNew = !isSame(latest.get(source), data);
    if (isNew) latest.set(source, data);
    return isNew;
  };
  const set = (source: string, data: FeatureCollection) => keep(source, data) && feed([source]);
  const ground = () => set("ground", { type: "FeatureCollection", features: [...land, ...contextFeatures(language)] });
  const symbols = symbolShelf(map, () => ready);
  const places = placesFeed(viewed, events, (found) => set("places", found));
  const withLand = async () => {
    try {
      land = await loadLand();
      ground();
    } catch {
      events.failed((t) => t("map.no-base-map"));
    }
  };
  return {
    begin: () => {
      map.addImage("hatch", hatch(paletteOf(container).private), { pixelRatio: 2 });
      ready = true;
      pushAll();
      ground();
      void symbols.again().then(pushAll, pushAll);
      void withLand();
      places();
    },
    pause: () => void (ready = false),
    places,
    // The newest is kept at once: what waits for its symbols never comes after what came later.
    show: (data: LayerData, wanted: ReadonlySet<string>) => {
      const changed = Object.entries(data).flatMap(([source, features]) => (keep(source, features) ? [source] : []));
      if (symbols.has(wanted)) feed(changed);
      else
        void symbols.draw(wanted).then(
          () => feed(changed),
          () => feed(changed),
        );
    },
    speak: (wanted: string) => {
      language = wanted;
      ground();
    },
  };
}

/** Asks for the places of the view, and feeds the newest that were asked for. */
function placesFeed(viewed: () => View, events: Failing, feed: (found: FeatureCollection) => void): () => void {
  let asked = 0;
  return () => {
    const mine = ++asked;
    const view = viewed();
    placesIn(view).then(
      (found) => mine === asked && feed(placeFeatures(found, view.zoom)),
      () => events.failed((t) => t("map.no-places")),
    );
  };
}

/** A source without features costs the map as much at every frame as one with a few: its layers are hidden. */
function showSource(map: MapLibre, source: string, isShown: boolean): void {
  const wanted = isShown ? "visible" : "none";
  for (const id of map.getLayersOrder()) {
    if (map.getLayer(id)?.source !== source) continue;
    if (map.getLayoutProperty(id, "visibility") !== wanted) map.setLayoutProperty(id, "visibility", wanted);
  }
}

/** After a movement another often follows at once, and what it shows is asked for anew. */
const STILL_MS = 120;
/** An alert is not kept waiting by a hand that does not rest. */
const MOST_WAIT_MS = 1000;

/** Feeds sources while the map is still: to feed thousands of shapes while it moves makes it stumble. */
function whenStill(map: MapLibre, push: (source: string) => void): (sources: readonly string[]) => void {
  const waiting = new Set<string>();
  let isStill = true;
  let [resting, latest] = [0, 0];
  const flush = () => {
    window.clearTimeout(latest);
    latest = 0;
    waiting.forEach(push);
    waiting.clear();
  };
  map.on("movestart", () => {
    isStill = false;
    window.clearTimeout(resting);
  });
  map.on("moveend", () => {
    window.clearTimeout(resting);
    resting = window.setTimeout(() => {
      isStill = true;
      flush();
    }, STILL_MS);
  });
  map.on("remove", () => [resting, latest].forEach((timer) => window.clearTimeout(timer)));
  return (sources) => {
    for (const source of sources) waiting.add(source);
    if (isStill) flush();
    else if (latest === 0 && waiting.size > 0) latest = window.setTimeout(flush, MOST_WAIT_MS);
  };
}

let loadedLand: Promise<readonly Feature[]> | null = null;

/** The countries of the world, once for as long as the page is open. */
function loadLand(): Promise<readonly Feature[]> {
  loadedLand ??= fetch(baseMapUrl).then(async (response) => {
    const base = (await response.json()) as BaseMap;
    const of = (name: "world" | "near"): readonly Feature[] => {
      const { countries } = base[name].objects;
      if (countries === undefined) return [];
      const found = feature(base[name], countries);
      return "features" in found ? found.features : [found];
    };
    const shapes = [...of("world"), ...of("near")];
    return shapes.map(({ geometry }) => ({ type: "Feature", properties: { kind: "land" }, geometry }));
  });
  loadedLand.catch(() => (loadedLand = null));
  return loadedLand;
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
