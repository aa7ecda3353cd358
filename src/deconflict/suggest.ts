/**
 * The nearest change that clears a plan: a later start, a shift of the footprint, another height band. Each suggestion
 * is checked with the engine against everything that is given before it is made; none is made that does not clear all.
 */
import { type AnyVolume, firstPosition, formatTime, type Position } from "../geo/index.ts";
import type { Conflict, Subject, Undecided } from "./conflict.ts";
import { type Asked, findAmong } from "./layers.ts";
import { prepare, type Prepared, withinSeparation } from "./prepare.ts";
import { NO_SEPARATION } from "./rules.ts";
import { showMetres, showName, showSeconds } from "./sentence.ts";
import { forbiddenDelays, leastDelay } from "./delays.ts";
import { alteredIn, delayed, shiftedBy } from "./alter.ts";

export interface Suggestion {
  readonly change:
    | { readonly type: "later"; readonly delay_ms: number; readonly start: number }
    | { readonly type: "shift"; readonly bearing_deg: number; readonly metres: number }
    | { readonly type: "height"; readonly lower_m: number; readonly upper_m: number; readonly datum: string };
  /** The plan as it would be then. */
  readonly plan: Subject;
  /** One sentence for people. */
  readonly says: string;
}

/** Where along a plan, and when, it comes too near something, or where that cannot be decided. */
export interface Trouble {
  readonly against: string;
  /** When it is nearest, or may be near; null where it is so at all times. */
  readonly at: number | null;
  /** A place on the plan. */
  readonly where: Position;
  readonly because: string;
  readonly found: Conflict | Undecided;
}

/** What is looked through: no later than this, no farther than this. */
export interface SuggestLimits {
  readonly latest_ms: number;
  readonly farthest_m: number;
}

const WITHIN: SuggestLimits = { latest_ms: 7 * 86_400_000, farthest_m: 50_000 };
const MINUTE_MS = 60_000;
const ALWAYS = { start: null, end: null } as const;

/**
 * For a plan that is in conflict with, or undecided against, some of `others`: up to three changes, each the nearest of
 * its kind that clears the plan against all of `others`. Empty where the plan is clear, or nothing within `limits` is.
 */
export function suggestions(
  plan: Subject,
  others: readonly Subject[],
  asks: Asks,
  limits: SuggestLimits = WITHIN,
): readonly Suggestion[] {
  const near = others
    .flatMap((other) => asks(plan, other).map(({ asked, turned }) => ({ other, asked, turned })))
    .filter(({ other, asked }) => comesNear(plan, other, asked.lateral_m + limits.farthest_m + 1));
  const clear = (changed: Subject) => near.every(({ other, ...one }) => findAmong(changed, other, [one]) === null);
  if (clear(plan)) return [];
  const found = [
    laterStart(plan, near, clear, limits),
    smallestShift(plan, clear, limits),
    nextHeight(plan, near, clear),
  ];
  return found.filter((suggestion) => suggestion !== null);
}

interface Near extends Asked {
  readonly other: Subject;
}

/** All that is asked for between a plan and something else: `askedBetween` the two, or what one set of rules asks. */
export type Asks = (plan: Subject, other: Subject) => readonly Asked[];

function anyhow({ footprint }: AnyVolume): Prepared {
  return prepare({ footprint, height: null, window: ALWAYS });
}

/** Whether the plan, moved about, could come near it at any height and time. */
function comesNear(plan: Subject, other: Subject, lateral_m: number): boolean {
  const told = other.volumes.map(anyhow);
  const asked = { ...NO_SEPARATION, lateral_m };
  return plan.volumes.map(anyhow).some((p) => told.some((q) => withinSeparation(p, q, asked)));
}

/**
 * Every place along a plan where it comes too near something, in order of time: where, when, and to what. What cannot be
 * decided is trouble too.
 */
export function troubles(plan: Subject, others: readonly Subject[], asks: Asks): readonly Trouble[] {
  const all: Trouble[] = [];
  for (const other of others) {
    const asked = asks(plan, other);
    for (const volume of plan.volumes) {
      const found = findAmong({ ...plan, volumes: [volume] }, other, asked);
      if (found !== null) all.push(troubleOf(plan, volume, found));
    }
  }
  return all.toSorted((a, b) => (a.at ?? Number.NEGATIVE_INFINITY) - (b.at ?? Number.NEGATIVE_INFINITY));
}

function troubleOf(plan: Subject, { footprint, window }: AnyVolume, found: Conflict | Undecided): Trouble {
  const { because } = found;
  const isTurned = found.against === plan.id;
  const against = isTurned ? found.plan : found.against;
  return found.outcome === "conflict"
    ? { against, at: found.moment ?? found.time.start, where: found.closest[isTurned ? 1 : 0], because, found }
    : { against, at: window.start, where: firstPosition(footprint), because, found };
}

