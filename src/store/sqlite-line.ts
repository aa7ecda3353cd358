/** `LineStore` on one SQLite file. */
import type { HashReader } from "../log/index.ts";
import type { LogOrigin } from "../wire/id.ts";
import type { PageKey } from "./driver.ts";
import { storeError } from "./errors.ts";
import { lineReads } from "./line-reads.ts";
import { LINE_SCHEMA } from "./line-schema.ts";
import type { Durable, LineStore, LineWrite, StoreIdentity } from "./line-store.ts";
import { applyWrite, type LogIds } from "./line-writes.ts";
import { Sqlite } from "./sqlite.ts";

/**
 * Opens or makes the store of one line.
 * @throws store-newer, store-not-ours, store-other-line, store-other-key, store-plain, store-corrupt, store-read-only, disk-full
 */
export function openLineStore(path: string, identity: StoreIdentity, key: PageKey | null = null): LineStore {
  const db = new Sqlite(path, LINE_SCHEMA, key);
  try {
    claim(db, path, identity);
  } catch (error) {
    db.close();
    throw error;
  }
  db.fillJournal();
  const ids = logIds(db);
  const log: LogIds = (origin) => ids.of(origin);
  return {
    commit: (writes, when = "now") => commit(db, ids, writes, when),
    hashReader: (origin) => hashReader(db, ids.of(origin)),
    ...lineReads(db, log),
    close: () => db.close(),
  };
}

function claim(db: Sqlite, path: string, { line, party }: StoreIdentity): void {
  db.run("INSERT INTO identity (one, line, party) VALUES (1, ?, ?) ON CONFLICT DO NOTHING", line, party);
  const row = db.get("SELECT line, party FROM identity");
  if (row?.["line"] === line && row["party"] === party) return;
  throw storeError("store-other-line", `${path} belongs to ${String(row?.["party"])} on another line.`);
}

interface Ids {
  of(origin: LogOrigin): number;
  forget(): void;
}

function logIds(db: Sqlite): Ids {
  const known = new Map<LogOrigin, number>();
  return {
    of: (origin) => {
      let id = known.get(origin);
      if (id === undefined) {
        id = db.get("SELECT id FROM log WHERE origin = ?", origin)?.["id"] as number | undefined;
        if (id === undefined) throw storeError("store-failed", `The store has no log ${origin}.`);
        known.set(origin, id);
      }
      return id;
    },
    forget: () => known.clear(),
  };
}

function commit(db: Sqlite, ids: Ids, writes: readonly LineWrite[], when: Durable): void {
  if (writes.length === 0) return;
  const log: LogIds = (origin) => ids.of(origin);
  try {
    db.transaction(() => {
      for (const write of writes) applyWrite(db, log, write);
    }, when);
  } catch (error) {
    // A log that was made in what was just rolled back has no id.
    ids.forget();
    throw error;
  }
}

function hashReader(db: Sqlite, log: number): HashReader {
  return (level, index) => {
    const row = db.get("SELECT hash FROM node WHERE log = ? AND level = ? AND idx = ?", log, level, index);
    if (row === undefined) throw storeError("store-corrupt", `The store lacks the hash at ${level}/${index}.`);
    return row["hash"] as Uint8Array;
  };
}
