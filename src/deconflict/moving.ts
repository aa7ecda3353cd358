/** A volume that moves, against one that stands still or moves too. */
import {
  type AnyVolume,
  type Approach,
  closestApproach,
  DAY_MS,
  firstMoment,
  isMoving,
  type MovingVolume,
  nearestPassage,
  outOfReach,
  type Passage,
  passage,
  type Position,
  shapeOf,
  type TimeWindow,
} from "../geo/index.ts";
import { type Breach, breachOf, isWorse, type Measured, ROUNDING_M } from "./breach.ts";
import type { HeightGap } from "./heights.ts";
import type { Separation } from "./rules.ts";
import { windowsMeet, windowsWithin } from "./timing.ts";

/** Of two sound volumes, at least one of which moves; null where they surely keep apart. */
export function compareMoving(
  plan: AnyVolume,
  against: AnyVolume,
  asked: Separation,
  height: HeightGap,
): Breach | null {
  if (isMoving(plan) && isMoving(against)) {
    // The same order whichever was named first: of several moments that are equally near the same one is told.
    if (inOrder(plan, against)) return bothMove(plan, against, asked, height);
    return turnedRound(bothMove(against, plan, asked, height));
  }
  if (isMoving(plan)) return oneMoves(plan, against, asked, height);
  return isMoving(against) ? turnedRound(oneMoves(against, plan, asked, height)) : null;
}

function turnedRound(breach: Breach | null): Breach | null {
  return breach === null ? null : { ...breach, closest: [breach.closest[1], breach.closest[0]] };
}

/** An order of routes that depends on nothing else. */
function inOrder(a: MovingVolume, b: MovingVolume): boolean {
  const [p, q] = [a.footprint, b.footprint];
  const sizes = p.line.length - q.line.length || p.width_m - q.width_m || a.motion.tolerance_s - b.motion.tolerance_s;
  if (sizes !== 0) return sizes < 0;
  for (let i = 0; i < p.line.length; i++) {
    const [from, to] = [p.line[i] as Position, q.line[i] as Position];
    const times = (a.motion.times[i] ?? 0) - (b.motion.times[i] ?? 0);
    const order = from.lat - to.lat || from.lon - to.lon || times;
    if (order !== 0) return order < 0;
  }
  return true;
}

/** Whether they come too near in place and time, and no more. */
export function isNearMoving(plan: AnyVolume, against: AnyVolume, asked: Separation): boolean {
  const limit = asked.lateral_m + ROUNDING_M;
  if (isMoving(plan) && isMoving(against)) return approachOf(plan, against, asked) !== null;
  const [mover, still] = isMoving(plan) ? [plan, against] : [against, plan];
  if (!isMoving(mover)) return false;
  return windowsOf(mover, still, asked).some(
    ({ from, to }) => nearestPassage(mover, shapeOf(still.footprint), limit, from, to) !== null,
  );
}

interface Looked {
  readonly window: TimeWindow;
  /** The route's own times at which it may be under way while, or nearly while, the window lasts. */
  readonly from: number;
  readonly to: number;
}

function windowsOf(mover: MovingVolume, still: AnyVolume, asked: Separation): readonly Looked[] {
  const slack = asked.time_s * 1000;
  const early = mover.motion.tolerance_s * 1000 + slack;
  const { start, end } = boundsWith(mover, still);
  return windowsWithin(still, start - slack, end + slack).map((window) => ({
    window,
    from: (window.start ?? -Infinity) - early,
    to: (window.end ?? Infinity) + early,
  }));
}

/**
 * When a route may be under way. Where that is unbounded beside something that recurs, no longer than it takes to recur
 * twice: before its first time it may be anywhere on the way to it at all times, so that one day is as good as another.
 */
function boundsWith({ window, motion }: MovingVolume, still: AnyVolume): { start: number; end: number } {
  const [start, end] = [window.start ?? -Infinity, window.end ?? Infinity];
  if (still.recurs === undefined || still.recurs === null || Number.isFinite(end - start)) return { start, end };
  const enough = 2 * still.recurs.every_days * DAY_MS;
  const { start: begins, end: ends } = still.window;
  const said = motion.times.filter((time) => time !== null);
  if (said.length === 0) said.push(ends ?? begins ?? 0);
  const [first, last] = [Math.min(...said), Math.max(...said)];
  const slack = motion.tolerance_s * 1000;
  return {
    start: window.start ?? Math.min(first - slack, ends ?? Infinity) - enough,
    end: window.end ?? Math.max(last + slack, begins ?? -Infinity) + enough,
  };
}

