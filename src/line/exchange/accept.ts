/**
 * The receiving half of the exchange, as a function from what is held and a parcel to effects. The node makes the
 * effects durable in their order, and only then composes its reply, whose receipts are for what is durable.
 * What fails to verify is asked for again, and nobody is accused; only two signed checkpoints that cannot both be true
 * are held against a log's author.
 */
import type { Suite } from "../../crypto/index.ts";
import type { LogOrigin } from "../../wire/id.ts";
import { takeNote } from "./accept-note.ts";
import { takeReceipt } from "./accept-receipt.ts";
import { takeSegment } from "./accept-segment.ts";
import { type Log, unverified, type Work } from "./accept-work.ts";
import type { Effect } from "./effect.ts";
import type { Parcel } from "../parcel/parcel.ts";
import { type LineView, termOf } from "./view.ts";

/**
 * Whether it is certain that a parcel was written since this node asked: it answers what was asked, and has not come
 * before. Of any other it may be that it is an old one.
 */
type Freshness = "fresh" | "perhaps-old";

/** The same parcel a second time gives no effect but `heard`, and `unverified` for what is still not verified. */
export function accept(suite: Suite, view: LineView, parcel: Parcel, freshness: Freshness): Effect[] {
  const logs = [...view.logs].map(([origin, log]): [LogOrigin, Log] => [
    origin,
    {
      view: log,
      size: log.size,
      read: log.read,
      checkpoint: log.checkpoint,
      head: log.head,
      heard: new Map(),
      split: log.split,
    },
  ]);
  const work: Work = { suite, view, logs: new Map(logs), effects: [], notes: new Map(), receipts: new Map() };
  if (takeTerm(work, parcel, freshness)) {
    for (const segment of parcel.segments) takeSegment(work, segment);
    for (const note of parcel.heads) takeNote(work, note);
    for (const receipt of parcel.receipts) takeReceipt(work, receipt);
  }
  const { from, at, more, settled } = parcel;
  const have = parcel.have.filter(({ origin }) => logs.some(([known]) => known === origin));
  work.effects.push({ type: "heard", party: from, at, have, more, settled });
  return work.effects;
}

/**
 * False where the sender wrote this before it was last restored, or where that cannot be told. A restored node asks
 * everybody what they hold of its log before it goes on; what it said before must not come up afterwards.
 */
function takeTerm(work: Work, { from, term }: Parcel, freshness: Freshness): boolean {
  const known = termOf(work.view, from);
  if (known === null ? freshness !== "fresh" : term < known) {
    unverified(work, "unverified-term", `${from} wrote this before its node was restored, or may have.`, null, null);
    return false;
  }
  if (known !== term) work.effects.push({ type: "store-term", party: from, term });
  return true;
}
