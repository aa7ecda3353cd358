/** All that is told of a conflict between two plain volumes, without measuring a geodesic. */
import type { Position } from "../../geo/index.ts";
import { type Breach, breachOf } from "../breach.ts";
import type { Separation } from "../rules.ts";
import { windowsMeet } from "../timing.ts";
import { type Flat, KINDS, middleOf } from "./flat.ts";
import { lift, positionOf } from "./globe.ts";
import { type Core, createSeeker, errorOf, isShort, type Nearest } from "./nearest.ts";
import type { Probe } from "./probe.ts";
import { createSketch, type Plane, planeAt, type Sketch, sketchOn } from "./sketch.ts";
import type { Side } from "./types.ts";
import { boundedWindow, isUnbounded, type Terms } from "./volumes.ts";

/** The other volume of the pair. */
export interface Other {
  readonly flat: Flat;
  /** Its core on the probe's plane. */
  readonly sketch: Sketch;
  readonly terms: Terms;
}

export interface Details {
  /** The breach of two that are surely too near; null where only the exact comparison can tell it to the millimetre. */
  of(probe: Probe, other: Other, side: Side, asked: Separation): Breach | null;
}

/** As the exact comparison has it: below this they touch. */
const TOUCHING_M = 1e-6;

export function createDetails(): Details {
  const seeker = createSeeker();
  const [sketchA, sketchB] = [createSketch(), createSketch()];
  const plane: Plane = new Float64Array(12);
  const nearestPlaces = (a: Core, b: Core, on: Plane, first_m: number, second_m: number): Places | null => {
    if (!isShort(a) || !isShort(b)) return null;
    const found = seeker.nearest(a, b, on);
    if (found === null) return null;
    const places = placesOf(found, first_m, second_m);
    return isRounded(places.distance_m, errorOf(a, b)) ? places : null;
  };
  /** On the plane of whichever goes first, whoever asks: so that the answer is the same to the last bit. */
  const between = (probe: Probe, { flat, sketch }: Other, isFirst: boolean): Places | null => {
    const mine = probe.flat;
    if (isFirst) {
      return nearestPlaces(coreOf(mine, probe.sketch), coreOf(flat, sketch), probe.plane, mine.reach_m, flat.reach_m);
    }
    planeAt(middleOf(flat, 0), middleOf(flat, 1), middleOf(flat, 2), plane);
    return nearestPlaces(lay(sketchA, plane, flat), lay(sketchB, plane, mine), plane, flat.reach_m, mine.reach_m);
  };
  return {
    of: (probe, other, side, asked) => {
      const { flat, terms } = other;
      if (probe.flat.ends !== null || flat.ends !== null) return null;
      if (probe.terms.datum !== terms.datum && heightsCount(probe.terms, terms)) return null;
      const isFirst = isInOrder(probe.flat, flat);
      const places = between(probe, other, isFirst);
      if (places === null) return null;
      const { first, second, distance_m } = places;
      const closest = isFirst === (side === "plan") ? ([first, second] as const) : ([second, first] as const);
      const { window, gap_ms } = windowsMeet(boundedWindow(probe.terms), boundedWindow(terms));
      const moment = window.start ?? window.end;
      const gap_m = heightGap(probe.terms, terms);
      return breachOf(
        { distance_m, closest, gap_m, note: null, time: window, time_gap_ms: gap_ms, moment, moves: false },
        asked,
      );
    },
  };
}

/** True where a distance that is off by `error_m` at most is the same in whole millimetres as the exact one. */
function isRounded(distance_m: number, error_m: number): boolean {
  return Math.abs(((1000 * distance_m) % 1) - 0.5) >= 1000 * error_m;
}

/** An order of footprints that depends on nothing else. */
function isInOrder(a: Flat, b: Flat): boolean {
  const sizes = a.count - b.count || a.reach_m - b.reach_m || a.kind - b.kind;
  if (sizes !== 0) return sizes < 0;
  for (let i = 0; i < 2 * a.count; i++) {
    const order = (a.degrees[i] as number) - (b.degrees[i] as number);
    if (order !== 0) return order < 0;
  }
  return true;
}

function coreOf({ vectors, count }: Flat, sketch: Sketch): Core {
  return { vectors, count, sketch };
}

function lay(sketch: Sketch, plane: Plane, flat: Flat): Core {
  sketchOn(sketch, plane, flat.vectors, flat.count, flat.ends, flat.kind === KINDS.polygon);
  return coreOf(flat, sketch);
}

function heightsCount(a: Terms, b: Terms): boolean {
  return a.datum !== 0 && b.datum !== 0 && !isUnbounded(a) && !isUnbounded(b);
}

/** Metres between two bands above one datum; null where one of the volumes holds at all heights. */
function heightGap(a: Terms, b: Terms): number | null {
  return heightsCount(a, b) ? Math.max(0, a.lower - b.upper, b.lower - a.upper) : null;
}

interface Places {
  readonly distance_m: number;
  readonly first: Position;
  readonly second: Position;
}

/** From the nearest places of the cores to those of all within reach of them, as the exact comparison has them. */
function placesOf(found: Nearest, first_m: number, second_m: number): Places {
  const { metres } = found;
  const distance_m = Math.max(0, metres - first_m - second_m);
  if (distance_m >= TOUCHING_M) {
    return { distance_m, first: placeAlong(found, first_m), second: placeAlong(found, metres - second_m) };
  }
  const low = Math.max(0, metres - second_m);
  const high = Math.min(metres, first_m);
  const shared = placeAlong(found, second_m === 0 ? metres : (low + high) / 2);
  return { distance_m: 0, first: shared, second: shared };
}

const place = new Float64Array(3);

const EARTH_RADIUS_M = 6_371_000;

/** Which share of the chord of an arc lies below a part of the arc, both as angles at the Earth's centre. */
function shareOfChord(part: number, arc: number): number {
  return 0.5 + Math.tan(part - arc / 2) / (2 * Math.tan(arc / 2));
}

/** The place this far from the first towards the second. */
function placeAlong({ metres, from, to }: Nearest, along_m: number): Position {
  const share = metres === 0 ? 0 : shareOfChord(along_m / EARTH_RADIUS_M, metres / EARTH_RADIUS_M);
  for (let i = 0; i < 3; i++) {
    const start = from[i] as number;
    place[i] = start + share * ((to[i] as number) - start);
  }
  lift(place);
  return positionOf(place[0] as number, place[1] as number, place[2] as number);
}
