/** Parcels that a person carries: made here for one party, brought here from another. */
import { haveSize } from "../../line/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { PartyId } from "../../wire/id.ts";
import { apiError } from "../../api/index.ts";
import type { Waiting } from "../carriers/waiting.ts";
import type { Exchange, Taken } from "./exchange.ts";
import { isParleyError } from "../../wire/error.ts";
import type { Logger } from "../logger.ts";
import type { LineState } from "./line-state.ts";
import type { Peers } from "./peers.ts";
import { sizeHeldBy } from "./exchange.ts";
import type { Unverified } from "./unverified.ts";
import type { LineStore } from "../../store/index.ts";

export interface CarriedOut {
  readonly sealed: Bytes;
  readonly from: number;
  readonly upTo: number;
}

export interface CarriedIn {
  readonly taken: Taken;
  /** Entries stored, those of parcels that had waited for this one included. */
  readonly stored: number;
  /** `waits`: kept until what comes before it is here. `bring-again`: there was no room to keep it. */
  readonly place: "taken" | "waits" | "bring-again";
}

export interface Courier {
  /** The next parcel for `to`, with this node's log from `after` on, or from where that party is known to be. */
  out(to: PartyId, after: number | null): CarriedOut;
  /** @throws the codes of Exchange.take */
  in(sealed: Bytes): CarriedIn;
  /**
   * When `from` wrote the newest of what was brought since this node started, and was taken; null where nothing was. Not
   * when it was brought: anybody may bring an old parcel.
   */
  writtenAt(from: PartyId): number | null;
  /** Something was stored, by whatever carrier: what waits may have its place now. */
  wake(): void;
  stop(): void;
}

export interface CourierContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly exchange: Exchange;
  readonly peers: Pick<Peers, "heard" | "sent" | "have">;
  readonly waiting: Waiting;
  readonly unverified: Pick<Unverified, "times">;
  readonly logger: Logger;
}

/** What waits is opened anew each time, so not after every parcel of a long exchange. */
const LATER_MS = 1000;

export function courier({ state, store, exchange, peers, waiting, unverified, logger }: CourierContext): Courier {
  /** What each party's courier asked last: the next one takes the answer along. */
  const asked = new Map<PartyId, string>();
  const written = new Map<PartyId, number>();
  // Nothing of a parcel is taken that its sender wrote before a restore of its node.
  const refused = (): number => unverified.times("unverified-term");
  const take = (sealed: Bytes): Taken => {
    const before = refused();
    const taken = exchange.take(sealed, "courier");
    if (taken.repeated) return taken;
    const { from, at } = taken;
    if (refused() === before) written.set(from, Math.max(at, written.get(from) ?? 0));
    peers.heard(taken, "courier");
    if (taken.ask !== null) asked.set(from, taken.ask);
    return taken;
  };
  let planned: NodeJS.Timeout | null = null;
  let stopped = false;
  const retry = (): void => {
    planned = null;
    try {
      waiting.retry(take);
    } catch (error) {
      // It stays where it is; the next one that is stored, or the next courier, tries it again.
      logger.warn("waiting-failed", { reason: isParleyError(error) ? error.code : String(error) });
    }
  };
  return {
    writtenAt: (from) => written.get(from) ?? null,
    wake: () => {
      if (!stopped && waiting.any()) planned ??= setTimeout(retry, LATER_MS);
    },
    stop: () => {
      stopped = true;
      if (planned !== null) clearTimeout(planned);
    },
    out: (to, after) => {
      if (!state.others.some(({ id }) => id === to))
        throw apiError("not-found", `${to} is no other party of this line.`);
      const have = peers.have(to);
      const from = after ?? Math.max(haveSize(have ?? [], state.origin), sizeHeldBy(store, state.origin, to));
      const answer = asked.get(to) ?? null;
      const { sealed, sent } = exchange.next(to, have, { ownFrom: from, answer, asks: true });
      exchange.markSent(to, sent, "courier");
      peers.sent(to, "courier");
      return { sealed, from, upTo: sent?.size ?? from };
    },
    in: (sealed) => {
      const taken = take(sealed);
      const later = taken.stored > 0 ? waiting.retry(take) : 0;
      if (taken.unplaced === 0) return { taken, stored: taken.stored + later, place: "taken" };
      return { taken, stored: taken.stored + later, place: waiting.keep(sealed) ? "waits" : "bring-again" };
    },
  };
}
