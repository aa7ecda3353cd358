/** Pairs of which at least one moves, random and from real tracks, and what the simulation says of them. */
import { findConflict, NO_SEPARATION, type Separation, type Subject } from "../../src/deconflict/index.ts";
import {
  type AnyVolume,
  closestApproach,
  type Footprint,
  type MovingVolume,
  movingVolume,
} from "../../src/geo/index.ts";
import { metresBetween, oracleDistance } from "../../test/geo/oracle.ts";
import { awkwardCentre, between, go, pick, type Random, randomFootprint } from "../../test/geo/shapes.ts";
import { isUnlike } from "./live.ts";
import { leastApart, positionAt } from "./simulation.ts";

export interface Verdict {
  /** The engine passed what the simulation shows to be too near. */
  readonly missed: boolean;
  /** The engine speaks of a conflict that cannot be shown. */
  readonly isFalse: boolean;
  readonly conflict: boolean;
  /** The live index said otherwise than the exact comparison. */
  readonly isUnlike: boolean;
}

export const EPOCH_MS = 1_700_000_000_000;
const CENTIMETRE_M = 0.01;

/** A route of up to seven legs, with halts, at 2 to 250 m/s. */
export function randomRoute(random: Random, from: { lat: number; lon: number }, start: number): MovingVolume {
  let [position, heading, at] = [from, between(random, 0, 360), start];
  const fixes = [{ position, at }];
  for (let legs = 1 + Math.floor(random() * 7); legs > 0; legs--) {
    if (random() < 0.15) at += Math.round(between(random, 0, 1_200_000));
    else {
      heading += between(random, -70, 70);
      const metres = 10 ** between(random, 1.5, random() < 0.1 ? 6 : 4.6);
      position = go(position, heading, metres);
      at += Math.round((metres / between(random, 2, random() < 0.2 ? 250 : 30)) * 1000);
    }
    fixes.push({ position, at });
  }
  const tolerance_s = random() < 0.3 ? 0 : Math.floor(between(random, 0, 900));
  return movingVolume(fixes, { tolerance_s, width_m: random() < 0.3 ? 0 : between(random, 1, 500), height: null });
}

/** The same way back, an hour or so later or at the same time: convoys that meet, or follow each other. */
function wayBack(random: Random, route: MovingVolume): MovingVolume {
  const { line, width_m } = route.footprint;
  const times = route.motion.times as readonly number[];
  const [first, last] = [times[0] as number, times.at(-1) as number];
  const late = pick(random, [0, 600_000, 3_600_000, last - first]);
  const fixes = line.map((position, i) => ({ position, at: (times[i] as number) + late }));
  const turned = line.map((position, i) => ({ position, at: first + last - (times[i] as number) + late })).toReversed();
  return movingVolume(random() < 0.5 ? fixes : turned, {
    tolerance_s: route.motion.tolerance_s,
    width_m,
    height: null,
  });
}

export function twoRoutes(random: Random): readonly [MovingVolume, MovingVolume] {
  const centre = awkwardCentre(random);
  const a = randomRoute(random, centre, EPOCH_MS);
  if (random() < 0.3) return [a, wayBack(random, a)];
  const near = go(centre, between(random, 0, 360), 10 ** between(random, 1.5, 4.6));
  return [a, randomRoute(random, near, EPOCH_MS + Math.round(between(random, -3_600_000, 3_600_000)))];
}

export function routeAndSite(random: Random): readonly [MovingVolume, AnyVolume] {
  const route = randomRoute(random, awkwardCentre(random), EPOCH_MS);
  const [first, last] = [route.motion.times[0] as number, route.motion.times.at(-1) as number];
  const on = positionAt(route)(between(random, first, last));
  const size = 10 ** between(random, 1, 3.5);
  const footprint = randomFootprint(random, go(on, between(random, 0, 360), size * between(random, 0, 4)), size);
  const start = Math.round(between(random, first - 3_600_000, last));
  const window = { start, end: start + Math.round(random() * random() * 7_200_000) };
  return [route, { footprint, height: null, window }];
}

function subject(id: string, volume: AnyVolume): Subject {
  return { id, name: null, category: null, volumes: [volume] };
}

function conflictOf(a: AnyVolume, b: AnyVolume, asked: Separation) {
  const [plan, against] = [subject("a", a), subject("b", b)];
  const outcome = findConflict(plan, against, asked);
  return { found: outcome?.outcome === "conflict" ? outcome : null, unlike: isUnlike(plan, against, asked, outcome) };
}

/** A separation near the truth, on either side, or none at all. */
function nearTruth(random: Random, gap: number): number {
  if (!Number.isFinite(gap)) return 10 ** between(random, 0, 4);
  const limit = gap + pick(random, [0, CENTIMETRE_M, -CENTIMETRE_M, 1, -1, 0.3 * gap, -0.3 * gap]);
  return random() < 0.1 ? 0 : Math.max(0, limit);
}

