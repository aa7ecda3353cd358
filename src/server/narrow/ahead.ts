/**
 * An alert does not wait for what its author said before it: where a peer is behind, it goes in a parcel of its own,
 * beside the exchange that moves the log, over every carrier that answers or keeps. The same with what is said about an
 * alert, and with *held*.
 */
import { MAX_AHEAD, MAX_SAID_BYTES } from "../../line/index.ts";
import type { NoticeItem } from "../../message/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import type { PartyId } from "../../wire/id.ts";
import type { Book, Fact } from "../book.ts";
import type { Carrier } from "../carriers/carrier.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { Logger } from "../logger.ts";
import { understands } from "../exchange/understanding.ts";
import { type OwnLog, saidOf, wantedAt } from "./wanted.ts";

export interface AheadContext extends OwnLog {
  readonly book: Book;
  readonly exchange: Pick<Exchange, "next">;
  readonly carriers: readonly Carrier[];
  readonly logger: Logger;
  readonly now: () => number;
}

export interface Ahead {
  start(): void;
  /** Of the own log or another's: what it has of alerts is sent. */
  told(facts: readonly Fact[]): void;
  /** A notice of this node is the last entry of its own log. */
  noticed(): void;
  /** A peer's notice: where it says what its node understands, what could not be sent so far may be. */
  heard(from: PartyId, items: readonly NoticeItem[]): void;
  stop(): Promise<void>;
}

/** What a peer opens in one go anyhow. */
const SHORT = 64;
/** Alerts of so long ago are sent again after a start. */
const RECENT_MS = 86_400_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;

export function ahead(context: AheadContext): Ahead {
  const { state, store, book, now } = context;
  const ending = new AbortController();
  const ways = new Map(state.others.map(({ id }) => [id, toPeer(context, id, ending.signal)]));
  const wants = (index: number): void => {
    for (const { id } of state.present()) {
      if (understands(store, id, "ahead") && isBehind(context, id, index)) ways.get(id)?.add(index);
    }
  };
  const isOfAlert = ({ kind, re }: Fact): boolean =>
    kind === "alert" || (re !== null && book.get(re.message)?.kind === "alert");
  const told = (facts: Iterable<Fact>, since: number): void => {
    for (const fact of facts) {
      const { origin, index, storedAt } = fact;
      if (origin === state.origin && storedAt >= since && isOfAlert(fact)) wants(index);
    }
  };
  const lookBack = (): void => {
    for (const alert of book.ofKind("alert")) told([alert, ...book.about(alert.hash)], now() - RECENT_MS);
  };
  return {
    start: lookBack,
    told: (facts) => told(facts, 0),
    heard: (_, items) => {
      if (items.some(({ code }) => code === "understands")) lookBack();
    },
    noticed: () => {
      const index = (store.log(state.origin)?.size ?? 0) - 1;
      if (index >= 0 && wantedAt(context, index) !== null) wants(index);
    },
    stop: async () => {
      ending.abort();
      await Promise.all([...ways.values()].map((way) => way.ended()));
    },
  };
}

/** What it has not said that it opened lies before it, and more than comes along with it. */
function isBehind({ state, store }: OwnLog, peer: PartyId, index: number): boolean {
  return index - store.openingsEnd(state.origin, peer) > SHORT;
}

function isOpened({ state, store }: OwnLog, peer: PartyId, index: number): boolean {
  return store.openingsEnd(state.origin, peer) >= index;
}

interface ToPeer {
  add(index: number): void;
  ended(): Promise<void>;
}

function toPeer(context: AheadContext, peer: PartyId, ending: AbortSignal): ToPeer {
  const waiting = new Set<number>();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let failures = 0;

  const once = async (): Promise<void> => {
    for (const index of waiting) if (isOpened(context, peer, index)) waiting.delete(index);
    // The newest first: it is the one that nobody there knows of.
    const indexes = [...waiting].toReversed().slice(0, MAX_AHEAD / 2);
    const said = indexes.flatMap((index) => whatIsSaid(context, peer, index));
    if (said.length > 0) await carry(context, peer, said, ending);
    for (const index of indexes) waiting.delete(index);
  };
  const attempted = async (): Promise<void> => {
    try {
      while (waiting.size > 0 && !ending.aborted) await once();
      failures = 0;
    } catch (error) {
      if (ending.aborted) return;
      failures += 1;
      const code = isParleyError(error) ? error.code : "internal";
      if ((failures & (failures - 1)) === 0) context.logger.warn("ahead-failed", { peer, code, failures });
      timer = setTimeout(begin, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)));
    }
  };
  const begin = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (ending.aborted) return;
    running ??= attempted().finally(() => (running = null));
  };
  return {
    add: (index) => {
      waiting.add(index);
      begin();
    },
    ended: async () => {
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}

/** The entry, and its proof where a checkpoint covers it: so it stands proven at once. */
function whatIsSaid(context: AheadContext, peer: PartyId, index: number): Bytes[] {
  try {
    const entry = saidOf(context, peer, index, "entry");
    const covered = (context.store.checkpoint(context.state.origin)?.size ?? 0) > index;
    const said = covered ? [entry, saidOf(context, peer, index, "proof")] : [entry];
    return said.filter(({ length }) => length <= MAX_SAID_BYTES);
  } catch (error) {
    if (!isParleyError(error)) throw error;
    context.logger.warn("ahead-not-sent", { peer, index, code: error.code });
    return [];
  }
}

/** One carrier that takes it is enough. @throws what the first of them failed with */
async function carry(
  { state, exchange, carriers }: AheadContext,
  peer: PartyId,
  said: readonly Bytes[],
  signal: AbortSignal,
): Promise<void> {
  const reaching = carriers.filter((carrier) => carrier.reaches(state.roster(peer)));
  if (reaching.length === 0) return;
  const { sealed } = exchange.next(peer, null, { ahead: said });
  const tries = reaching.map((carrier) => carrier.carry(state.reachable(peer), sealed, signal));
  await Promise.any(tries).catch((error: AggregateError) => {
    throw error.errors[0];
  });
}
