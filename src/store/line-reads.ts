import type { CarrierName } from "../line/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { LogOrigin, PartyId } from "../wire/id.ts";
import { draftReads } from "./draft-reads.ts";
import { heldReads } from "./held-reads.ts";
import type {
  CheckpointRecord,
  EntryRecord,
  EntryType,
  LineStore,
  LogRecord,
  OpeningRecord,
  ReceiptRecord,
} from "./line-store.ts";
import type { LogIds } from "./line-writes.ts";
import { messageReads, nullable, toMessage } from "./message-reads.ts";
import type { Row, Sqlite } from "./sqlite.ts";
import { termReads } from "./term-reads.ts";

type Reads = Omit<LineStore, "commit" | "close" | "hashReader">;

export function lineReads(db: Sqlite, log: LogIds): Reads {
  return {
    ...logReads(db, log),
    ...entryReads(db, log),
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

/** Of an entry; it has columns of the names of `looked` from before there was that. */
const COLUMNS = "entry.log, entry.idx, bytes, stored_at, carrier, log.origin";
const FOUND = "looked.type, looked.cause";
const WITH_LOG = "JOIN log ON log.id = entry.log";
const AT_PLACE = "looked.log = entry.log AND looked.idx = entry.idx";
const ENTRY = `SELECT ${COLUMNS}, ${FOUND} FROM entry ${WITH_LOG} LEFT JOIN looked ON ${AT_PLACE}`;
/** By what was found. */
const LOOKED = `SELECT ${COLUMNS}, ${FOUND} FROM looked JOIN entry ON ${AT_PLACE} ${WITH_LOG}`;
/** The same without the bytes. */
const SHUT = `SELECT looked.idx, stored_at, log.origin, ${FOUND} FROM looked JOIN entry ON ${AT_PLACE} ${WITH_LOG}`;
/** As the indexes have it. */
const NOT_READ = ["looked.type = 'unopened'", "looked.cause = 'newer-version' AND looked.type <> 'unopened'"];
const UNSEEN = `SELECT ${COLUMNS}, NULL AS type, NULL AS cause FROM entry ${WITH_LOG}`;

function entryReads(
  db: Sqlite,
  log: LogIds,
): Pick<Reads, "entries" | "entry" | "lookedAt" | "openedUpTo" | "entriesToOpen" | "unopened" | "countUnopened"> {
  return {
    entries: (origin, from, limits) => {
      const rows = db.all(
        `${ENTRY} WHERE entry.log = ? AND entry.idx >= ? ORDER BY entry.idx LIMIT ?`,
        log(origin),
        from,
        limits.count,
      );
      return within(rows.map(toEntry), limits.bytes);
    },
    entry: (origin, index) =>
      nullable(db.get(`${ENTRY} WHERE entry.log = ? AND entry.idx = ?`, log(origin), index), toEntry),
    lookedAt: (origin, from, limit) => {
      const rows = db.all(
        "SELECT idx, type, cause FROM looked WHERE log = ? AND idx >= ? ORDER BY idx LIMIT ?",
        log(origin),
        from,
        limit,
      );
      const end = rows.findIndex((row) => row["type"] === null);
      return (end === -1 ? rows : rows.slice(0, end)).map((row) => ({
        index: row["idx"] as number,
        type: row["type"] as EntryType,
        cause: row["cause"] as string | null,
      }));
    },
    openedUpTo: (origin) => {
      const again = db.get("SELECT min(idx) AS n FROM looked WHERE log = ? AND type IS NULL", log(origin))?.["n"];
      const end = db.get("SELECT max(idx) + 1 AS n FROM looked WHERE log = ?", log(origin))?.["n"];
      const shut = db.get("SELECT count(*) AS n FROM looked WHERE log = ? AND type = 'unopened'", log(origin))?.["n"];
      return { size: (again ?? end ?? 0) as number, unopened: shut as number };
    },
    entriesToOpen: (limit, except) => {
      const logs = db
        .all("SELECT id, origin FROM log ORDER BY id")
        .filter(({ origin }) => except?.has(origin as LogOrigin) !== true)
        .map(({ id }) => id as number);
      const again = `${LOOKED} WHERE looked.log = ? AND looked.type IS NULL ORDER BY looked.idx LIMIT ?`;
      const beyond = `${UNSEEN} WHERE entry.log = ?1 AND idx > (SELECT coalesce(max(idx), -1) FROM looked WHERE log = ?1)
        ORDER BY idx LIMIT ?2`;
      const found = logs
        .map((id) => [...db.all(again, id, limit), ...db.all(beyond, id, limit)])
        .toSorted((a, b) => a.length - b.length);
      return found.flat().slice(0, limit).map(toEntry);
    },
    unopened: (ofEachLog) => {
      const logs = db.all("SELECT id FROM log ORDER BY id").map(({ id }) => id as number);
      const newest = (which: string, id: number) =>
        db
          .all(`${SHUT} WHERE looked.log = ? AND ${which} ORDER BY looked.idx DESC LIMIT ?`, id, ofEachLog)
          .toReversed();
      return NOT_READ.flatMap((which) => logs.flatMap((id) => newest(which, id).map(toFound)));
    },
    countUnopened: () =>
      NOT_READ.reduce((sum, which) => {
        return sum + ((db.get(`SELECT count(*) AS n FROM looked WHERE ${which}`)?.["n"] ?? 0) as number);
      }, 0),
  };
}

function within(entries: EntryRecord[], maxBytes: number): EntryRecord[] {
  let total = 0;
  const end = entries.findIndex((entry, i) => {
    total += entry.bytes.length;
    return total > maxBytes && i > 0;
  });
  return end === -1 ? entries : entries.slice(0, end);
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

function toFound(row: Row): Omit<EntryRecord, "bytes" | "carrier"> {
  return {
    origin: row["origin"] as LogOrigin,
    index: row["idx"] as number,
    storedAt: row["stored_at"] as number,
    type: row["type"] as EntryType | null,
    cause: row["cause"] as string | null,
  };
}

function toEntry(row: Row): EntryRecord {
  return { ...toFound(row), bytes: row["bytes"] as Bytes, carrier: row["carrier"] as CarrierName | null };
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
