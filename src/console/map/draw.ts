/** Drawing with Terra Draw, loaded when somebody draws: one footprint at a time, which can be changed until it is used. */
import type { Map as MapLibre } from "maplibre-gl";
import { type Footprint, pointDistanceM, type Position } from "../../geo/index.ts";

export const DRAWN = ["polygon", "circle", "corridor"] as const;
export type Drawn = (typeof DRAWN)[number];

export interface Drawing {
  /** Begins a new one in place of what was drawn. */
  begin(what: Drawn): void;
  clear(): void;
  destroy(): void;
}

const MODES: Readonly<Record<Drawn, string>> = { polygon: "polygon", circle: "circle", corridor: "linestring" };
/** A corridor's whole width until the officer says another. */
const WIDTH_M = 1000;

/** `drawn` is told of every change once a figure is whole; null while there is none. */
export async function startDrawing(map: MapLibre, drawn: (footprint: Footprint | null) => void): Promise<Drawing> {
  const [terra, { TerraDrawMapLibreGLAdapter }] = await Promise.all([
    import("terra-draw"),
    import("terra-draw-maplibre-gl-adapter"),
  ]);
  const editable = { feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true } } };
  const draw = new terra.TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map }),
    modes: [
      new terra.TerraDrawPolygonMode(),
      new terra.TerraDrawCircleMode(),
      new terra.TerraDrawLineStringMode(),
      new terra.TerraDrawSelectMode({
        flags: { polygon: editable, linestring: editable, circle: { feature: { draggable: true } } },
      }),
    ],
  });
  draw.start();
  let current: Drawn = "polygon";
  let whole = false;
  const tell = () => {
    const [figure] = draw.getSnapshot().filter(({ properties }) => properties["mode"] === MODES[current]);
    drawn(!whole || figure === undefined ? null : footprintOf(current, figure.geometry, figure.properties));
  };
  draw.on("finish", (id) => {
    whole = true;
    draw.setMode("select");
    draw.selectFeature(id);
    tell();
  });
  draw.on("change", () => whole && tell());
  return {
    begin: (what) => {
      draw.clear();
      [current, whole] = [what, false];
      drawn(null);
      draw.setMode(MODES[what]);
    },
    clear: () => {
      draw.clear();
      whole = false;
      drawn(null);
      draw.setMode("select");
    },
    destroy: () => draw.enabled && draw.stop(),
  };
}

type Drawing2d = { readonly type: string; readonly coordinates: unknown };

const toPosition = (at: readonly number[]): Position => ({ lat: round(at[1]), lon: round(at[0]) });
/** A tenth of a metre: nobody draws more finely. */
const round = (degrees = 0): number => Number(degrees.toFixed(6));

function footprintOf(
  what: Drawn,
  { coordinates }: Drawing2d,
  properties: Readonly<Record<string, unknown>>,
): Footprint {
  if (what === "corridor") {
    return { type: "corridor", line: (coordinates as number[][]).map(toPosition), width_m: WIDTH_M };
  }
  const ring = ((coordinates as number[][][])[0] ?? []).slice(0, -1).map(toPosition);
  if (what === "polygon") return { type: "polygon", rings: [ring] };
  return circleOf(ring, properties["radiusKilometers"]);
}

function circleOf(ring: readonly Position[], kilometres: unknown): Footprint {
  const mean = (read: (at: Position) => number) => ring.reduce((sum, at) => sum + read(at), 0) / ring.length;
  const centre = { lat: round(mean(({ lat }) => lat)), lon: round(mean(({ lon }) => lon)) };
  const measured = Math.max(...ring.map((at) => pointDistanceM(centre, at)));
  const radius = typeof kilometres === "number" ? Math.max(kilometres * 1000, measured) : measured;
  return { type: "circle", centre, radius_m: Math.ceil(radius) };
}
