/**
 * The work for one peer over one carrier. An answering way brings the reply with the request, so each exchange tells
 * what to send next. A posting way hands parcels over and hears later, or never: what was handed over is not sent
 * again before the peer had time to say that it has it.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type CarrierName, haveSize, type Have } from "../../line/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import type { PartyId } from "../../wire/id.ts";
import type { Carrier } from "../carriers/carrier.ts";
import { serverError } from "../errors.ts";
import type { EventHub } from "../events.ts";
import type { Exchange, NextParcel, Taken } from "./exchange.ts";
import type { LineState } from "./line-state.ts";
import type { Logger } from "../logger.ts";

export interface PeersContext {
  readonly state: LineState;
  readonly exchange: Exchange;
  readonly carriers: readonly Carrier[];
  readonly events: EventHub;
  readonly logger: Logger;
  readonly now: () => number;
  readonly ownSize: () => number;
}

export interface PeerFault {
  readonly code: string;
  readonly message: string;
  readonly at: number;
}

/** What all ways to a peer know of it together. */
export interface Peer {
  readonly id: PartyId;
  /** What it said last that it holds. */
  have(): readonly Have[] | null;
  heard(taken: Taken, carrier: CarrierName): void;
  sent(carrier: CarrierName): void;
  failed(carrier: CarrierName, fault: PeerFault): void;
}

export interface WayLoop {
  readonly carrier: CarrierName;
  /** There may be something to send. */
  kick(): void;
  /** The peer was heard, by whatever carrier. */
  heard(taken: Taken, carrier: CarrierName): void;
  attempt(): Promise<void>;
  asked(): Promise<void>;
  ended(): Promise<void>;
}

/** What an event shows of sealed bytes. */
const HEAD_BYTES = 24;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5000;
/** What came while an exchange ran waits this long for more, and leaves together. */
const COALESCE_MS = 4;
/** By then most of a parcel has left this process, and it can make the next while the peer takes that one. */
const LEAVES_MS = 5;

/** One round at a time, the next one planned when the last has ended. */
interface Round {
  /** Sends what there is to send. */
  run(signal: AbortSignal): Promise<void>;
  /** When to look again after a round that went well, in milliseconds. */
  restMs(): number;
}

function loop(context: PeersContext, carrier: Carrier, peer: Peer, ending: AbortSignal, round: Round) {
  const asked = Promise.withResolvers<void>();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  let failures = 0;

  const works = (): void => {
    if (failures > 0) context.logger.info("exchange-works", { peer: peer.id, carrier: carrier.name, failures });
    failures = 0;
  };
  const schedule = (ms: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = ending.aborted ? null : setTimeout(begin, ms);
  };
  const attempted = async (): Promise<void> => {
    try {
      if (reaches(context, carrier, peer) && isCalled(context, peer)) await round.run(ending);
      works();
    } catch (error) {
      if (ending.aborted) return;
      failures += 1;
      report(context, peer, carrier.name, failures, error);
    }
  };
  const begin = (): void => {
    timer = null;
    if (running !== null || ending.aborted) return;
    again = false;
    running = attempted().finally(() => {
      running = null;
      asked.resolve();
      schedule(failures > 0 ? pauseAfter(failures) : again ? COALESCE_MS : round.restMs());
    });
  };
  return {
    carrier: carrier.name,
    kick: (): void => {
      if (running === null) schedule(0);
      else again = true;
    },
    works,
    attempt: async (): Promise<void> => {
      await running;
      await round.run(ending);
    },
    asked: () => asked.promise,
    ended: async (): Promise<void> => {
      if (timer !== null) clearTimeout(timer);
      asked.resolve();
      await running;
    },
  };
}

function reaches({ state }: PeersContext, carrier: Carrier, { id }: Peer): boolean {
  return carrier.reaches(state.roster(id));
}

/** Who has left is called no more, but for a restored node's questions; and calls until its leaving is known to all. */
function isCalled({ state, exchange, ownSize }: PeersContext, peer: Peer): boolean {
  if (exchange.isAsking()) return true;
  if (state.left(peer.id) !== null) return false;
  return state.left(state.self) === null || haveSize(peer.have() ?? [], state.origin) < ownSize();
}