function oneMoves(mover: MovingVolume, still: AnyVolume, asked: Separation, height: HeightGap): Breach | null {
  let worst: Breach | null = null;
  for (const { window, from, to } of windowsOf(mover, still, asked)) {
    const near = passage(mover, shapeOf(still.footprint), asked.lateral_m + ROUNDING_M, from, to);
    if (near === null) continue;
    const breach = breachOf({ ...inPassing(mover, near, window), ...height }, asked);
    if (worst === null || isWorse(breach, worst)) worst = breach;
  }
  return worst;
}

function inPassing(mover: MovingVolume, near: Passage, window: TimeWindow): Omit<Measured, "gap_m" | "note"> {
  const slack = mover.motion.tolerance_s * 1000;
  const there = { start: wholeSeconds(near.first - slack, -1), end: wholeSeconds(near.last + slack, 1) };
  const { gap_ms, window: time } = windowsMeet(there, window);
  const nearest = Math.min(time.end ?? Infinity, Math.max(time.start ?? -Infinity, near.nearest));
  return {
    distance_m: near.distance_m,
    closest: near.closest,
    time,
    time_gap_ms: gap_ms,
    moment: moment(Math.round(nearest)),
    moves: true,
  };
}

/** Outward to the second: finer than that nobody can say when something that moves is where. */
function wholeSeconds(at: number, outward: 1 | -1): number | null {
  return moment(1000 * (outward === 1 ? Math.ceil(at / 1000) : Math.floor(at / 1000)));
}

/** A moment that may be infinite, as it is told. */
function moment(at: number): number | null {
  return Number.isFinite(at) ? at : null;
}

const slackOf = ({ motion }: MovingVolume) => motion.tolerance_s * 1000;
const reachOf = ({ footprint }: MovingVolume) => footprint.width_m / 2;

/** How far apart the two routes' own times may be for both to count as there together. */
function withinOf(a: MovingVolume, b: MovingVolume, asked: Separation): number {
  return slackOf(a) + slackOf(b) + asked.time_s * 1000;
}

function limitOf(a: MovingVolume, b: MovingVolume, asked: Separation): number {
  return asked.lateral_m + ROUNDING_M + reachOf(a) + reachOf(b);
}

function approachOf(a: MovingVolume, b: MovingVolume, asked: Separation): Approach | null {
  return closestApproach(a, b, withinOf(a, b, asked), limitOf(a, b, asked));
}

function bothMove(a: MovingVolume, b: MovingVolume, asked: Separation, height: HeightGap): Breach | null {
  const near = approachOf(a, b, asked);
  if (near === null) return null;
  const [p, q] = near.times;
  const apart = { distance_m: near.distance_m, closest: near.closest };
  const { distance_m, closest } = outOfReach(apart, reachOf(a), reachOf(b));
  const [late, early] = [Math.max(p - slackOf(a), q - slackOf(b)), Math.min(p + slackOf(a), q + slackOf(b))];
  const apart_ms = Math.max(0, Math.round(late - early));
  const time_gap_ms = apart_ms > 0 && mayMeet(a, b, asked) ? 0 : apart_ms;
  return breachOf(
    {
      distance_m,
      closest,
      time: togetherIn(a, b, asked),
      time_gap_ms,
      moment: moment(Math.round((late + early) / 2)),
      moves: true,
      ...height,
    },
    asked,
  );
}

/**
 * Whether they may be too near at one moment. Where they are nearest one may be long past, and nobody may take two that
 * meet head-on for two that pass each other half an hour apart.
 */
function mayMeet(a: MovingVolume, b: MovingVolume, asked: Separation): boolean {
  return closestApproach(a, b, slackOf(a) + slackOf(b), limitOf(a, b, asked)) !== null;
}

/** How finely the first and last moments are looked for. */
const FINE_MS = 1000;

/**
 * From when until when they are too near: at each pair of their own times, the moments that both may be there, or where
 * they only follow each other, those between.
 */
function togetherIn(a: MovingVolume, b: MovingVolume, asked: Separation): TimeWindow {
  const [s, t] = [slackOf(a), slackOf(b)];
  const find = (earliest: (p: readonly [number, number], q: readonly [number, number]) => number) =>
    firstMoment(a, b, withinOf(a, b, asked), limitOf(a, b, asked), { earliest, fine_ms: FINE_MS });
  const first = find(([p], [q]) => Math.min(Math.max(p - s, q - t), Math.min(p + s, q + t)));
  const last = find(([, p], [, q]) => -Math.max(Math.max(p - s, q - t), Math.min(p + s, q + t)));
  return {
    start: first === null ? null : wholeSeconds(first, -1),
    end: last === null ? null : wholeSeconds(-last, 1),
  };
}
