/**
 * Whether two volumes come too near, found out another way than in `src`: edges are sampled, what is close is closed in
 * on by parabolas and golden sections with GeographicLib's distances (test/geo/oracle.ts), windows are listed one by one. Slow and simple.
 */
import geographiclib from "geographiclib-geodesic";
import type { AnyVolume, Footprint, Position, TimeWindow } from "../../src/geo/index.ts";
import { insideOracle, metresBetween, oracleDistance, type Vector, vectorOf } from "../../test/geo/oracle.ts";

const { WGS84 } = geographiclib.Geodesic;
/** Samples on each edge, and on each hundred kilometres of it. */
const SAMPLES = 6;
const PART_M = 100_000;

/** What was asked, and by how much the truth is beyond it: at most 0 is a conflict. */
export interface Truth {
  /** Metres beyond the lateral separation; negative within it. -Infinity where it is far within. */
  readonly lateral_m: number;
  readonly vertical_m: number;
  readonly time_ms: number;
}

export interface Asked {
  readonly lateral_m: number;
  readonly vertical_m: number;
  readonly time_s: number;
}

interface Sampled {
  readonly vectors: readonly Vector[];
  readonly spacing: number;
  readonly reach: number;
}

export function stillTruth(a: AnyVolume, b: AnyVolume, asked: Asked): Truth {
  const time_ms = timeApart(a, b) - asked.time_s * 1000;
  const vertical_m = heightApart(a, b) - asked.vertical_m;
  if (time_ms > 1 || vertical_m > 1) return { lateral_m: -Infinity, vertical_m, time_ms };
  return {
    lateral_m: beyond(a.footprint as Footprint, b.footprint as Footprint, asked.lateral_m),
    vertical_m,
    time_ms,
  };
}

function heightApart({ height: a }: AnyVolume, { height: b }: AnyVolume): number {
  if (a === null || b === null) return 0;
  const [low, high] = [Math.max(a.lower_m ?? -1e9, b.lower_m ?? -1e9), Math.min(a.upper_m ?? 1e9, b.upper_m ?? 1e9)];
  return Math.max(0, low - high);
}

function timeApart(a: AnyVolume, b: AnyVolume): number {
  let least = Number.POSITIVE_INFINITY;
  for (const p of listed(a)) {
    for (const q of listed(b)) {
      const late = Math.max(p.start ?? -Infinity, q.start ?? -Infinity);
      least = Math.min(least, Math.max(0, late - Math.min(p.end ?? Infinity, q.end ?? Infinity)));
    }
  }
  return least;
}

const DAY_MS = 86_400_000;

/** Day after day through the window, which then must have both ends. */
function listed({ window, recurs }: AnyVolume): readonly TimeWindow[] {
  if (recurs === undefined || recurs === null) return [window];
  const [start, end] = [window.start as number, window.end as number];
  const found: TimeWindow[] = [];
  for (let day = Math.floor(start / DAY_MS) - 400; day <= Math.ceil(end / DAY_MS); day++) {
    if (((day % recurs.every_days) + recurs.every_days) % recurs.every_days !== 0) continue;
    const from = Math.max(start, day * DAY_MS + recurs.from_ms);
    const to = Math.min(end, day * DAY_MS + recurs.from_ms + recurs.for_ms);
    if (from <= to) found.push({ start: from, end: to });
  }
  return found;
}

/** Metres by which the distance is beyond `limit_m`; ±Infinity where samples alone tell that it is far from it. */
export function beyond(a: Footprint, b: Footprint, limit_m: number): number {
  const [p, q] = [sampledOf(a), sampledOf(b)];
  let least = Number.POSITIVE_INFINITY;
  for (const v of p.vectors) {
    for (const w of q.vectors) {
      least = Math.min(least, (v[0] - w[0]) ** 2 + (v[1] - w[1]) ** 2 + (v[2] - w[2]) ** 2);
    }
  }
  least = Math.sqrt(least);
  const limit = limit_m + p.reach + q.reach;
  // An arc of 1,000 km is a thousandth longer than its chord; a chord is never longer than its arc.
  if (least < 1_000_000 && least * 1.0011 < limit - 0.01) return Number.NEGATIVE_INFINITY;
  if (least - (p.spacing + q.spacing) / 2 > limit + 0.1) return insideOracle(a, b) ? -Infinity : Infinity;
  return oracleDistance(a, b) - limit_m;
}

function sampledOf(footprint: Footprint): Sampled {
  switch (footprint.type) {
    case "point":
      return { vectors: [vectorOf(footprint.at)], spacing: 0, reach: 0 };
    case "circle":
      return { vectors: [vectorOf(footprint.centre)], spacing: 0, reach: footprint.radius_m };
    case "corridor":
      return { ...alongLines([footprint.line]), reach: footprint.width_m / 2 };
    case "polygon":
      return { ...alongLines(footprint.rings.map((ring) => [...ring, ring[0] as Position])), reach: 0 };
  }
}

function alongLines(lines: readonly (readonly Position[])[]): Omit<Sampled, "reach"> {
  const vectors: Vector[] = [];
  let spacing = 0;
  for (const line of lines) {
    line.slice(1).forEach((end, i) => {
      const from = line[i] as Position;
      const metres = metresBetween(from, end);
      const count = SAMPLES * Math.max(1, Math.ceil(metres / PART_M));
      const on = WGS84.InverseLine(from.lat, from.lon, end.lat, end.lon);
      for (let k = 0; k <= count; k++) {
        const { lat2, lon2 } = on.Position((metres * k) / count);
        vectors.push(vectorOf({ lat: lat2 as number, lon: lon2 as number }));
      }
      spacing = Math.max(spacing, metres / count);
    });
  }
  return { vectors, spacing };
}
