/** A plan as it would be later, elsewhere or at another height. */
import {
  type AnyFootprint,
  type AnyHeightBand,
  type AnyVolume,
  DAY_MS,
  destination,
  type Position,
} from "../geo/index.ts";
import type { Subject } from "./conflict.ts";

function altered(plan: Subject, change: (volume: AnyVolume) => AnyVolume): Subject {
  return { ...plan, volumes: plan.volumes.map(change) };
}

/** The plan with all its times `delay_ms` later. */
export function delayed(plan: Subject, delay_ms: number): Subject {
  const later = (at: number | null) => (at === null ? null : at + delay_ms);
  return altered(plan, (volume) => {
    const { window, motion, recurs } = volume;
    return {
      ...volume,
      window: { start: later(window.start), end: later(window.end) },
      ...(motion === undefined || motion === null ? {} : { motion: { ...motion, times: motion.times.map(later) } }),
      ...(recurs === undefined || recurs === null
        ? {}
        : { recurs: { ...recurs, from_ms: (recurs.from_ms + delay_ms) % (recurs.every_days * DAY_MS) } }),
    };
  });
}

/** The plan with every position `metres` on towards `bearing_deg` (clockwise from north), and circles as large as before. */
export function shiftedBy(plan: Subject, bearing_deg: number, metres: number): Subject {
  const to = (from: Position) => destination(from, bearing_deg, metres);
  return altered(plan, (volume) => ({ ...volume, footprint: moved(volume.footprint, to) }));
}

function moved(footprint: AnyFootprint, to: (from: Position) => Position): AnyFootprint {
  switch (footprint.type) {
    case "point":
      return { ...footprint, at: to(footprint.at) };
    case "circle":
      return { ...footprint, centre: to(footprint.centre) };
    case "corridor":
      return { ...footprint, line: footprint.line.map(to) };
    case "polygon":
      return { ...footprint, rings: footprint.rings.map((ring) => ring.map(to)) };
    case "multipolygon":
      return { ...footprint, polygons: footprint.polygons.map((rings) => rings.map((ring) => ring.map(to))) };
  }
}

/** The plan with all its volumes in this band. */
export function alteredIn(plan: Subject, height: AnyHeightBand): Subject {
  return altered(plan, (volume) => ({ ...volume, height }));
}
