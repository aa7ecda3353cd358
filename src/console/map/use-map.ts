/** A map in a page: made once, fed with what the node says of its view, pointed at all that there is. */
import { type RefObject, startTransition, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useNow } from "../live/use-now.ts";
import { useDesk } from "../session/desk.ts";
import { usePartyPlace } from "../session/status.ts";
import { metres } from "../view/conflicts.tsx";
import { useWords } from "../words/say.tsx";
import type { Translate } from "../words/types.ts";
import { layersOf, movingLayer } from "./layers.ts";
import type { MapFilter, useMapView } from "./use-map-view.ts";
import { createMap, type MapLook, type MapView } from "./view.ts";

const NOW_EVERY_MS = 10_000;
const NO_SYMBOLS: ReadonlySet<string> = new Set();

type Events = Parameters<typeof createMap>[1];

/** The map for as long as the page is there; its events reach whoever listens at the time. `label`: for those who do not see it. */
export function useMap(
  container: RefObject<HTMLDivElement | null>,
  events: Events,
  { label, look }: { readonly label: string; readonly look: MapLook },
): MapView | null {
  const { language } = useWords();
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
      made = createMap(
        element,
        {
          // The map goes on while the page beside it is drawn for another view.
          view: (view) => startTransition(() => latest.current.view(view)),
          pointer: (at) => latest.current.pointer(at),
          failed: (said) => latest.current.failed(said),
          hit: (hit) => latest.current.hit(hit),
        },
        look,
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      queueMicrotask(() => latest.current.failed((say: Translate) => say("map.not-drawn", { why })));
    }
    const shown = made;
    queueMicrotask(() => setMap(shown));
    return () => made?.destroy();
  }, [container, look]);
  useEffect(() => map?.speak(label, language), [map, label, language]);
  return map;
}

export function useLayers(
  map: MapView | null,
  reply: ReturnType<typeof useMapView>["reply"],
  { moment, asOf }: MapFilter,
): void {
  const { t, phrases } = useWords();
  const { node } = useDesk();
  const placeOf = usePartyPlace();
  const now = useNow(NOW_EVERY_MS);
  const at = moment ?? asOf ?? now;
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
    if (reply !== null) map?.show(movingLayer(reply, placeOf, at), NO_SYMBOLS);
  }, [map, reply, placeOf, at]);
}

/** All that there is: once by itself, and whenever it is asked for. */
export function useShowAll(map: MapView | null): () => void {
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
