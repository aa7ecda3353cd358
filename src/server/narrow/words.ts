/** The words "I have that set", from node to node. Whoever plays back old datagrams asks for them: they get a small part of the link. */
import { doneDatagram, type NarrowKeys, weightOf } from "../../line/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import type { PartyId } from "../../wire/id.ts";
import type { Listen } from "../config.ts";
import type { LineState } from "../exchange/line-state.ts";
import type { Ways } from "./ways.ts";

export interface Ready {
  readonly datagram: Bytes;
  readonly to: Listen;
  readonly ip: 4 | 6;
}

/** How long the link is busy with it, in milliseconds. */
export function carriedMs({ datagram, ip }: Ready, bitsPerSecond: number): number {
  return (weightOf(datagram, ip) * 8000) / bitsPerSecond;
}

export interface Words {
  add(peer: PartyId, keys: NarrowKeys, set: Bytes): void;
  /** The one that goes now; null where none does. */
  next(at: number): Ready | null;
  /** When the next may go; null where none waits. */
  again(): number | null;
}

/** One for each set. */
const MAX_WAITING = 64;
/** One part in so many of the link. */
const SHARE = 8;

export function words({ state, ways }: { state: LineState; ways: Ways }, bitsPerSecond: number): Words {
  const waiting = new Map<string, Ready>();
  let freeAt = 0;
  return {
    add: (peer, keys, set) => {
      const way = ways.to(peer);
      if (way === null || waiting.size >= MAX_WAITING) return;
      const datagram = doneDatagram(state.suite, keys, set);
      waiting.set(`${peer} ${toHex(set)}`, { datagram, to: way.address, ip: way.ip });
    },
    next: (at) => {
      const [first] = at < freeAt ? [] : waiting;
      if (first === undefined) return null;
      waiting.delete(first[0]);
      freeAt = at + SHARE * carriedMs(first[1], bitsPerSecond);
      return first[1];
    },
    again: () => (waiting.size === 0 ? null : freeAt),
  };
}
