/** Two volumes and a separation: do they come too near in place, height and time, all three? */
import {
  type AnyFootprint,
  type AnyVolume,
  distanceWithin,
  footprintFault,
  hullOfFaulty,
  isMoving,
} from "../geo/index.ts";
import { type Breach, breachOf, type Doubt, type Recurs, ROUNDING_M } from "./breach.ts";
import { heightBetween } from "./heights.ts";
import { compareMoving, isNearMoving } from "./moving.ts";
import type { Separation } from "./rules.ts";
import { meetingOf, windowsMeet } from "./timing.ts";

/** A breach, a doubt, or null: surely farther apart than asked. */
export function compareVolumes(plan: AnyVolume, against: AnyVolume, asked: Separation): Breach | Doubt | null {
  const slack = asked.time_s * 1000;
  if (windowsMeet(plan.window, against.window).gap_ms > slack) return null;
  const meeting = meetingOf(plan, against);
  if (meeting.gap_ms > slack) return null;
  const faulty = faultBetween(plan.footprint, against.footprint, asked.lateral_m);
  if (faulty === null) return null;
  const height = faulty === "sound" ? heightBetween(plan, against, asked) : null;
  if (height !== null && height !== "unknown" && (height.gap_m ?? 0) > asked.vertical_m + ROUNDING_M) return null;
  if (faulty !== "sound") return sameDatumApart(plan, against, asked) ? null : faulty;
  if (height === "unknown") return isNear(plan, against, asked) ? datumDoubt(plan, against) : null;
  const { gap_m, note } = height as Exclude<typeof height, "unknown" | null>;
  if (isMoving(plan) || isMoving(against)) return compareMoving(plan, against, asked, { gap_m, note });
  const near = distanceWithin(plan.footprint, against.footprint, asked.lateral_m + ROUNDING_M);
  if (near === null) return null;
  const { window, gap_ms } = meeting;
  const moment = window.start ?? window.end;
  const recurs = recursOf(plan, against);
  return breachOf({ ...near, gap_m, note, time: window, time_gap_ms: gap_ms, moment, moves: false, recurs }, asked);
}

function recursOf(plan: AnyVolume, against: AnyVolume): Recurs {
  if ((plan.recurs ?? against.recurs ?? null) === null) return "no";
  return plan.window.start === null && against.window.start === null ? "one" : "first";
}

/** As `compareVolumes`, of sound volumes whose heights and windows are no hindrance: near enough, and at which times? */
export function isNear(plan: AnyVolume, against: AnyVolume, asked: Separation): boolean {
  if (isMoving(plan) || isMoving(against)) return isNearMoving(plan, against, asked);
  return distanceWithin(plan.footprint, against.footprint, asked.lateral_m + ROUNDING_M) !== null;
}

/** Heights above one datum can be compared however the footprints are drawn. */
function sameDatumApart(plan: AnyVolume, against: AnyVolume, asked: Separation): boolean {
  if (plan.height?.datum !== against.height?.datum) return false;
  const height = heightBetween(plan, against, asked);
  return height !== "unknown" && (height.gap_m ?? 0) > asked.vertical_m + ROUNDING_M;
}

function datumDoubt({ height: a }: AnyVolume, { height: b }: AnyVolume): Doubt {
  const data = `${a?.datum ?? "none"} and ${b?.datum ?? "none"}`;
  const why = `in place and time it does, but their heights are above different datums (${data}); give both above one, or ask`;
  return { outcome: "undecided", code: "height-datum", why };
}

/** "sound" where both footprints are; else a doubt, or null where even the worst reading is far enough away. */
function faultBetween(a: AnyFootprint, b: AnyFootprint, lateral_m: number): Doubt | null | "sound" {
  const fault = footprintFault(a) ?? footprintFault(b);
  if (fault === null) return "sound";
  const [p, q] = [readingOf(a), readingOf(b)];
  if (p !== null && q !== null && distanceWithin(p, q, lateral_m + ROUNDING_M) === null) return null;
  return {
    outcome: "undecided",
    code: "footprint-invalid",
    why: `a footprint is drawn wrongly, to be asked for anew: ${fault.message}`,
  };
}

/** The footprint, or what holds every reading of it; null: it could be anywhere. */
export function readingOf(footprint: AnyFootprint): AnyFootprint | null {
  return footprintFault(footprint) === null ? footprint : hullOfFaulty(footprint);
}
