/**
 * A node that has run before has both its stores. Where its party's log has begun the directory says so, whatever becomes
 * of them: a node that made them anew would begin its log a second time, and every other party could prove it.
 */
import { existsSync } from "node:fs";
import { type LineStore, storeError } from "../store/index.ts";
import type { PartyId } from "../wire/id.ts";
import { writeDurably } from "./files.ts";
import type { NodePaths } from "./node-dir.ts";

/** One that first asks every other party what it has said may begin with nothing. @throws store-missing */
export function requireLineStore({ lineStore, privateStore, begun, restored }: NodePaths): void {
  if (existsSync(lineStore) || existsSync(restored)) return;
  if (!existsSync(privateStore) && !existsSync(begun)) return;
  throw storeError("store-missing", `${lineStore} is missing, and this node has run before.`);
}

/** Who has told something has plans, or the word that there are none. @throws store-missing */
export function requirePlans({ privateStore, restored }: NodePaths, self: PartyId, store: LineStore): void {
  if (!hasTold(store, self) || existsSync(privateStore) || existsSync(restored)) return;
  throw storeError("store-missing", `${privateStore} is missing, with the plans and decisions of this node.`);
}

/** To be called when the log has begun, and at each start. */
export function markBegun({ begun }: NodePaths, self: PartyId, store: LineStore): void {
  if (hasTold(store, self) && !existsSync(begun)) writeDurably(begun, "", 0o644);
}

function hasTold(store: LineStore, self: PartyId): boolean {
  return store.logs().some(({ party, size }) => party === self && size > 0);
}