export function answeringWay(context: PeersContext, carrier: Carrier, peer: Peer, ending: AbortSignal): WayLoop {
  const { state, exchange, events, now, ownSize } = context;
  /** Who answers a knock may still refuse what follows: only a round that went well ends the growing pauses. */
  let isAnswer = false;
  /** What its last answer asked: the next parcel repeats it, and so is one that was made since. */
  let owed: string | null = null;
  const sentTo = async (next: NextParcel, signal: AbortSignal): Promise<Taken> => {
    const reply = await carrier.carry(state.reachable(peer.id), next.sealed, signal);
    if (reply === null) throw serverError("peer-refused", `${peer.id} did not answer.`);
    const taken = exchange.take(reply, carrier.name);
    if (taken.answer !== next.ask || !taken.answers || taken.from !== peer.id) {
      throw serverError("peer-refused", `Whoever answers for ${peer.id} sent a parcel that does not answer this one.`);
    }
    exchange.markSent(peer.id, next.sent, carrier.name);
    peer.sent(carrier.name);
    owed = taken.ask;
    isAnswer = true;
    peer.heard(taken, carrier.name);
    isAnswer = false;
    const transfers = { sent: transfer(next.sealed), received: transfer(reply) };
    events.emit({ type: "exchange", at: now(), party: peer.id, carrier: carrier.name, fault: null, ...transfers });
    return taken;
  };
  const isUnsent = ({ sent }: NextParcel): boolean => sent !== null && sent.size < ownSize();
  let prepared: NextParcel | null = null;
  /** The last parcel was not answered, or none was sent yet. A peer that is away costs no more than a knock each time. */
  let knocks = true;
  /** The last answer brought something of others' logs: then each parcel must say anew what is held of them. */
  let isTaking = false;
  /** True where there is more to move, in either direction. */
  const once = async (signal: AbortSignal): Promise<boolean> => {
    const isKnock = knocks;
    const next = prepared ?? exchange.next(peer.id, peer.have(), { asks: true, answer: owed, isShort: true, knocks });
    prepared = null;
    knocks = true;
    const answered = sentTo(next, signal);
    const settled = answered.catch(() => undefined);
    const following = isTaking ? null : await madeMeanwhile(context, peer, next, settled);
    const taken = await answered;
    knocks = false;
    isTaking = taken.stored > 0;
    const { sent } = next;
    // A peer that stores nothing of what it gets would keep this going for ever.
    const isTaken = sent !== null && haveSize(taken.have, sent.origin) >= sent.size;
    if (isTaken && haveSize(taken.have, sent.origin) === sent.size && !isTaking) prepared = following;
    return isKnock || (taken.more && taken.stored > 0) || (isUnsent(next) && isTaken);
  };
  const way = loop(context, carrier, peer, ending, {
    run: async (signal) => {
      // What was made before the last round ended may be old by now.
      prepared = null;
      for (let more = true; more && !signal.aborted;) more = await once(signal);
    },
    restMs: () => state.charter.exchange_interval_s * 1000,
  });
  // It calls by itself, so it can be called.
  return { ...way, heard: (_, by) => (by === carrier.name && !isAnswer ? way.works() : undefined) };
}

/** What follows on a parcel, made while that one is on its way: it goes only where that one was taken whole. */
async function madeMeanwhile(
  { exchange, ownSize }: PeersContext,
  peer: Peer,
  { sent }: NextParcel,
  answered: Promise<unknown>,
): Promise<NextParcel | null> {
  if (sent === null || sent.size >= ownSize() || exchange.isAsking()) return null;
  const isAnswered = await Promise.race([answered.then(() => true), sleep(LEAVES_MS, false)]);
  if (isAnswered) return null;
  return exchange.next(peer.id, peer.have(), { asks: true, ownFrom: sent.size, follows: true, isShort: true });
}

/** After what was handed over brought no word, it is handed over again: after so many intervals first, then each time later. */
const AGAIN_INTERVALS = 4;
const LONGEST_REST_MS = 60_000;
const LONGEST_AGAIN_MS = 6 * 3_600_000;

