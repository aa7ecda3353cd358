/** What the live index says of a pair, by both of its ways, beside the exact comparison. */
import {
  createIndex,
  type findConflict,
  type Separation,
  type Subject,
  uniformRules,
} from "../../src/deconflict/index.ts";

type Outcome = ReturnType<typeof findConflict>;

/** One for all pairs, so that what was taken out of it is under test, too. */
const index = createIndex();

/** True where the live index, which holds one of the two and is asked with the other, does not say what `found` says. */
export function isUnlike(plan: Subject, against: Subject, asked: Separation, found: Outcome): boolean {
  const { lateral_m, vertical_m, time_s } = asked;
  const rules = uniformRules({ lateral_m, vertical_m, time_s });
  const said = (held: Subject, asking: Subject, side: "plan" | "against"): boolean => {
    index.add(held);
    const hits = index.hits(asking, side, rules);
    const { conflicts, undecided } = index.query(asking, side, rules);
    index.remove(held.id);
    const counts = [hits.conflicts.length, hits.undecided.length, conflicts.length, undecided.length];
    if (found === null) return counts.every((count) => count === 0);
    if (found.outcome === "undecided") return counts.join() === "0,1,0,1";
    const [told] = conflicts;
    if (counts.join() !== "1,0,1,0" || told === undefined) return false;
    return told.distance_m === found.distance_m && told.vertical_gap_m === found.vertical_gap_m;
  };
  return !said(against, plan, "plan") || !said(plan, against, "against");
}
