/** What this party has declared, as the directory of its node has it while that does not run. */
import type { Suite } from "../../crypto/index.ts";
import type { Declarations } from "../../line/index.ts";
import type { AtRest } from "../at-rest/at-rest.ts";
import { whileStopped } from "./stopped.ts";

/** @throws as whileStopped */
export function readDeclarations(suite: Suite, dir: string, rest?: AtRest): Promise<Declarations> {
  return whileStopped(suite, dir, ({ state }) => state.declarations(state.self), rest);
}
