/** The last sieve: two plain volumes by their times, their heights, and their cores on one plane. */
import { type Breach, ROUNDING_M } from "../breach.ts";
import type { Separation } from "../rules.ts";
import { createDetails, type Other } from "./details.ts";
import { createFlat, KINDS, middleOf } from "./flat.ts";
import { FAR, NEAR, nearness, UNSURE, type Verdict } from "./nearness.ts";
import type { Probe } from "./probe.ts";
import { createSketch, planeAt, type Plane, type Sketch, sketchOn } from "./sketch.ts";
import type { Side } from "./types.ts";
import { isUnbounded, kindOf, OBJECT, readFlat, readTerms, type Terms, type Volumes } from "./volumes.ts";

export interface Judge {
  /** UNSURE is to be compared exactly. */
  verdict(probe: Probe, slot: number, asked: Separation): Verdict;
  /** The breach of the pair that was just found to be NEAR; null where it is to be compared exactly. */
  breach(probe: Probe, side: Side, asked: Separation): Breach | null;
  /** To be told before a volume goes. */
  forget(slot: number): void;
}

/** A footprint of many vertices is laid on its own plane once, and smaller ones are laid there beside it. */
const MANY_VERTICES = 64;

interface Laid {
  readonly plane: Plane;
  readonly sketch: Sketch;
  readonly reach_m: number;
}

export function createJudge(volumes: Volumes): Judge {
  const theirs: Terms = { start: 0, end: 0, lower: 0, upper: 0, datum: 0 };
  const flat = createFlat();
  const sketch = createSketch();
  const laid = new Map<number, Laid>();
  const details = createDetails();
  const other: Other = { flat, sketch, terms: theirs };
  /** Whether `other` is that of the pair that was last looked at. */
  let isFlat = false;
  const layOwn = (slot: number): Laid => {
    readFlat(volumes, slot, flat);
    const [x, y, z] = [0, 1, 2].map((i) => middleOf(flat, i)) as [number, number, number];
    const own = { plane: planeAt(x, y, z), sketch: createSketch(), reach_m: flat.reach_m };
    sketchOn(own.sketch, own.plane, flat.vectors, flat.count, flat.ends, flat.kind === KINDS.polygon);
    laid.set(slot, own);
    return own;
  };
  const cores = (probe: Probe, slot: number, limit_m: number): Verdict => {
    const { flat: mine } = probe;
    const many = volumes.long.size === 0 ? undefined : volumes.long.get(slot);
    if (many !== undefined && many.length > 2 * Math.max(MANY_VERTICES, mine.count)) {
      const own = laid.get(slot) ?? layOwn(slot);
      isFlat = false;
      sketchOn(sketch, own.plane, mine.vectors, mine.count, mine.ends, mine.kind === KINDS.polygon);
      return nearness(own.sketch, sketch, limit_m + mine.reach_m + own.reach_m);
    }
    isFlat = true;
    readFlat(volumes, slot, flat);
    sketchOn(sketch, probe.plane, flat.vectors, flat.count, flat.ends, flat.kind === KINDS.polygon);
    return nearness(probe.sketch, sketch, limit_m + mine.reach_m + flat.reach_m);
  };
  return {
    verdict: (probe, slot, asked) => {
      readTerms(volumes, slot, theirs);
      const { terms: mine } = probe;
      if (Math.max(mine.start, theirs.start) - Math.min(mine.end, theirs.end) > asked.time_s * 1000) return FAR;
      const height = heightsMeet(mine, theirs, asked.vertical_m + ROUNDING_M);
      if (height === FAR) return FAR;
      if (!probe.isPlain || kindOf(volumes, slot) === OBJECT) return UNSURE;
      const place = cores(probe, slot, asked.lateral_m + ROUNDING_M);
      return place === NEAR ? height : place;
    },
    breach: (probe, side, asked) => (isFlat ? details.of(probe, other, side, asked) : null),
    forget: (slot) => void (laid.size > 0 && laid.delete(slot)),
  };
}

/** Bands above different datums are not compared here. */
function heightsMeet(a: Terms, b: Terms, limit_m: number): Verdict {
  if (a.datum === 0 || b.datum === 0) return NEAR;
  if (a.datum !== b.datum) return isUnbounded(a) || isUnbounded(b) ? NEAR : UNSURE;
  return Math.max(a.lower - b.upper, b.lower - a.upper) > limit_m ? FAR : NEAR;
}
