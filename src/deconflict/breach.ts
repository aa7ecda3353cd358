/** What comparing two volumes finds: a breach, or a doubt. */
import type { Position, TimeWindow } from "../geo/index.ts";
import type { Grave, Separation } from "./rules.ts";

/**
 * Positions are told to a nanodegree, a tenth of a millimetre on the ground. Twice that more counts as too near,
 * so that rounding never hides a touch.
 */
export const ROUNDING_M = 0.0002;

/** Why a pair cannot be decided. */
export const UNDECIDED_CODES = ["height-datum", "footprint-invalid"] as const;
export type UndecidedCode = (typeof UNDECIDED_CODES)[number];

/** How far two volumes are below what was asked, in each way; null where the way does not count. */
export interface Shortfall {
  readonly lateral_m: number;
  /** null where one of the volumes holds at all heights. */
  readonly vertical_m: number | null;
  readonly time_s: number;
}

/** A breach between two volumes. */
export interface Breach {
  readonly outcome: "conflict";
  /** 0 where they overlap; then `closest` is one place twice. Rounded to the millimetre. */
  readonly distance_m: number;
  readonly closest: readonly [Position, Position];
  /** Metres between the two bands, 0 where they meet; null where one of the volumes holds at all heights. */
  readonly vertical_gap_m: number | null;
  /** When both hold and are too near; where they only come near in time, the interval between them. */
  readonly time: TimeWindow;
  /** When they are nearest; null where they are so at all times. What stands still is so from the beginning. */
  readonly moment: number | null;
  /** Milliseconds between the two windows, 0 where they meet. */
  readonly time_gap_ms: number;
  readonly below: Shortfall;
  readonly grave: Grave;
  readonly asked: Separation;
  /** True where one of the two moves. */
  readonly moves: boolean;
  /** Where one of the two recurs, what `time` is: the first time, or one of them where nothing says when they began. */
  readonly recurs: Recurs;
  /** What had to be assumed to compare their heights; null where nothing had. */
  readonly note: string | null;
}

export type Recurs = "no" | "first" | "one";

export interface Doubt {
  readonly outcome: "undecided";
  readonly code: UndecidedCode;
  readonly why: string;
}

/** What was measured between two volumes that are too near. */
export interface Measured {
  readonly distance_m: number;
  readonly closest: readonly [Position, Position];
  readonly gap_m: number | null;
  readonly note: string | null;
  readonly time: TimeWindow;
  readonly time_gap_ms: number;
  readonly moment: number | null;
  readonly moves: boolean;
  /** Where it is not given, "no". */
  readonly recurs?: Recurs;
}

export function breachOf(measured: Measured, asked: Separation): Breach {
  const { closest, gap_m, time, time_gap_ms, moment, moves, note } = measured;
  const distance_m = Math.min(asked.lateral_m, Math.round(measured.distance_m * 1000) / 1000);
  const vertical_gap_m = gap_m === null ? null : Math.min(asked.vertical_m, Math.round(gap_m * 1000) / 1000);
  return {
    outcome: "conflict",
    distance_m,
    closest: distance_m === 0 ? [closest[0], closest[0]] : closest,
    vertical_gap_m,
    time,
    moment,
    time_gap_ms,
    below: {
      lateral_m: shortBy(asked.lateral_m, distance_m),
      vertical_m: vertical_gap_m === null ? null : shortBy(asked.vertical_m, vertical_gap_m),
      time_s: shortBy(asked.time_s, time_gap_ms / 1000),
    },
    grave: asked.grave ?? graveByDepth(distance_m, asked.lateral_m),
    asked,
    moves,
    recurs: measured.recurs ?? "no",
    note,
  };
}

function shortBy(asked: number, found: number): number {
  return Math.round((asked - found) * 1000) / 1000;
}

function graveByDepth(distance_m: number, lateral_m: number): Grave {
  if (distance_m === 0) return "critical";
  return distance_m <= lateral_m / 2 ? "high" : "low";
}

type Weighed = Pick<Breach, "outcome" | "grave" | "distance_m" | "vertical_gap_m" | "time">;

/** A conflict before what is undecided before nothing; of two conflicts the worse, of equals the first. */
export function worseFinding<Finding extends Weighed | { readonly outcome: "undecided" }>(
  a: Finding | null,
  b: Finding | null,
): Finding | null {
  if (a === null || b === null) return a ?? b;
  if (a.outcome === "undecided") return b.outcome === "conflict" ? b : a;
  return b.outcome === "conflict" && isWorse(b, a) ? b : a;
}

/** True where `a` is the worse of two: graver, else nearer, else nearer in height, else sooner. */
export function isWorse(a: Weighed, b: Weighed): boolean {
  const rank = { low: 0, high: 1, critical: 2 } as const;
  const order =
    rank[b.grave] - rank[a.grave] ||
    a.distance_m - b.distance_m ||
    (a.vertical_gap_m ?? 0) - (b.vertical_gap_m ?? 0) ||
    (a.time.start ?? Number.MIN_SAFE_INTEGER) - (b.time.start ?? Number.MIN_SAFE_INTEGER);
  return order < 0;
}
