/** A copy of a store as it is at one moment, taken while the node runs. */
import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isParleyError } from "../wire/error.ts";
import { storeError } from "./errors.ts";
import { guarded } from "./sqlite.ts";

/**
 * Writes a consistent copy of the store at `path` to `copy`, which must not exist. The node may go on writing.
 * @throws backup-exists, backup-missing, disk-full, store-corrupt, store-busy
 */
export function backupStore(path: string, copy: string): void {
  if (existsSync(copy)) throw storeError("backup-exists", `${copy} exists already.`);
  if (!existsSync(path)) throw storeError("backup-missing", `There is no store at ${path}.`);
  guarded(() => {
    const db = new DatabaseSync(path, { timeout: 5000 });
    try {
      db.prepare("VACUUM INTO ?").run(copy);
    } finally {
      db.close();
    }
  });
}

/** True where SQLite finds nothing wrong with the file. Reads all of it. */
export function isStoreSound(path: string): boolean {
  try {
    return guarded(() => {
      const db = new DatabaseSync(path, { timeout: 5000 });
      try {
        return db.prepare("PRAGMA integrity_check").get()?.["integrity_check"] === "ok";
      } finally {
        db.close();
      }
    });
  } catch (error) {
    if (isParleyError(error, "store-corrupt")) return false;
    throw error;
  }
}
