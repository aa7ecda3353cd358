/** What the rules ask between one subject and each sort of subject in the index, looked up once. */
import { ruleFor, type Separation, type SeparationRules } from "../rules.ts";
import type { Reach } from "./grid.ts";
import type { Sort } from "./subjects.ts";
import type { Side } from "./types.ts";

export interface Asked {
  /** By the number of the sort in the index. */
  readonly separations: readonly Separation[];
  /** Where that is the same for all of them, so that nobody needs to ask what sort a subject is; else null. */
  readonly only: Separation | null;
  /** The most that any of them asks. */
  readonly reach: Reach;
}

export interface AskedCache {
  of(rules: SeparationRules, asking: Sort, side: Side, sorts: readonly Sort[]): Asked;
}

/** What was looked up is kept as long as the rules are, and looked up again when the index knows new sorts. */
export function askedCache(): AskedCache {
  const known = new WeakMap<SeparationRules, Map<string, Asked>>();
  /** Most questions are like the one before. */
  let last: Last | null = null;
  return {
    of: (rules, asking, side, sorts) => {
      if (last !== null && isLike(last, rules, asking, side) && last.asked.separations.length === sorts.length) {
        return last.asked;
      }
      const ofRules = known.get(rules) ?? new Map<string, Asked>();
      known.set(rules, ofRules);
      const key = JSON.stringify([side, asking.category, asking.kind]);
      const found = ofRules.get(key);
      const isKnown = found !== undefined && found.separations.length === sorts.length;
      const asked = isKnown ? found : lookUp(rules, asking, side, sorts);
      last = { rules, side, category: asking.category, kind: asking.kind, asked };
      if (isKnown) return asked;
      // Categories come from others: no more are kept than a charter could name.
      if (ofRules.size > MOST) ofRules.clear();
      ofRules.set(key, asked);
      return asked;
    },
  };
}

const MOST = 1000;

interface Last {
  readonly rules: SeparationRules;
  readonly category: Sort["category"];
  readonly kind: Sort["kind"] | undefined;
  readonly side: Side;
  readonly asked: Asked;
}

function isLike(last: Last, rules: SeparationRules, asking: Sort, side: Side): boolean {
  return last.rules === rules && last.side === side && last.category === asking.category && last.kind === asking.kind;
}

function lookUp(rules: SeparationRules, asking: Sort, side: Side, sorts: readonly Sort[]): Asked {
  const separations = sorts.map((other) =>
    side === "plan" ? ruleFor(rules, asking, other) : ruleFor(rules, other, asking),
  );
  const most = (read: (separation: Separation) => number) =>
    separations.reduce((max, separation) => Math.max(max, read(separation)), 0);
  return {
    separations,
    only: separations.every((separation) => separation === separations[0]) ? (separations[0] ?? null) : null,
    // A metre covers the last millimetre that counts as too near, and rounding.
    reach: {
      lateral_m: most((s) => s.lateral_m) + 1,
      vertical_m: most((s) => s.vertical_m) + 1,
      time_ms: most((s) => s.time_s) * 1000 + 1,
    },
  };
}
