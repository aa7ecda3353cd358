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
import type { Exchange, Taken } from "./exchange.ts";
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
  /** How far its clock was ahead of this node's at the last parcel, as its parcel said; null where none came. */
  readonly clockAheadMs: number | null;
}

const NO_FACTS: PeerFacts = { lastExchangeAt: null, lastFault: null, clockAheadMs: null };

export interface Peers {
  start(): void;
  /** There is something new for everybody. */
  kick(): void;
  /** A parcel came from `peer` by itself: it is there, and this is what it holds. */
  heard(taken: Taken): void;
  /** One exchange now. @throws peer-unreachable, peer-refused, parcel-…, and so on */
  attempt(peer: PartyId): Promise<void>;
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
  const loops = new Map(context.state.others.map(({ id }) => [id, new PeerLoop(context, id, ending.signal)]));
  const all = [...loops.values()];
  return {
    start: () => all.forEach((loop) => loop.kick()),
    kick: () => all.forEach((loop) => loop.kick()),
    heard: (taken) => loops.get(taken.from)?.heard(taken),
    attempt: async (peer) => loops.get(peer)?.attempt(),
    facts: (peer) => loops.get(peer)?.facts ?? NO_FACTS,
    askedOnce: async () => void (await Promise.all(all.map((loop) => loop.asked))),
    stop: async () => {
      ending.abort();
      await Promise.all(all.map((loop) => loop.ended()));
    },
  };
}

/** The work for one peer: one exchange at a time, the next one planned when the last has ended. */
class PeerLoop {
  readonly #context: PeersContext;
  readonly #peer: PartyId;
  readonly #signal: AbortSignal;
  readonly #asked = Promise.withResolvers<void>();
  #have: readonly Have[] | null = null;
  #facts: PeerFacts = NO_FACTS;
  #failures = 0;
  #running: Promise<void> | null = null;
  #again = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(context: PeersContext, peer: PartyId, signal: AbortSignal) {
    this.#context = context;
    this.#peer = peer;
    this.#signal = signal;
  }

  get facts(): PeerFacts {
    return this.#facts;
  }

  get asked(): Promise<void> {
    return this.#asked.promise;
  }

  kick(): void {
    if (this.#running === null) this.#schedule(COALESCE_MS);
    else this.#again = true;
  }

  heard({ have, at }: Taken): void {
    const { now } = this.#context;
    this.#have = have;
    this.#failures = 0;
    this.#facts = { lastExchangeAt: now(), lastFault: null, clockAheadMs: at - now() };
  }

  async attempt(): Promise<void> {
    await this.#running;
    await this.#once();
  }

  async ended(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#asked.resolve();
    await this.#running;
  }

  #schedule(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = this.#signal.aborted ? null : setTimeout(() => this.#begin(), ms);
  }

  #begin(): void {
    this.#timer = null;
    if (this.#running !== null || this.#signal.aborted) return;
    this.#again = false;
    this.#running = this.#round().finally(() => {
      this.#running = null;
      this.#asked.resolve();
      const interval = this.#context.state.charter.exchange_interval_s * 1000;
      this.#schedule(this.#failures > 0 ? pauseAfter(this.#failures) : this.#again ? COALESCE_MS : interval);
    });
  }

  async #round(): Promise<void> {
    try {
      for (let more = true; more && !this.#signal.aborted;) more = await this.#once();
      this.#failures = 0;
    } catch (error) {
      if (this.#signal.aborted) return;
      this.#failures += 1;
      const lastFault = faultOf(error, this.#context.now());
      this.#facts = { ...this.#facts, lastFault };
      report(this.#context, this.#peer, lastFault, this.#failures, error);
    }
  }

  /** True where there is more to move, in either direction. */
  async #once(): Promise<boolean> {
    const { state, exchange, carrier, events, now, ownSize } = this.#context;
    const peer = this.#peer;
    const { address } = state.roster(peer);
    if (address === null) throw serverError("peer-no-address", `${peer} has published no address.`);
    const { sealed, sent } = exchange.next(peer, this.#have);
    const reply = await carrier.exchange(address, sealed, this.#signal);
    const taken = exchange.take(reply);
    if (taken.repeated) throw serverError("peer-refused", `${address} answered with a parcel that had come before.`);
    exchange.markSent(peer, sent);
    this.heard(taken);
    events.emit({
      type: "exchange",
      at: now(),
      party: peer,
      fault: null,
      sent: transfer(sealed),
      received: transfer(reply),
    });
    // A peer that stores nothing of what it gets would keep this going for ever.
    const unsent = sent !== null && sent.size < ownSize() && heldOf(taken.have, sent) >= sent.size;
    return (taken.more && taken.stored > 0) || unsent;
  }
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

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The first failure of a row is worth a line, and then each time that the pause has doubled. */
function report(
  { logger, events }: PeersContext,
  peer: PartyId,
  fault: PeerFault,
  failures: number,
  error: unknown,
): void {
  if (fault.code === "internal") logger.error("exchange-failed", { peer, stack: stackOf(error) });
  else if ((failures & (failures - 1)) === 0) logger.warn("exchange-failed", { peer, code: fault.code, failures });
  events.emit({ type: "exchange", at: fault.at, party: peer, fault: fault.code, sent: null, received: null });
}
