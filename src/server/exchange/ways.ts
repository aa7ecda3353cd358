/**
 * The work for one peer over one carrier: one round at a time, with pauses that grow where it does not work. An answering
 * way (answering-way.ts) brings the reply with the request, so each exchange tells what to send next. A posting way
 * (posting-way.ts) hands parcels over and hears later, or never.
 */
import { type CarrierName, haveSize, type Have } from "../../line/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import type { PartyId } from "../../wire/id.ts";
import type { Carrier } from "../carriers/carrier.ts";
import type { EventHub } from "../events.ts";
import type { Exchange, Taken } from "./exchange.ts";
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

/** One round at a time, the next one planned when the last has ended. */
interface Round {
  /** Sends what there is to send. */
  run(signal: AbortSignal): Promise<void>;
  /** When to look again after a round that went well, in milliseconds. */
  restMs(): number;
}

export function loop(context: PeersContext, carrier: Carrier, peer: Peer, ending: AbortSignal, round: Round) {
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
