/**
 * What goes next over a narrow link, and when. Alerts go before all else. A set is sent in a first burst that bears the
 * loss which the link is planned for; then the receiver has time to say that it is complete, and where it does not,
 * further shards follow, which complete those that came.
 */
import type { NarrowSet } from "./set.ts";
import { MAX_SHARDS } from "./erasure.ts";

/** So many times the data go in the first burst: with one datagram in ten lost, 17 for 10 fail once in 7,000 times. */
const FIRST = 1.7;
const FURTHER = 0.5;
/** For the way there and back, of a satellite too. */
const FIRST_REST_MS = 6000;
const LONGEST_REST_MS = 120_000;
/** After so many bursts what is no alert waits for another carrier. */
const BURSTS = 6;
/** What waits beside alerts: the oldest goes first, and what is too much is left to other carriers. */
const MAX_WAITING = 32;

export interface Sending<To> {
  readonly to: To;
  readonly set: NarrowSet;
  readonly isAlert: boolean;
}

export interface Next<To> extends Sending<To> {
  readonly index: number;
}

export interface Outbox<To> {
  /** False where there is no room, or it is in it already. */
  add(sending: Sending<To>): boolean;
  /** The datagram that goes now; or at what time to ask again, null where nothing waits. Milliseconds of any clock. */
  next(now: number): { readonly send: Next<To> } | { readonly again: number | null };
  /** The receiver has it, by this link or another. */
  remove(id: string): void;
  size(): number;
}

interface Waiting<To> extends Sending<To> {
  index: number;
  left: number;
  bursts: number;
  from: number;
}

function burstOf(k: number, bursts: number): number {
  return Math.ceil(k * (bursts === 0 ? FIRST : FURTHER));
}

export function outbox<To>(nameOf: (sending: Sending<To>) => string): Outbox<To> {
  const waiting = new Map<string, Waiting<To>>();
  const rest = (name: string, each: Waiting<To>, now: number): void => {
    each.bursts += 1;
    each.left = burstOf(each.set.data.length, each.bursts);
    each.from = now + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (each.bursts - 1));
    if (!each.isAlert && each.bursts >= BURSTS) waiting.delete(name);
  };
  return {
    add: (sending) => {
      const name = nameOf(sending);
      const full = waiting.size >= MAX_WAITING && !sending.isAlert;
      if (full || waiting.has(name)) return false;
      const left = burstOf(sending.set.data.length, 0);
      waiting.set(name, { ...sending, index: 0, left, bursts: 0, from: Number.NEGATIVE_INFINITY });
      return true;
    },
    next: (now) => {
      const [urgent] = [...waiting].filter(([, { from }]) => from <= now).toSorted(urgentFirst);
      if (urgent === undefined) {
        const times = [...waiting.values()].map(({ from }) => from);
        return { again: times.length === 0 ? null : Math.min(...times) };
      }
      const [name, each] = urgent;
      const { to, set, isAlert, index } = each;
      each.index = (index + 1) % MAX_SHARDS;
      each.left -= 1;
      if (each.left === 0) rest(name, each, now);
      return { send: { to, set, isAlert, index } };
    },
    remove: (name) => void waiting.delete(name),
    size: () => waiting.size,
  };
}

/** Alerts first; of these the one with the fewest bursts behind it, and then in the order in which they came. */
function urgentFirst<To>([, a]: [string, Waiting<To>], [, b]: [string, Waiting<To>]): number {
  return Number(b.isAlert) - Number(a.isAlert) || a.bursts - b.bursts;
}
