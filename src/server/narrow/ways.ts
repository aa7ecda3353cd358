/**
 * Who is reached by narrow links, and under which keys. What a peer offered last is in a file of the node's directory:
 * it must still serve when nothing but the narrow link is left.
 */
import { hintOf, narrowKey, type NarrowKeys, narrowKeys, type NarrowOffer } from "../../line/index.ts";
import { type Bytes, fromBase64, toBase64, toHex } from "../../wire/bytes.ts";
import type { PartyId } from "../../wire/id.ts";
import { type Listen, listenOf, shownListen } from "../config.ts";
import type { LineState } from "../exchange/line-state.ts";
import { readTextIfThere, writeDurably } from "../files.ts";
import type { NarrowConfig } from "./config.ts";

export interface Way {
  readonly address: Listen;
  readonly ip: 4 | 6;
  readonly keys: NarrowKeys;
}

export interface Ways {
  /** What this node gives `peer`; null where it has no narrow link. */
  offerFor(peer: PartyId): NarrowOffer | null;
  /** `at` by the peer's clock; `fresh` where its parcel cannot have been played back. */
  offered(peer: PartyId, offer: NarrowOffer, at: number, fresh: boolean): void;
  /** How `peer` is reached; null where it has offered nothing. */
  to(peer: PartyId): Way | null;
  /** Whose datagram it may be, and under which key. */
  from(datagram: Bytes): { readonly peer: PartyId; readonly keys: NarrowKeys } | null;
}

interface Kept {
  readonly address: string;
  readonly key: string;
  readonly at: number;
}

export interface WaysContext {
  readonly state: LineState;
  readonly config: NarrowConfig | null;
  readonly path: string;
}

export function ways({ state, config, path }: WaysContext): Ways {
  const { suite, line, self, keys } = state;
  const kept = new Map<PartyId, Kept>(Object.entries(read(path)) as [PartyId, Kept][]);
  const ready = new Map<PartyId, Way>();
  const keyFrom = (seed: Bytes, peer: PartyId): Bytes => narrowKey(suite, seed, line, peer);
  let incoming: { readonly of: unknown; readonly by: Map<string, { peer: PartyId; keys: NarrowKeys }> } | null = null;
  /** Under every transport key that this node still has, the newest and those before it. */
  const byHint = () => {
    const transport = keys.transport();
    if (incoming?.of === transport) return incoming.by;
    const all = state.others.flatMap(({ id: peer }) =>
      transport.seeds.map((seed) => ({ peer, keys: narrowKeys(suite, keyFrom(seed, peer)) })),
    );
    incoming = { of: transport, by: new Map(all.map((each) => [toHex(each.keys.hint), each])) };
    return incoming.by;
  };
  return {
    offerFor: (peer) => {
      if (config === null) return null;
      const seed = keys.seed("transport", state.roster(self).node.transport);
      return { address: shownListen(config.address), key: keyFrom(seed, peer) };
    },
    offered: (peer, { address, key }, at, fresh) => {
      const before = kept.get(peer);
      const [offer, same] = [{ address, key: toBase64(key), at }, before?.address === address];
      if (before !== undefined && ((same && before.key === offer.key) || (!fresh && at <= before.at))) return;
      kept.set(peer, offer);
      ready.delete(peer);
      writeDurably(path, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`, 0o600);
    },
    to: (peer) => {
      const offer = kept.get(peer);
      if (offer === undefined || config === null) return null;
      const way = ready.get(peer) ?? wayOf(offer);
      ready.set(peer, way);
      return way;
    },
    from: (datagram) => {
      const hint = hintOf(datagram);
      return hint === null ? null : (byHint().get(hint) ?? null);
    },
  };

  function wayOf({ address, key }: Kept): Way {
    const place = listenOf(address);
    const ip = /^\d+\.\d+\.\d+\.\d+$/.test(place.host) ? 4 : 6;
    return { address: place, ip, keys: narrowKeys(suite, fromBase64(key, 32)) };
  }
}

function read(path: string): Record<string, Kept> {
  const text = readTextIfThere(path);
  return text === null ? {} : (JSON.parse(text) as Record<string, Kept>);
}
