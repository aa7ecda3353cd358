/**
 * A way that hands parcels over and hears later, or never: what was handed over is not sent again before the peer had
 * time to say that it has it.
 */
import { haveSize } from "../../line/index.ts";
import type { Carrier } from "../carriers/carrier.ts";
import type { NextParcel } from "./exchange.ts";
import { loop, type Peer, type PeersContext, transfer, type WayLoop } from "./ways.ts";

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
