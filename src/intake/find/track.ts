/** Routes and tracks: legs that nothing can travel, fixes that jump away and back, lines that turn back on themselves. */
import { type Finding, finding } from "../codes.ts";
import type { IntakeRecord, RecordFix } from "../record.ts";
import { likelySlip, suggested } from "./slips.ts";
import { metresApart, quantile } from "./sphere.ts";

/** Metres a second: faster than anything that a line speaks of; and what no road allows. */
const SPEED = { never: 400, road: 60 } as const;
/** A leg so many times as fast as three in four of the others is doubted. */
const TIMES = 4;
/** A fix is off its line where the way over it is so many times the way without, and it lies `least_m` off. */
const DETOUR = { times: 3, least_m: 1000 } as const;
/** No one reads more of them in one record. */
const MOST = 20;

/** Findings about one line, for each fix that is doubted. */
export function trackOf({ route }: Pick<IntakeRecord, "route">): Finding[] {
  if (route.length < 3) return twoFixes(route);
  const limit = speedLimit(route);
  const found: Finding[] = [];
  for (let i = 0; i < route.length && found.length < MOST; i++) {
    const what = jumpAt(route, i, limit) ?? clockAt(route, i, limit) ?? speedAt(route, i, limit) ?? turnAt(route, i);
    if (what !== null) found.push(what);
  }
  return found;
}

function twoFixes(route: readonly RecordFix[]): Finding[] {
  const speed = speedBetween(route[0], route[1]);
  return speed !== null && speed > SPEED.never ? [tooFast(route, 1, speed)] : [];
}

/** What a leg may have: four times what three in four of the line's legs have, within what roads and aircraft allow. */
function speedLimit(route: readonly RecordFix[]): number {
  const speeds = route.slice(1).flatMap((fix, i) => speedBetween(route[i], fix) ?? []);
  if (speeds.length < 3) return SPEED.never;
  return Math.min(SPEED.never, Math.max(SPEED.road, TIMES * quantile(speeds, 0.75)));
}

function speedBetween(a: RecordFix | undefined, b: RecordFix | undefined): number | null {
  if (a === undefined || b === undefined || a.at === null || b.at === null) return null;
  const [metres, seconds] = [metresApart(a.position, b.position), Math.abs(b.at - a.at) / 1000];
  // Two fixes of one second may be rounded to it.
  return metres < 200 ? 0 : metres / Math.max(1, seconds);
}

/** A fix away from both its neighbours, which lie together well without it. */
function jumpAt(route: readonly RecordFix[], i: number, limit: number): Finding | null {
  const [before, fix, after] = [route[i - 1], route[i], route[i + 1]];
  if (before === undefined || fix === undefined || after === undefined) return null;
  const [into, out, past] = [speedBetween(before, fix), speedBetween(fix, after), speedBetween(before, after)];
  const timed = into !== null && out !== null && past !== null;
  const fast = timed && into > limit && out > limit && past <= limit;
  if (!fast) return null;
  const off = Math.min(metresApart(fix.position, before.position), metresApart(fix.position, after.position));
  const reach = Math.max(500, metresApart(before.position, after.position));
  const slip = likelySlip(fix.position, (at) => {
    const way = metresApart(before.position, at) + metresApart(at, after.position);
    return way > 3 * reach ? 0 : Math.exp(-way / (2 * reach));
  });
  const given = { position: i + 1, off: { metres: off } };
  return finding("fix-jumps", "route", given, slip === null ? {} : suggested(slip));
}

/** A time out of step: both legs are travelled as one, but not at this moment. */
function clockAt(route: readonly RecordFix[], i: number, limit: number): Finding | null {
  const [before, fix, after] = [route[i - 1], route[i], route[i + 1]];
  if (before?.at == null || fix?.at == null || after?.at == null) return null;
  const backwards = fix.at < before.at || fix.at > after.at;
  if (!backwards || before.at > after.at || (speedBetween(before, after) ?? 0) > limit) return null;
  return finding("clock-jumps", "route", { position: i + 1 });
}

function speedAt(route: readonly RecordFix[], i: number, limit: number): Finding | null {
  const speed = speedBetween(route[i - 1], route[i]);
  return speed === null || speed <= limit || jumpAt(route, i - 1, limit) !== null ? null : tooFast(route, i, speed);
}

function tooFast(route: readonly RecordFix[], i: number, speed: number): Finding {
  const metres = metresApart((route[i - 1] as RecordFix).position, (route[i] as RecordFix).position);
  const given = { position: i + 1, away: { metres }, speed: Math.round(speed * 3.6) };
  return finding("speed-impossible", "route", given);
}

/** A corner at which the line comes back almost to where it was; only where times say nothing better. */
function turnAt(route: readonly RecordFix[], i: number): Finding | null {
  const [before, fix, after] = [route[i - 1], route[i], route[i + 1]];
  if (before === undefined || fix === undefined || after === undefined) return null;
  const [into, out] = [metresApart(before.position, fix.position), metresApart(fix.position, after.position)];
  const past = metresApart(before.position, after.position);
  const off = Math.min(into, out);
  if (off < DETOUR.least_m || into + out < DETOUR.times * past || off < 5 * usualLeg(route, i)) return null;
  return finding("route-backtracks", "route", { position: i + 1, off: { metres: off } });
}

/** The middle length of the legs that do not touch `i`; 0 where there are none. */
function usualLeg(route: readonly RecordFix[], i: number): number {
  const from = Math.max(1, i - 20);
  const legs = route.slice(from, i + 20).flatMap((fix, k) => {
    const at = from + k;
    return at === i || at === i + 1 ? [] : [metresApart((route[at - 1] as RecordFix).position, fix.position)];
  });
  return legs.length === 0 ? 0 : quantile(legs, 0.5);
}
