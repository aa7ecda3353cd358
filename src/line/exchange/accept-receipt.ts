/** Receipts that came, of this node's log and of others'. */
import { type Checkpoint, receiptKeyName, verifyCosignature } from "../../log/index.ts";
import { equalBytes, toHex } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import type { LogOrigin } from "../../wire/id.ts";
import { isBeyondEnd, takeNote } from "./accept-note.ts";
import { type Log, unverified, type Work } from "./accept-work.ts";
import { rootAt } from "./branch.ts";
import type { Receipt } from "../parcel/parcel.ts";
import { newestReceipt } from "./view.ts";

export function takeReceipt(work: Work, receipt: Receipt): void {
  const held = work.view.receipts.some(
    ({ line, checkpoint }) => line === receipt.line && checkpoint === receipt.checkpoint,
  );
  if (held) return;
  const party = partyOfReceipt(work, receipt.line);
  if (party === null)
    return unverified(work, "unverified-receipt", "The receipt is by nobody of this line.", null, null);
  if (party.view.party === work.view.self) return;
  const checkpoint = takeNote(work, receipt.checkpoint);
  if (checkpoint === null) return;
  const origin = checkpoint.origin as LogOrigin;
  const log = work.logs.get(origin) as Log;
  if (isBeyondEnd(log.view, checkpoint.size) && checkpoint.size > log.size) return;
  const key = `${party.view.party} ${origin}`;
  const before = work.receipts.get(key) ?? newestReceipt(work.view, origin, party.view.party)?.size ?? 0;
  if (checkpoint.size <= before) return;
  if (log.split && !isHeld(work, log, checkpoint)) return;
  const own = log.view.party === party.view.party;
  const at = own ? "bad" : receiptTime(work, checkpoint, receipt, party);
  if (at === "later") return;
  if (at === "bad") {
    const message = `The receipt by ${party.view.party} is not one by its receipt key on another's log.`;
    return unverified(work, "unverified-receipt", message, origin, null);
  }
  work.receipts.set(key, checkpoint.size);
  work.effects.push({ type: "store-receipt", origin, party: party.view.party, size: checkpoint.size, at, ...receipt });
}

/** Of a log that was split, a receipt says something about what is held here only where it is over the same tree. */
function isHeld(work: Work, log: Log, { size, root }: Checkpoint): boolean {
  return size <= log.size && equalBytes(root, rootAt(work.suite, size, log.read));
}

/** The receiver's own log, after which its receipt key is named. */
function partyOfReceipt(work: Work, line: string): Log | null {
  const name = /^\u2014 (\S{1,200}) /.exec(line)?.[1];
  return [...work.logs.values()].find(({ view }) => receiptKeyName(view.origin) === name) ?? null;
}

/**
 * By any receipt key that the party had: an old receipt stays true when the key changes. `later`: by a key that no
 * roster held here names, so perhaps one that is still to come.
 */
function receiptTime(work: Work, checkpoint: Checkpoint, { line }: Receipt, { view }: Log): number | "bad" | "later" {
  const keys = new Map(view.rosters.map(({ roster }) => [toHex(roster.node.receipt), roster.node.receipt]));
  for (const publicKey of [...keys.values()].toReversed()) {
    try {
      return verifyCosignature(work.suite, checkpoint, line, { name: receiptKeyName(view.origin), publicKey }).at;
    } catch (error) {
      if (!isParleyError(error)) throw error;
      if (error.code !== "cosignature-other-key") return "bad";
    }
  }
  return "later";
}
