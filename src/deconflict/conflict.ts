/** Conflicts between subjects: a plan or holding, and what was told. */
import type { AnyVolume, Position, TimeWindow } from "../geo/index.ts";
import { type Breach, type Doubt, type Shortfall, type UndecidedCode, worseFinding } from "./breach.ts";
import { compareVolumes } from "./compare.ts";
import { sentence, showName } from "./sentence.ts";
import { prepare, type Prepared, withinSeparation } from "./prepare.ts";
import type { Grave, Separation } from "./rules.ts";

/** Something with volumes: a plan, a holding, a site, a movement. */
export interface Subject {
  readonly id: string;
  /** What people call it; null: its id. */
  readonly name: string | null;
  /** What the rules call it; null: only rules for any category fit. */
  readonly category: string | null;
  /** What kind of thing it is (rules.ts); where it is not said it follows from the category, if that tells it. */
  readonly kind?: string | null;
  readonly volumes: readonly AnyVolume[];
}

/** Two subjects at or below the separation asked for, in place, height and time, by their worst volumes. */
export interface Conflict {
  readonly outcome: "conflict";
  readonly plan: string;
  readonly against: string;
  /** Geodesic metres; 0 where they overlap, and then `closest` is one place twice. */
  readonly distance_m: number;
  /** null where one of the two holds at all heights. */
  readonly vertical_gap_m: number | null;
  /** Milliseconds between the two, 0 where they hold together. */
  readonly time_gap_ms: number;
  /** How far below what was asked they are. */
  readonly below: Shortfall;
  /** When both hold, in milliseconds; null is unbounded. Where they only come near in time, the interval between. */
  readonly time: TimeWindow;
  /** When they are nearest; null where they are so at all times. What stands still is so from the beginning. */
  readonly moment: number | null;
  /** The place on the plan and the place on what it is against. */
  readonly closest: readonly [Position, Position];
  readonly grave: Grave;
  /** One sentence for people. */
  readonly because: string;
  readonly asked: Separation;
}

/** Two subjects that may be too near and cannot be decided. Never a pass. */
export interface Undecided {
  readonly outcome: "undecided";
  readonly plan: string;
  readonly against: string;
  readonly code: UndecidedCode;
  readonly because: string;
}

/** Every pair of volumes of the two; the worst breach, else a doubt, else null: surely apart. */
export function findConflict(plan: Subject, against: Subject, asked: Separation): Conflict | Undecided | null {
  let worst: Breach | Doubt | null = null;
  eachNearPair(plan.volumes, against.volumes, asked, (p, q) => {
    worst = worseFinding(worst, compareVolumes(p, q, asked));
  });
  return worst === null ? null : report(plan, against, worst);
}

/** From this many pairs on it pays to make each volume ready first. */
const MANY_PAIRS = 16;

function eachNearPair(
  plan: readonly AnyVolume[],
  against: readonly AnyVolume[],
  asked: Separation,
  visit: (p: AnyVolume, q: AnyVolume) => void,
): void {
  if (plan.length * against.length < MANY_PAIRS) {
    for (const p of plan) for (const q of against) visit(p, q);
    return;
  }
  const prepared: readonly Prepared[] = against.map(prepare);
  for (const volume of plan) {
    const p = prepare(volume);
    for (const q of prepared) if (withinSeparation(p, q, asked)) visit(volume, q.volume);
  }
}

/** What is told of a subject in a report. */
type Named = Pick<Subject, "id" | "name">;

/** What was found between the volumes of two subjects, in the subjects' names. */
export function report(plan: Named, against: Named, found: Breach | Doubt): Conflict | Undecided {
  if (found.outcome === "undecided") {
    const because = `Whether ${nameOf(plan)} comes too near ${nameOf(against)} cannot be decided: ${withoutStop(found.why)}.`;
    return { outcome: "undecided", plan: plan.id, against: against.id, code: found.code, because };
  }
  return {
    outcome: "conflict",
    plan: plan.id,
    against: against.id,
    distance_m: found.distance_m,
    vertical_gap_m: found.vertical_gap_m,
    time_gap_ms: found.time_gap_ms,
    below: found.below,
    time: found.time,
    moment: found.moment,
    closest: found.closest,
    grave: found.grave,
    because: sentence(nameOf(plan), nameOf(against), found),
    asked: found.asked,
  };
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}

function nameOf(subject: Named): string {
  return showName(subject.name ?? subject.id);
}
