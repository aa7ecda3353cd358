/** How each write of `LineStore.commit` becomes rows. Runs inside the one transaction. */
import type { LogOrigin } from "../wire/id.ts";
import { storeError } from "./errors.ts";
import type { DraftRecord, LineWrite, MessageRecord } from "./line-store.ts";
import type { Sqlite } from "./sqlite.ts";

/** A log's row id by its origin. */
export type LogIds = (origin: LogOrigin) => number;

type Write<Name extends LineWrite["write"]> = Extract<LineWrite, { readonly write: Name }>;

export function applyWrite(db: Sqlite, log: LogIds, write: LineWrite): void {
  switch (write.write) {
    case "log":
      db.run(
        "INSERT INTO log (origin, party, generation) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        write.origin,
        write.party,
        write.generation,
      );
      return;
    case "append":
      return append(db, log(write.origin), write);
    case "checkpoint":
      db.run(
        "INSERT INTO checkpoint (log, size, root, note, seen_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        log(write.origin),
        write.size,
        write.root,
        write.note,
        write.seenAt,
      );
      return;
    case "receipt":
      db.run(
        "INSERT INTO receipt (log, party, size, signed_at, line) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        log(write.origin),
        write.party,
        write.size,
        write.signedAt,
        write.line,
      );
      return;
    case "sent":
      return sent(db, log(write.origin), write);
    case "looked-at":
      db.run(
        "UPDATE entry SET type = ?, cause = ? WHERE log = ? AND idx = ?",
        write.type,
        write.cause,
        log(write.origin),
        write.index,
      );
      return;
    case "message":
      return message(db, log(write.origin), write);
    case "notice":
      db.run(
        `INSERT INTO notice (log, idx, party, stored_at, bytes, signature) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
        log(write.origin),
        write.index,
        write.from,
        write.storedAt,
        write.bytes,
        write.signature,
      );
      return;
    case "opening":
      db.run(
        `INSERT INTO opening (log, party, first, last, at, code) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET at = excluded.at, code = excluded.code WHERE code IS NOT NULL`,
        log(write.origin),
        write.party,
        write.first,
        write.last,
        write.at,
        write.code,
      );
      return;
    case "roster":
      db.run(
        "INSERT INTO roster (log, idx, party, bytes, signature) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        log(write.origin),
        write.index,
        write.party,
        write.bytes,
        write.signature,
      );
      return;
    case "split":
      db.run("UPDATE log SET split = 1 WHERE id = ?", log(write.origin));
      db.run(
        "INSERT INTO split (log, seen_at, evidence) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        log(write.origin),
        write.at,
        write.evidence,
      );
      return;
    case "draft":
      return draft(db, write);
    case "draft-signed":
    case "draft-released":
    case "draft-refused":
    case "draft-deleted":
      return moveDraft(db, write);
  }
}

/** The invariant: a log grows only from the size that its writer believes it has. */
function append(db: Sqlite, log: number, { origin, expect, entries, nodes, at }: Write<"append">): void {
  const grown = db.run("UPDATE log SET size = ? WHERE id = ? AND size = ?", expect + entries.length, log, expect);
  if (grown !== 1) throw storeError("store-size-changed", `${origin} no longer has ${expect} entries.`);
  entries.forEach((bytes, i) => {
    db.run("INSERT INTO entry (log, idx, bytes, stored_at) VALUES (?, ?, ?, ?)", log, expect + i, bytes, at);
  });
  for (const { level, index, hash } of nodes) {
    db.run("INSERT INTO node (log, level, idx, hash) VALUES (?, ?, ?, ?)", log, level, index, hash);
  }
}

function sent(db: Sqlite, log: number, { party, size, at }: Write<"sent">): void {
  db.run(
    `INSERT INTO sent (log, party, size, at)
     SELECT ?1, ?2, ?3, ?4 WHERE ?3 > coalesce((SELECT max(size) FROM sent WHERE log = ?1 AND party = ?2), 0)`,
    log,
    party,
    size,
    at,
  );
}

function message(db: Sqlite, log: number, record: MessageRecord): void {
  db.run(
    `INSERT INTO message (log, idx, hash, party, id, kind, relation, re, list, at, expires, stored_at,
       bytes, drafted, released, drafter, releaser, fault)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    log,
    record.index,
    record.hash,
    record.from,
    record.id,
    record.kind,
    record.re?.relation ?? null,
    record.re?.message ?? null,
    record.list,
    record.at,
    record.expires,
    record.storedAt,
    record.bytes,
    record.drafted,
    record.released,
    record.drafter,
    record.releaser,
    record.fault,
  );
}

function draft(db: Sqlite, record: DraftRecord): void {
  db.run(
    `INSERT INTO draft (id, state, created_at, drafted_by, needs, list_name, sole_reason)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    record.id,
    record.state,
    record.createdAt,
    record.draftedBy,
    record.needs,
    record.listName,
    record.soleReason,
  );
  record.items.forEach((item, i) => {
    db.run(
      `INSERT INTO draft_item (draft, idx, hash, bytes, findings, drafted)
       VALUES ((SELECT seq FROM draft WHERE id = ?), ?, ?, ?, ?, ?)`,
      record.id,
      i,
      item.hash,
      item.bytes,
      item.findings,
      item.drafted,
    );
  });
}

/** A draft moves only from the states that lead there; another officer may have been first. */
function moveDraft(
  db: Sqlite,
  write: Write<"draft-signed" | "draft-released" | "draft-refused" | "draft-deleted">,
): void {
  const moved = movedRows(db, write);
  if (moved !== 1) throw storeError("draft-moved", `The draft ${write.id} is no longer in the state it was shown in.`);
  if (write.write !== "draft-signed") return;
  write.signatures.forEach((signature, i) => {
    db.run(
      "UPDATE draft_item SET drafted = ? WHERE draft = (SELECT seq FROM draft WHERE id = ?) AND idx = ?",
      signature,
      write.id,
      i,
    );
  });
}

function movedRows(
  db: Sqlite,
  write: Write<"draft-signed" | "draft-released" | "draft-refused" | "draft-deleted">,
): number {
  const open = "state IN ('unsigned', 'signed')";
  switch (write.write) {
    case "draft-signed":
      return db.run(`UPDATE draft SET state = 'signed' WHERE id = ? AND ${open}`, write.id);
    case "draft-released":
      return db.run(`UPDATE draft SET state = 'released' WHERE id = ? AND ${open}`, write.id);
    case "draft-refused":
      return db.run(
        `UPDATE draft SET state = 'refused', refused_by = ?, refused_at = ?, refused_reason = ? WHERE id = ? AND ${open}`,
        write.by,
        write.at,
        write.reason,
        write.id,
      );
    case "draft-deleted":
      return db.run("DELETE FROM draft WHERE id = ? AND state <> 'released'", write.id);
  }
}
