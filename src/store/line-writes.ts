/** How each write of `LineStore.commit` becomes rows. Runs inside the one transaction. */
import type { Bytes } from "../wire/bytes.ts";
import type { LogOrigin } from "../wire/id.ts";
import { DRAFT_WRITERS, SCRATCH_WRITERS } from "./draft-writes.ts";
import { storeError } from "./errors.ts";
import type { LineWrite } from "./line-store.ts";
import type { Sqlite } from "./sqlite.ts";

/** A log's row id by its origin. */
export type LogIds = (origin: LogOrigin) => number;

export type WriteOf<Name extends LineWrite["write"]> = Extract<LineWrite, { readonly write: Name }>;
export type Writers<Name extends LineWrite["write"]> = {
  readonly [N in Name]: (db: Sqlite, write: WriteOf<N>, log: LogIds) => void;
};

const DAY_MS = 86_400_000;

function countTaken(db: Sqlite, log: number, at: number, entries: readonly Bytes[]): void {
  const bytes = entries.reduce((sum, { length }) => sum + length, 0);
  const insert = "INSERT INTO taken (log, day, bytes) VALUES (?, ?, ?)";
  db.run(`${insert} ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes`, log, Math.floor(at / DAY_MS), bytes);
}

const LOG_WRITERS: Writers<
  "log" | "append" | "same-again" | "checkpoint" | "held-checkpoint" | "receipt" | "sent" | "term" | "split"
> = {
  log: (db, { origin, party, generation }) => {
    const insert = "INSERT INTO log (origin, party, generation) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    db.run(insert, origin, party, generation);
  },
  append: (db, { origin, expect, entries, nodes, at, carrier }, log) => {
    const id = log(origin);
    // The invariant: a log grows only from the size that its writer believes it has.
    const grown = db.run("UPDATE log SET size = ? WHERE id = ? AND size = ?", expect + entries.length, id, expect);
    if (grown !== 1) throw storeError("store-size-changed", `${origin} no longer has ${expect} entries.`);
    if (carrier !== null) countTaken(db, id, at, entries);
    entries.forEach((bytes, i) => {
      const insert = "INSERT INTO entry (log, idx, bytes, stored_at, carrier) VALUES (?, ?, ?, ?, ?)";
      db.run(insert, id, expect + i, bytes, at, carrier);
    });
    for (const { level, index, hash } of nodes) {
      db.run("INSERT INTO node (log, level, idx, hash) VALUES (?, ?, ?, ?)", id, level, index, hash);
    }
  },
  "same-again": (db) => void db.run("UPDATE identity SET party = party"),
  checkpoint: (db, { origin, size, root, note, seenAt }, log) => {
    const insert = "INSERT INTO checkpoint (log, size, root, note, seen_at) VALUES (?, ?, ?, ?, ?)";
    db.run(`${insert} ON CONFLICT DO NOTHING`, log(origin), size, root, note, seenAt);
  },
  "held-checkpoint": (db, { origin, size, root, note, seenAt }, log) => {
    const id = log(origin);
    const other = db.run("DELETE FROM checkpoint WHERE log = ? AND size = ? AND root <> ?", id, size, root);
    if (other > 0) db.run("DELETE FROM receipt WHERE log = ? AND size = ?", id, size);
    const insert = "INSERT INTO checkpoint (log, size, root, note, seen_at) VALUES (?, ?, ?, ?, ?)";
    db.run(`${insert} ON CONFLICT DO NOTHING`, id, size, root, note, seenAt);
  },
  receipt: (db, { origin, party, size, signedAt, seenAt, line, carrier }, log) => {
    const insert =
      "INSERT INTO receipt (log, party, size, signed_at, seen_at, line, carrier) VALUES (?, ?, ?, ?, ?, ?, ?)";
    db.run(`${insert} ON CONFLICT DO NOTHING`, log(origin), party, size, signedAt, seenAt, line, carrier);
  },
  sent: (db, { origin, party, size, carrier, at }, log) => {
    const before = "coalesce((SELECT max(size) FROM sent WHERE log = ?1 AND party = ?2 AND carrier = ?3), 0)";
    const insert = `INSERT INTO sent (log, party, carrier, size, at) SELECT ?1, ?2, ?3, ?4, ?5 WHERE ?4 > ${before}`;
    db.run(insert, log(origin), party, carrier, size, at);
  },
  term: (db, { party, term }) => {
    if (term === null) return void db.run("DELETE FROM term WHERE party = ?", party);
    const insert = "INSERT INTO term (party, term) VALUES (?, ?)";
    db.run(`${insert} ON CONFLICT DO UPDATE SET term = excluded.term WHERE excluded.term > term`, party, term);
  },
  split: (db, { origin, evidence, at }, log) => {
    db.run("UPDATE log SET split = 1 WHERE id = ?", log(origin));
    const insert = "INSERT INTO split (log, seen_at, evidence) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
    db.run(insert, log(origin), at, evidence);
  },
};

/** What the tables `message` and `held` have in common: what was said, by whom, under whose signatures. */
const SAID = `log, idx, hash, party, id, kind, relation, re, list, at, expires, stored_at,
         bytes, drafted, released, drafter, releaser`;

/** The values of SAID, in its order. */
function saidValues(said: Omit<WriteOf<"message">, "write" | "fault">, log: LogIds) {
  return [
    log(said.origin),
    said.index,
    said.hash,
    said.from,
    said.id,
    said.kind,
    said.re?.relation ?? null,
    said.re?.message ?? null,
    said.list,
    said.at,
    said.expires,
    said.storedAt,
    said.bytes,
    said.drafted,
    said.released,
    said.drafter,
    said.releaser,
  ] as const;
}

