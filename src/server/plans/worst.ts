/** The worst of many conflicts, kept while they are found: what is beyond is counted and never held. */
import type { Conflict } from "../../api/index.ts";

const GRAVES = ["critical", "high", "low"] as const;

/** Gravest first, then nearest. What could not be decided has no distance and stands before what has one. */
export function worseFirst(a: Conflict, b: Conflict): number {
  return GRAVES.indexOf(a.grave) - GRAVES.indexOf(b.grave) || (a.distance_m ?? -1) - (b.distance_m ?? -1);
}

export interface Worst<T> {
  add(of: T, conflicts: readonly Conflict[]): void;
  /** Gravest first. */
  readonly kept: readonly { readonly of: T; readonly conflict: Conflict }[];
}

/** `most` of all that are added. */
export function worstConflicts<T>(most: number): Worst<T> {
  let kept: { readonly of: T; readonly conflict: Conflict }[] = [];
  return {
    add: (of, conflicts) => {
      for (const conflict of conflicts) kept.push({ of, conflict });
      if (kept.length > most) kept = kept.toSorted((a, b) => worseFirst(a.conflict, b.conflict)).slice(0, most);
    },
    get kept() {
      return kept.toSorted((a, b) => worseFirst(a.conflict, b.conflict));
    },
  };
}
