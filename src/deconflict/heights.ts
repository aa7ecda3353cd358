/** How far apart two height bands are, and whether that can be told at all where they are above different datums. */
import { type AnyHeightBand, type AnyVolume, circleRound, geoidWithin } from "../geo/index.ts";
import type { Separation } from "./rules.ts";

export interface HeightGap {
  /** Metres between the bands, 0 where they meet; null where it does not matter. Never too large. */
  readonly gap_m: number | null;
  /** What had to be assumed, in words; null where nothing had. */
  readonly note: string | null;
}

const ALL_HEIGHTS: HeightGap = { gap_m: null, note: null };

/**
 * The zeros of no two datums are farther apart: from the deepest sea to the highest ground are 20 km, and pressure
 * altitude strays by less.
 */
const DATUMS_DIFFER_M = 20_000;

/**
 * "unknown" where the datums cannot be compared, and it matters: not where a rule asks for so much that no ground and no
 * pressure could keep the two apart. Above mean sea level and above the ellipsoid can be compared, by the geoid near both
 * footprints, which then must be valid; `lateral_m` is how far apart two places can be that matter to each other.
 */
export function heightBetween(
  p: AnyVolume,
  q: AnyVolume,
  { lateral_m, vertical_m }: Pick<Separation, "lateral_m" | "vertical_m">,
): HeightGap | "unknown" {
  const [a, b] = [p.height, q.height];
  if (a === null || b === null || isUnbounded(a) || isUnbounded(b)) return ALL_HEIGHTS;
  if (a.datum === b.datum) return { gap_m: gapOf(a, b, 0, 0), note: null };
  if (isAbsolute(a) && isAbsolute(b)) return byGeoid(p, q, a, b, lateral_m);
  return gapOf(a, b, 0, 0) + DATUMS_DIFFER_M <= vertical_m ? ALL_HEIGHTS : "unknown";
}

function isUnbounded(band: AnyHeightBand): boolean {
  return band.lower_m === null && band.upper_m === null;
}

function isAbsolute({ datum }: AnyHeightBand): boolean {
  return datum === "AMSL" || datum === "WGS84";
}

/** The gap between two bands of which the second may be up to `up` higher and `down` lower than it says. */
function gapOf(a: AnyHeightBand, b: AnyHeightBand, down: number, up: number): number {
  const below = a.upper_m === null || b.lower_m === null ? 0 : b.lower_m + down - a.upper_m;
  const above = a.lower_m === null || b.upper_m === null ? 0 : a.lower_m - (b.upper_m + up);
  return Math.max(0, below, above);
}

/** What is above mean sea level lies by the height of the geoid higher above the ellipsoid. */
function byGeoid(p: AnyVolume, q: AnyVolume, a: AnyHeightBand, b: AnyHeightBand, lateral_m: number): HeightGap {
  const circles = [circleRound(p.footprint), circleRound(q.footprint)] as const;
  const [first, second] = circles;
  const smaller = first.radius_m <= second.radius_m ? first : second;
  const { least_m, most_m } = geoidWithin(smaller.centre, smaller.radius_m + lateral_m);
  const note =
    `heights above mean sea level were compared with those above the ellipsoid by the geoid, ` +
    `which lies ${least_m} m to ${most_m} m above it there`;
  const gap_m = a.datum === "AMSL" ? gapOf(b, a, least_m, most_m) : gapOf(a, b, least_m, most_m);
  return { gap_m, note };
}
