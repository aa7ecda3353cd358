/** The sending half of the exchange: what to put into the next parcel for a peer. */
import { parseCheckpoint } from "../../log/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { type LogOrigin, type PartyId, parseLogOrigin } from "../../wire/id.ts";
import {
  type Have,
  MAX_CLOSINGS,
  MAX_PARCEL_BYTES,
  MAX_PARCEL_ENTRIES,
  MAX_RECEIPTS,
  type Parcel,
  type Receipt,
  type Segment,
} from "../parcel/parcel.ts";
import type { SignedClosing } from "../terms/closing.ts";
import { segmentLimit } from "../terms/roster.ts";
import { haveByReceipts, haveOf, type HeldClosing, type LineView, type LogView, newestNote, termOf } from "./view.ts";

/** Reads from the store; what it gives is durable. */
export interface LogReader {
  /** From `from` on, in transport form: at most `count`, at most `bytes` in all, but never fewer than one if there is one. */
  entries(origin: LogOrigin, from: number, count: number, bytes: number): readonly Bytes[];
  /** The note of the largest checkpoint that is held with `from < size <= to`. */
  checkpointUpTo(origin: LogOrigin, from: number, to: number): string | null;
}

export interface ComposeOptions {
  readonly to: PartyId;
  /** By this node's clock, milliseconds since the epoch. */
  readonly at: number;
  /** What the peer said last that it holds; null where it has not said, then its receipts tell. */
  readonly have: readonly Have[] | null;
  /**
   * `own`: this node's log, and what the peer lost of its own. `all`: also what third parties wrote. `theirs`: the
   * peer's own alone.
   */
  readonly logs?: "own" | "all" | "theirs";
  /** A random id that the peer is asked to repeat, and the one that it asked this node to. */
  readonly ask?: string | null;
  readonly answer?: string | null;
  readonly maxEntries?: number;
  /** Of entries; heads and receipts come on top. */
  readonly maxBytes?: number;
}

/** Room that closings, heads, receipts and heads of structures take at the most. */
const RESERVED = 786_432;
export const MAX_SEGMENT_BYTES = MAX_PARCEL_BYTES - RESERVED;

/** What goes ahead of everything else is this node's own word. */
export function compose(view: LineView, reader: LogReader, options: ComposeOptions): Parcel {
  const have = new Map((options.have ?? haveByReceipts(view, options.to)).map(({ origin, size }) => [origin, size]));
  const room = {
    entries: Math.min(options.maxEntries ?? MAX_PARCEL_ENTRIES, MAX_PARCEL_ENTRIES),
    bytes: Math.min(options.maxBytes ?? MAX_SEGMENT_BYTES, MAX_SEGMENT_BYTES),
  };
  const segments: Segment[] = [];
  let more = false;
  for (const log of wanted(view, options)) {
    // A closed generation is sent to who names it: who does not has all of it, or cannot take it.
    if (log.closedAt !== null && !have.has(log.origin)) continue;
    const from = have.get(log.origin) ?? 0;
    if (from >= endOf(log)) continue;
    const segment = segmentOf(reader, log, from, room);
    if (segment !== null) segments.push(segment);
    more ||= segment === null || from + segment.entries.length < endOf(log);
  }
  return {
    line: view.line,
    from: view.self,
    to: options.to,
    at: options.at,
    term: termOf(view, view.self) ?? 0,
    settled: view.settled,
    have: haveOf(view),
    segments,
    heads: headsOf(view),
    receipts: receiptsFor(view, options.to),
    closings: closingsFor(view, options.have ?? receiptedBy(view, options.to)),
    more,
    ask: options.ask ?? null,
    answer: options.answer ?? null,
  };
}

/**
 * Of every open log the newest checkpoint that is known. Of this node's own also the one of what it holds: where another
 * wrote a longer one under its keys, nobody else would ever see that there are two.
 */
function headsOf({ self, logs }: LineView): string[] {
  return [...logs.values()]
    .filter(({ closedAt }) => closedAt === null)
    .flatMap((log) => {
      const own = log.party === self ? log.checkpoint : null;
      return [...new Set([own, newestNote(log)])].filter((note) => note !== null);
    });
}

function wanted(view: LineView, { to, logs = "own" }: ComposeOptions): LogView[] {
  const rank = ({ party }: LogView): number => (party === view.self ? 0 : party === to ? 1 : 2);
  return [...view.logs.values()]
    .filter((log) => !log.split || log.party === view.self)
    .filter((log) => (logs === "theirs" ? rank(log) === 1 : logs === "all" || rank(log) < 2))
    .toSorted((a, b) => rank(a) - rank(b));
}

/** Uses up `room`. Null where nothing fits any more. */
function segmentOf(
  reader: LogReader,
  log: LogView,
  from: number,
  room: { entries: number; bytes: number },
): Segment | null {
  const { origin } = log;
  const count = Math.min(room.entries, endOf(log) - from, segmentLimit(log.rosters, from) - from);
  if (count <= 0 || room.bytes <= 0) return null;
  const found = reader.entries(origin, from, count, room.bytes);
  const note = reader.checkpointUpTo(origin, from, from + found.length);
  if (note === null) return null;
  const entries = found.slice(0, parseCheckpoint(note).checkpoint.size - from);
  const bytes = entries.reduce((sum, { length }) => sum + length + 5, 0);
  if (bytes > MAX_SEGMENT_BYTES) return null;
  room.entries -= entries.length;
  room.bytes -= bytes;
  return { origin, from, entries, checkpoint: note };
}

/** Up to where it is sent: nobody takes what lies beyond the end that its party stated. */
function endOf({ size, closedAt }: LogView): number {
  return Math.min(size, closedAt ?? size);
}

/**
 * Those that begin a later generation than the peer names of that party; in the order in which they were taken up, but
 * this node's own first: who lacks one of them does not know the key that signs the parcel, and never says what it has.
 */
function closingsFor({ closings, self }: LineView, have: readonly Pick<Have, "origin">[]): SignedClosing[] {
  const named = new Map<PartyId, number>();
  for (const { origin } of have) {
    const { party, generation } = parseLogOrigin(origin);
    named.set(party, Math.max(generation, named.get(party) ?? 0));
  }
  const unknown = closings.filter(({ origin }) => {
    const { party, generation } = parseLogOrigin(origin);
    return generation > (named.get(party) ?? 0);
  });
  const isOwn = ({ origin }: HeldClosing): boolean => parseLogOrigin(origin).party === self;
  const ordered = [...unknown.filter(isOwn), ...unknown.filter((each) => !isOwn(each))];
  return ordered.slice(0, MAX_CLOSINGS).map(({ signed }) => signed);
}

/** Whoever has signed a receipt for a generation knows of it. */
function receiptedBy(view: LineView, peer: PartyId): readonly Pick<Have, "origin">[] {
  return view.receipts.filter(({ party }) => party === peer);
}

/** Every receipt held but the peer's own: its own first, so that a cap would cut gossip before it cuts a word of ours. */
function receiptsFor(view: LineView, to: PartyId): Receipt[] {
  const rank = ({ party, origin }: { readonly party: PartyId; readonly origin: LogOrigin }): number =>
    Number(party === view.self) + (view.logs.get(origin)?.closedAt === null ? 2 : 0);
  return view.receipts
    .filter(({ party }) => party !== to)
    .toSorted((a, b) => rank(b) - rank(a))
    .slice(0, MAX_RECEIPTS)
    .map(({ checkpoint, line }) => ({ checkpoint, line }));
}
