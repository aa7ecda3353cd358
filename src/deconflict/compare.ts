/** Two volumes and a separation: do they come too near in place, height and time, all three? */
import {
  type AnyFootprint,
  type AnyHeightBand,
  type AnyVolume,
  distanceWithin,
  footprintFault,
  formatTime,
  hullOfFaulty,
  type Position,
  type TimeWindow,
} from "../geo/index.ts";
import type { Grave, Separation } from "./rules.ts";

/**
 * Positions are told to a nanodegree, a tenth of a millimetre on the ground. The last millimetre counts as too near,
 * so that rounding never hides a touch.
 */
export const ROUNDING_M = 0.001;

/** Why a pair cannot be decided. */
export const UNDECIDED_CODES = ["height-datum", "footprint-invalid"] as const;
export type UndecidedCode = (typeof UNDECIDED_CODES)[number];

/** A breach between two volumes. */
export interface Breach {
  readonly outcome: "conflict";
  /** 0 where they overlap; then `closest` is one place twice. Rounded to the millimetre. */
  readonly distance_m: number;
  readonly closest: readonly [Position, Position];
  /** Metres between the two bands, 0 where they meet; null where one of the volumes holds at all heights. */
  readonly vertical_gap_m: number | null;
  /** When both hold; where they only come near in time, the interval between them. */
  readonly time: TimeWindow;
  /** Milliseconds between the two windows, 0 where they meet. */
  readonly time_gap_ms: number;
  readonly grave: Grave;
  readonly asked: Separation;
}

export interface Doubt {
  readonly outcome: "undecided";
  readonly code: UndecidedCode;
  readonly why: string;
}

/** A breach, a doubt, or null: surely farther apart than asked. */
export function compareVolumes(plan: AnyVolume, against: AnyVolume, asked: Separation): Breach | Doubt | null {
  const time = timeBetween(plan.window, against.window);
  if (time.gap_ms > asked.time_s * 1000) return null;
  const height = heightBetween(plan.height, against.height);
  if (height !== "unknown" && (height ?? 0) > asked.vertical_m + ROUNDING_M) return null;
  const faulty = faultBetween(plan.footprint, against.footprint, asked.lateral_m);
  if (faulty !== "sound") return faulty;
  const near = distanceWithin(plan.footprint, against.footprint, asked.lateral_m + ROUNDING_M);
  if (near === null) return null;
  if (height === "unknown") return datumDoubt(plan.height, against.height);
  const distance_m = Math.min(asked.lateral_m, Math.round(near.distance_m * 1000) / 1000);
  return {
    outcome: "conflict",
    distance_m,
    closest: distance_m === 0 ? [near.closest[0], near.closest[0]] : near.closest,
    vertical_gap_m: height === null ? null : Math.min(asked.vertical_m, Math.round(height * 1000) / 1000),
    time: time.window,
    time_gap_ms: time.gap_ms,
    grave: asked.grave ?? graveByDepth(distance_m, asked.lateral_m),
    asked,
  };
}

function graveByDepth(distance_m: number, lateral_m: number): Grave {
  if (distance_m === 0) return "critical";
  return distance_m <= lateral_m / 2 ? "high" : "low";
}

function timeBetween(a: TimeWindow, b: TimeWindow): { readonly gap_ms: number; readonly window: TimeWindow } {
  const start = a.start === null ? b.start : b.start === null ? a.start : Math.max(a.start, b.start);
  const end = a.end === null ? b.end : b.end === null ? a.end : Math.min(a.end, b.end);
  if (start === null || end === null || start <= end) return { gap_ms: 0, window: { start, end } };
  return { gap_ms: start - end, window: { start: end, end: start } };
}

/** Metres between two bands; null where one holds at all heights; unknown where their datums cannot be compared. */
function heightBetween(a: AnyHeightBand | null, b: AnyHeightBand | null): number | null | "unknown" {
  if (a === null || b === null || isUnbounded(a) || isUnbounded(b)) return null;
  if (a.datum !== b.datum) return "unknown";
  const below = a.upper_m === null || b.lower_m === null ? 0 : b.lower_m - a.upper_m;
  const above = a.lower_m === null || b.upper_m === null ? 0 : a.lower_m - b.upper_m;
  return Math.max(0, below, above);
}

function isUnbounded(band: AnyHeightBand): boolean {
  return band.lower_m === null && band.upper_m === null;
}

function datumDoubt(a: AnyHeightBand | null, b: AnyHeightBand | null): Doubt {
  const why = `their heights are above different datums (${a?.datum ?? "none"} and ${b?.datum ?? "none"})`;
  return { outcome: "undecided", code: "height-datum", why };
}

/** "sound" where both footprints are; else a doubt, or null where even the worst reading is far enough away. */
function faultBetween(a: AnyFootprint, b: AnyFootprint, lateral_m: number): Doubt | null | "sound" {
  const fault = footprintFault(a) ?? footprintFault(b);
  if (fault === null) return "sound";
  const [p, q] = [readingOf(a), readingOf(b)];
  if (p !== null && q !== null && distanceWithin(p, q, lateral_m + ROUNDING_M) === null) return null;
  return { outcome: "undecided", code: "footprint-invalid", why: `a footprint is drawn wrongly: ${fault.message}` };
}

/** The footprint, or what holds every reading of it; null: it could be anywhere. */
export function readingOf(footprint: AnyFootprint): AnyFootprint | null {
  return footprintFault(footprint) === null ? footprint : hullOfFaulty(footprint);
}

/** True where `a` is the worse of two breaches: graver, else nearer, else nearer in height, else sooner. */
export function isWorse(a: Breach, b: Breach): boolean {
  const rank = { low: 0, high: 1, critical: 2 } as const;
  const order =
    rank[b.grave] - rank[a.grave] ||
    a.distance_m - b.distance_m ||
    (a.vertical_gap_m ?? 0) - (b.vertical_gap_m ?? 0) ||
    (a.time.start ?? Number.MIN_SAFE_INTEGER) - (b.time.start ?? Number.MIN_SAFE_INTEGER);
  return order < 0;
}

/** Whole metres with thousands marked: `1,234 m`; below half a metre `less than 1 m`. */
export function showMetres(metres: number): string {
  if (metres > 0 && metres < 0.5) return "less than 1 m";
  return `${String(Math.round(metres)).replace(/\B(?=(?:\d{3})+$)/g, ",")} m`;
}

/** `from 2026-11-23 15:30Z to 2026-11-23 17:00Z`, and its unbounded forms. */
export function showWindow({ start, end }: TimeWindow): string {
  if (start === null) return end === null ? "at all times" : `until ${formatTime(end)}`;
  if (end === null) return `from ${formatTime(start)} on`;
  return start === end ? `at ${formatTime(start)}` : `from ${formatTime(start)} to ${formatTime(end)}`;
}
