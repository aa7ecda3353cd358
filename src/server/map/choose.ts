/** Which of the shapes in a view are drawn singly, and in which cells the others are counted. Each is in exactly one. */
import type { MapCell } from "../../api/index.ts";
import type { GeoBox } from "../../geo/index.ts";

/** A cell is so many pixels wide and high. */
const CELL_PX = 56;
const WORLD_PX = 512;

/** What is said of a shape, one bit for each. */
export const MARK = { private: 1, inConflict: 2, urgent: 4 } as const;

/** The shapes in a view, as columns. */
export interface Seen {
  /** How many; the columns may be longer. */
  readonly count: number;
  readonly lat: Float64Array;
  readonly lon: Float64Array;
  readonly marks: Uint8Array;
}

export interface Choice {
  /** Their places in the columns. */
  readonly single: readonly number[];
  readonly cells: readonly MapCell[];
}

/**
 * All where there are at most `most`. Otherwise what is urgent first, up to half of them; then whole cells, the emptiest
 * first, for as long as they fit.
 */
export function choose(seen: Seen, zoom: number, most: number): Choice {
  const { count } = seen;
  if (count <= most) return { single: Array.from({ length: count }, (_, i) => i), cells: [] };
  const single: number[] = [];
  const { cells, cellOf } = gather(seen, zoom, (i) => single.push(i), Math.floor(most / 2));
  const sorted = cells.toSorted((a, b) => a.count - b.count);
  let room = most - single.length;
  const fits = sorted.findIndex((cell) => (room -= cell.count) < 0);
  const [whole, counted] = fits < 0 ? [sorted, []] : [sorted.slice(0, fits), sorted.slice(fits)];
  for (const cell of whole) cell.drawn = [];
  for (let i = 0; i < count; i++) cells[cellOf[i] as number]?.drawn?.push(i);
  for (const { drawn } of whole) single.push(...(drawn ?? []));
  return { single, cells: counted.map((cell) => toCell(cell, zoom)) };
}

interface Cell {
  readonly key: number;
  count: number;
  lat: number;
  lon: number;
  private: number;
  inConflict: number;
  /** What is in it, where it is drawn singly. */
  drawn: number[] | null;
}

const NO_CELL = -1;

/** Every shape into its cell, but the first `mostUrgent` that are urgent. */
function gather(
  { count, lat, lon, marks }: Seen,
  zoom: number,
  urgent: (i: number) => void,
  mostUrgent: number,
): { readonly cells: readonly Cell[]; readonly cellOf: Int32Array } {
  const cells: Cell[] = [];
  const byKey = new Map<number, number>();
  const cellOf = new Int32Array(count);
  const wide = across(zoom);
  let taken = 0;
  for (let i = 0; i < count; i++) {
    const mark = marks[i] as number;
    if (mark & MARK.urgent && taken < mostUrgent) {
      taken++;
      urgent(i);
      cellOf[i] = NO_CELL;
      continue;
    }
    const key = keyOf(lat[i] as number, lon[i] as number, wide);
    let number = byKey.get(key);
    if (number === undefined) {
      number = cells.push({ key, count: 0, lat: 0, lon: 0, private: 0, inConflict: 0, drawn: null }) - 1;
      byKey.set(key, number);
    }
    const cell = cells[number] as Cell;
    cell.count++;
    cell.lat += lat[i] as number;
    cell.lon += lon[i] as number;
    if (mark & MARK.private) cell.private++;
    if (mark & MARK.inConflict) cell.inConflict++;
    cellOf[i] = number;
  }
  return { cells, cellOf };
}

function toCell({ key, count, lat, lon, private: hidden, inConflict }: Cell, zoom: number): MapCell {
  return {
    middle: { lat: lat / count, lon: lon / count },
    told: count - hidden,
    private: hidden,
    conflicts: inConflict,
    box: boxOfCell(key, across(zoom)),
  };
}

/** So many cells side by side at this zoom; a whole number, so that cells do not move with the view. */
const across = (zoom: number): number => Math.max(1, Math.round((WORLD_PX * 2 ** Math.floor(zoom)) / CELL_PX));

function keyOf(lat: number, lon: number, wide: number): number {
  const x = Math.min(wide - 1, Math.floor(((lon + 180) / 360) * wide));
  const y = Math.max(0, Math.min(wide - 1, Math.floor(mercator(lat) * wide)));
  return y * wide + x;
}

function boxOfCell(key: number, wide: number): GeoBox {
  const [x, y] = [key % wide, Math.floor(key / wide)];
  const lon = (at: number) => (at / wide) * 360 - 180;
  return { west: lon(x), east: lon(x + 1), north: latitude(y / wide), south: latitude((y + 1) / wide) };
}

/** 0 at the map's upper edge, 1 at its lower one. */
function mercator(lat: number): number {
  const sine = Math.sin((Math.max(-85.06, Math.min(85.06, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

function latitude(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

/** Metres that one pixel covers at a latitude. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / (WORLD_PX * 2 ** zoom);
}
