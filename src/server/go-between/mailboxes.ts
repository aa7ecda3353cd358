/**
 * The mailboxes of a go-between, in one SQLite file. It holds random ids, keys, hashes, sealed bytes and times, and
 * nothing of who they belong to. What `deposit` returns from is on the disk.
 */
import { hash, type Suite } from "../../crypto/index.ts";
import { GRANT_BYTES, type OpenMailbox } from "../../line/index.ts";
import { type Schema, Sqlite } from "../../store/sqlite.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { serverError } from "../errors.ts";
import type { GoBetweenConfig } from "./config.ts";

const SCHEMA: Schema = {
  applicationId: 0x5061726d,
  migrations: [
    `
CREATE TABLE grant (hash BLOB PRIMARY KEY, made_at INTEGER NOT NULL, used_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE mailbox (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  collect BLOB NOT NULL CHECK (length(collect) = 32),
  deposit BLOB NOT NULL CHECK (length(deposit) = 32),
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE parcel (
  seq INTEGER PRIMARY KEY,
  mailbox BLOB NOT NULL REFERENCES mailbox (id),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (mailbox, digest)
) STRICT;
CREATE INDEX parcel_at ON parcel (at);
`,
  ],
};

export interface MailboxRecord {
  readonly collect: Bytes;
  readonly deposit: Bytes;
}

export interface Mailboxes {
  /** Makes a grant: whoever shows it may open one mailbox. */
  grant(): Bytes;
  /** @throws mailbox-refused where the grant is not good, or the id is taken */
  open(mailbox: OpenMailbox): void;
  mailbox(id: Bytes): MailboxRecord | null;
  /** The same parcel again changes nothing. @throws mailbox-full */
  deposit(id: Bytes, parcel: Bytes): void;
  /** The oldest first, one at least where there is one, then as many as stay within `maxBytes` and `max`. */
  parcels(id: Bytes, max: number, maxBytes: number): { readonly parcels: readonly Bytes[]; readonly more: boolean };
  delete(id: Bytes, digests: readonly Bytes[]): void;
  /** Removes what nobody collected in time. How many. */
  expire(): number;
  close(): void;
}

const DAY = 86_400_000;
const GRANT_DAYS = 30;

export function openMailboxes(suite: Suite, path: string, config: GoBetweenConfig, now: () => number): Mailboxes {
  const db = new Sqlite(path, SCHEMA);
  const hashOf = (grant: Bytes): Bytes => hash(suite, "parley/v1/mailbox-grant", grant);
  return {
    grant: () => {
      const grant = suite.randomBytes(GRANT_BYTES);
      db.run("INSERT INTO grant (hash, made_at) VALUES (?, ?)", hashOf(grant), now());
      return grant;
    },
    open: ({ grant, id, collect, deposit }) =>
      db.transaction(() => {
        const update = "UPDATE grant SET used_at = ?1 WHERE hash = ?2 AND used_at IS NULL AND made_at > ?1 - ?3";
        const good = db.run(update, now(), hashOf(grant), GRANT_DAYS * DAY);
        if (good !== 1) throw refused();
        const insert = "INSERT INTO mailbox (id, collect, deposit, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        if (db.run(insert, id, collect, deposit, now()) !== 1) throw refused();
      }),
    mailbox: (id) => {
      const row = db.get("SELECT collect, deposit FROM mailbox WHERE id = ?", id);
      return row === undefined ? null : { collect: row["collect"] as Bytes, deposit: row["deposit"] as Bytes };
    },
    deposit: (id, parcel) =>
      db.transaction(() => {
        const sum = "SELECT count(*) AS n, coalesce(sum(length(bytes)), 0) AS size FROM parcel";
        const own = db.get(`${sum} WHERE mailbox = ?`, id);
        const all = db.get(sum);
        const size = Number(own?.["size"]) + parcel.length;
        const isFull = Number(own?.["n"]) >= config.mailboxParcels || size > config.mailboxBytes;
        if (isFull || Number(all?.["size"]) + parcel.length > config.totalBytes) {
          throw serverError("mailbox-full", "There is no room for this parcel; collect what is there first.");
        }
        const insert = "INSERT INTO parcel (mailbox, digest, at, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
        db.run(insert, id, suite.sha256(parcel), now(), parcel);
      }),
    parcels: (id, max, maxBytes) => {
      const rows = db.all("SELECT bytes FROM parcel WHERE mailbox = ? ORDER BY seq LIMIT ?", id, max + 1);
      const found = rows.map((row) => row["bytes"] as Bytes);
      let size = 0;
      const fit = found.slice(0, max).filter((bytes, i) => (size += bytes.length) <= maxBytes || i === 0);
      return { parcels: fit, more: fit.length < found.length };
    },
    delete: (id, digests) =>
      db.transaction(() => {
        for (const digest of digests) db.run("DELETE FROM parcel WHERE mailbox = ? AND digest = ?", id, digest);
      }),
    expire: () => db.run("DELETE FROM parcel WHERE at < ?", now() - config.keepDays * DAY),
    close: () => db.close(),
  };
}

/** One answer for all: nobody learns which mailboxes there are. */
export function refused() {
  return serverError("mailbox-refused", "There is no such mailbox, or this does not open it.");
}
