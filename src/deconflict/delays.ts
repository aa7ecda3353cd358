/** By how much a volume may not be delayed, because it would then come too near another. */
import {
  type AnyVolume,
  firstMoment,
  isMoving,
  legsOf,
  type Moments,
  type MovingVolume,
  passage,
  shapeOf,
} from "../geo/index.ts";
import { ROUNDING_M } from "./breach.ts";
import { compareVolumes } from "./compare.ts";
import type { Separation } from "./rules.ts";
import { windowsWithin } from "./timing.ts";

/** Delays in milliseconds, both ends included; they may be infinite. */
export type Delays = readonly [number, number];

const AT_ALL_TIMES = { start: null, end: null } as const;

/** Every delay of `plan` up to `latest_ms` at which it would conflict with `other`, or could not be decided, and perhaps some more. */
export function forbiddenDelays(
  plan: AnyVolume,
  other: AnyVolume,
  asked: Separation,
  latest_ms: number,
): readonly Delays[] {
  const wide = { ...asked, time_s: 0 };
  if (compareVolumes(standing(plan), standing(other), wide) === null) return [];
  const slack = asked.time_s * 1000;
  const from = plan.window.start ?? -Infinity;
  const to = (plan.window.end ?? Infinity) + latest_ms;
  if (isMoving(plan) && isMoving(other)) return routesApart(plan, other, asked);
  const [mover, still] = isMoving(plan) ? [plan, other] : [other, plan];
  const spans = isMoving(mover) ? passing(mover, still, asked) : null;
  const planned = isMoving(plan) ? (spans ?? []) : windowsWithin(plan, from, to).map(bounds);
  const told = isMoving(other) ? (spans ?? []) : windowsWithin(other, from - slack, to + slack).map(bounds);
  return planned.flatMap(([p, q]) => told.map(([r, s]) => [r - q - slack, s - p + slack] as const));
}

/** The volume as it would be if it were everywhere it may ever be, at all times. */
function standing({ footprint, height }: AnyVolume): AnyVolume {
  return { footprint, height, window: AT_ALL_TIMES };
}

function bounds({ start, end }: AnyVolume["window"]): Delays {
  return [start ?? -Infinity, end ?? Infinity];
}

/** When a route may be near something that stands still, leg by leg. */
function passing(mover: MovingVolume, still: AnyVolume, asked: Separation): readonly Delays[] {
  const slack = mover.motion.tolerance_s * 1000;
  return legsOf(mover).flatMap(({ from, to }) => {
    const near = passage(mover, shapeOf(still.footprint), asked.lateral_m + ROUNDING_M, from, to);
    return near === null ? [] : [[near.first - slack, near.last + slack] as const];
  });
}

/** Between the least and the largest difference of their own times at which the two routes are near each other. */
function routesApart(plan: MovingVolume, other: MovingVolume, asked: Separation): readonly Delays[] {
  const reach = (plan.footprint.width_m + other.footprint.width_m) / 2;
  const limit = asked.lateral_m + ROUNDING_M + reach;
  const find = (earliest: Moments["earliest"]) =>
    firstMoment(plan, other, Number.POSITIVE_INFINITY, limit, { earliest, fine_ms: 1000 });
  const least = find(([, p], [q]) => q - p);
  const most = find(([p], [, q]) => p - q);
  const slack = (plan.motion.tolerance_s + other.motion.tolerance_s + asked.time_s) * 1000;
  return least === null || most === null ? [] : [[least - slack, -most + slack]];
}

/** The least delay above 0, a whole number of `step_ms`, that none of them forbids; null where it is above `latest_ms`. */
export function leastDelay(forbidden: readonly Delays[], step_ms: number, latest_ms: number): number | null {
  let delay = step_ms;
  for (const [from, to] of forbidden.toSorted((a, b) => a[0] - b[0])) {
    if (delay > latest_ms || from > delay) continue;
    if (to >= delay) delay = (Math.floor(to / step_ms) + 1) * step_ms;
  }
  return delay <= latest_ms ? delay : null;
}
