/**
 * Keeps every other party's node supplied, over every carrier that goes to it: at once when there is something new, on
 * the charter's timer, again and again while there is more, and with growing pauses while a way does not work.
 */
import { CARRIERS, type CarrierName, type Have } from "../../line/index.ts";
import type { PartyId } from "../../wire/id.ts";
import type { Bytes } from "../../wire/bytes.ts";
import type { Carrier, CollectFacts } from "../carriers/carrier.ts";
import { answeringWay } from "./answering-way.ts";
import type { Taken } from "./exchange.ts";
import { postingWay } from "./posting-way.ts";
import { faultOf, transfer, type Peer, type PeerFault, type PeersContext, type WayLoop } from "./ways.ts";

export interface WayFacts {
  readonly carrier: CarrierName;
  /** It goes to this party at all. */
  readonly reaches: boolean;
  /** When it last took something for the party, and last brought something of it. */
  readonly lastSentAt: number | null;
  readonly lastHeardAt: number | null;
  readonly lastFault: PeerFault | null;
}

/** Those that this node uses by itself: a courier is a person, and a narrow link has its own pace. */
type LoopedCarrier = Extract<CarrierName, "direct" | "go-between">;

export interface PeerFacts {
  readonly lastExchangeAt: number | null;
  readonly lastFault: PeerFault | null;
  /** How far its clock was ahead of this node's at the last direct exchange, as its parcel said; null where none was. */
  readonly clockAheadMs: number | null;
  readonly ways: readonly WayFacts[];
}

export interface Peers {
  start(): void;
  /** There is something new, for everybody (null, or not given) or for some who should have it at once. */
  kick(only?: ReadonlySet<PartyId> | null): void;
  /** A parcel came from a peer by itself: this is what it holds. */
  heard(taken: Taken, carrier: CarrierName): void;
  /** Something was handed to a carrier that has no loop of its own. */
  sent(peer: PartyId, carrier: CarrierName): void;
  /** One exchange now, over that way. @throws peer-no-address, peer-unreachable, peer-refused, parcel-…, and so on */
  attempt(peer: PartyId, carrier: LoopedCarrier): Promise<void>;
  facts(peer: PartyId): PeerFacts;
  /** What it said last that it holds; null where it has not said since this node's start. */
  have(peer: PartyId): readonly Have[] | null;
  /** Resolves when each peer was asked once, whether or not it answered. */
  askedOnce(): Promise<void>;
  stop(): Promise<void>;
}

/** Where a carrier keeps what is for this node, and does not give it now: that another place works says nothing of it. */
type Failing = Map<string, { readonly failures: number; readonly fault: PeerFault }>;

/** What others handed to a carrier comes in here, for as long as the node runs. */
async function collecting(
  context: PeersContext,
  carrier: Carrier,
  all: readonly OnePeer[],
  failing: Failing,
  ending: AbortSignal,
): Promise<void> {
  const { exchange, events, logger, now } = context;
  const { name } = carrier;
  const take = (sealed: Bytes): boolean => {
    const taken = exchange.take(sealed, name);
    if (taken.repeated) return false;
    all.find(({ peer }) => peer.id === taken.from)?.peer.heard(taken, name);
    const received = transfer(sealed);
    events.emit({ type: "exchange", at: now(), party: taken.from, carrier: name, fault: null, sent: null, received });
    return true;
  };
  const facts: CollectFacts = {
    reached: (place) => {
      const before = failing.get(place);
      if (before === undefined) return;
      failing.delete(place);
      logger.info("collecting-works", { carrier: name, place, failures: before.failures });
    },
    failed: (place, error) => {
      const failures = (failing.get(place)?.failures ?? 0) + 1;
      const fault = faultOf(error, now());
      failing.set(place, { failures, fault });
      if ((failures & (failures - 1)) !== 0) return;
      logger.warn("collecting-failed", { carrier: name, place, failures, code: fault.code });
    },
  };
  await carrier.collect?.(take, facts, ending);
}

export function peers(context: PeersContext): Peers {
  const ending = new AbortController();
  const failing = new Map(CARRIERS.map((name): [CarrierName, Failing] => [name, new Map()]));
  const failingAt = (name: CarrierName): Failing => failing.get(name) as Failing;
  // Whoever looks at a party must see that something of it cannot come by this way now.
  const collectFault = (name: CarrierName): PeerFault | null => newestOf([...failingAt(name).values()]);
  const one = (id: PartyId): OnePeer => onePeer(context, id, collectFault, ending.signal);
  const found = new Map(context.state.others.map(({ id }) => [id, one(id)]));
  const all = [...found.values()];
  const of: PeerOf = (peer) => found.get(peer) as OnePeer;
  let collected: Promise<unknown> = Promise.resolve();
  return {
    start: () => {
      all.forEach(({ loops }) => loops.forEach((loop) => loop.kick()));
      collected = Promise.all(
        context.carriers.map((each) => collecting(context, each, all, failingAt(each.name), ending.signal)),
      );
    },
    kick: (only = null) => {
      for (const { peer, loops } of all) if (only?.has(peer.id) !== false) loops.forEach((loop) => loop.kick());
    },
    heard: (taken, carrier) => of(taken.from).peer.heard(taken, carrier),
    sent: (peer, carrier) => of(peer).peer.sent(carrier),
    attempt: async (peer, carrier) => {
      await of(peer)
        .loops.find((loop) => loop.carrier === carrier)
        ?.attempt();
    },
    facts: (peer) => of(peer).facts(),
    have: (peer) => of(peer).peer.have(),
    askedOnce: async () => void (await Promise.all(all.flatMap(({ loops }) => loops.map((loop) => loop.asked())))),
    stop: async () => {
      ending.abort();
      await collected;
      await Promise.all(all.flatMap(({ loops }) => loops.map((loop) => loop.ended())));
    },
  };
}

type PeerOf = (peer: PartyId) => OnePeer;

interface OnePeer {
  readonly peer: Peer;
  readonly loops: readonly WayLoop[];
  facts(): PeerFacts;
}

type Noted = { lastSentAt: number | null; lastHeardAt: number | null; lastFault: PeerFault | null };

function onePeer(
  context: PeersContext,
  id: PartyId,
  collectFault: (carrier: CarrierName) => PeerFault | null,
  ending: AbortSignal,
): OnePeer {
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
    // A go-between has taken it: the way works, whether or not its receiver has been there since.
    sent: (carrier) => void Object.assign(of(carrier), { lastSentAt: now(), lastFault: null }),
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
      const ways = [...noted].map(([carrier, facts]) => {
        const lastFault = facts.lastFault ?? collectFault(carrier);
        return { carrier, reaches: reaches(carrier), ...facts, lastFault };
      });
      return { lastExchangeAt, clockAheadMs, ways, lastFault: faultOfAll(ways) };
    },
  };
}

function newestOf(failing: readonly { readonly fault: PeerFault }[]): PeerFault | null {
  return failing.map(({ fault }) => fault).toSorted((a, b) => b.at - a.at)[0] ?? null;
}

/** One way that works is enough: a fault counts for the peer where no way has worked since. */
function faultOfAll(ways: readonly WayFacts[]): PeerFault | null {
  const faults = ways.flatMap(({ lastFault }) => lastFault ?? []).toSorted((a, b) => b.at - a.at);
  const working = ways.some(({ carrier, reaches, lastFault, lastSentAt }) => {
    return carrier !== "courier" && reaches && lastFault === null && lastSentAt !== null;
  });
  return working ? null : (faults[0] ?? null);
}
