/** A conflict as it stands at a moment, and how it differs from how it stood before. */
import type { Conflict, Undecided } from "../conflict.ts";

/**
 * `ahead` of its time, `now`, or `past`: its time is over, and it stays until neither of the two can still be late by
 * as much as the rules allow for.
 */
export type Phase = "ahead" | "now" | "past";

export interface Standing {
  /** A plan or a holding of ours. */
  readonly own: string;
  /** What was told, or a holding of ours. */
  readonly other: string;
  /** Where others' doings come near ours, `plan` is what was told, and `against` ours. */
  readonly found: Conflict | Undecided;
  /** null where nothing could be decided. */
  readonly phase: Phase | null;
}

export interface Change {
  readonly change: "began" | "changed" | "ended";
  /** As it stands now; of one that ended, as it stood last. */
  readonly standing: Standing;
}

export function phaseOf(found: Conflict | Undecided, now: number): Phase | null {
  if (found.outcome === "undecided") return null;
  const { start, end } = found.time;
  if (start !== null && now < start) return "ahead";
  return end !== null && now > end ? "past" : "now";
}

/** The moment at or before `now` since when it has its phase, and the next moment at which it has another. */
export function phaseTimes(
  found: Conflict | Undecided,
  now: number,
): { readonly since: number; readonly until: number } {
  const always = { since: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  if (found.outcome === "undecided") return always;
  const moments = [found.time.start, found.time.end === null ? null : found.time.end + 1].filter((at) => at !== null);
  return {
    since: moments.findLast((at) => at <= now) ?? always.since,
    until: moments.find((at) => at > now) ?? always.until,
  };
}

/** null: nothing has changed. Which of several places that are equally near is named is no difference. */
export function changeOf(before: Standing | null, after: Standing | null): Change | null {
  if (after === null) return before === null ? null : { change: "ended", standing: before };
  if (before === null) return { change: "began", standing: after };
  return likeness(before) === likeness(after) ? null : { change: "changed", standing: after };
}

function likeness({ found, phase }: Standing): string {
  return JSON.stringify([phase, found.outcome === "undecided" ? found : { ...found, closest: null }]);
}
