/** The nearest changes that would clear a plan, and where along it the trouble lies. */
import {
  type LiveIndex,
  type SeparationRules,
  type Subject,
  type Suggestion,
  suggestions,
  type Trouble,
  troubles,
  uniformRules,
} from "../deconflict/index.ts";

export interface Advice {
  readonly suggestions: readonly Suggestion[];
  /** In order of time. */
  readonly troubles: readonly Trouble[];
}

const LATEST_MS = 7 * 86_400_000;
/** How far a plan is moved at most, in metres: less where so much was told that looking would hold up the node. */
const FARTHEST_M = [20_000, 5000, 1000] as const;
const MANY = 300;
const ANY_HEIGHT_M = 1_000_000;
const ANY_TIME_S = 3_000_000_000;

export function adviceFor(plan: Subject, told: LiveIndex, rules: SeparationRules): Advice {
  const inTrouble = subjects(told, plan, rules);
  if (inTrouble.length === 0) return { suggestions: [], troubles: [] };
  const widest = Math.max(rules.default.lateral_m, ...rules.pairs.map(({ lateral_m }) => lateral_m));
  for (const farthest_m of FARTHEST_M) {
    const reach = { lateral_m: widest + farthest_m, vertical_m: ANY_HEIGHT_M, time_s: ANY_TIME_S };
    const others = subjects(told, plan, uniformRules(reach));
    if (others.length > MANY && farthest_m !== FARTHEST_M.at(-1)) continue;
    const limits = { latest_ms: LATEST_MS, farthest_m };
    return { suggestions: suggestions(plan, others, rules, limits), troubles: troubles(plan, inTrouble, rules) };
  }
  return { suggestions: [], troubles: troubles(plan, inTrouble, rules) };
}

function subjects(told: LiveIndex, plan: Subject, rules: SeparationRules): Subject[] {
  const { conflicts, undecided } = told.query(plan, "plan", rules);
  return [...conflicts, ...undecided].flatMap(({ against }) => told.get(against) ?? []);
}
