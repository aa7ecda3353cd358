/** Conflicts as they stand, in the form in which officers ask for them and in which they are kept. */
import type { Conflict as ApiConflict, ConflictChange } from "../../api/index.ts";
import { type Change, type Standing, whyFired } from "../../deconflict/index.ts";
import type { ConflictRecord } from "../../store/index.ts";
import type { MessageHash } from "../../wire/id.ts";
import type { Book } from "../book.ts";
import { ownOf } from "./subjects.ts";
import type { RulesInForce } from "./rules.ts";

export interface Naming {
  readonly book: Book;
  readonly rules: RulesInForce;
  /** What people call an entry. */
  readonly nameOf: (key: string) => string;
}

export function conflictOf(naming: Naming, own: ApiConflict["own"], standing: Standing): ApiConflict {
  const { found, phase } = standing;
  const against = namedAgainst(naming, standing.other);
  if (found.outcome === "undecided") {
    const unknown = { distance_m: null, vertical_gap_m: null, time: { start: null, end: null }, closest: null };
    // What cannot be decided is treated as near until somebody has looked.
    const doubt = { grave: "high", undecided: found.code, because: found.because, phase, why: null } as const;
    return { own, against, ...unknown, ...doubt };
  }
  const { distance_m, vertical_gap_m, time, grave, because } = found;
  const isTurned = found.plan === standing.other;
  const [mine, theirs] = isTurned ? [found.closest[1], found.closest[0]] : found.closest;
  const closest: ApiConflict["closest"] = [{ ...mine }, { ...theirs }];
  const why = whyOf(naming, found);
  return { own, against, distance_m, vertical_gap_m, time, closest, grave, undecided: null, because, phase, why };
}

function whyOf({ rules }: Naming, found: Parameters<typeof whyFired>[0]): ApiConflict["why"] {
  const { rule, asked, reason, because } = whyFired(found);
  return { set: rules.setOf(found.asked), rule, asked, reason, because };
}

function namedAgainst({ book, nameOf }: Naming, key: string): ApiConflict["against"] {
  const against = againstOf(key);
  const fact = against.type === "message" ? book.get(key as MessageHash) : null;
  return { ...against, from: fact?.from ?? null, kind: fact?.kind ?? null, name: nameOf(key) };
}

/** One of ours as it stands against something. */
export function standingConflict(naming: Naming, standing: Standing): ApiConflict {
  const { type, id } = ownParts(standing.own);
  return conflictOf(naming, { type, id, name: naming.nameOf(standing.own) }, standing);
}

export function recordOf(naming: Naming, standing: Standing, since: number): ConflictRecord {
  const { type: kind, id } = ownParts(standing.own);
  const conflict = JSON.stringify(standingConflict(naming, standing));
  return { kind, id, against: standing.other, conflict, since };
}

/** What an event says of it: ids, and no names. */
export function itemOf({ change, standing }: Change): ConflictChange {
  const { found, phase } = standing;
  const grave = found.outcome === "conflict" ? found.grave : "high";
  return { change, own: ownParts(standing.own), against: againstOf(standing.other), grave, phase };
}

export function againstOf(key: string): ConflictChange["against"] {
  return ownOf(key) ?? { type: "message", id: key };
}

/** What a conflict of one of ours is called. */
export function keyOf({ against: { type, id } }: Pick<ApiConflict, "against">): string {
  return type === "message" ? id : `${type}:${id}`;
}

function ownParts(key: string): NonNullable<ReturnType<typeof ownOf>> {
  const own = ownOf(key);
  if (own === null) throw new Error(`${key} is neither a plan nor a holding`);
  return own;
}
