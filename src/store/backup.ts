/** A copy of a store as it is at one moment, taken while the node runs. */
import { existsSync } from "node:fs";
import { isParleyError } from "../wire/error.ts";
import { Connection, type PageKey } from "./driver.ts";
import { storeError } from "./errors.ts";

/**
 * Writes a consistent copy of the store at `path` to `copy`, which must not exist, under the same key. The node may go
 * on writing.
 * @throws backup-exists, backup-missing, disk-full, store-corrupt, store-busy, store-other-key, store-plain
 */
export function backupStore(path: string, copy: string, key: PageKey | null = null): void {
  if (existsSync(copy)) throw storeError("backup-exists", `${copy} exists already.`);
  if (!existsSync(path)) throw storeError("backup-missing", `There is no store at ${path}.`);
  const db = new Connection(path, key);
  try {
    db.prepare("VACUUM INTO ?").run(copy);
  } finally {
    db.close();
  }
}

/** True where SQLite finds nothing wrong with the file. Reads all of it. */
export function isStoreSound(path: string, key: PageKey | null = null): boolean {
  try {
    const db = new Connection(path, key);
    try {
      return db.prepare("PRAGMA integrity_check").get()?.["integrity_check"] === "ok";
    } finally {
      db.close();
    }
  } catch (error) {
    if (isParleyError(error, "store-corrupt")) return false;
    throw error;
  }
}
