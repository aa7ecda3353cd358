/** Why a rule fired: which one, what it asks for, what was found, and why it is what it is. */
import type { Shortfall } from "./breach.ts";
import type { Conflict } from "./conflict.ts";
import type { PairRule, Separation } from "./rules.ts";
import { showMetres, showSeconds } from "./sentence.ts";

export interface Firing {
  /** The words by which the rule names the two; null: the default. */
  readonly rule: { readonly plan: string; readonly against: string } | null;
  readonly asked: Pick<Separation, "lateral_m" | "vertical_m" | "time_s">;
  readonly found: {
    readonly distance_m: number;
    readonly vertical_gap_m: number | null;
    readonly time_gap_s: number;
  };
  readonly below: Shortfall;
  /** What whoever set the rule said of it; null where nothing was said. */
  readonly reason: string | null;
  /** All of it in words. */
  readonly because: string;
}

export function whyFired(conflict: Conflict): Firing {
  const { asked, distance_m, vertical_gap_m, time_gap_ms, below } = conflict;
  const rule = isPair(asked) ? { plan: asked.plan, against: asked.against } : null;
  const reason = asked.reason ?? null;
  const { lateral_m, vertical_m, time_s } = asked;
  const time_gap_s = time_gap_ms / 1000;
  const named =
    rule === null ? "The default rule" : `The rule for ${wordOf(rule.plan)} against ${wordOf(rule.against)}`;
  const parts = [
    `${named} counts as too near what is at most ${showMetres(lateral_m)} apart in place${heightAsked(vertical_m)} and ` +
      `${showSeconds(time_s)} in time, all three`,
    `found: ${showMetres(distance_m)} in place, ${heightFound(vertical_gap_m)}, ${showSeconds(time_gap_s)} in time`,
  ];
  const because = `${parts.join("; ")}.${reason === null ? "" : ` ${reason}`}`;
  const found = { distance_m, vertical_gap_m, time_gap_s };
  return { rule, asked: { lateral_m, vertical_m, time_s }, found, below, reason, because };
}

function isPair(asked: Separation): asked is PairRule {
  return "plan" in asked && "against" in asked;
}

function wordOf(word: string): string {
  return word === "*" ? "anything" : `"${word}"`;
}

/** From 100 km on a vertical separation means any height. */
function heightAsked(vertical_m: number): string {
  return vertical_m >= 100_000 ? ", at any height," : `, ${showMetres(vertical_m)} in height`;
}

function heightFound(gap_m: number | null): string {
  return gap_m === null ? "no matter the height" : `${showMetres(gap_m)} in height`;
}
