/** Reads of what was opened: messages and the facts of them, notices. */
import type { Kind, Relation } from "../message/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { ListId, LogOrigin, MessageHash, MessageId, OfficerId, PartyId } from "../wire/id.ts";
import { heldByHash } from "./held-reads.ts";
import type { LineStore, MessageFilter, MessagePage, NoticeRecord, StoredFact, StoredMessage } from "./line-store.ts";
import type { LogIds } from "./line-writes.ts";
import type { Row, Sqlite } from "./sqlite.ts";

export const MESSAGE = "SELECT message.*, log.origin FROM message JOIN log ON log.id = message.log";

/** Nothing of the row's long end is read. */
const FACTS = `SELECT seq, origin, idx, hash, message.party, id, kind, relation, re, list, at, expires, stored_at,
  drafter, releaser FROM message JOIN (SELECT id AS place, origin FROM log) ON place = message.log`;

/** As the index `message_waiting` has it. */
const WAITING = "fault = 'unknown-target'";

type MessageReads =
  | "messages"
  | "messageFacts"
  | "message"
  | "messageAt"
  | "waitingFor"
  | "hasWaiting"
  | "hasMessageId"
  | "notices"
  | "noticesIn"
  | "withoutWords"
  | "withWords";

export function messageReads(db: Sqlite, log: LogIds): Pick<LineStore, MessageReads> {
  return {
    messages: (filter, page) => messages(db, filter, page),
    messageFacts: ({ beyond, limit }) =>
      db.all(`${FACTS} WHERE seq > ? AND fault IS NULL ORDER BY seq LIMIT ?`, beyond, limit).map(toFact),
    message: (hash) => {
      const row = db.get(`${MESSAGE} WHERE hash = ? ORDER BY fault IS NOT NULL, seq LIMIT 1`, hash);
      const told = nullable(row, toMessage);
      return told?.fault === null ? told : (heldByHash(db, hash, toMessage) ?? told);
    },
    waitingFor: (hash) => db.all(`${MESSAGE} WHERE re = ? AND ${WAITING} ORDER BY seq`, hash).map(toMessage),
    hasWaiting: () => db.get(`SELECT 1 FROM message WHERE ${WAITING} LIMIT 1`) !== undefined,
    messageAt: (origin, index) =>
      nullable(db.get(`${MESSAGE} WHERE message.log = ? AND idx = ?`, log(origin), index), toMessage),
    hasMessageId: (from, id) =>
      ["fault IS NULL", "fault = 'officer-revoked'"].some(
        (which) => db.get(`SELECT 1 FROM message WHERE party = ? AND id = ? AND ${which}`, from, id) !== undefined,
      ),
    withoutWords: (limit) => {
      const last = db.get("SELECT rowid AS seq FROM message_words ORDER BY rowid DESC LIMIT 1")?.["seq"] ?? 0;
      return db.all(`${MESSAGE} WHERE seq > ? ORDER BY seq LIMIT ?`, last, limit).map(toMessage);
    },
    withWords: (beginnings) =>
      db
        .all(
          `SELECT message.hash FROM message_words JOIN message ON message.seq = message_words.rowid
           WHERE message_words MATCH ? AND message.fault IS NULL ORDER BY message_words.rowid DESC`,
          beginnings.map((word) => `"${word.replaceAll('"', "")}"*`).join(" "),
        )
        .map((row) => row["hash"] as MessageHash),
    noticesIn: (origin, from, limit) => {
      const joined = "SELECT notice.*, log.origin FROM notice JOIN log ON log.id = notice.log";
      return db
        .all(`${joined} WHERE notice.log = ? AND notice.idx >= ? ORDER BY notice.idx LIMIT ?`, log(origin), from, limit)
        .map(toNotice);
    },
    notices: ({ limit = -1, before } = {}) => {
      const where = before === undefined ? "" : "WHERE (notice.stored_at, notice.log, notice.idx) < (?, ?, ?)";
      const values = before === undefined ? [] : [before.storedAt, log(before.origin), before.index];
      return db
        .all(
          `SELECT notice.*, log.origin FROM notice JOIN log ON log.id = notice.log ${where}
           ORDER BY notice.stored_at DESC, notice.log DESC, notice.idx DESC LIMIT ?`,
          ...values,
          limit,
        )
        .map(toNotice);
    },
  };
}

function messages(db: Sqlite, filter: MessageFilter, page: MessagePage): StoredMessage[] {
  const [order, beyond] = page.order === "newest-first" ? ["DESC", "seq < ?"] : ["ASC", "seq > ?"];
  const asked: [string, string | number | undefined][] = [
    ["kind = ?", filter.kind],
    ["message.party = ?", filter.from],
    ["list = ?", filter.list],
    ["re = ?", filter.re],
    ["stored_at <= ?", filter.storedBy],
    [beyond, page.beyond],
  ];
  const given = asked.filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  const counting = filter.faults === "with" ? [] : ["fault IS NULL"];
  const where = [...given.map(([condition]) => condition), ...counting].join(" AND ");
  const values = given.map(([, value]) => value);
  return db
    .all(
      `${MESSAGE} ${where === "" ? "" : `WHERE ${where}`} ORDER BY seq ${order} LIMIT ?`,
      ...values,
      page.limit ?? -1,
    )
    .map(toMessage);
}

export function nullable<T>(row: Row | undefined, map: (row: Row) => T): T | null {
  return row === undefined ? null : map(row);
}

export function toMessage(row: Row): StoredMessage {
  return {
    ...toFact(row),
    bytes: row["bytes"] as Bytes,
    drafted: row["drafted"] as Bytes | null,
    released: row["released"] as Bytes,
    fault: row["fault"] as string | null,
  };
}

function toFact(row: Row): StoredFact {
  const re = row["re"] as MessageHash | null;
  return {
    seq: row["seq"] as number,
    origin: row["origin"] as LogOrigin,
    index: row["idx"] as number,
    hash: row["hash"] as MessageHash,
    from: row["party"] as PartyId,
    id: row["id"] as MessageId,
    kind: row["kind"] as Kind,
    re: re === null ? null : { relation: row["relation"] as Relation, message: re },
    list: row["list"] as ListId | null,
    at: row["at"] as number,
    expires: row["expires"] as number | null,
    storedAt: row["stored_at"] as number,
    drafter: row["drafter"] as OfficerId | null,
    releaser: row["releaser"] as OfficerId | null,
  };
}

function toNotice(row: Row): NoticeRecord {
  return {
    origin: row["origin"] as LogOrigin,
    index: row["idx"] as number,
    from: row["party"] as PartyId,
    storedAt: row["stored_at"] as number,
    bytes: row["bytes"] as Bytes,
    signature: row["signature"] as Bytes,
  };
}
