/** What came over narrow links ahead of its log, here, and elsewhere as others say. */
import type { Bytes } from "../wire/bytes.ts";
import type { MessageHash, PartyId } from "../wire/id.ts";
import type { HeldMessage, LineStore, StoredMessage } from "./line-store.ts";
import type { LogIds } from "./line-writes.ts";
import type { Row, Sqlite } from "./sqlite.ts";

/** They have no place among what was told, so none in its order either. */
const HELD = "SELECT held.*, 0 AS seq, NULL AS fault, log.origin FROM held JOIN log ON log.id = held.log";

/** Where the log has come and its own word counts for nothing, what was held of it counts for nothing either. */
const STANDS = `NOT EXISTS (SELECT 1 FROM message
  WHERE message.log = held.log AND message.idx = held.idx AND message.hash = held.hash AND message.fault IS NOT NULL)`;

type ToMessage = (row: Row) => StoredMessage;

export function heldReads(
  db: Sqlite,
  log: LogIds,
  toMessage: ToMessage,
): Pick<LineStore, "held" | "heldAt" | "heldUntold" | "hasHeldId" | "heldBy"> {
  return {
    held: () => db.all(`${HELD} WHERE ${STANDS} ORDER BY stored_at`).map((row) => toHeld(row, toMessage)),
    heldAt: (origin, index) => {
      const row = db.get(`${HELD} WHERE held.log = ? AND idx = ?`, log(origin), index);
      return row === undefined ? null : toHeld(row, toMessage);
    },
    heldUntold: (origin) => {
      const counted =
        "SELECT count(*) AS n FROM held LEFT JOIN looked ON looked.log = held.log AND looked.idx = held.idx";
      return db.get(`${counted} WHERE held.log = ? AND looked.type IS NULL`, log(origin))?.["n"] as number;
    },
    hasHeldId: (from, id) =>
      db.get(`SELECT 1 FROM held WHERE party = ? AND id = ? AND ${STANDS} LIMIT 1`, from, id) !== undefined,
    heldBy: (origin, index) =>
      db.all("SELECT party, at, known_at FROM held_by WHERE log = ? AND idx = ?", log(origin), index).map((row) => ({
        party: row["party"] as PartyId,
        at: row["at"] as number,
        knownAt: row["known_at"] as number,
      })),
  };
}

export function heldByHash(db: Sqlite, hash: MessageHash, toMessage: ToMessage): HeldMessage | null {
  const row = db.get(`${HELD} WHERE held.hash = ? AND ${STANDS} LIMIT 1`, hash);
  return row === undefined ? null : toHeld(row, toMessage);
}

function toHeld(row: Row, toMessage: ToMessage): HeldMessage {
  return { ...toMessage(row), entry: row["entry"] as Bytes, proof: row["proof"] as string | null };
}