export function judgeRoutes(random: Random, a: MovingVolume, b: MovingVolume): Verdict {
  const time_s = random() < 0.5 ? 0 : Math.floor(between(random, 0, 1200));
  const within = (a.motion.tolerance_s + b.motion.tolerance_s + time_s) * 1000;
  const reach = (a.footprint.width_m + b.footprint.width_m) / 2;
  const gap = leastApart(a, b, within) - reach;
  const asked = { ...NO_SEPARATION, lateral_m: nearTruth(random, Math.max(0, gap)), time_s };
  const { found, unlike } = conflictOf(a, b, asked);
  const conflict = found !== null;
  const missed = !conflict && gap <= asked.lateral_m;
  const isFalse = conflict && gap > asked.lateral_m + CENTIMETRE_M && !isShown(a, b, within, asked.lateral_m + reach);
  return { missed, isFalse, conflict, isUnlike: unlike };
}

/** Whether the places and times at which the engine says that they are nearest are on both routes, and as near. */
function isShown(a: MovingVolume, b: MovingVolume, within: number, limit_m: number): boolean {
  const near = closestApproach(a, b, within, limit_m + 0.001);
  if (near === null) return false;
  const [p, q] = near.times;
  const [u, v] = [positionAt(a)(p), positionAt(b)(q)];
  const isThere = metresBetween(u, near.closest[0]) < 0.05 && metresBetween(v, near.closest[1]) < 0.05;
  return isThere && Math.abs(p - q) <= within + 1 && metresBetween(u, v) <= limit_m + CENTIMETRE_M;
}

/** Of each leg. */
const STEPS = 24;

export function judgeSite(random: Random, route: MovingVolume, site: AnyVolume): Verdict {
  const time_s = random() < 0.5 ? 0 : Math.floor(between(random, 0, 1200));
  const early = (route.motion.tolerance_s + time_s) * 1000;
  const times = route.motion.times as readonly number[];
  const from = Math.max(times[0] as number, (site.window.start as number) - early);
  const to = Math.min(times.at(-1) as number, (site.window.end as number) + early);
  const gap =
    from > to ? Infinity : leastFrom(route, site.footprint as Footprint, from, to) - route.footprint.width_m / 2;
  const asked = { ...NO_SEPARATION, lateral_m: nearTruth(random, Math.max(0, gap)), time_s };
  const { found, unlike } = conflictOf(route, site, asked);
  const missed = found === null && gap <= asked.lateral_m;
  const isFalse = found !== null && gap > asked.lateral_m + CENTIMETRE_M && !isShownAt(found, route, site, from, to);
  return { missed, isFalse, conflict: found !== null, isUnlike: unlike };
}

/** Whether the place on the site is one, and the route comes so near to it in its time. */
function isShownAt(
  {
    closest,
    distance_m,
  }: { closest: readonly [{ lat: number; lon: number }, { lat: number; lon: number }]; distance_m: number },
  route: MovingVolume,
  site: AnyVolume,
  from: number,
  to: number,
): boolean {
  const on: Footprint = { type: "point", at: closest[1] };
  if (oracleDistance(on, site.footprint as Footprint) > CENTIMETRE_M) return false;
  return leastFrom(route, on, from, to) - route.footprint.width_m / 2 <= distance_m + CENTIMETRE_M;
}

/** Leg by leg in even steps, then closed in on round the best of each: a halt must not outnumber a quick leg beside it. */
function leastFrom(route: MovingVolume, footprint: Footprint, from: number, to: number): number {
  const where = positionAt(route);
  const apart = (at: number) => oracleDistance({ type: "point", at: where(at) }, footprint);
  const own = (route.motion.times as readonly number[]).filter((at) => at > from && at < to);
  const ends = [from, ...own, to];
  let least = Number.POSITIVE_INFINITY;
  for (const [i, end] of ends.slice(1).entries()) least = Math.min(least, leastBetween(apart, ends[i] as number, end));
  return least;
}

function leastBetween(apart: (at: number) => number, from: number, to: number): number {
  const even = Array.from({ length: STEPS + 1 }, (_, i) => from + ((to - from) * i) / STEPS);
  const sampled = even.map((at) => ({ at, metres: apart(at) })).toSorted((p, q) => p.metres - q.metres);
  let least = Number.POSITIVE_INFINITY;
  for (const { at, metres } of sampled.slice(0, 2)) {
    let [best, nearest] = [at, metres];
    for (let step = (to - from) / STEPS; step > 0.05 && nearest > 0; step /= 2) {
      for (const next of [best - step, best + step]) {
        if (next < from || next > to) continue;
        const here = apart(next);
        if (here < nearest) [best, nearest] = [next, here];
      }
    }
    least = Math.min(least, nearest);
  }
  return least;
}
