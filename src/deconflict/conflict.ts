/** Conflicts between subjects: a plan or holding, and what was told. */
import type { AnyVolume, Position, TimeWindow } from "../geo/index.ts";
import {
  type Breach,
  compareVolumes,
  type Doubt,
  isWorse,
  showMetres,
  showWindow,
  type UndecidedCode,
} from "./compare.ts";
import type { Grave, Separation } from "./rules.ts";

/** Something with volumes: a plan, a holding, a site, a movement. */
export interface Subject {
  readonly id: string;
  /** What people call it; null: its id. */
  readonly name: string | null;
  /** What the rules call it; null: only rules for any category fit. */
  readonly category: string | null;
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
  /** When both hold, in milliseconds; null is unbounded. Where they only come near in time, the interval between. */
  readonly time: TimeWindow;
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
  for (const p of plan.volumes) {
    for (const q of against.volumes) worst = worseOf(worst, compareVolumes(p, q, asked));
  }
  return worst === null ? null : report(plan, against, worst);
}

/** A breach before a doubt before nothing; of two breaches the worse. */
export function worseOf(a: Breach | Doubt | null, b: Breach | Doubt | null): Breach | Doubt | null {
  if (a === null || b === null) return a ?? b;
  if (a.outcome === "undecided") return b.outcome === "conflict" ? b : a;
  return b.outcome === "conflict" && isWorse(b, a) ? b : a;
}

/** What was found between the volumes of two subjects, in the subjects' names. */
export function report(plan: Subject, against: Subject, found: Breach | Doubt): Conflict | Undecided {
  const ids = { plan: plan.id, against: against.id };
  if (found.outcome === "undecided") {
    const because = `Whether ${nameOf(plan)} comes too near ${nameOf(against)} cannot be decided: ${withoutStop(found.why)}.`;
    return { outcome: "undecided", ...ids, code: found.code, because };
  }
  const { distance_m, vertical_gap_m, time, closest, grave, asked } = found;
  const because = sentence(nameOf(plan), nameOf(against), found);
  return { outcome: "conflict", ...ids, distance_m, vertical_gap_m, time, closest, grave, because, asked };
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, "");
}

/** Others' names are shown without what could move or hide the text around them. */
function nameOf(subject: Subject): string {
  const plain = (subject.name ?? subject.id).replace(/\p{C}/gu, "");
  return `"${plain.length > 80 ? `${plain.slice(0, 79)}…` : plain}"`;
}

function sentence(plan: string, against: string, breach: Breach): string {
  const { distance_m, vertical_gap_m, time_gap_ms, asked } = breach;
  const together = time_gap_ms === 0 && !vertical_gap_m ? "overlaps" : "is in the same place as";
  const place =
    distance_m === 0
      ? `${plan} ${together} ${against}`
      : `${plan} comes within ${showMetres(distance_m)} of ${against}`;
  const wanted = asked.lateral_m === 0 ? "" : `, and more than ${showMetres(asked.lateral_m)} is asked for`;
  const height =
    vertical_gap_m === null || vertical_gap_m === 0
      ? ""
      : `; in height they are ${showMetres(vertical_gap_m)} apart, and more than ${showMetres(asked.vertical_m)} is asked for`;
  if (time_gap_ms === 0) return `${place} ${showWindow(breach.time)}${wanted}${height}.`;
  const gap = `with ${Math.round(time_gap_ms / 1000)} s between the two (${showWindow(breach.time)})`;
  return `${place} ${gap}, and more than ${asked.time_s} s is asked for${wanted.replace(", and", " and")}${height}.`;
}
