/**
 * Keeps every other party's node supplied, over every carrier that goes to it: at once when there is something new, on
 * the charter's timer, again and again while there is more, and with growing pauses while a way does not work.
 */
import { CARRIERS, type CarrierName, type Have } from "../line/index.ts";
import type { PartyId } from "../wire/id.ts";
import type { Taken } from "./exchange.ts";
import { answeringWay, type Peer, type PeerFault, type PeersContext, postingWay, type WayLoop } from "./ways.ts";

export interface WayFacts {
  readonly carrier: CarrierName;
  /** It goes to this party at all. */
  readonly reaches: boolean;
  /** When it last took something for the party, and last brought something of it. */
  readonly lastSentAt: number | null;
  readonly lastHeardAt: number | null;
  readonly lastFault: PeerFault | null;
}

export interface PeerFacts {
  readonly lastExchangeAt: number | null;
  readonly lastFault: PeerFault | null;
  /** How far its clock was ahead of this node's at the last direct exchange, as its parcel said; null where none was. */
  readonly clockAheadMs: number | null;
  readonly ways: readonly WayFacts[];
}

export interface Peers {
  start(): void;
  /** There is something new for everybody. */
  kick(): void;
  /** A parcel came from a peer by itself: this is what it holds. */
  heard(taken: Taken, carrier: CarrierName): void;
  /** Something was handed to a carrier that has no loop of its own. */
  sent(peer: PartyId, carrier: CarrierName): void;
  /** One exchange now, over the best way. @throws peer-no-address, peer-unreachable, peer-refused, parcel-…, and so on */
  attempt(peer: PartyId): Promise<void>;
  facts(peer: PartyId): PeerFacts;
  /** What it said last that it holds; null where it has not said since this node's start. */
  have(peer: PartyId): readonly Have[] | null;
  /** Resolves when each peer was asked once, whether or not it answered. */
  askedOnce(): Promise<void>;
  stop(): Promise<void>;
}

export function peers(context: PeersContext): Peers {
  const ending = new AbortController();
  const found = new Map(context.state.others.map(({ id }) => [id, onePeer(context, id, ending.signal)]));
  const all = [...found.values()];
  const of = (peer: PartyId): OnePeer => found.get(peer) as OnePeer;
  return {
    start: () => all.forEach(({ loops }) => loops.forEach((loop) => loop.kick())),
    kick: () => all.forEach(({ loops }) => loops.forEach((loop) => loop.kick())),
    heard: (taken, carrier) => of(taken.from).peer.heard(taken, carrier),
    sent: (peer, carrier) => of(peer).peer.sent(carrier),
    attempt: (peer) => attempt(of(peer)),
    facts: (peer) => of(peer).facts(),
    have: (peer) => of(peer).peer.have(),
    askedOnce: async () => void (await Promise.all(all.flatMap(({ loops }) => loops.map((loop) => loop.asked())))),
    stop: async () => {
      ending.abort();
      await Promise.all(all.flatMap(({ loops }) => loops.map((loop) => loop.ended())));
    },
  };
}

interface OnePeer {
  readonly peer: Peer;
  readonly loops: readonly WayLoop[];
  facts(): PeerFacts;
}

type Noted = { lastSentAt: number | null; lastHeardAt: number | null; lastFault: PeerFault | null };

function onePeer(context: PeersContext, id: PartyId, ending: AbortSignal): OnePeer {
  const { state, now, carriers } = context;
  const noted = new Map(
    CARRIERS.map((name): [CarrierName, Noted] => [name, { lastSentAt: null, lastHeardAt: null, lastFault: null }]),
  );
  const of = (carrier: CarrierName): Noted => noted.get(carrier) as Noted;
  let [have, saidAt]: [readonly Have[] | null, number] = [null, -1];
  let [lastExchangeAt, clockAheadMs]: [number | null, number | null] = [null, null];
  const peer: Peer = {
    id,
    have: () => have,
    heard: (taken, carrier) => {
      Object.assign(of(carrier), { lastHeardAt: now(), lastFault: null });
      lastExchangeAt = now();
      if (carrier === "direct") clockAheadMs = taken.at - now();
      // What was long on its way is older than what the peer has said since by another.
      if (taken.at < saidAt && !taken.answers) return;
      [have, saidAt] = [taken.have, taken.at];
      loops.forEach((loop) => loop.heard(taken, carrier));
    },
    sent: (carrier) => void (of(carrier).lastSentAt = now()),
    failed: (carrier, lastFault) => void (of(carrier).lastFault = lastFault),
  };
  const loops = carriers.map((carrier) =>
    (carrier.name === "direct" ? answeringWay : postingWay)(context, carrier, peer, ending),
  );
  const reaches = (name: CarrierName): boolean =>
    carriers.some((carrier) => carrier.name === name && carrier.reaches(state.roster(id)));
  return {
    peer,
    loops,
    facts: () => {
      const ways = [...noted].map(([carrier, facts]) => ({ carrier, reaches: reaches(carrier), ...facts }));
      return { lastExchangeAt, clockAheadMs, ways, lastFault: faultOf(ways) };
    },
  };
}

/** One way that works is enough: a fault counts for the peer where no way has worked since. */
function faultOf(ways: readonly WayFacts[]): PeerFault | null {
  const faults = ways.flatMap(({ lastFault }) => lastFault ?? []).toSorted((a, b) => b.at - a.at);
  const working = ways.some(({ carrier, reaches, lastFault, lastSentAt }) => {
    return carrier !== "courier" && reaches && lastFault === null && lastSentAt !== null;
  });
  return working ? null : (faults[0] ?? null);
}

/** The first way that goes there; where none does, the direct one says so. */
async function attempt(peer: OnePeer): Promise<void> {
  const { loops } = peer;
  const reaching = peer.facts().ways.filter(({ reaches }) => reaches);
  const best = loops.find((loop) => reaching.some(({ carrier }) => carrier === loop.carrier)) ?? loops[0];
  await best?.attempt();
}
