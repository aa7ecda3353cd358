/** Everything that is played. */
import { clock } from "./clock.ts";
import { disk } from "./disk.ts";
import { exhaustion } from "./exhaustion.ts";
import { fuzzing } from "./fuzzing.ts";
import { kills } from "./kills.ts";
import { links } from "./links.ts";
import { outage } from "./outage.ts";
import { restore } from "./restore.ts";
import type { Scenario } from "./scenario.ts";

export const SCENARIOS: readonly Scenario[] = [kills, links, disk, clock, restore, exhaustion, outage, fuzzing];
