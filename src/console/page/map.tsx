import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Footprint, formatCoordinate, type Position } from "../../geo/index.ts";
import { type Drawing, startDrawing } from "../map/draw.ts";
import { MapFilterFields } from "../map/filter.tsx";
import { FindPlace } from "../map/find.tsx";
import { layersOf, measureLayer, movingLayer } from "../map/layers.ts";
import { MapLists } from "../map/side.tsx";
import { keptNotation, MapTools, NotationField, type Tool } from "../map/tools.tsx";
import { PastNotice, useMoment } from "../time/moment.tsx";
import { ALL, type MapFilter, useMapView } from "../map/use-map-view.ts";
import { createMap, type Hit, type MapView, type View } from "../map/view.ts";
import { useNow } from "../live/use-now.ts";
import { go } from "../route.ts";
import { useDesk } from "../session/desk.ts";
import { useParties, usePartyPlace } from "../session/status.ts";
import { metres } from "../view/conflicts.tsx";
import { Button, Notice, ProblemNotice } from "../view/pieces.tsx";
import { useWords } from "../words/say.tsx";
import type { Said, Translate } from "../words/types.ts";

const NOW_EVERY_MS = 10_000;
const NO_SYMBOLS: ReadonlySet<string> = new Set();

/** The moment as of which the map is shown is the one that all views share. */
function useSharedFilter(): [MapFilter, (filter: MapFilter) => void] {
  const { asOf, change } = useMoment();
  const [kept, keep] = useState<MapFilter>(ALL);
  const filter = useMemo(() => ({ ...kept, asOf }), [kept, asOf]);
  const set = useCallback(
    (next: MapFilter) => {
      keep(next);
      change({ asOf: next.asOf });
    },
    [change],
  );
  return [filter, set];
}

/** What was told, what is planned here, and where they come too close. The list holds all that the map holds. */
export function MapPage() {
  const container = useRef<HTMLDivElement>(null);
  const { t, has, phrases } = useWords();
  const [filter, setFilter] = useSharedFilter();
  const [view, setView] = useState<View | null>(null);
  const [pointer, setPointer] = useState<Position | null>(null);
  const [notation, setNotation] = useState(keptNotation);
  const [fault, setFault] = useState<Said | null>(null);
  const shown = useRef<MapView | null>(null);
  const failed = useCallback((said: Said) => setFault(() => said), []);
  const tools = useTools(shown, failed);
  const map = useMap(container, { view: setView, pointer: setPointer, failed, hit: tools.hit });
  useEffect(() => {
    shown.current = map;
    return tools.end;
  }, [map, tools.end]);
  const { reply, problem } = useMapView(view, filter);
  useLayers(map, reply, filter);
  useEffect(() => map?.show(measureLayer(tools.measured), NO_SYMBOLS), [map, tools.measured]);
  const showAll = useShowAll(map);
  const { all } = useParties();
  return (
    <div className="map-page">
      <div className="map-canvas">
        <div ref={container} className="maplibregl-map" />
        <MapButtons map={map} showAll={showAll} />
        {pointer === null ? null : (
          <output className="map-readout" dir="ltr">
            {formatCoordinate(pointer, notation)}
          </output>
        )}
        <span className="map-credit">{t("map.credit")}</span>
      </div>
      <aside className="map-side" aria-label={t("map.side")}>
        <h1 className="visually-hidden">{t("frame.map")}</h1>
        {fault === null ? null : <Notice tone="warn">{fault(t, has, phrases)}</Notice>}
        <PastNotice />
        <ProblemNotice problem={problem} />
        <FindPlace goTo={(at) => map?.goTo(at)} />
        <details>
          <summary>{t("map.filter")}</summary>
          <MapFilterFields filter={filter} set={setFilter} parties={all} />
        </details>
        <details>
          <summary>{t("map.tools")}</summary>
          <MapTools {...tools} />
          <NotationField value={notation} onChange={setNotation} />
        </details>
        {reply === null ? null : (
          <MapLists reply={reply} goTo={(at) => map?.goTo(at)} lookAt={(box) => map?.lookAt(box)} />
        )}
      </aside>
    </div>
  );
}

function MapButtons({ map, showAll }: { readonly map: MapView | null; readonly showAll: () => void }) {
  const { t } = useWords();
  return (
    <div className="map-tools">
      <Button label={t("map.zoom-in")} onPress={() => map?.zoom(1)}>
        +
      </Button>
      <Button label={t("map.zoom-out")} onPress={() => map?.zoom(-1)}>
        −
      </Button>
      <Button label={t("map.show-all")} onPress={showAll}>
        ⤢
      </Button>
    </div>
  );
}

