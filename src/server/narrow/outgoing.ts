/**
 * What goes out over narrow links: of this node's own log the alerts, what is said about alerts, and the notice *held*;
 * each to every party that is reached by one, until that party's node says that it has it.
 */
import { datagramAt, outbox, sealSet, shardBytes } from "../../line/index.ts";
import type { LineStore } from "../../store/index.ts";
import { toHex } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import type { PartyId } from "../../wire/id.ts";
import type { LineState } from "../exchange/line-state.ts";
import type { Logger } from "../logger.ts";
import { isStored, isThere, saidOf, wantedAt } from "./wanted.ts";
import type { Way, Ways } from "./ways.ts";
import type { Ready } from "./words.ts";

export interface OutgoingContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly ways: Ways;
  readonly logger: Logger;
  readonly now: () => number;
  /** The peer's node has what was sent. */
  readonly onDone: (peer: PartyId) => void;
}

export interface OutgoingSets {
  /** The own log may have grown. */
  look(): void;
  /** What goes now, or when to ask again; `at` in milliseconds of a clock that only goes forward. */
  next(at: number): Ready | { readonly again: number | null };
  done(peer: PartyId, set: string): void;
}

interface To {
  readonly peer: PartyId;
  readonly index: number;
  readonly what: "entry" | "proof";
  readonly way: Way;
}

/** Alerts of so long ago are sent again after a start. */
const RECENT_MS = 86_400_000;
const PAGE = 500;

function nameOf(peer: PartyId, set: string): string {
  return `${peer} ${set}`;
}

export function outgoingSets(context: OutgoingContext): OutgoingSets {
  const { state, store, ways, logger } = context;
  const { suite } = state;
  const box = outbox<To>(({ to, set }) => nameOf(to.peer, toHex(set.id)));
  const sending = new Map<string, To>();
  let seen: { origin: string; size: number } | null = null;

  const add = (peer: PartyId, index: number, what: To["what"], isAlert: boolean): void => {
    const way = ways.to(peer);
    if (way === null) return;
    try {
      const set = sealSet(suite, way.keys, saidOf(context, peer, index, what), shardBytes(way.ip));
      if (box.add({ to: { peer, index, what, way }, set, isAlert })) {
        sending.set(nameOf(peer, toHex(set.id)), { peer, index, what, way });
      }
    } catch (error) {
      if (!isParleyError(error)) throw error;
      logger.warn("narrow-not-sent", { peer, index, code: error.code });
    }
  };
  const remove = (name: string): void => {
    box.remove(name);
    sending.delete(name);
  };
  const look = (): void => {
    const { origin } = state;
    const size = store.log(origin)?.size ?? 0;
    const from = seen?.origin === origin ? seen.size : firstRecent(context, size);
    for (let index = from; index < size; index++) {
      const what = wantedAt(context, index);
      if (what === null) continue;
      for (const { id } of state.present()) if (!isThere(context, id, index)) add(id, index, "entry", what === "alert");
    }
    seen = { origin, size };
  };
  return {
    look,
    next: (at) => {
      for (;;) {
        const next = box.next(at);
        if ("again" in next) return next;
        const { to, set, index } = next.send;
        if (to.what === "entry" && isThere(context, to.peer, to.index)) {
          remove(nameOf(to.peer, toHex(set.id)));
          continue;
        }
        return { datagram: datagramAt(suite, to.way.keys, set, index), to: to.way.address, ip: to.way.ip };
      }
    },
    done: (peer, set) => {
      const to = sending.get(nameOf(peer, set));
      if (to === undefined) return;
      remove(nameOf(peer, set));
      context.onDone(peer);
      const size = store.checkpoint(state.origin)?.size ?? 0;
      const proves = to.what === "entry" && size > to.index && !isStored(context, peer, to.index);
      if (proves) add(peer, to.index, "proof", false);
    },
  };
}

/** From where on this node's own log is of the last day. */
function firstRecent({ state, store, now }: OutgoingContext, size: number): number {
  const since = now() - RECENT_MS;
  let first = size;
  while (first > 0) {
    const from = Math.max(0, first - PAGE);
    const page = store.entries(state.origin, from, { count: first - from, bytes: Number.MAX_SAFE_INTEGER });
    const recent = page.findIndex(({ storedAt }) => storedAt >= since);
    if (recent !== 0) return recent < 0 ? first : from + recent;
    first = from;
  }
  return first;
}
