import { type ReactNode, type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Footprint, formatCoordinate, type GeoBox, type Position } from "../../geo/index.ts";
import { type Drawing, startDrawing } from "../map/draw.ts";
import { MapFilterFields } from "../map/filter.tsx";
import { FindPlace } from "../map/find.tsx";
import { measureLayer } from "../map/layers.ts";
import { MapLists } from "../map/side.tsx";
import { keptNotation, MapTools, NotationField, type Tool } from "../map/tools.tsx";
import { MomentFields, MomentNotice, useMoment } from "../time/moment.tsx";
import { ALL, fileQueryOf, type MapFilter, WHOLE, useMapView } from "../map/use-map-view.ts";
import { useLayers, useMap, useShowAll } from "../map/use-map.ts";
import type { Hit, MapView, View } from "../map/view.ts";
import { go } from "../route.ts";
import { useParties } from "../session/status.ts";
import { Button, Notice, ProblemNotice } from "../view/pieces.tsx";
import { ToldFiles } from "../view/told-files.tsx";
import { useWords } from "../words/say.tsx";
import type { Said } from "../words/types.ts";

const NO_SYMBOLS: ReadonlySet<string> = new Set();

/** What the officer filters by on this page, at the time that all views share. */
function useTimedFilter(): [MapFilter, (filter: MapFilter) => void] {
  const { asOf, planned } = useMoment();
  const [kept, keep] = useState<MapFilter>(ALL);
  const filter = useMemo(() => ({ ...kept, asOf, moment: planned }), [kept, asOf, planned]);
  return [filter, keep];
}

/** What was told, what is planned here, and where they come too close. The list holds all that the map holds. */
export function MapPage() {
  const container = useRef<HTMLDivElement>(null);
  const { t, has, phrases } = useWords();
  const [filter, setFilter] = useTimedFilter();
  const [view, setView] = useState<View | null>(null);
  const pointer = usePointer();
  const [notation, setNotation] = useState(keptNotation);
  const [fault, setFault] = useState<Said | null>(null);
  const shown = useRef<MapView | null>(null);
  const failed = useCallback((said: Said) => setFault(() => said), []);
  const tools = useTools(shown, failed);
  const map = useMap(
    container,
    { view: setView, pointer: pointer.moved, failed, hit: tools.hit },
    { label: t("map.canvas"), look: "moved" },
  );
  useEffect(() => {
    shown.current = map;
    return tools.end;
  }, [map, tools.end]);
  const { reply, problem } = useMapView(view, filter, WHOLE);
  useLayers(map, reply, filter);
  useEffect(() => map?.show(measureLayer(tools.measured), NO_SYMBOLS), [map, tools.measured]);
  const showAll = useShowAll(map);
  const goTo = useCallback((at: Position) => map?.goTo(at), [map]);
  const lookAt = useCallback((box: GeoBox) => map?.lookAt(box), [map]);
  const { all } = useParties();
  return (
    <div className="map-page">
      <div className="map-canvas">
        <div ref={container} className="maplibregl-map" />
        <MapButtons map={map} showAll={showAll} />
        <Readout listen={pointer.listen} notation={notation} />
        <span className="map-credit">{t("map.credit")}</span>
      </div>
      <aside className="map-side" aria-label={t("map.side")}>
        <h1 className="visually-hidden">{t("frame.map")}</h1>
        {fault === null ? null : <Notice tone="warn">{fault(t, has, phrases)}</Notice>}
        <ProblemNotice problem={problem} />
        <MomentNotice />
        {filter.asOf === null ? null : <p className="fine">{t("map.as-of-private")}</p>}
        <FindPlace goTo={goTo} />
        <Folded label={t("moment.label")}>
          <MomentFields />
        </Folded>
        <Folded label={t("map.filter")}>
          <MapFilterFields filter={filter} set={setFilter} parties={all} />
        </Folded>
        <Folded label={t("map.tools")}>
          <MapTools {...tools} />
          <NotationField value={notation} onChange={setNotation} />
        </Folded>
        {view === null ? null : <FilesOf view={view} filter={filter} />}
        {reply === null ? null : <MapLists reply={reply} goTo={goTo} lookAt={lookAt} />}
      </aside>
    </div>
  );
}

function Folded({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <details>
      <summary>{label}</summary>
      {children}
    </details>
  );
}

function FilesOf({ view: { west, south, east, north }, filter }: { readonly view: View; readonly filter: MapFilter }) {
  const { t } = useWords();
  return (
    <Folded label={t("paper.told-in-view")}>
      <ToldFiles query={{ west, south, east, north, ...fileQueryOf(filter) }} />
    </Folded>
  );
}

type PointerListener = (at: Position | null) => void;

/** Where the pointer is, for whoever listens: it moves at every frame, and the page with its lists does not. */
function usePointer() {
  const [listeners] = useState(() => new Set<PointerListener>());
  const moved = useCallback<PointerListener>((at) => listeners.forEach((listener) => listener(at)), [listeners]);
  const listen = useCallback(
    (listener: PointerListener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    [listeners],
  );
  return { moved, listen };
}

interface ReadoutProps {
  readonly listen: ReturnType<typeof usePointer>["listen"];
  readonly notation: ReturnType<typeof keptNotation>;
}

function Readout({ listen, notation }: ReadoutProps) {
  const [at, setAt] = useState<Position | null>(null);
  useEffect(() => listen(setAt), [listen]);
  return at === null ? null : (
    <output className="map-readout" dir="ltr">
      {formatCoordinate(at, notation)}
    </output>
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
