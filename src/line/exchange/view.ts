/** What the exchange needs to know of a line's logs as they are held, durably. Its node reads it from the store. */
import type { Suite } from "../../crypto/index.ts";
import { type HashReader, parseCheckpoint } from "../../log/index.ts";
import { equalBytes } from "../../wire/bytes.ts";
import { type LineId, type LogOrigin, parseLogOrigin, type PartyId } from "../../wire/id.ts";
import { rootAt } from "./branch.ts";
import type { Have, Receipt } from "../parcel/parcel.ts";
import type { SignedClosing } from "../terms/closing.ts";
import type { RosterHistory } from "../terms/roster.ts";

/** One log, own or another's. */
export interface LogView {
  readonly origin: LogOrigin;
  readonly party: PartyId;
  /** Entries held, durably and without a gap. */
  readonly size: number;
  /** Signed note at exactly `size`; null where nothing is held. */
  readonly checkpoint: string | null;
  /** The newest verified note beyond `size`, heard of and not held yet. */
  readonly head: string | null;
  /** Every verified note that is kept with `from < size <= to`, in the order of their sizes. */
  readonly heard: (from: number, to: number) => readonly string[];
  /** Its party's rosters that were opened so far, the founding one first. */
  readonly rosters: RosterHistory;
  /** Its party has closed this generation, and stands by the entries below this; null where it is the current one. */
  readonly closedAt: number | null;
  /** A split record is kept: no more receipts until its author closes this generation. */
  readonly split: boolean;
  /** Hashes of the complete subtrees of what is held. */
  readonly read: HashReader;
}

/** A closing that was taken up. */
export interface HeldClosing {
  readonly signed: SignedClosing;
  /** Of the generation that it begins. */
  readonly origin: LogOrigin;
}

/** A receipt that was verified. */
export interface HeldReceipt extends Receipt {
  readonly origin: LogOrigin;
  /** Whose receipt. */
  readonly party: PartyId;
  /** That party says that it held every entry below this. */
  readonly size: number;
  /** When it says so, by its own clock: milliseconds since the epoch. */
  readonly at: number;
}

export interface LineView {
  readonly line: LineId;
  readonly self: PartyId;
  /** Every generation of every party's log. */
  readonly logs: ReadonlyMap<LogOrigin, LogView>;
  readonly closings: readonly HeldClosing[];
  /** The newest of each party on each log, this node's own included. */
  readonly receipts: readonly HeldReceipt[];
  /** The highest term that each party has said, this one's own included; null where a restore may have lost it. */
  readonly terms: ReadonlyMap<PartyId, number | null>;
  /** False from a restore until every other party has promised to take nothing older (restore.ts). */
  readonly settled: boolean;
}

export function newestReceipt(view: LineView, origin: LogOrigin, party: PartyId): HeldReceipt | null {
  return view.receipts.find((receipt) => receipt.origin === origin && receipt.party === party) ?? null;
}

const MAX_NAMED = 64;
/** The newest of each party: one that closes its log often must not crowd out what the others say. */
const MAX_CLOSED_NAMED = 8;

/** A generation that was closed is named, and so asked for, while something of it is missing. */
function isWanted({ closedAt, size, split }: LogView): boolean {
  return closedAt === null || (size < closedAt && !split);
}

/** What this node holds, for its own parcels. */
export function haveOf(view: LineView): Have[] {
  const wanted = [...view.logs.values()].filter(isWanted);
  const closed = Map.groupBy(
    wanted.filter(({ closedAt }) => closedAt !== null),
    ({ party }) => party,
  );
  const named = [
    ...wanted.filter(({ closedAt }) => closedAt === null),
    ...[...closed.values()].flatMap((logs) => logs.toSorted(byGeneration).slice(-MAX_CLOSED_NAMED)),
  ];
  const have = named
    .slice(0, MAX_NAMED)
    .map(({ origin, party, size }) => ({ origin, size, term: termOf(view, party) }));
  return have.toSorted((a, b) => (a.origin < b.origin ? -1 : 1));
}

function byGeneration(a: LogView, b: LogView): number {
  return parseLogOrigin(a.origin).generation - parseLogOrigin(b.origin).generation;
}

export function haveSize(have: readonly Have[], origin: LogOrigin): number {
  return have.find((each) => each.origin === origin)?.size ?? 0;
}

/** What a peer is known to hold without having said so: what it receipted, and nothing more. */
export function haveByReceipts(view: LineView, peer: PartyId): Have[] {
  return [...view.logs.keys()].map((origin) => ({
    origin,
    size: newestReceipt(view, origin, peer)?.size ?? 0,
    term: null,
  }));
}

/** Null where this node was restored, and may have forgotten a term that it had heard. */
export function termOf({ terms }: Pick<LineView, "terms">, party: PartyId): number | null {
  return terms.get(party) ?? null;
}

/**
 * Checkpoints that this node owes a receipt for: it holds what their roots are over, which is looked at once more here.
 * Sign them only when everything below them is durable.
 */
export function receiptsDue(
  suite: Pick<Suite, "sha256">,
  view: LineView,
): { readonly origin: LogOrigin; readonly checkpoint: string; readonly size: number }[] {
  return [...view.logs.values()].flatMap(({ origin, party, size, checkpoint, split, read, closedAt }) => {
    if (party === view.self || split || checkpoint === null) return [];
    if (closedAt !== null && size > closedAt) return [];
    if ((newestReceipt(view, origin, view.self)?.size ?? 0) >= size) return [];
    const stated = parseCheckpoint(checkpoint).checkpoint;
    const isHeld = stated.size === size && equalBytes(stated.root, rootAt(suite, size, read));
    return isHeld ? [{ origin, checkpoint, size }] : [];
  });
}

/** The newest checkpoint known of a log. */
export function newestNote({ head, checkpoint }: LogView): string | null {
  return head ?? checkpoint;
}

export function sizeOfNote(note: string | null): number {
  return note === null ? 0 : parseCheckpoint(note).checkpoint.size;
}
