/** `PrivateStore` on one SQLite file. */
import type { PlanId } from "../wire/id.ts";
import type {
  ConflictRecord,
  PrivateItem,
  PrivateKind,
  PrivateStore,
  PrivateVolume,
  PrivateWrite,
} from "./private-store.ts";
import type { PageKey } from "./driver.ts";
import { type Row, type Schema, Sqlite } from "./sqlite.ts";
import { applyDecision, DECISIONS, decisionReads } from "./sqlite-decisions.ts";
import { applyWatch, WATCH, watchReads } from "./sqlite-watch.ts";

const VERSION_1 = `
CREATE TABLE item (
  kind TEXT NOT NULL CHECK (kind IN ('plan', 'holding')),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  volumes TEXT NOT NULL,
  remarks TEXT NOT NULL,
  put_by TEXT NOT NULL,
  put_at INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT;

CREATE TABLE conflict (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  message TEXT NOT NULL,
  conflict TEXT NOT NULL,
  since INTEGER NOT NULL,
  PRIMARY KEY (kind, id, message),
  FOREIGN KEY (kind, id) REFERENCES item (kind, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_message ON conflict (message);
`;

const PRIVATE_SCHEMA: Schema = { applicationId: 0x50617276, migrations: [VERSION_1, DECISIONS, WATCH] };

/** @throws store-newer, store-not-ours, store-corrupt, store-read-only, disk-full */
export function openPrivateStore(path: string, key: PageKey | null = null): PrivateStore {
  const db = new Sqlite(path, PRIVATE_SCHEMA, key);
  return {
    commit: (writes) => {
      if (writes.length > 0) db.transaction(() => writes.forEach((write) => apply(db, write)));
    },
    items: (kind) => db.all("SELECT * FROM item WHERE kind = ? ORDER BY rowid", kind).map(toItem),
    putAt: (kind, id) =>
      (db.get("SELECT put_at FROM item WHERE kind = ? AND id = ?", kind, id)?.["put_at"] as number | undefined) ?? null,
    item: (kind, id) => {
      const row = db.get("SELECT * FROM item WHERE kind = ? AND id = ?", kind, id);
      return row === undefined ? null : toItem(row);
    },
    count: (kind) => countOf(db.get("SELECT count(*) AS n FROM item WHERE kind = ?", kind)),
    conflicts: () => db.all("SELECT * FROM conflict ORDER BY since, kind, id, message").map(toConflict),
    ...decisionReads(db),
    ...watchReads(db),
    close: () => db.close(),
  };
}

function apply(db: Sqlite, write: PrivateWrite): void {
  switch (write.write) {
    case "put":
      for (const item of write.items) {
        db.run(
          `INSERT INTO item (kind, id, name, category, volumes, remarks, put_by, put_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET name = excluded.name, category = excluded.category, volumes = excluded.volumes,
             remarks = excluded.remarks, put_by = excluded.put_by, put_at = excluded.put_at`,
          write.kind,
          item.id,
          item.name,
          item.category,
          JSON.stringify(item.volumes),
          item.remarks,
          write.by,
          write.at,
        );
      }
      return;
    case "remove":
      db.run("DELETE FROM item WHERE kind = ? AND id = ?", write.kind, write.id);
      return;
    case "conflict":
      db.run(
        `INSERT INTO conflict (kind, id, message, conflict, since) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET conflict = excluded.conflict`,
        write.kind,
        write.id,
        write.against,
        write.conflict,
        write.since,
      );
      return;
    case "conflict-ended":
      db.run("DELETE FROM conflict WHERE kind = ? AND id = ? AND message = ?", write.kind, write.id, write.against);
      return;
    case "certificate":
    case "decision":
    case "go-lapsed":
    case "override":
    case "overrides-ended":
    case "overrides-against-ended":
      return applyDecision(db, write);
    case "alert-deed":
    case "handover":
    case "handover-taken":
    case "statement":
    case "statement-removed":
      return applyWatch(db, write);
  }
}

function countOf(row: Row | undefined): number {
  return row?.["n"] as number;
}

function toItem(row: Row): PrivateItem {
  return {
    id: row["id"] as PlanId,
    name: row["name"] as string,
    category: row["category"] as string,
    volumes: JSON.parse(row["volumes"] as string) as PrivateVolume[],
    remarks: row["remarks"] as string,
  };
}

function toConflict(row: Row): ConflictRecord {
  return {
    kind: row["kind"] as PrivateKind,
    id: row["id"] as PlanId,
    against: row["message"] as string,
    conflict: row["conflict"] as string,
    since: row["since"] as number,
  };
}
