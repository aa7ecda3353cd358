/** The line's logs as the exchange looks at them, read from the store. */
import type { HeldReceipt, LineView, LogReader, LogView } from "../../line/index.ts";
import type { LineStore, LogRecord } from "../../store/index.ts";
import { type LogOrigin, type PartyId, parseLogOrigin } from "../../wire/id.ts";
import type { LineState } from "./line-state.ts";

/** What a start of the node, and a restore before it, add to what is held. */
export type Standing = Pick<LineView, "settled"> & {
  /** This party may have said a term that a restore has lost. */
  readonly isForgotten: (party: PartyId) => boolean;
};

export function lineView(state: LineState, store: LineStore, { settled, isForgotten }: Standing): LineView {
  const logs = store.logs();
  const termOf = (party: PartyId): number | null => (isForgotten(party) ? null : store.term(party));
  return {
    line: state.line,
    self: state.self,
    logs: new Map(logs.map((log): [LogOrigin, LogView] => [log.origin, logView(state, store, log)])),
    closings: state.closings(),
    receipts: logs.flatMap(({ origin }) => receiptsOf(store, origin)),
    terms: new Map(state.charter.parties.map(({ id }) => [id, termOf(id)])),
    settled,
  };
}

function logView(state: LineState, store: LineStore, { origin, party, size, split }: LogRecord): LogView {
  const newest = store.checkpoint(origin);
  return {
    origin,
    party,
    size,
    checkpoint: size === 0 ? null : (store.checkpointAt(origin, size)?.note ?? null),
    head: newest !== null && newest.size > size ? newest.note : null,
    heard: (from, to) => store.checkpointsIn(origin, from, to).map(({ note }) => note),
    rosters: state.historyOf(origin),
    closedAt: closedAt(state, origin, size),
    split,
    read: store.hashReader(origin),
  };
}

/** A generation of which no closing says where it ends has ended where it is held here. */
export function closedAt(state: LineState, origin: LogOrigin, held: number): number | null {
  const closed = state.closedBy(origin);
  if (closed === null) return null;
  return parseLogOrigin(origin).generation === closed.closing.generation ? closed.closing.size : held;
}

function receiptsOf(store: LineStore, origin: LogOrigin): HeldReceipt[] {
  return store.newestReceipts(origin).flatMap(({ party, size, signedAt, line }) => {
    const checkpoint = store.checkpointAt(origin, size);
    return checkpoint === null ? [] : [{ origin, party, size, at: signedAt, line, checkpoint: checkpoint.note }];
  });
}

export function logReader(store: LineStore): LogReader {
  return {
    entries: (origin, from, count, bytes) => store.entries(origin, from, { count, bytes }).map((entry) => entry.bytes),
    checkpointUpTo: (origin, from, to) => {
      const found = store.checkpoint(origin, to);
      return found !== null && found.size > from ? found.note : null;
    },
  };
}