const OPENED_WRITERS: Writers<
  | "looked-at"
  | "message"
  | "judged"
  | "notice"
  | "opening"
  | "roster"
  | "declaration"
  | "understood"
  | "look-again"
  | "closing"
> = {
  "looked-at": (db, { origin, index, type, cause }, log) => {
    const id = log(origin);
    const end = (db.get("SELECT max(idx) AS last FROM looked WHERE log = ?", id)?.["last"] ?? -1) as number;
    // What it passes over is still to be looked at.
    const passed = "INSERT INTO looked (log, idx) SELECT log, idx FROM entry WHERE log = ? AND idx > ? AND idx < ?";
    if (index > end + 1) db.run(passed, id, end, index);
    const insert = "INSERT INTO looked (log, idx, type, cause) VALUES (?, ?, ?, ?)";
    const known = "ON CONFLICT DO UPDATE SET type = excluded.type, cause = excluded.cause";
    db.run(`${insert} ${known}`, id, index, type, cause);
  },
  message: (db, record, log) => {
    db.run(
      `INSERT INTO message (${SAID}, fault)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...saidValues(record, log),
      record.fault,
    );
  },
  judged: (db, { origin, index, drafter, releaser, fault }, log) => {
    const id = log(origin);
    const update = "UPDATE message SET drafter = ?, releaser = ?, fault = ? WHERE log = ? AND idx = ?";
    db.run(update, drafter, releaser, fault, id, index);
    db.run("UPDATE looked SET cause = ? WHERE log = ? AND idx = ?", fault, id, index);
  },
  notice: (db, { origin, index, from, storedAt, bytes, signature }, log) => {
    const insert = "INSERT INTO notice (log, idx, party, stored_at, bytes, signature) VALUES (?, ?, ?, ?, ?, ?)";
    db.run(insert, log(origin), index, from, storedAt, bytes, signature);
  },
  opening: (db, { origin, party, first, last, at, code, notice, noticeIn }, log) => {
    db.run(
      `INSERT INTO opening (log, party, first, last, at, code, notice, notice_log) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET at = excluded.at, code = excluded.code, notice = excluded.notice,
         notice_log = excluded.notice_log WHERE code IS NOT NULL`,
      log(origin),
      party,
      first,
      last,
      at,
      code,
      notice,
      log(noticeIn),
    );
  },
  roster: (db, { origin, index, party, bytes, signature }, log) => {
    const insert = "INSERT INTO roster (log, idx, party, bytes, signature) VALUES (?, ?, ?, ?, ?)";
    db.run(insert, log(origin), index, party, bytes, signature);
  },
  declaration: (db, { origin, index, party, bytes, signature }, log) => {
    const insert = "INSERT INTO declaration (log, idx, party, bytes, signature) VALUES (?, ?, ?, ?, ?)";
    db.run(`${insert} ON CONFLICT DO NOTHING`, log(origin), index, party, bytes, signature);
  },
  understood: (db, { party, features }) => {
    const insert = "INSERT INTO understood (party, features) VALUES (?, ?)";
    db.run(`${insert} ON CONFLICT DO UPDATE SET features = excluded.features`, party, JSON.stringify(features));
  },
  "look-again": (db) => {
    const newer = "('newer-version', 'message-newer', 'roster-newer')";
    const where = `cause IN ${newer} AND type IN ('unopened', 'notice', 'roster')`;
    db.run(`UPDATE looked SET type = NULL, cause = NULL WHERE ${where}`);
  },
  closing: (db, { party, next, seenAt, signed: { bytes, signature, roster, successions } }) => {
    const columns = "party, next, seen_at, bytes, signature, roster, roster_signature";
    const insert = `INSERT INTO closing (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
    db.run(insert, party, next, seenAt, bytes, signature, roster.bytes, roster.signature);
    for (const [place, { naming, succession }] of successions.entries()) {
      const by = [naming.bytes, naming.signature, succession.bytes, succession.signature];
      const kept = "INSERT INTO closing_succession VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
      db.run(kept, party, next, place, ...by);
    }
  },
};

const HELD_WRITERS: Writers<"held" | "held-proven" | "held-by"> = {
  held: (db, record, log) => {
    db.run(
      `INSERT INTO held (${SAID}, entry)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      ...saidValues(record, log),
      record.entry,
    );
  },
  "held-proven": (db, { origin, index, proof }, log) =>
    void db.run("UPDATE held SET proof = ? WHERE log = ? AND idx = ?", proof, log(origin), index),
  // The first word is the one that the alert's clock runs from.
  "held-by": (db, { origin, index, party, at, knownAt }, log) => {
    const insert = "INSERT INTO held_by (log, idx, party, at, known_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    db.run(insert, log(origin), index, party, at, knownAt);
  },
};

const WORD_WRITERS: Writers<"words"> = {
  words: (db, { seq, words }) => void db.run("INSERT INTO message_words (rowid, words) VALUES (?, ?)", seq, words),
};

const WRITERS: Writers<LineWrite["write"]> = {
  ...LOG_WRITERS,
  ...OPENED_WRITERS,
  ...HELD_WRITERS,
  ...DRAFT_WRITERS,
  ...SCRATCH_WRITERS,
  ...WORD_WRITERS,
};

export function applyWrite<Name extends LineWrite["write"]>(db: Sqlite, log: LogIds, write: WriteOf<Name>): void {
  WRITERS[write.write](db, write, log);
}
