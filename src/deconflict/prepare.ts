/**
 * Volumes made ready for being asked many times whether they come too near: numbers first, geodesics only where the
 * numbers cannot tell. For an index that has to look at many candidates.
 */
import {
  APART,
  type AnyVolume,
  compactNearness,
  distanceWithin,
  footprintFault,
  isMoving,
  NEAR,
  rowOf,
} from "../geo/index.ts";
import { ROUNDING_M } from "./breach.ts";
import { compareVolumes } from "./compare.ts";
import type { Separation } from "./rules.ts";

export interface Prepared {
  readonly volume: AnyVolume;
  /** The footprint as numbers (src/geo/compact.ts); null where it is drawn wrongly. */
  readonly row: Float64Array | null;
  /** -Infinity and Infinity where unbounded. */
  readonly start: number;
  readonly end: number;
  /** True where windows, bounds and row say all there is: it stands still, does not recur, and is drawn well. */
  readonly isPlain: boolean;
}

/** Makes a volume ready; the first time it is asked of a footprint this also finds out whether it is drawn well. */
export function prepare(volume: AnyVolume): Prepared {
  const { footprint, window, recurs } = volume;
  const isSound = footprintFault(footprint) === null;
  return {
    volume,
    row: isSound ? rowOf(footprint) : null,
    start: window.start ?? Number.NEGATIVE_INFINITY,
    end: window.end ?? Number.POSITIVE_INFINITY,
    isPlain: isSound && !isMoving(volume) && (recurs ?? null) === null,
  };
}

/**
 * True where the two are at or below `asked` in place, height and time, or where that cannot be decided: exactly where
 * `compareVolumes` finds something. Symmetric.
 */
export function withinSeparation(a: Prepared, b: Prepared, asked: Separation): boolean {
  const slack = asked.time_s * 1000;
  if (a.start - b.end > slack || b.start - a.end > slack) return false;
  if (surelyApart(a.volume, b.volume, asked.vertical_m)) return false;
  const limit = asked.lateral_m + ROUNDING_M;
  if (a.row === null || b.row === null) return compareVolumes(a.volume, b.volume, asked) !== null;
  const verdict = compactNearness(a.row, 0, b.row, 0, limit);
  if (verdict === APART) return false;
  if (!a.isPlain || !b.isPlain || maybeApart(a.volume, b.volume)) {
    return compareVolumes(a.volume, b.volume, asked) !== null;
  }
  return verdict === NEAR || distanceWithin(a.volume.footprint, b.volume.footprint, limit) !== null;
}

/** True where both have heights above one datum and those alone keep them apart. */
function surelyApart({ height: a }: AnyVolume, { height: b }: AnyVolume, vertical_m: number): boolean {
  if (a === null || b === null || a.datum !== b.datum) return false;
  const limit = vertical_m + ROUNDING_M;
  const isAbove = (upper: number | null, lower: number | null) =>
    upper !== null && lower !== null && lower - upper > limit;
  return isAbove(a.upper_m, b.lower_m) || isAbove(b.upper_m, a.lower_m);
}

/** True where heights above different datums may keep them apart. */
function maybeApart({ height: a }: AnyVolume, { height: b }: AnyVolume): boolean {
  return a !== null && b !== null && a.datum !== b.datum;
}
