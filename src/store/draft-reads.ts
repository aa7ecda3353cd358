import type { Kind } from "../message/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { DraftId, MessageHash, OfficerId } from "../wire/id.ts";
import type { DraftItemRecord, DraftRecord, DraftState, LineStore, ScratchRecord } from "./line-store.ts";
import type { Row, Sqlite } from "./sqlite.ts";

export function draftReads(db: Sqlite): Pick<LineStore, "drafts" | "countOpenDrafts" | "draft" | "scratches"> {
  const items = (seq: number): DraftItemRecord[] =>
    db.all("SELECT * FROM draft_item WHERE draft = ? ORDER BY idx", seq).map(toItem);
  const whole = (row: Row): DraftRecord => toDraft(row, items(row["seq"] as number));
  return {
    drafts: ({ limit, before = Number.MAX_SAFE_INTEGER }) =>
      db
        .all("SELECT * FROM draft WHERE seq < ? ORDER BY seq DESC LIMIT ?", before, limit)
        .map((row) => ({ ...whole(row), seq: row["seq"] as number })),
    countOpenDrafts: () =>
      db.get("SELECT count(*) AS n FROM draft WHERE state IN ('unsigned', 'signed')")?.["n"] as number,
    draft: (id) => {
      const row = db.get("SELECT * FROM draft WHERE id = ?", id);
      return row === undefined ? null : whole(row);
    },
    scratches: (officer) =>
      db.all("SELECT * FROM scratch WHERE officer = ? ORDER BY saved_at DESC, id", officer).map(toScratch),
  };
}

function toScratch(row: Row): ScratchRecord {
  return {
    officer: row["officer"] as OfficerId,
    id: row["id"] as string,
    kind: row["kind"] as Kind,
    subject: row["subject"] as string,
    savedAt: row["saved_at"] as number,
    form: row["form"] as string,
  };
}

function toItem(row: Row): DraftItemRecord {
  return {
    hash: row["hash"] as MessageHash,
    bytes: row["bytes"] as Bytes,
    findings: row["findings"] as string,
    drafted: row["drafted"] as Bytes | null,
  };
}

function toDraft(row: Row, items: DraftItemRecord[]): DraftRecord {
  const by = row["refused_by"] as OfficerId | null;
  return {
    id: row["id"] as DraftId,
    state: row["state"] as DraftState,
    createdAt: row["created_at"] as number,
    draftedBy: row["drafted_by"] as OfficerId,
    needs: row["needs"] as 1 | 2,
    listName: row["list_name"] as string | null,
    soleReason: row["sole_reason"] as string | null,
    refused: by === null ? null : { by, at: row["refused_at"] as number, reason: row["refused_reason"] as string },
    items,
  };
}