export function postingWay(context: PeersContext, carrier: Carrier, peer: Peer, ending: AbortSignal): WayLoop {
  const { state, exchange, events, now, ownSize } = context;
  /** Up to where this node's own log was handed over, and when that was last done. */
  const intervalMs = state.charter.exchange_interval_s * 1000;
  const firstAgainMs = Math.min(intervalMs * AGAIN_INTERVALS, LONGEST_AGAIN_MS);
  let handed = { size: 0, at: 0, againMs: firstAgainMs };
  let greeted = false;
  /** It has not answered yet, or not since something was handed over again: it is asked. */
  let wonders = true;
  /** The peer waits for a word: what it asked, or null where it only sent something that was stored. */
  let owed: { readonly answer: string | null } | null = null;

  const post = async (next: NextParcel, signal: AbortSignal): Promise<void> => {
    await carrier.carry(state.reachable(peer.id), next.sealed, signal);
    exchange.markSent(peer.id, next.sent, carrier.name);
    peer.sent(carrier.name);
    const sent = transfer(next.sealed);
    const what = { party: peer.id, carrier: carrier.name, fault: null, sent, received: null };
    events.emit({ type: "exchange", at: now(), ...what });
  };
  const heldThere = (): number => haveSize(peer.have() ?? [], state.origin);
  const due = (): boolean => {
    const held = heldThere();
    if (held < handed.size && now() - handed.at > handed.againMs) {
      wonders = true;
      handed = { size: held, at: now(), againMs: Math.min(handed.againMs * 2, LONGEST_AGAIN_MS) };
    }
    return !greeted || exchange.isAsking() || owed !== null || Math.max(held, handed.size) < ownSize();
  };
  const once = async (signal: AbortSignal): Promise<boolean> => {
    const from = Math.max(heldThere(), handed.size);
    const answering = owed;
    const next = exchange.next(peer.id, peer.have(), {
      ownFrom: Math.min(from, ownSize()),
      answer: answering?.answer ?? null,
      asks: wonders || exchange.isAsking(),
    });
    await post(next, signal);
    greeted = true;
    if (owed === answering) owed = null;
    handed = { ...handed, size: Math.max(next.sent?.size ?? 0, handed.size), at: now() };
    return next.sent !== null && next.sent.size < ownSize();
  };
  const way = loop(context, carrier, peer, ending, {
    run: async (signal) => {
      for (let more = due(); more && !signal.aborted;) more = await once(signal);
    },
    restMs: () => Math.min(intervalMs, LONGEST_REST_MS),
  });
  return {
    ...way,
    attempt: async () => void (await once(ending)),
    heard: (taken, by) => {
      handed = { ...handed, againMs: firstAgainMs };
      if (taken.answers) wonders = false;
      if (by !== carrier.name) return;
      way.works();
      if (taken.ask === null && taken.stored === 0) return;
      owed = { answer: taken.ask };
      way.kick();
    },
  };
}

function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
}

export function faultOf(error: unknown, at: number): PeerFault {
  if (isParleyError(error)) return { code: error.code, message: error.message, at };
  return { code: "internal", message: "The node met a fault that it does not know; its log says more.", at };
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The first failure of a row is worth a line, and then each time that the pause has doubled. */
function report(
  { logger, events, now }: PeersContext,
  peer: Peer,
  carrier: CarrierName,
  failures: number,
  error: unknown,
): void {
  const fault = faultOf(error, now());
  peer.failed(carrier, fault);
  const where = { peer: peer.id, carrier };
  if (fault.code === "internal") logger.error("exchange-failed", { ...where, stack: stackOf(error) });
  else if ((failures & (failures - 1)) === 0) logger.warn("exchange-failed", { ...where, code: fault.code, failures });
  const nothing = { sent: null, received: null };
  events.emit({ type: "exchange", at: fault.at, party: peer.id, carrier, fault: fault.code, ...nothing });
}

/** What a page may show of sealed bytes. */
export function transfer(bytes: Bytes): { bytes: number; head: string } {
  return { bytes: bytes.length, head: toHex(bytes.subarray(0, HEAD_BYTES)) };
}