type Clear = (changed: Subject) => boolean;

/** The earliest later start, to the minute: the first delay that nothing forbids. */
function laterStart(
  plan: Subject,
  near: readonly Near[],
  clear: Clear,
  { latest_ms }: SuggestLimits,
): Suggestion | null {
  const start = startOf(plan);
  if (start === null) return null;
  const forbidden = near.flatMap(({ other, asked }) =>
    plan.volumes.flatMap((p) => other.volumes.flatMap((q) => forbiddenDelays(p, q, asked, latest_ms))),
  );
  const delay_ms = leastDelay(forbidden, MINUTE_MS, latest_ms);
  if (delay_ms === null) return null;
  const later = delayed(plan, delay_ms);
  if (!clear(later)) return null;
  const by = showSeconds(delay_ms / 1000);
  const says = `${nameOf(plan)} is clear of all if it begins ${by} later, at ${formatTime(start + delay_ms)}.`;
  return { change: { type: "later", delay_ms, start: start + delay_ms }, plan: later, says };
}

/** The beginning of the first of its volumes; null where one of them has none. */
function startOf({ volumes }: Subject): number | null {
  const starts = volumes.map(({ window }) => window.start);
  return starts.some((start) => start === null) ? null : Math.min(...starts.map(Number));
}

const POINTS = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];
const STEP_M = 10;

/** The smallest shift in one of sixteen directions, to the next ten metres up. */
function smallestShift(plan: Subject, clear: Clear, { farthest_m }: SuggestLimits): Suggestion | null {
  let most = Math.floor(farthest_m / STEP_M);
  let best: { readonly point: number; readonly metres: number } | null = null;
  for (let point = 0; point < POINTS.length && most > 0; point++) {
    const steps = leastShift((count) => clear(shiftedBy(plan, bearingOf(point), count * STEP_M)), most);
    if (steps === null) continue;
    best = { point, metres: steps * STEP_M };
    most = steps - 1;
  }
  if (best === null) return null;
  const bearing_deg = bearingOf(best.point);
  const towards = `${POINTS[best.point]} (${bearing_deg}°)`;
  const says = `${nameOf(plan)} is clear of all if it is moved ${showMetres(best.metres)} towards ${towards}.`;
  const moved = shiftedBy(plan, bearing_deg, best.metres);
  return { change: { type: "shift", bearing_deg, metres: best.metres }, plan: moved, says };
}

function bearingOf(point: number): number {
  return (point * 360) / POINTS.length;
}

/** Doubling, then halving: what lies clear beyond the first clear place is not looked for. */
function leastShift(isClearAt: (count: number) => boolean, most: number): number | null {
  let [low, high] = [0, 1];
  while (high < most && !isClearAt(high)) [low, high] = [high, Math.min(high * 2, Math.floor(most))];
  if (high > most || !isClearAt(high)) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (isClearAt(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** A metre beyond the separation, so that the last millimetre's rounding is out of the question. */
const BEYOND_M = 1;

/** The free height nearest to the plan's own, of those just above or just below something that it is too near. */
function nextHeight(plan: Subject, near: readonly Near[], clear: Clear): Suggestion | null {
  const [first] = plan.volumes;
  const band = first?.height ?? null;
  if (band === null || band.lower_m === null || band.upper_m === null) return null;
  const [lower_m, upper_m] = [band.lower_m, band.upper_m];
  if (plan.volumes.some(({ height }) => height?.lower_m !== lower_m || height.upper_m !== upper_m)) return null;
  const shifts = near.flatMap(({ other, asked }) => {
    const apart = asked.vertical_m + BEYOND_M;
    return other.volumes.flatMap(({ height }) => {
      const above = height?.upper_m === null || height === null ? [] : [Math.ceil(height.upper_m + apart - lower_m)];
      const below = height?.lower_m === null || height === null ? [] : [Math.floor(height.lower_m - apart - upper_m)];
      return [...above, ...below];
    });
  });
  const tried = [...new Set(shifts)].toSorted((a, b) => Math.abs(a) - Math.abs(b));
  for (const shift of tried.slice(0, MOST_HEIGHTS)) {
    const moved = alteredIn(plan, { ...band, lower_m: lower_m + shift, upper_m: upper_m + shift });
    if (lower_m + shift < 0 || !clear(moved)) continue;
    const change = { type: "height", datum: band.datum, lower_m: lower_m + shift, upper_m: upper_m + shift } as const;
    const says = `${nameOf(plan)} is clear of all between ${showMetres(change.lower_m)} and ${showMetres(change.upper_m)} ${band.datum}.`;
    return { change, plan: moved, says };
  }
  return null;
}

const MOST_HEIGHTS = 200;

function nameOf(plan: Subject): string {
  return showName(plan.name ?? plan.id);
}
