/**
 * Keeps every other party's node supplied: at once when there is something new, on the charter's timer, again and again
 * while there is more, and with growing pauses while a node cannot be reached.
 */
import type { Have } from "../line/index.ts";
import { isParleyError } from "../wire/error.ts";
import { toHex, type Bytes } from "../wire/bytes.ts";
import type { PartyId } from "../wire/id.ts";
import type { Carrier } from "./carrier.ts";
import { serverError } from "./errors.ts";
import type { EventHub } from "./events.ts";
import type { Exchange } from "./exchange.ts";
import type { LineState } from "./line-state.ts";
import type { Logger } from "./logger.ts";

export interface PeerFault {
  readonly code: string;
  readonly message: string;
  readonly at: number;
}

export interface PeerFacts {
  readonly lastExchangeAt: number | null;
  readonly lastFault: PeerFault | null;
}

export interface Peers {
  start(): void;
  /** There is something new for everybody. */
  kick(): void;
  /** A parcel came from `peer` by itself: it is there, and this is what it holds. */
  heard(peer: PartyId, have: readonly Have[]): void;
  facts(peer: PartyId): PeerFacts;
  /** Resolves when each peer was asked once, whether or not it answered. */
  askedOnce(): Promise<void>;
  stop(): Promise<void>;
}

export interface PeersContext {
  readonly state: LineState;
  readonly exchange: Exchange;
  readonly carrier: Carrier;
  readonly events: EventHub;
  readonly logger: Logger;
  readonly now: () => number;
  readonly ownSize: () => number;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;
/** Several entries within this time leave together. */
const COALESCE_MS = 4;
const HEAD_BYTES = 24;

export function peers(context: PeersContext): Peers {
  const ending = new AbortController();
  const loops = new Map(context.state.others.map(({ id }) => [id, peerLoop(context, id, ending.signal)]));
  const all = [...loops.values()];
  return {
    start: () => all.forEach((loop) => loop.kick()),
    kick: () => all.forEach((loop) => loop.kick()),
    heard: (peer, have) => loops.get(peer)?.heard(have),
    facts: (peer) => loops.get(peer)?.facts() ?? { lastExchangeAt: null, lastFault: null },
    askedOnce: async () => void (await Promise.all(all.map((loop) => loop.asked))),
    stop: async () => {
      ending.abort();
      await Promise.all(all.map((loop) => loop.ended()));
    },
  };
}

interface PeerLoop {
  kick(): void;
  heard(have: readonly Have[]): void;
  facts(): PeerFacts;
  readonly asked: Promise<void>;
  ended(): Promise<void>;
}

function peerLoop(context: PeersContext, peer: PartyId, signal: AbortSignal): PeerLoop {
  const { state, now } = context;
  const interval = state.charter.exchange_interval_s * 1000;
  let have: readonly Have[] | null = null;
  let facts: PeerFacts = { lastExchangeAt: null, lastFault: null };
  let failures = 0;
  let running: Promise<void> | null = null;
  let again = false;
  let timer: NodeJS.Timeout | null = null;
  const { promise: asked, resolve: wasAsked } = Promise.withResolvers<void>();

  const schedule = (ms: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = signal.aborted ? null : setTimeout(begin, ms);
  };
  const kick = (): void => {
    if (running !== null) again = true;
    else schedule(COALESCE_MS);
  };
  const begin = (): void => {
    timer = null;
    if (running !== null || signal.aborted) return;
    again = false;
    running = round().finally(() => {
      running = null;
      wasAsked();
      schedule(failures > 0 ? pauseAfter(failures) : again ? COALESCE_MS : interval);
    });
  };
  const round = async (): Promise<void> => {
    try {
      for (let more = true; more && !signal.aborted;) more = await once();
      failures = 0;
      facts = { ...facts, lastFault: null };
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      facts = { ...facts, lastFault: faultOf(error, now()) };
      if (facts.lastFault !== null) report(context, peer, facts.lastFault, failures, error);
    }
  };
  /** True where there is more to move, in either direction. */
  const once = async (): Promise<boolean> => {
    const address = state.roster(peer).address;
    if (address === null) throw serverError("peer-no-address", `${peer} has published no address.`);
    const { sealed, sent } = context.exchange.next(peer, have);
    const reply = await context.carrier.exchange(address, sealed, signal);
    context.exchange.markSent(peer, sent);
    const taken = context.exchange.take(reply);
    facts = { ...facts, lastExchangeAt: now() };
    have = taken.have;
    const moved = { sent: transfer(sealed), received: transfer(reply) };
    context.events.emit({ type: "exchange", at: now(), party: peer, fault: null, ...moved });
    // A peer that stores nothing of what it gets would keep this going for ever.
    const unsent = sent !== null && sent.size < context.ownSize() && heldOf(taken.have, sent) >= sent.size;
    return (taken.more && taken.stored > 0) || unsent;
  };
  return {
    kick,
    heard: (told) => {
      have = told;
      failures = 0;
      facts = { lastExchangeAt: now(), lastFault: null };
    },
    facts: () => facts,
    asked,
    ended: async () => {
      if (timer !== null) clearTimeout(timer);
      wasAsked();
      await running;
    },
  };
}

function heldOf(have: readonly Have[], { origin }: Have): number {
  return have.find((each) => each.origin === origin)?.size ?? 0;
}

function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
}

/** What a page may show of sealed bytes. */
export function transfer(bytes: Bytes): { bytes: number; head: string } {
  return { bytes: bytes.length, head: toHex(bytes.subarray(0, HEAD_BYTES)) };
}

function faultOf(error: unknown, at: number): PeerFault {
  if (isParleyError(error)) return { code: error.code, message: error.message, at };
  return { code: "internal", message: "The node met a fault that it does not know; its log says more.", at };
}

/** The first failure of a row is worth a line, and then each time that the pause has doubled. */
function report(
  { logger, events }: PeersContext,
  peer: PartyId,
  fault: PeerFault,
  failures: number,
  error: unknown,
): void {
  if (fault.code === "internal") logger.error("exchange-failed", { peer, stack: (error as Error).stack });
  else if ((failures & (failures - 1)) === 0) logger.warn("exchange-failed", { peer, code: fault.code, failures });
  events.emit({ type: "exchange", at: fault.at, party: peer, fault: fault.code, sent: null, received: null });
}
