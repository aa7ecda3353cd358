import type { Feature, FeatureCollection } from "geojson";
import { useEffect, useMemo, useRef, useState } from "react";
import { formatCoordinate, type Position } from "../../geo/index.ts";
import { lonLat, middle, volumeFeatures } from "../map/shapes.ts";
import { type MapData, useMapData } from "../map/use-map-data.ts";
import { createMap, type LayerData, type MapView } from "../map/view.ts";
import { go } from "../route.ts";
import { usePartyPlace } from "../session/status.ts";
import { metres } from "../view/conflicts.tsx";
import { Button, Notice, Words } from "../view/pieces.tsx";
import { Say, useWords } from "../words/say.tsx";
import type { Said, Translate } from "../words/types.ts";

/** What was told, what is planned here, and where they come too close. The list holds all that the map holds. */
export function MapPage() {
  const container = useRef<HTMLDivElement>(null);
  const view = useRef<MapView | null>(null);
  const { t, has } = useWords();
  const [fault, setFault] = useState<Said | null>(null);
  const [pointer, setPointer] = useState<Position | null>(null);
  const data = useMapData();
  const placeOf = usePartyPlace();
  const layers = useMemo(() => layersOf(t, data, placeOf), [t, data, placeOf]);
  const looked = useRef(false);

  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    try {
      view.current = createMap(element, {
        open: (hash) => go({ page: "message", hash }),
        pointer: setPointer,
        failed: (said) => setFault(() => said),
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      queueMicrotask(() => setFault(() => (say: Translate) => say("map.not-drawn", { why })));
    }
    return () => {
      view.current?.destroy();
      view.current = null;
      looked.current = false;
    };
  }, []);

  useEffect(() => view.current?.name(t("map.canvas")), [t]);

  useEffect(() => {
    view.current?.show(layers);
    const box = boxOf(data);
    if (looked.current || !data.complete || box === null) return;
    looked.current = true;
    view.current?.lookAt(box);
  }, [layers, data]);

  return (
    <div className="map-page">
      <div className="map-canvas">
        <div ref={container} className="maplibregl-map" />
        <div className="map-tools">
          <Button label={t("map.zoom-in")} onPress={() => view.current?.zoom(1)}>
            +
          </Button>
          <Button label={t("map.zoom-out")} onPress={() => view.current?.zoom(-1)}>
            −
          </Button>
        </div>
        {pointer === null ? null : (
          <div className="map-readout">
            {formatCoordinate(pointer, "dm")} · {formatCoordinate(pointer, "mgrs")}
          </div>
        )}
      </div>
      <MapSide data={data} fault={fault?.(t, has) ?? null} goTo={(at) => view.current?.goTo(at)} />
    </div>
  );
}

interface SideProps {
  readonly data: MapData;
  readonly fault: string | null;
  readonly goTo: (at: Position) => void;
}

function MapSide({ data, fault, goTo }: SideProps) {
  const { t } = useWords();
  return (
    <aside className="map-side" aria-label={t("map.side")}>
      {fault === null ? null : <Notice tone="warn">{fault}</Notice>}
      {data.conflicts.length === 0 ? null : <ConflictSection conflicts={data.conflicts} goTo={goTo} />}
      {data.plans.length === 0 ? null : <PlanSection plans={data.plans} goTo={goTo} />}
      <ToldSection data={data} />
    </aside>
  );
}

