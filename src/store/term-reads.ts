/** Who speaks for each party, as far as it is kept: rosters, closings, declarations, and what a revocation takes away. */
import type { SignedSuccession } from "../line/index.ts";
import type { Bytes } from "../wire/bytes.ts";
import type { LogOrigin, PartyId } from "../wire/id.ts";
import type { ClosingRecord, LineStore, RosterRecord, StoredMessage } from "./line-store.ts";
import type { LogIds } from "./line-writes.ts";
import { MESSAGE, toMessage } from "./message-reads.ts";
import type { Row, Sqlite } from "./sqlite.ts";

type TermReads =
  | "understood"
  | "readSince"
  | "rosters"
  | "declarations"
  | "signedBy"
  | "revoked"
  | "closingSeen"
  | "closings";
/** By any of the officers of a JSON array, given twice. */
const SIGNED_BY = "(drafter IN (SELECT value FROM json_each(?)) OR releaser IN (SELECT value FROM json_each(?)))";

export function termReads(db: Sqlite, log: LogIds): Pick<LineStore, TermReads> {
  const messages = (where: string, ...values: (string | number)[]): StoredMessage[] =>
    db.all(`${MESSAGE} WHERE ${where}`, ...values).map(toMessage);
  return {
    understood: (party) => {
      const row = db.get("SELECT features FROM understood WHERE party = ?", party);
      return row === undefined ? null : (JSON.parse(row["features"] as string) as string[]);
    },
    readSince: (party) =>
      db
        .all(
          `SELECT log.origin, first FROM opening JOIN log ON log.id = opening.log
           JOIN looked ON looked.log = opening.log AND looked.idx = first
           WHERE opening.party = ? AND code = 'newer-version' AND type IS NOT NULL AND cause IS NOT 'newer-version'`,
          party,
        )
        .map((row) => ({ origin: row["origin"] as LogOrigin, index: row["first"] as number })),
    rosters: () =>
      db
        .all("SELECT roster.*, log.origin FROM roster JOIN log ON log.id = roster.log ORDER BY roster.log, idx")
        .map(toRoster),
    declarations: () =>
      db
        .all(
          `SELECT declaration.*, log.origin FROM declaration JOIN log ON log.id = declaration.log
           ORDER BY declaration.log, idx`,
        )
        .map(toRoster),
    signedBy: (origin, from, officers) => {
      const where = `message.log = ? AND idx >= ? AND fault IS NULL AND ${SIGNED_BY}`;
      const list = JSON.stringify(officers);
      return messages(`${where} ORDER BY idx`, log(origin), from, list, list);
    },
    revoked: (party, officers) => {
      const where = `message.party = ? AND fault = 'officer-revoked' AND ${SIGNED_BY}`;
      const list = JSON.stringify(officers);
      return messages(`${where} ORDER BY seq`, party, list, list);
    },
    closingSeen: (party, next) => {
      const row = db.get("SELECT seen_at FROM closing WHERE party = ? AND next = ?", party, next);
      return (row?.["seen_at"] ?? null) as number | null;
    },
    closings: () =>
      db.all("SELECT * FROM closing ORDER BY id").map((row) => {
        const carried = "SELECT * FROM closing_succession WHERE party = ? AND next = ? ORDER BY place";
        return toClosing(row, db.all(carried, row["party"] as string, row["next"] as number).map(toSuccession));
      }),
  };
}

function toSuccession(row: Row): SignedSuccession {
  const signed = (name: string) => ({ bytes: row[name] as Bytes, signature: row[`${name}_signature`] as Bytes });
  return { naming: signed("naming"), succession: signed("succession") };
}

function toClosing(row: Row, successions: readonly SignedSuccession[]): ClosingRecord {
  const roster = { bytes: row["roster"] as Bytes, signature: row["roster_signature"] as Bytes };
  return {
    party: row["party"] as PartyId,
    next: row["next"] as number,
    signed: { bytes: row["bytes"] as Bytes, signature: row["signature"] as Bytes, roster, successions },
    seenAt: row["seen_at"] as number,
  };
}

function toRoster(row: Row): RosterRecord {
  return {
    origin: row["origin"] as LogOrigin,
    index: row["idx"] as number,
    party: row["party"] as PartyId,
    bytes: row["bytes"] as Bytes,
    signature: row["signature"] as Bytes,
  };
}
