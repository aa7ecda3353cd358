/** The map's view as simply as it can be said: an object for each shape, every box looked at. What is quick must agree. */
import type { MapCell } from "../../src/api/index.ts";
import type { GeoBox, Position } from "../../src/geo/index.ts";
import { partsOf } from "../../src/server/map/columns.ts";

export interface SimplePlace {
  readonly number: number;
  readonly boxes: readonly GeoBox[];
  readonly window: { readonly start: number | null; readonly end: number | null };
  readonly isGone: boolean;
}

export interface Times {
  readonly since: number;
  readonly until: number;
}

/** What is there, holds within the times and meets the view, and the middle of that part of its box which the view shows. */
export function simplySeen(places: readonly SimplePlace[], view: GeoBox, { since, until }: Times) {
  return places.flatMap(({ number, boxes, window: { start, end }, isGone }) => {
    if (isGone || (start ?? -Infinity) > until || (end ?? Infinity) < since) return [];
    const [anchor] = partsOf(view).flatMap((part) =>
      boxes.filter((box) => meets(box, part)).map((box) => mid(box, part)),
    );
    return anchor === undefined ? [] : [{ number, ...anchor }];
  });
}

const meets = (a: GeoBox, b: GeoBox): boolean =>
  a.west <= b.east && a.east >= b.west && a.south <= b.north && a.north >= b.south;

const mid = (box: GeoBox, part: GeoBox): Position => ({
  lat: (Math.max(box.south, part.south) + Math.min(box.north, part.north)) / 2,
  lon: (Math.max(box.west, part.west) + Math.min(box.east, part.east)) / 2,
});

export function simpleExtent(places: readonly SimplePlace[]): GeoBox | null {
  const boxes = places.filter(({ isGone }) => !isGone).flatMap((place) => place.boxes);
  if (boxes.length === 0) return null;
  const all = (side: keyof GeoBox) => boxes.map((box) => box[side]);
  return {
    west: Math.min(...all("west")),
    south: Math.min(...all("south")),
    east: Math.max(...all("east")),
    north: Math.max(...all("north")),
  };
}

export interface SimpleShape extends Position {
  readonly isPrivate: boolean;
  readonly inConflict: boolean;
  readonly isUrgent: boolean;
}

/** What is urgent up to half of `most`, then whole cells of 56 pixels, the emptiest first, for as long as they fit. */
export function simplyChosen<Shape extends SimpleShape>(shapes: readonly Shape[], zoom: number, most: number) {
  if (shapes.length <= most) return { single: shapes, cells: [] };
  const wide = Math.max(1, Math.round((512 * 2 ** Math.floor(zoom)) / 56));
  const urgent = shapes.filter(({ isUrgent }) => isUrgent).slice(0, Math.floor(most / 2));
  const rest = shapes.filter((shape) => !urgent.includes(shape));
  const cells = [...Map.groupBy(rest, (shape) => cellOf(shape, wide)).entries()].toSorted(
    ([, a], [, b]) => a.length - b.length,
  );
  const single = [...urgent];
  const counted: MapCell[] = [];
  for (const [key, inside] of cells) {
    if (counted.length === 0 && single.length + inside.length <= most) single.push(...inside);
    else counted.push(toCell(key, inside, wide));
  }
  return { single, cells: counted };
}

function cellOf({ lat, lon }: Position, wide: number): string {
  const sine = Math.sin((Math.max(-85.06, Math.min(85.06, lat)) * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  const within = (part: number) => Math.max(0, Math.min(wide - 1, Math.floor(part * wide)));
  return `${within((lon + 180) / 360)} ${within(y)}`;
}

function toCell(key: string, inside: readonly SimpleShape[], wide: number): MapCell {
  const [x = 0, y = 0] = key.split(" ").map(Number);
  const latitude = (part: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * part))) * 180) / Math.PI;
  const mean = (of: (shape: SimpleShape) => number) => inside.reduce((sum, each) => sum + of(each), 0) / inside.length;
  return {
    middle: { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon) },
    told: inside.filter(({ isPrivate }) => !isPrivate).length,
    private: inside.filter(({ isPrivate }) => isPrivate).length,
    conflicts: inside.filter(({ inConflict }) => inConflict).length,
    box: {
      west: (x / wide) * 360 - 180,
      east: ((x + 1) / wide) * 360 - 180,
      north: latitude(y / wide),
      south: latitude((y + 1) / wide),
    },
  };
}
