/** Whether a node can do its work: what its disk refused last, and what it could not read when it started. */
import { statfsSync } from "node:fs";
import type { LineStore } from "../store/index.ts";
import { isParleyError } from "../wire/error.ts";

export interface Fitness {
  /** What is wrong, as a code; null where nothing is. A disk that refused something is tried again. */
  fault(): string | null;
  /** Something could not be read at the start, and is not known since. Gives the fault's code. */
  unread(error: unknown): string;
}

/** Of the disk: after another fault of a commit the next may well succeed. */
const OF_THE_DISK = ["disk-full", "store-read-only", "store-corrupt", "store-failed"];
/** A disk that refused something has room again from so much on: less may be what the journal had set aside. */
const ROOM_BYTES = 16 * 1_048_576;

/** The store in this directory, and whether it takes what it is given. */
export function fitnessOf(store: LineStore, dir: string): { readonly store: LineStore; readonly fitness: Fitness } {
  let [refused, unread]: [string | null, string | null] = [null, null];
  const commit: LineStore["commit"] = (writes, when) => {
    try {
      store.commit(writes, when);
    } catch (error) {
      if (isParleyError(error, ...OF_THE_DISK)) refused = error.code;
      throw error;
    }
    // What found room in the journal says nothing of the disk.
    if (writes.length > 0 && (refused !== "disk-full" || hasRoom(dir))) refused = null;
  };
  const isRefused = (): boolean => {
    if (refused === null) return false;
    if (refused === "disk-full" && !hasRoom(dir)) return true;
    try {
      commit([{ write: "same-again" }]);
      return false;
    } catch {
      return true;
    }
  };
  return {
    store: { ...store, commit },
    fitness: {
      fault: () => (isRefused() ? refused : unread),
      unread: (error) => (unread = isParleyError(error) ? error.code : "internal"),
    },
  };
}

function hasRoom(dir: string): boolean {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize >= ROOM_BYTES;
}