function ConflictSection({
  conflicts,
  goTo,
}: {
  readonly conflicts: MapData["conflicts"];
  readonly goTo: SideProps["goTo"];
}) {
  const { t } = useWords();
  return (
    <section>
      <h2>{t("map.too-close")}</h2>
      <ul className="map-list">
        {conflicts.map((conflict, i) => (
          <li key={i}>
            <button type="button" onClick={() => conflict.closest !== null && goTo(conflict.closest[0])}>
              <span className="swatch conflict" aria-hidden="true" />
              <span>
                <bdi>{conflict.own.name}</bdi> · <bdi>{conflict.against.name}</bdi>
                <br />
                <span className="fine">
                  {conflict.distance_m === null
                    ? t("map.undecided")
                    : t("map.apart", { distance: metres(t, conflict.distance_m) })}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PlanSection({ plans, goTo }: { readonly plans: MapData["plans"]; readonly goTo: SideProps["goTo"] }) {
  const { t } = useWords();
  return (
    <section>
      <h2>
        <Say k="map.ours" given={{ private: <span className="private-label">{t("common.private")}</span> }} />
      </h2>
      <ul className="map-list">
        {plans.map((plan) => (
          <li key={plan.id}>
            <button
              type="button"
              aria-label={t("map.go-to", { name: plan.name })}
              onClick={() => plan.volumes[0] !== undefined && goTo(middle(plan.volumes[0].footprint))}
            >
              <span className="swatch plan" aria-hidden="true" />
              <Words>{plan.name}</Words>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToldSection({ data }: { readonly data: MapData }) {
  const placeOf = usePartyPlace();
  const { t, phrases } = useWords();
  return (
    <section>
      <h2>{t("map.told")}</h2>
      {data.notShown === 0 ? null : <p className="fine">{t("map.older-not-drawn", { count: data.notShown })}</p>}
      <ul className="map-list">
        {data.placed.map(({ summary }) => (
          <li key={summary.hash}>
            <button
              type="button"
              className={`party-${placeOf(summary.from) % 4}`}
              aria-label={t("map.told-one", { kind: phrases.kinds[summary.kind], subject: summary.subject })}
              onClick={() => go({ page: "message", hash: summary.hash })}
            >
              <span className={`swatch ${summary.kind === "movement" ? "route" : ""}`} aria-hidden="true" />
              <span>
                <Words lang={summary.lang}>{summary.subject}</Words>
                <br />
                <span className="fine">
                  {phrases.kinds[summary.kind]} · <bdi>{summary.from_name}</bdi>
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function layersOf(t: Translate, data: MapData, placeOf: (party: string) => number): LayerData {
  const told = data.placed.flatMap(({ summary, detail }) => {
    const properties = { hash: summary.hash, name: summary.subject, kind: summary.kind, place: placeOf(summary.from) };
    const volumes = detail.volumes.flatMap((volume, i) =>
      volumeFeatures(volume, i === 0 ? properties : { ...properties, name: "" }),
    );
    return [...volumes, ...waypoints(detail.body, properties)];
  });
  const plans = data.plans.flatMap((plan) =>
    plan.volumes.flatMap((volume) => volumeFeatures(volume, { name: plan.name })),
  );
  const conflicts = data.conflicts.flatMap(({ closest, distance_m }): Feature[] => {
    if (closest === null) return [];
    const [from, to] = closest.map(lonLat) as [number[], number[]];
    const name = distance_m === null ? "" : metres(t, distance_m);
    return [
      { type: "Feature", properties: { shape: "line" }, geometry: { type: "LineString", coordinates: [from, to] } },
      { type: "Feature", properties: { shape: "end" }, geometry: { type: "MultiPoint", coordinates: [from, to] } },
      { type: "Feature", properties: { shape: "label", name }, geometry: { type: "Point", coordinates: from } },
    ];
  });
  return { told: collection(told), plans: collection(plans), conflicts: collection(conflicts) };
}

const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });

/** A movement's stops, which its corridor does not show. */
function waypoints(body: Readonly<Record<string, unknown>>, properties: Record<string, string | number>): Feature[] {
  const route = body["route"];
  if (!Array.isArray(route)) return [];
  return (route as { position: Position }[]).map(({ position }) => ({
    type: "Feature",
    properties: { ...properties, shape: "waypoint" },
    geometry: { type: "Point", coordinates: lonLat(position) },
  }));
}

/** The smallest box round everything that is drawn; null where nothing is. */
function boxOf(data: MapData): readonly [Position, Position] | null {
  const all = [...data.placed.flatMap(({ detail }) => detail.volumes), ...data.plans.flatMap((plan) => plan.volumes)];
  const points = all.flatMap(({ footprint }) => (footprint.type === "corridor" ? footprint.line : [middle(footprint)]));
  if (points.length === 0) return null;
  const lats = points.map(({ lat }) => lat);
  const lons = points.map(({ lon }) => lon);
  return [
    { lat: Math.min(...lats), lon: Math.min(...lons) },
    { lat: Math.max(...lats), lon: Math.max(...lons) },
  ];
}
