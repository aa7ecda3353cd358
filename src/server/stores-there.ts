/** A node that has run before has both its stores. @throws store-missing */
import { existsSync } from "node:fs";
import { type LineStore, storeError } from "../store/index.ts";
import type { PartyId } from "../wire/id.ts";
import type { NodePaths } from "./node-dir.ts";

/**
 * The store of a line is made first, so where there is another and not this one it was lost: a node that made it anew
 * would begin its log a second time, and every other party could prove it.
 */
export function requireLineStore({ lineStore, privateStore }: NodePaths): void {
  if (existsSync(lineStore) || !existsSync(privateStore)) return;
  throw storeError("store-missing", `${lineStore} is missing, and this node has run before.`);
}

/** And who has told something has plans, or the word that there are none. */
export function requirePlans({ privateStore }: NodePaths, self: PartyId, store: LineStore): void {
  const hasTold = store.logs().some(({ party, size }) => party === self && size > 0);
  if (!hasTold || existsSync(privateStore)) return;
  throw storeError("store-missing", `${privateStore} is missing, with the plans and decisions of this node.`);
}
