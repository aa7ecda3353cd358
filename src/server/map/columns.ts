/** Where and when each place is, in flat columns: a view over a hundred thousand of them reads numbers and no object. */
import type { GeoBox, TimeWindow } from "../../geo/index.ts";

export interface Times {
  readonly since: number;
  readonly until: number;
}

/** Called with a place's number, and the middle of that part of its box which the view shows. */
export type Found = (number: number, lat: number, lon: number) => void;

export interface Columns {
  /** Of the next number. `owner`: the number of the message, plan or holding whose place it is. */
  add(owner: number, boxes: readonly GeoBox[], window: TimeWindow): void;
  /** It is there no longer. */
  drop(number: number): void;
  size(): number;
  ownerOf(number: number): number;
  /** Its first. */
  boxOf(number: number): GeoBox;
  /** Whether one of its boxes meets one of these. */
  meets(number: number, parts: readonly GeoBox[]): boolean;
  /** Each that is there, meets the view and holds within the times, in the order of their numbers. */
  each(view: GeoBox, times: Times, found: Found): void;
  /** The box round all that are there and count; null where none does. */
  extent(counts: (owner: number) => boolean): GeoBox | null;
}

interface Held {
  /** West, south, east and north of each box. */
  readonly boxes: number[];
  /** Of each number, its first box; the last one is nobody's. */
  readonly first: number[];
  readonly owners: number[];
  readonly starts: number[];
  readonly ends: number[];
  readonly gone: boolean[];
}

export function columns(): Columns {
  const held: Held = { boxes: [], first: [0], owners: [], starts: [], ends: [], gone: [] };
  return {
    add: (owner, boxes, { start, end }) => {
      for (const { west, south, east, north } of boxes) held.boxes.push(west, south, east, north);
      held.first.push(held.boxes.length);
      held.owners.push(owner);
      held.starts.push(start ?? -Infinity);
      held.ends.push(end ?? Infinity);
      held.gone.push(false);
    },
    drop: (number) => void (held.gone[number] = true),
    size: () => held.owners.length,
    ownerOf: (number) => held.owners[number] as number,
    boxOf: (number) => boxAt(held, held.first[number] as number),
    meets: (number, parts) => parts.some((part) => meeting(held, number, part) >= 0),
    each: (view, times, found) => each(held, partsOf(view), times, found),
    extent: (counts) => extent(held, counts),
  };
}

function boxAt({ boxes }: Held, at: number): GeoBox {
  const [west, south, east, north] = boxes.slice(at, at + 4) as [number, number, number, number];
  return { west, south, east, north };
}

/** Where its first box stands that meets this one; -1 where none does. */
function meeting({ boxes, first }: Held, number: number, { west, south, east, north }: GeoBox): number {
  const end = first[number + 1] as number;
  for (let at = first[number] as number; at < end; at += 4) {
    if (
      (boxes[at] as number) <= east &&
      (boxes[at + 1] as number) <= north &&
      (boxes[at + 2] as number) >= west &&
      (boxes[at + 3] as number) >= south
    ) {
      return at;
    }
  }
  return -1;
}

function each(held: Held, parts: readonly GeoBox[], { since, until }: Times, found: Found): void {
  const { boxes, starts, ends, gone } = held;
  for (let number = 0; number < gone.length; number++) {
    if (gone[number] || (starts[number] as number) > until || (ends[number] as number) < since) continue;
    for (const part of parts) {
      const at = meeting(held, number, part);
      if (at < 0) continue;
      found(
        number,
        (Math.max(boxes[at + 1] as number, part.south) + Math.min(boxes[at + 3] as number, part.north)) / 2,
        (Math.max(boxes[at] as number, part.west) + Math.min(boxes[at + 2] as number, part.east)) / 2,
      );
      break;
    }
  }
}

function extent(held: Held, counts: (owner: number) => boolean): GeoBox | null {
  const { boxes, first, owners, gone } = held;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let number = 0; number < gone.length; number++) {
    if (gone[number]) continue;
    for (let at = first[number] as number; at < (first[number + 1] as number); at += 4) {
      const [w, s] = [boxes[at] as number, boxes[at + 1] as number];
      const [e, n] = [boxes[at + 2] as number, boxes[at + 3] as number];
      // Only what would make it larger is asked for: of a hundred thousand, a handful.
      if ((w >= west && s >= south && e <= east && n <= north) || !counts(owners[number] as number)) continue;
      [west, south, east, north] = [Math.min(west, w), Math.min(south, s), Math.max(east, e), Math.max(north, n)];
    }
  }
  return west > east ? null : { west, south, east, north };
}

/** A view as one box, or as two where it crosses the antimeridian. */
export function partsOf(view: GeoBox): readonly GeoBox[] {
  return view.west <= view.east
    ? [view]
    : [
        { ...view, east: 180 },
        { ...view, west: -180 },
      ];
}
