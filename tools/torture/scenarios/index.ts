/** Everything that is played. */
import { kills } from "./kills.ts";
import type { Scenario } from "./scenario.ts";

export const SCENARIOS: readonly Scenario[] = [kills];
