/** The watch's own record: deeds on alerts, handovers, public statements. Tables of `private.sqlite` since its third version. */
import type { AlertDeed } from "../line/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { HandoverId, OfficerId, PartyId, StatementId } from "../wire/id.ts";
import { storeError } from "./errors.ts";
import type { Row, Sqlite } from "./sqlite.ts";
import type { HandoverRecord, StatementRecord, WatchReads, WatchWrite } from "./watch-records.ts";

export const WATCH = `
CREATE TABLE alert_deed (
  seq INTEGER PRIMARY KEY,
  message TEXT NOT NULL,
  party TEXT NOT NULL,
  deed TEXT NOT NULL CHECK (deed IN ('taken', 'passed', 'called')),
  by TEXT,
  who TEXT,
  at INTEGER NOT NULL,
  CHECK ((deed = 'called') = (who IS NOT NULL) AND (deed = 'called') = (by IS NULL))
) STRICT;
CREATE INDEX alert_deed_message ON alert_deed (message, party, seq);

CREATE TABLE handover (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  bytes BLOB NOT NULL,
  given BLOB NOT NULL,
  taken BLOB,
  taken_by TEXT,
  taken_at INTEGER,
  CHECK ((taken IS NULL) = (taken_by IS NULL) AND (taken IS NULL) = (taken_at IS NULL))
) STRICT;

CREATE TABLE statement (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  party TEXT NOT NULL,
  said_at INTEGER NOT NULL,
  source TEXT NOT NULL,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  put_by TEXT NOT NULL,
  put_at INTEGER NOT NULL,
  removed_by TEXT,
  removed_at INTEGER
) STRICT;
`;

export function watchReads(db: Sqlite): WatchReads {
  return {
    alertDeeds: (message, party) =>
      db.all("SELECT * FROM alert_deed WHERE message = ? AND party = ? ORDER BY seq", message, party).map(toDeed),
    handovers: ({ limit, before }) =>
      db
        .all("SELECT * FROM handover WHERE seq < ? ORDER BY seq DESC LIMIT ?", before ?? Number.MAX_SAFE_INTEGER, limit)
        .map(toHandover),
    handover: (id) => {
      const row = db.get("SELECT * FROM handover WHERE id = ?", id);
      return row === undefined ? null : toHandover(row);
    },
    statements: () => db.all("SELECT * FROM statement ORDER BY said_at, seq").map(toStatement),
  };
}

export function applyWatch(db: Sqlite, write: WatchWrite): void {
  switch (write.write) {
    case "alert-deed": {
      const { message, party, deed } = write;
      const by = deed.deed === "called" ? null : deed.by;
      const who = deed.deed === "called" ? deed.who : null;
      const insert = "INSERT INTO alert_deed (message, party, deed, by, who, at) VALUES (?, ?, ?, ?, ?, ?)";
      db.run(insert, message, party, deed.deed, by, who, deed.at);
      return;
    }
    case "handover":
      db.run("INSERT INTO handover (id, bytes, given) VALUES (?, ?, ?)", write.id, write.bytes, write.given);
      return;
    case "handover-taken": {
      const update = "UPDATE handover SET taken = ?, taken_by = ?, taken_at = ? WHERE id = ? AND taken IS NULL";
      const changed = db.run(update, write.taken, write.by, write.at, write.id);
      if (changed !== 1) throw storeError("handover-moved", "The handover was taken in the meantime.");
      return;
    }
    case "statement": {
      const { id, party, saidAt, source, subject, kind, body, by, at } = write;
      db.run(
        `INSERT INTO statement (id, party, said_at, source, subject, kind, body, put_by, put_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        party,
        saidAt,
        source,
        subject,
        kind,
        body,
        by,
        at,
      );
      return;
    }
    case "statement-removed":
      db.run(
        "UPDATE statement SET removed_by = ?, removed_at = ? WHERE id = ? AND removed_at IS NULL",
        write.by,
        write.at,
        write.id,
      );
      return;
  }
}

function toDeed(row: Row): AlertDeed {
  const at = row["at"] as number;
  const deed = row["deed"] as AlertDeed["deed"];
  if (deed === "called") return { deed, who: row["who"] as string, at };
  return { deed, by: row["by"] as OfficerId, at };
}

function toHandover(row: Row): HandoverRecord {
  const taken = row["taken"] as Bytes | null;
  return {
    seq: row["seq"] as number,
    id: row["id"] as HandoverId,
    bytes: row["bytes"] as Bytes,
    given: row["given"] as Bytes,
    taken:
      taken === null ? null : { signature: taken, by: row["taken_by"] as OfficerId, at: row["taken_at"] as number },
  };
}

function toStatement(row: Row): StatementRecord {
  const removedAt = row["removed_at"] as number | null;
  return {
    id: row["id"] as StatementId,
    party: row["party"] as PartyId,
    saidAt: row["said_at"] as number,
    source: row["source"] as string,
    subject: row["subject"] as string,
    kind: row["kind"] as StatementRecord["kind"],
    body: row["body"] as string,
    by: row["put_by"] as OfficerId,
    at: row["put_at"] as number,
    removed: removedAt === null ? null : { by: row["removed_by"] as OfficerId, at: removedAt },
  };
}
