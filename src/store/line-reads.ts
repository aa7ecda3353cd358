import type { CarrierName } from "../line/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { LogOrigin, PartyId } from "../wire/id.ts";
import { draftReads } from "./draft-reads.ts";
import { entryReads, lookedReads } from "./entry-reads.ts";
import { heldReads } from "./held-reads.ts";
import type { CheckpointRecord, LineStore, LogRecord, OpeningRecord, ReceiptRecord } from "./line-store.ts";
import type { LogIds } from "./line-writes.ts";
import { messageReads, nullable, toMessage } from "./message-reads.ts";
import type { Row, Sqlite } from "./sqlite.ts";
import { termReads } from "./term-reads.ts";

type Reads = Omit<LineStore, "commit" | "close" | "hashReader">;

export function lineReads(db: Sqlite, log: LogIds): Reads {
  return {
    ...logReads(db, log),
    ...entryReads(db, log),
    ...lookedReads(db, log),
    ...proofReads(db, log),
    ...messageReads(db, log),
    ...heldReads(db, log, toMessage),
    ...termReads(db, log),
    ...draftReads(db),
  };
}

function logReads(db: Sqlite, id: LogIds): Pick<Reads, "logs" | "log" | "takenOn"> {
  return {
    logs: () => db.all("SELECT * FROM log ORDER BY origin").map(toLog),
    log: (origin) => nullable(db.get("SELECT * FROM log WHERE origin = ?", origin), toLog),
    takenOn: (origin, day) => {
      const taken = db.get("SELECT bytes FROM taken WHERE log = ? AND day = ?", id(origin), day)?.["bytes"];
      const last = db.get("SELECT max(day) AS day FROM taken WHERE log = ? AND day < ?", id(origin), day)?.["day"];
      return { taken: (taken ?? 0) as number, lastDay: (last ?? null) as number | null };
    },
  };
}

type ProofReads =
  | "checkpoint"
  | "checkpointAt"
  | "checkpointsIn"
  | "newestReceipts"
  | "receiptsOver"
  | "sentOver"
  | "openingsOf"
  | "openingsEnd"
  | "term"
  | "splits";

function proofReads(db: Sqlite, log: LogIds): Pick<Reads, ProofReads> {
  return {
    checkpoint: (origin, size = Number.MAX_SAFE_INTEGER) =>
      nullable(
        db.get("SELECT * FROM checkpoint WHERE log = ? AND size <= ? ORDER BY size DESC LIMIT 1", log(origin), size),
        (row) => toCheckpoint(origin, row),
      ),
    checkpointAt: (origin, size) =>
      nullable(db.get("SELECT * FROM checkpoint WHERE log = ? AND size = ?", log(origin), size), (row) =>
        toCheckpoint(origin, row),
      ),
    checkpointsIn: (origin, from, to) =>
      db
        .all("SELECT * FROM checkpoint WHERE log = ? AND size > ? AND size <= ? ORDER BY size", log(origin), from, to)
        .map((row) => toCheckpoint(origin, row)),
    ...carriedReads(db, log),
    openingsEnd: (origin, party) =>
      (db.get("SELECT max(last) AS last FROM opening WHERE log = ? AND party = ?", log(origin), party)?.["last"] as
        | number
        | null) ?? -1,
    term: (party) => (db.get("SELECT term FROM term WHERE party = ?", party)?.["term"] as number | undefined) ?? 0,
    splits: () =>
      db
        .all("SELECT log.origin, evidence, seen_at FROM split JOIN log ON log.id = split.log ORDER BY split.id")
        .map((row) => ({
          origin: row["origin"] as LogOrigin,
          evidence: row["evidence"] as Bytes,
          seenAt: row["seen_at"] as number,
        })),
  };
}

/** Whose receipts there are over a log, by one search each. */
const PARTIES = `WITH RECURSIVE which (party) AS (
  SELECT min(party) FROM receipt WHERE log = ?1
  UNION ALL SELECT (SELECT min(party) FROM receipt WHERE log = ?1 AND party > which.party) FROM which
    WHERE which.party IS NOT NULL)`;

function carriedReads(
  db: Sqlite,
  log: LogIds,
): Pick<Reads, "newestReceipts" | "receiptsOver" | "sentOver" | "openingsOf"> {
  return {
    // Each party's own row is searched for: to group them would read every receipt that there is.
    newestReceipts: (origin) =>
      db
        .all(
          `${PARTIES} SELECT receipt.* FROM which JOIN receipt ON receipt.log = ?1 AND receipt.party = which.party
           AND receipt.size = (SELECT max(size) FROM receipt WHERE log = ?1 AND party = which.party)`,
          log(origin),
        )
        .map((row) => toReceipt(origin, row)),
    receiptsOver: (origin, index, seenBy = Number.MAX_SAFE_INTEGER) =>
      db
        .all(
          `${PARTIES} SELECT receipt.* FROM which JOIN receipt ON receipt.log = ?1 AND receipt.party = which.party
           AND receipt.size = (SELECT size FROM receipt WHERE log = ?1 AND party = which.party AND size > ?2
             AND coalesce(seen_at, signed_at) <= ?3 ORDER BY size LIMIT 1)`,
          log(origin),
          index,
          seenBy,
        )
        .map((row) => toReceipt(origin, row)),
    sentOver: (origin, index) =>
      db
        .all(
          "SELECT party, carrier, min(size), at FROM sent WHERE log = ? AND size > ? GROUP BY party, carrier",
          log(origin),
          index,
        )
        .map((row) => ({
          party: row["party"] as PartyId,
          carrier: row["carrier"] as CarrierName,
          at: row["at"] as number,
        })),
    openingsOf: (origin, index) =>
      db
        .all(
          // A null notice_log is from before logs had generations: then there was one of each party.
          `SELECT opening.*, place.origin AS notice_in, entry.stored_at AS known_at FROM opening
           JOIN log AS place ON place.id = coalesce(opening.notice_log,
             (SELECT id FROM log WHERE log.party = opening.party AND generation = 0))
           LEFT JOIN entry ON entry.log = place.id AND entry.idx = opening.notice
           WHERE opening.log = ?1 AND first <= ?2 AND last >= ?2 ORDER BY at`,
          log(origin),
          index,
        )
        .map((row) => ({ ...toOpening(origin, row), knownAt: (row["known_at"] ?? row["at"]) as number })),
  };
}

function toLog(row: Row): LogRecord {
  return {
    origin: row["origin"] as LogOrigin,
    party: row["party"] as PartyId,
    generation: row["generation"] as number,
    size: row["size"] as number,
    split: row["split"] === 1,
  };
}

function toCheckpoint(origin: LogOrigin, row: Row): CheckpointRecord {
  return {
    origin,
    size: row["size"] as number,
    root: row["root"] as Bytes,
    note: row["note"] as string,
    seenAt: row["seen_at"] as number,
  };
}

function toReceipt(origin: LogOrigin, row: Row): ReceiptRecord {
  return {
    origin,
    party: row["party"] as PartyId,
    size: row["size"] as number,
    signedAt: row["signed_at"] as number,
    seenAt: (row["seen_at"] ?? row["signed_at"]) as number,
    line: row["line"] as string,
    carrier: row["carrier"] as CarrierName | null,
  };
}

function toOpening(origin: LogOrigin, row: Row): OpeningRecord {
  return {
    origin,
    party: row["party"] as PartyId,
    first: row["first"] as number,
    last: row["last"] as number,
    at: row["at"] as number,
    code: row["code"] as string | null,
    notice: row["notice"] as number,
    noticeIn: row["notice_in"] as LogOrigin,
  };
}
