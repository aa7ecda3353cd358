/** What the live index is asked, and what it answers. */
import type { Conflict, Subject, Undecided } from "../conflict.ts";
import type { SeparationRules } from "../rules.ts";

export interface Findings {
  readonly conflicts: readonly Conflict[];
  readonly undecided: readonly Undecided[];
}

/** The ids alone. */
export interface Hits {
  readonly conflicts: readonly string[];
  readonly undecided: readonly string[];
}

/** As which of the two a subject asks: as a plan against what is in the index, or as what plans there are against. */
export type Side = "plan" | "against";

export interface LiveIndex {
  /** Puts a subject in, in place of one with the same id. */
  add(subject: Subject): void;
  /** False where there was none. */
  remove(id: string): boolean;
  /** As it was put in, made anew. */
  get(id: string): Subject | undefined;
  /** Number of subjects. */
  readonly size: number;
  /**
   * Everything in the index that `subject` comes too near, or that cannot be decided: one finding for each, by the
   * worst volumes, and never cut short. In the order of their being added. The one with the id `except` is passed over.
   */
  query(subject: Subject, side: Side, rules: SeparationRules, except?: string | null): Findings;
  /** The ids of what `query` finds, in any order, without working out the findings. */
  hits(subject: Subject, side: Side, rules: SeparationRules, except?: string | null): Hits;
}
