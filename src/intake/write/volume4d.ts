/** ASTM F3548-21 Volume4D, as `check` and services of unmanned traffic read it. */
import type { Footprint, Position, Volume } from "../../geo/index.ts";
import { type Left, leftOut } from "./left.ts";
import { anchorOf, timeOf, titleOf, type Told, type WrittenFile } from "./told.ts";

/** Lists of volumes by id. A point is a circle of no radius; a corridor or a hole has no form there. */
export function writeVolume4d(told: readonly Told[]): WrittenFile {
  const left: Left[] = [];
  const kept: Record<string, unknown[]> = {};
  for (const each of told) {
    const list = each.volumes.flatMap((volume) => {
      const outline = outlineOf(volume.footprint);
      if (outline === null) left.push(leftOut("volume4d-outline", titleOf(each)));
      return outline === null ? [] : [{ volume: { ...outline, ...altitudesOf(volume) }, ...windowOf(each, volume) }];
    });
    // What bears the same number is another subject all the same: none may take another's place.
    if (list.length > 0) kept[freeKey(kept, each.uid)] = list;
  }
  return { content: `${JSON.stringify(kept)}\n`, left };
}

function freeKey(kept: Readonly<Record<string, unknown>>, uid: string): string {
  for (let i = 1; ; i++) {
    const key = i === 1 ? uid : `${uid}#${i}`;
    if (!Object.hasOwn(kept, key)) return key;
  }
}

function outlineOf(footprint: Footprint) {
  if (footprint.type === "polygon") {
    const [outer = [], ...holes] = footprint.rings;
    return holes.length > 0 ? null : { outline_polygon: { vertices: outer.map(vertex) } };
  }
  if (footprint.type === "corridor") return null;
  const value = footprint.type === "circle" ? footprint.radius_m : 0;
  return { outline_circle: { center: vertex(anchorOf(footprint)), radius: { value, units: "M" } } };
}

function altitudesOf({ height }: Volume) {
  if (height === null) return {};
  const reference = height.datum === "WGS84" ? "W84" : height.datum;
  const altitude = (value: number | null) => (value === null ? undefined : { value, reference, units: "M" });
  return { altitude_lower: altitude(height.lower_m), altitude_upper: altitude(height.upper_m) };
}

/** A site has no end: past it, it is unconfirmed and still to be treated as protected. */
function windowOf({ kind }: Told, { window }: Volume) {
  return { time_start: time(window.start), time_end: time(kind === "site" ? null : window.end) };
}

function vertex({ lat, lon }: Position) {
  return { lat, lng: lon };
}

function time(at: number | null) {
  return at === null ? undefined : { value: timeOf(at), format: "RFC3339" };
}
