/** The map of a shift: all that is in force, at the time that all views share. It stands still; the map's own page moves. */
import { useMemo, useRef, useState } from "react";
import { ALL, type Drawing, useMapView } from "../map/use-map-view.ts";
import { useLayers, useMap, useShowAll } from "../map/use-map.ts";
import type { Hit, View } from "../map/view.ts";
import { go } from "../route.ts";
import { useMoment } from "../time/moment.tsx";
import { useWords } from "../words/say.tsx";
import type { Said } from "../words/types.ts";

/**
 * Whatever comes at once is drawn at once: what waits is in the list beside it long before. A picture of this size shows
 * no more shapes than that, and what draws it must not hold up the list.
 */
const SMALL: Drawing = { gatherMs: 3000, most: 150 };

export function SmallMap() {
  const container = useRef<HTMLDivElement>(null);
  const { t, has, phrases } = useWords();
  const { asOf, planned } = useMoment();
  const [view, setView] = useState<View | null>(null);
  const [fault, setFault] = useState<Said | null>(null);
  const filter = useMemo(() => ({ ...ALL, asOf, moment: planned }), [asOf, planned]);
  const events = {
    view: setView,
    pointer: () => undefined,
    failed: (said: Said) => setFault(() => said),
    hit: (hit: Hit) => go(hit.what === "message" ? { page: "message", hash: hit.id } : { page: "map" }),
  };
  const map = useMap(container, events, { label: t("watch.map"), look: "still" });
  const { reply } = useMapView(view, filter, SMALL);
  useLayers(map, reply, filter);
  useShowAll(map);
  return (
    <>
      <div ref={container} className="maplibregl-map" />
      {fault === null ? null : <p className="fine">{fault(t, has, phrases)}</p>}
      <span className="map-credit">{t("map.credit")}</span>
    </>
  );
}
