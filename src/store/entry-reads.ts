/** Reads of what the logs hold, and of what it was found to be. */
import type { CarrierName } from "../line/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { LogOrigin } from "../wire/id.ts";
import type { EntryRecord, EntryType, LineStore } from "./line-store.ts";
import type { LogIds } from "./line-writes.ts";
import { nullable } from "./message-reads.ts";
import type { Row, Sqlite } from "./sqlite.ts";

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

export function entryReads(db: Sqlite, log: LogIds): Pick<LineStore, "entries" | "entry"> {
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
  };
}

type LookedReads = "lookedAt" | "openedUpTo" | "entriesToOpen" | "entriesToOpenAfter" | "unopened" | "countUnopened";

export function lookedReads(db: Sqlite, log: LogIds): Pick<LineStore, LookedReads> {
  return {
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
    entriesToOpenAfter: (origin, last, limit) => {
      const following = `${UNSEEN} WHERE entry.log = ?1 AND idx > ?2
        AND NOT EXISTS (SELECT 1 FROM looked WHERE log = ?1 AND idx >= ?2) ORDER BY idx LIMIT ?3`;
      return db.all(following, log(origin), last, limit).map(toEntry);
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
