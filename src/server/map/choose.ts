/** Which of the shapes in a view are drawn singly, and in which cells the others are counted. Each is in exactly one. */
import type { GeoBox, Position } from "../../geo/index.ts";

/** A cell is so many pixels wide and high. */
const CELL_PX = 56;
const WORLD_PX = 512;

export interface Candidate {
  readonly anchor: Position;
  readonly isPrivate: boolean;
  readonly inConflict: boolean;
  /** An alert, or something in conflict: drawn before others. */
  readonly isUrgent: boolean;
}

export interface Cell<Item extends Candidate> {
  readonly box: GeoBox;
  readonly items: readonly Item[];
}

export interface Choice<Item extends Candidate> {
  readonly single: readonly Item[];
  readonly cells: readonly Cell<Item>[];
}

/**
 * All where there are at most `most`. Otherwise what is urgent first, up to half of them; then whole cells, the emptiest
 * first, for as long as they fit.
 */
export function choose<Item extends Candidate>(items: readonly Item[], zoom: number, most: number): Choice<Item> {
  if (items.length <= most) return { single: items, cells: [] };
  const urgent = items.filter(({ isUrgent }) => isUrgent).slice(0, most / 2);
  const taken = new Set(urgent);
  const cells = new Map<number, Item[]>();
  for (const item of items) {
    if (taken.has(item)) continue;
    const key = cellOf(item.anchor, zoom);
    const found = cells.get(key);
    if (found === undefined) cells.set(key, [item]);
    else found.push(item);
  }
  const single = [...urgent];
  const counted: Cell<Item>[] = [];
  for (const [key, inside] of [...cells].toSorted(([, a], [, b]) => a.length - b.length)) {
    if (counted.length === 0 && single.length + inside.length <= most) single.push(...inside);
    else counted.push({ box: boxOfCell(key, zoom), items: inside });
  }
  return { single, cells: counted };
}

/** So many cells side by side at this zoom; a whole number, so that cells do not move with the view. */
const across = (zoom: number): number => Math.max(1, Math.round((WORLD_PX * 2 ** Math.floor(zoom)) / CELL_PX));
/** Wider than any zoom's number of cells. */
const ROW = 2 ** 26;

function cellOf({ lat, lon }: Position, zoom: number): number {
  const count = across(zoom);
  const x = Math.min(count - 1, Math.floor(((lon + 180) / 360) * count));
  const y = Math.max(0, Math.min(count - 1, Math.floor(mercator(lat) * count)));
  return y * ROW + x;
}

function boxOfCell(key: number, zoom: number): GeoBox {
  const count = across(zoom);
  const [x, y] = [key % ROW, Math.floor(key / ROW)];
  const lon = (at: number) => (at / count) * 360 - 180;
  return { west: lon(x), east: lon(x + 1), north: latitude(y / count), south: latitude((y + 1) / count) };
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
