/** What this party has declared, as the directory of its node has it while that does not run. */
import type { Suite } from "../../crypto/index.ts";
import type { Declarations } from "../../line/index.ts";
import { openLineStore } from "../../store/index.ts";
import { type AtRest, PLAIN } from "../at-rest/at-rest.ts";
import { lockDirectory } from "../lock.ts";
import { nodePaths, readNodeConfig } from "../node-dir.ts";
import { requireLineStore } from "../stores-there.ts";
import { recallTerms } from "./line-state.ts";
import { lineStateOf } from "./state-of.ts";

/** @throws node-running, node-not-paired, store-missing, store-passphrase-needed, and the codes of parseLineFile */
export function readDeclarations(suite: Suite, dir: string, rest: AtRest = PLAIN): Declarations {
  const paths = nodePaths(dir);
  const { party } = readNodeConfig(dir);
  const state = lineStateOf(suite, dir, party, rest);
  const lock = lockDirectory(paths.lock);
  try {
    requireLineStore(paths);
    const store = openLineStore(paths.lineStore, { line: state.line, party }, rest.pageKey("line.sqlite"));
    try {
      recallTerms(state, store);
      return state.declarations(party);
    } finally {
      store.close();
    }
  } finally {
    lock.release();
  }
}
