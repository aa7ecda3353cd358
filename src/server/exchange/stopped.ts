/** The line as a node's directory has it, while the node does not run and cannot be started. */
import type { Suite } from "../../crypto/index.ts";
import { type LineStore, openLineStore } from "../../store/index.ts";
import { type AtRest, PLAIN } from "../at-rest/at-rest.ts";
import { lockDirectory } from "../lock.ts";
import { nodePaths, readNodeConfig } from "../node-dir.ts";
import { requireLineStore } from "../stores-there.ts";
import { type LineState, recallTerms } from "./line-state.ts";
import { lineStateOf } from "./state-of.ts";

export interface Stopped {
  readonly state: LineState;
  readonly store: LineStore;
}

/** @throws node-running, node-not-paired, store-missing, store-passphrase-needed, the codes of parseLineFile, and what `use` throws */
export async function whileStopped<T>(
  suite: Suite,
  dir: string,
  use: (stopped: Stopped) => T | Promise<T>,
  rest: AtRest = PLAIN,
): Promise<T> {
  const paths = nodePaths(dir);
  const { party } = readNodeConfig(dir);
  const state = lineStateOf(suite, dir, party, rest);
  const lock = lockDirectory(paths.lock);
  try {
    requireLineStore(paths);
    const store = openLineStore(paths.lineStore, { line: state.line, party }, rest.pageKey("line.sqlite"));
    try {
      recallTerms(state, store);
      return await use({ state, store });
    } finally {
      store.close();
    }
  } finally {
    lock.release();
  }
}
