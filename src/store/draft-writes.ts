import type { DraftId } from "../wire/id.ts";
import { storeError } from "./errors.ts";
import type { Writers } from "./line-writes.ts";
import type { Sqlite } from "./sqlite.ts";

const OPEN = "state IN ('unsigned', 'signed')";

export const DRAFT_WRITERS: Writers<"draft" | "draft-signed" | "draft-released" | "draft-refused" | "draft-deleted"> = {
  draft: (db, record) => {
    db.run(
      "INSERT INTO draft (id, state, created_at, drafted_by, needs, list_name, sole_reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
      record.id,
      record.state,
      record.createdAt,
      record.draftedBy,
      record.needs,
      record.listName,
      record.soleReason,
    );
    const seq = sequenceOf(db, record.id);
    record.items.forEach((item, i) => {
      const insert = "INSERT INTO draft_item (draft, idx, hash, bytes, findings, drafted) VALUES (?, ?, ?, ?, ?, ?)";
      db.run(insert, seq, i, item.hash, item.bytes, item.findings, item.drafted);
    });
  },
  "draft-signed": (db, { id, signatures }) => {
    moved(id, db.run(`UPDATE draft SET state = 'signed' WHERE id = ? AND ${OPEN}`, id));
    const seq = sequenceOf(db, id);
    signatures.forEach((signature, i) => {
      db.run("UPDATE draft_item SET drafted = ? WHERE draft = ? AND idx = ?", signature, seq, i);
    });
  },
  "draft-released": (db, { id }) => {
    moved(id, db.run(`UPDATE draft SET state = 'released' WHERE id = ? AND ${OPEN}`, id));
  },
  "draft-refused": (db, { id, by, at, reason }) => {
    const refuse = "UPDATE draft SET state = 'refused', refused_by = ?, refused_at = ?, refused_reason = ?";
    moved(id, db.run(`${refuse} WHERE id = ? AND ${OPEN}`, by, at, reason, id));
  },
  "draft-deleted": (db, { id }) => {
    moved(id, db.run("DELETE FROM draft WHERE id = ? AND state <> 'released'", id));
  },
};

export const SCRATCH_WRITERS: Writers<"scratch" | "scratch-deleted"> = {
  scratch: (db, { officer, id, kind, subject, savedAt, form }) => {
    db.run(
      `INSERT INTO scratch (officer, id, kind, subject, saved_at, form) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET kind = excluded.kind, subject = excluded.subject, saved_at = excluded.saved_at,
         form = excluded.form`,
      officer,
      id,
      kind,
      subject,
      savedAt,
      form,
    );
  },
  "scratch-deleted": (db, { officer, id }) => {
    db.run("DELETE FROM scratch WHERE officer = ? AND id = ?", officer, id);
  },
};

/** A draft moves only from the states that lead there; another officer may have been first. */
function moved(id: DraftId, rows: number): void {
  if (rows !== 1) throw storeError("draft-moved", `The draft ${id} is no longer in the state it was shown in.`);
}

function sequenceOf(db: Sqlite, id: DraftId): number {
  return db.get("SELECT seq FROM draft WHERE id = ?", id)?.["seq"] as number;
}