type Events = Parameters<typeof createMap>[1];

/** The map for as long as the page is there; its events reach whoever listens at the time. */
function useMap(container: RefObject<HTMLDivElement | null>, events: Events): MapView | null {
  const { t, language } = useWords();
  const [map, setMap] = useState<MapView | null>(null);
  const latest = useRef(events);
  useEffect(() => {
    latest.current = events;
  });
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    let made: MapView | null = null;
    try {
      made = createMap(element, {
        view: (view) => latest.current.view(view),
        pointer: (at) => latest.current.pointer(at),
        failed: (said) => latest.current.failed(said),
        hit: (hit) => latest.current.hit(hit),
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      queueMicrotask(() => latest.current.failed((say: Translate) => say("map.not-drawn", { why })));
    }
    const shown = made;
    queueMicrotask(() => setMap(shown));
    return () => made?.destroy();
  }, [container]);
  useEffect(() => map?.speak(t("map.canvas"), language), [map, t, language]);
  return map;
}

function useLayers(map: MapView | null, reply: ReturnType<typeof useMapView>["reply"], { moment }: MapFilter): void {
  const { t, phrases } = useWords();
  const { node } = useDesk();
  const placeOf = usePartyPlace();
  const now = useNow(NOW_EVERY_MS);
  const layers = useMemo(() => {
    if (reply === null) return null;
    return layersOf(reply, {
      own: node.party,
      isExercise: node.exercise,
      placeOf,
      shapeWords: ({ name, kind, from }) => {
        if (from === null) return t("map.private-name", { name });
        // The symbol, the colour and the list say what it is; only an alert says so in its name as well.
        return kind === "alert" ? t("map.told-one", { kind: phrases.kinds[kind], subject: name }) : name;
      },
      countWords: (count) => new Intl.NumberFormat("en", { notation: "compact" }).format(count),
      conflictWords: ({ distance_m }) => (distance_m === null ? t("map.undecided") : metres(t, distance_m)),
    });
  }, [reply, node, placeOf, phrases, t]);
  useEffect(() => {
    if (layers !== null) map?.show(layers.data, layers.symbols);
  }, [map, layers]);
  useEffect(() => {
    if (reply !== null) map?.show(movingLayer(reply, placeOf, moment ?? now), NO_SYMBOLS);
  }, [map, reply, placeOf, moment, now]);
}

/** Once by itself, and whenever it is asked for. */
function useShowAll(map: MapView | null): () => void {
  const { client } = useDesk();
  const look = useCallback(() => {
    if (map === null) return;
    void client.mapExtent().then(
      ({ box }) => box !== null && map.lookAt(box),
      () => undefined,
    );
  }, [client, map]);
  useEffect(look, [look]);
  return look;
}

/** Measuring and drawing: the tool in hand, what was clicked, what was drawn. */
function useTools(map: RefObject<MapView | null>, failed: (said: Said) => void) {
  const [tool, setTool] = useState<Tool | null>(null);
  const [measured, setMeasured] = useState<readonly Position[]>([]);
  const [drawn, setDrawn] = useState<Footprint | null>(null);
  const drawing = useRef<Promise<Drawing> | null>(null);
  const begin = (wanted: Tool) => {
    setTool(wanted);
    setMeasured([]);
    if (wanted === "measure" || map.current === null) return;
    drawing.current ??= startDrawing(map.current.map, setDrawn);
    drawing.current.then(
      (ready) => ready.begin(wanted),
      (error: unknown) => {
        drawing.current = null;
        failed((t) => t("map.no-drawing", { why: String(error) }));
      },
    );
  };
  const stop = () => {
    setTool(null);
    setMeasured([]);
    void drawing.current?.then((ready) => ready.clear());
  };
  const hit = (found: Hit) => {
    if (tool === "measure") {
      setMeasured((points) => [...points, found.at]);
    } else if (tool !== null) return;
    else if (found.what === "message") go({ page: "message", hash: found.id });
    else if (found.what === "cell") map.current?.lookAt(found.box);
  };
  const end = useCallback(() => {
    void drawing.current?.then((ready) => ready.destroy());
    drawing.current = null;
  }, []);
  return { tool, begin, stop, measured, drawn, hit, end };
}
