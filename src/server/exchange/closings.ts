/** Closings at this node's edge: those that came are taken up, and whoever was replaced by one is told so. */
import { MAX_CLOSINGS_BEFORE, newest, type RosterHistory, sealParcel, type SignedClosing } from "../../line/index.ts";
import type { LineStore } from "../../store/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { logOrigin, type PartyId } from "../../wire/id.ts";
import type { EventHub } from "../events.ts";
import type { Logger } from "../logger.ts";
import type { LineState } from "./line-state.ts";
import type { Restored } from "./restored.ts";

export interface ClosingContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly events: EventHub;
  readonly logger: Logger;
  readonly now: () => number;
  readonly restored: Pick<Restored, "forget">;
}

/** They are on the disk before anything that they lead to is. What is not one is left. */
export function takeClosings(context: ClosingContext, closings: readonly SignedClosing[]): void {
  const { state, store, events, logger, now, restored } = context;
  for (const signed of closings) {
    try {
      const taken = state.close(signed);
      if (taken === null) continue;
      const { party, next, generation, size } = taken.closing;
      // Its backup may know nothing of a later term. And of the new log, a restore may have lost what this node promised.
      if (party !== state.self) restored.forget([party]);
      store.commit([
        { write: "closing", party, next, signed, seenAt: now() },
        { write: "term", party, term: null },
        { write: "log", origin: taken.origin, party, generation: next },
      ]);
      logger.warn("generation-closed", { party, generation, size, next });
      if (party === state.self) logger.error("node-locked", { generation, next });
      // Whoever looks at this node sees at once that it speaks for its party no more.
      events.emit({ type: "log", at: now(), party, size: 0 });
    } catch (error) {
      if (!isParleyError(error)) throw error;
      logger.warn("unverified", { code: error.code, origin: null, index: null });
    }
  }
}

/** The parcel keys of a party's closed generations. */
export function closedKeys(state: LineState, from: PartyId): Bytes[] {
  return formerHistories(state, from).flatMap((history) => history.map(({ roster }) => roster.node.parcel));
}

/** The rosters of a party's closed generations, the newest first. */
function formerHistories(state: LineState, party: PartyId): RosterHistory[] {
  const closed = state.closings().filter(({ closing }) => closing.party === party);
  const ended = closed.map(({ closing }) => logOrigin(state.line, party, closing.generation));
  // One that ended before anybody here knew of it has no keys to be known by.
  const known = new Set([logOrigin(state.line, party, 0), ...closed.map(({ origin }) => origin)]);
  return ended.toReversed().flatMap((origin) => (known.has(origin) ? [state.historyOf(origin)] : []));
}

/** To a node that speaks for its party no more: that it does not, by its party's own word, and nothing else. */
export function farewell({ state, now }: Pick<ClosingContext, "state" | "now">, party: PartyId): Bytes | null {
  const [history] = formerHistories(state, party);
  if (history === undefined) return null;
  const closings = state.closings().filter(({ closing }) => closing.party === party);
  const nothing = { have: [], segments: [], heads: [], receipts: [], more: false, ask: null, answer: null };
  const from = { line: state.line, from: state.self, to: party, at: now(), term: 0, settled: false };
  const parcel = { ...from, ...nothing, closings: closings.slice(-MAX_CLOSINGS_BEFORE).map(({ signed }) => signed) };
  const parcelSeed = state.keys.seed("parcel", state.roster(state.self).node.parcel);
  return sealParcel(state.suite, parcel, { parcelSeed, transportKey: newest(history).roster.node.transport });
}
