/** Everything that is played. */
import { clock } from "./clock.ts";
import { declarations } from "./declarations.ts";
import { disk } from "./disk.ts";
import { exhaustion } from "./exhaustion.ts";
import { fuzzing } from "./fuzzing.ts";
import { hostile } from "./hostile.ts";
import { kills } from "./kills.ts";
import { links } from "./links.ts";
import { outage } from "./outage.ts";
import { post } from "./post.ts";
import { restore } from "./restore.ts";
import type { Scenario } from "./scenario.ts";
import { twin } from "./twin.ts";

export const SCENARIOS: readonly Scenario[] = [
  kills,
  links,
  disk,
  clock,
  restore,
  declarations,
  twin,
  exhaustion,
  hostile,
  post,
  outage,
  fuzzing,
];
