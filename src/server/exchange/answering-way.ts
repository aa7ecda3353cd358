/**
 * A way that brings the answer with the request: each exchange tells what to send next. Where there is more to send, the
 * next parcel leaves before the last is answered, so that neither node waits for the other.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { haveSize } from "../../line/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { Carrier } from "../carriers/carrier.ts";
import { serverError } from "../errors.ts";
import { nextTurn } from "../turn.ts";
import type { NextParcel, Taken } from "./exchange.ts";
import { loop, type Peer, type PeersContext, transfer, type WayLoop } from "./ways.ts";

/** So often in a round may the second of two find no place there: the network turns two round now and then, and a liar always. */
const MOST_UNPLACED = 3;
/** By then most of a parcel has left this process, and it can make the next while the peer takes that one. */
const LEAVES_MS = 5;

/** A parcel, and what is answered to it. */
interface OnItsWay {
  readonly next: NextParcel;
  readonly reply: Promise<Bytes | null>;
  /** Nobody waits for it any more. */
  drop(): void;
}

interface Calls {
  readonly begin: (next: NextParcel, signal: AbortSignal) => OnItsWay;
  /** Takes the answer. @throws peer-refused, and what the carrier and `Exchange.take` throw */
  readonly answerTo: (sent: OnItsWay) => Promise<Taken>;
  /** What the peer's last answer asked: the next parcel repeats it. */
  readonly owed: () => string | null;
  /** It is an answer that the peer is heard by, and no call of its own. */
  readonly isAnswer: () => boolean;
}

function calls({ state, exchange, events, now }: PeersContext, carrier: Carrier, peer: Peer): Calls {
  let owed: string | null = null;
  let isAnswer = false;
  return {
    begin: (next, signal) => {
      const own = new AbortController();
      const reply = carrier.carry(state.reachable(peer.id), next.sealed, AbortSignal.any([signal, own.signal]));
      // It is looked at in its turn.
      reply.catch(() => undefined);
      return { next, reply, drop: () => own.abort() };
    },
    answerTo: async ({ next, reply: coming }) => {
      const reply = await coming;
      if (reply === null) throw serverError("peer-refused", `${peer.id} did not answer.`);
      const taken = exchange.take(reply, carrier.name);
      if (taken.answer !== next.ask || !taken.answers || taken.from !== peer.id) {
        throw serverError(
          "peer-refused",
          `Whoever answers for ${peer.id} sent a parcel that does not answer this one.`,
        );
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
    },
    owed: () => owed,
    isAnswer: () => isAnswer,
  };
}

export function answeringWay(context: PeersContext, carrier: Carrier, peer: Peer, ending: AbortSignal): WayLoop {
  const { state, exchange, ownSize } = context;
  const { begin, answerTo, owed, isAnswer } = calls(context, carrier, peer);
  /** It left before the one ahead of it was answered: the peer has the next at hand when it has taken the last. */
  let following: OnItsWay | null = null;
  /** What is not taken there goes with what comes next. */
  const dropFollowing = (): void => {
    following?.drop();
    following = null;
  };
  /** The last parcel was not answered, or none was sent yet. A peer that is away costs no more than a knock each time. */
  let knocks = true;
  /** The last answer brought something of others' logs: then each parcel must say anew what is held of them. */
  let isTaking = false;
  /** How often in this round the second of two was not taken. Then they go one by one. */
  let unplaced = 0;
  /** True where there is more to move, in either direction. */
  const once = async (signal: AbortSignal): Promise<boolean> => {
    const isKnock = knocks;
    const made = { asks: true, answer: owed(), isShort: true, knocks };
    const isAlone = following === null;
    const first = following ?? begin(exchange.next(peer.id, peer.have(), made), signal);
    following = null;
    knocks = true;
    const after = isTaking || unplaced >= MOST_UNPLACED ? null : await madeMeanwhile(context, peer, first, isAlone);
    if (after !== null) {
      following = begin(after, signal);
      // It leaves in the process's next turn, and not behind what the answer makes this node do.
      await nextTurn();
    }
    const taken = await answerTo(first);
    knocks = false;
    isTaking = taken.stored > 0;
    const { sent } = first.next;
    const isTaken = sent !== null && haveSize(taken.have, sent.origin) >= sent.size;
    if (!isAlone && !isTaken) {
      // It came before the one that it follows on: what is sent now follows on what the peer has.
      unplaced += 1;
      dropFollowing();
      return true;
    }
    // A peer that stores nothing of what it gets would keep this going for ever.
    return isKnock || (taken.more && taken.stored > 0) || (isTaken && sent.size < ownSize());
  };
  const way = loop(context, carrier, peer, ending, {
    run: async (signal) => {
      unplaced = 0;
      try {
        for (let more = true; more && !signal.aborted;) more = await once(signal);
      } finally {
        dropFollowing();
      }
    },
    restMs: () => state.charter.exchange_interval_s * 1000,
  });
  // It calls by itself, so it can be called. Who answers a knock may still refuse what follows: only a round that went
  // well ends the growing pauses.
  return { ...way, heard: (_, by) => (by === carrier.name && !isAnswer() ? way.works() : undefined) };
}

/**
 * What follows on a parcel, made while that one is on its way. Null where there is nothing more, or where that one went
 * alone and is answered before it has left. A peer that does not take the first places the second nowhere.
 */
async function madeMeanwhile(
  { exchange, ownSize }: PeersContext,
  peer: Peer,
  { next: { sent }, reply }: OnItsWay,
  isAlone: boolean,
): Promise<NextParcel | null> {
  if (sent === null || sent.size >= ownSize() || exchange.isAsking()) return null;
  const isAnswered = isAlone && (await Promise.race([reply.then(yes, yes), sleep(LEAVES_MS, false)]));
  if (isAnswered) return null;
  return exchange.next(peer.id, peer.have(), { asks: true, ownFrom: sent.size, follows: true, isShort: true });
}

const yes = (): true => true;
