/** What stands between a plan and GO: conflicts that nobody has taken upon himself. */
import type { Conflict } from "../../api/index.ts";
import type { OverrideRecord, PrivateStore } from "../../store/index.ts";
import type { PlanId } from "../../wire/id.ts";
import { keyOf } from "./conflicts.ts";
import type { PlanDesk } from "./desk.ts";

interface Desk {
  readonly privateStore: Pick<PrivateStore, "overrides">;
  readonly plans: Pick<PlanDesk, "conflictsOfPlan">;
}

/** Conflicts that nobody has overridden, or only when they were less grave. */
export function breachesOf({ privateStore, plans }: Desk, plan: PlanId): Conflict[] {
  const overrides = privateStore.overrides(plan);
  return plans.conflictsOfPlan(plan).filter((conflict) => !overrides.some((each) => covers(each, conflict)));
}

const GRAVES: readonly string[] = ["low", "high", "critical"] satisfies readonly Conflict["grave"][];

function covers({ against, grave }: OverrideRecord, conflict: Conflict): boolean {
  return against === keyOf(conflict) && GRAVES.indexOf(grave) >= GRAVES.indexOf(conflict.grave);
}
