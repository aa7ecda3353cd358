/** A node, put together: its directory, its stores, the line, the way in and out, the door for its officers. */
import { fileURLToPath } from "node:url";
import { nativeSuite } from "../crypto/native.ts";
import type { Suite } from "../crypto/index.ts";
import type { NoticeItem } from "../message/index.ts";
import type { PartyId } from "../wire/id.ts";
import {
  type LineStore,
  openLineStore,
  openPrivateStore,
  type PrivateStore,
  type StoreIdentity,
} from "../store/index.ts";
import type { AtRest } from "./at-rest/at-rest.ts";
import { settledAtRest } from "./at-rest/node-at-rest.ts";
import { book as openBook, type Book } from "./book.ts";
import type { Carrier } from "./carriers/carrier.ts";
import { directCarrier, type DirectCarrier } from "./carriers/direct.ts";
import { type MailboxCarrier, mailboxCarrier } from "./carriers/mailbox.ts";
import { shownTls } from "./carriers/shown-tls.ts";
import type { TlsIdentity } from "./carriers/tls.ts";
import { waiting } from "./carriers/waiting.ts";
import { answering } from "./exchange/answering.ts";
import { courier as openCourier, type Courier } from "./exchange/courier.ts";
import { begin, knowsAllItSaid, lifetime, takeUp } from "./beginning.ts";
import { certificateDesk, type CertificateDesk } from "./plans/certificates.ts";
import type { NodeConfig } from "./config.ts";
import { type Fitness, fitnessOf } from "./fitness.ts";
import { knownPlaces, type KnownPlaces } from "./drafts/known-places.ts";
import { type EventHub, eventHub } from "./events.ts";
import { exchange as openExchange, type Exchange } from "./exchange/exchange.ts";
import { type LineState, recallTerms } from "./exchange/line-state.ts";
import { lineStateOf } from "./exchange/state-of.ts";
import { type Lock, lockDirectory } from "./lock.ts";
import { jsonLogger, type Logger } from "./logger.ts";
import { hasSaidAll } from "./exchange/understanding.ts";
import { nodePaths, readNodeConfig, requireOwnKeys } from "./node-dir.ts";
import { type Notices, notices as openNotices } from "./messages/notices.ts";
import { type LearnIndex, learnIndex } from "./drafts/learn.ts";
import { type LazySaid, saidDesk } from "./map/said.ts";
import type { DeclaredHere } from "./messages/declared.ts";
import { type WaitingDesk, waitingDesk } from "./messages/waiting.ts";
import { announcing } from "./messages/announce.ts";
import { takeAway } from "./messages/take-away.ts";
import { type Opened, opener as openOpener } from "./messages/opener.ts";
import { outbound as openOutbound, type Outbound } from "./exchange/outbound.ts";
import { peers as openPeers, type Peers } from "./exchange/peers.ts";
import { planDesk, type PlanDesk } from "./plans/desk.ts";
import { quota as openQuota, type Quota } from "./exchange/quota.ts";
import { type Restored, restored as openRestored } from "./exchange/restored.ts";
import { type Unverified, unverified as openUnverified } from "./exchange/unverified.ts";
import { missedTestCalls } from "./watch/health.ts";
import { testCalls } from "./watch/test-calls.ts";
import { type Ahead, ahead as openAhead } from "./narrow/ahead.ts";
import { takeAhead, type TakingContext } from "./narrow/incoming.ts";
import { type Narrow, narrow as openNarrow } from "./narrow/narrow.ts";
import { type Ways, ways as openWays } from "./narrow/ways.ts";
import { openWatch, type Watch } from "./watch/watch.ts";
import { markBegun, requireLineStore, requirePlans } from "./stores-there.ts";
import { openWitnessing, type Witnessing } from "./witness/witnessing.ts";
import { ownRules, rulesInForce, type RulesInForce } from "./plans/rules.ts";

export interface NodeOptions {
  readonly suite?: Suite;
  readonly logger?: Logger;
  /** Takes the node's carriers, and gives what it uses instead. */
  readonly carriers?: (own: readonly Carrier[]) => readonly Carrier[];
  readonly now?: () => number;
  /** Opens the line's store; by default one SQLite file. */
  readonly openStore?: typeof openLineStore;
  /** Of the stores, where the directory has a store.key. */
  readonly passphrase?: string | null;
  /** Where the console was built to; by default the package's own `dist/console`. */
  readonly consoleFolder?: string;
}

interface NodeCarriers {
  /** What the node shows in TLS from now on. */
  readonly tls: () => TlsIdentity;
  readonly direct: DirectCarrier;
  readonly mailbox: MailboxCarrier;
  readonly carriers: readonly Carrier[];
  readonly peers: Peers;
  readonly courier: Courier;
  readonly ahead: Ahead;
}

/** Everything that the routes work with. */
export interface Node extends Watch, NodeCarriers {
  readonly suite: Suite;
  readonly dir: string;
  readonly rest: AtRest;
  readonly config: NodeConfig;
  readonly state: LineState;
  readonly store: LineStore;
  readonly fitness: Fitness;
  readonly privateStore: PrivateStore;
  readonly rules: RulesInForce;
  readonly ways: Ways;
  readonly book: Book;
  readonly plans: PlanDesk;
  readonly knownPlaces: KnownPlaces;
  readonly said: LazySaid;
  readonly waiting: WaitingDesk;
  readonly learning: LearnIndex;
  readonly certificates: CertificateDesk;
  readonly outbound: Outbound;
  readonly restored: Restored;
  readonly exchange: Exchange;
  readonly quota: Quota;
  readonly unverified: Unverified;
  readonly witnessing: Witnessing;
  readonly events: EventHub;
  readonly logger: Logger;
  readonly now: () => number;
  readonly consoleFolder: string;
  /** Resolves when this node knows what others hold of its own log, as far as they answer, and is complete. */
  readonly ready: Promise<void>;
  /** Resolves when everything that was told is at hand, and checked against the plans: nothing is answered by half of it. */
  readonly complete: Promise<void>;
  /** Of what a party has just sent: resolves when it was opened and said to be, or when that takes too long to wait for. */
  taken(from: PartyId): Promise<void>;
  /** A party declared something: what it takes away counts no more, and is shown so. */
  declared(declared: DeclaredHere): void;
  /** What is common to everything that was appended to the own log: it is counted, checked against plans, and sent. */
  announce(opened: readonly Opened[]): void;
}

export interface OpenNode extends Node {
  start(): void;
  close(): Promise<void>;
}

const CONSOLE = fileURLToPath(new URL("../../dist/console", import.meta.url));
/** Opens everything; nothing is sent or served before `start`. */
export function openNode(dir: string, options: NodeOptions = {}): OpenNode {
  const suite = options.suite ?? nativeSuite;
  const now = options.now ?? Date.now;
  const config = readNodeConfig(dir);
  const paths = nodePaths(dir);
  const closing: (() => void)[] = [];
  try {
    const lock: Lock = lockDirectory(paths.lock);
    closing.push(() => lock.release());
    const rest = settledAtRest(suite, dir, options.passphrase ?? null);
    const state = lineStateOf(suite, dir, config.party, rest);
    const identity: StoreIdentity = { line: state.line, party: state.self };
    requireLineStore(paths);
    const kept = (options.openStore ?? openLineStore)(paths.lineStore, identity, rest.pageKey("line.sqlite"));
    closing.push(() => kept.close());
    const { store, fitness } = fitnessOf(kept, dir);
    requirePlans(paths, state.self, store);
    markBegun(paths, state.self, store);
    const privateStore = openPrivateStore(paths.privateStore, rest.pageKey("private.sqlite"));
    closing.push(() => privateStore.close());
    store.commit(
      state.charter.parties.map(({ id }) => ({ write: "log", origin: state.originOf(id), party: id, generation: 0 })),
    );
    recallTerms(state, store);
    // Another version ran here before: what that one could not read is looked at again.
    if (!hasSaidAll(store, state.self)) store.commit([{ write: "look-again" }]);
    state.requireUnlocked();
    requireOwnKeys(state.roster(state.self), state.keys);
    const logger = options.logger ?? jsonLogger(config.party, (line) => void process.stderr.write(line), now);
    const rules = rulesInForce(state.charter, ownRules(dir, config));
    const ways = openWays({ state, config: config.narrow, path: paths.narrow });
    const given = { suite, dir, rest, config, state, store, fitness, logger, now, unverified: openUnverified(now) };
    const base = { ...given, privateStore, rules, ways, witnessing: openWitnessing(given, closing) };
    return compose(base, options, closing);
  } catch (error) {
    closing.toReversed().forEach((close) => close());
    throw error;
  }
}

type Base = Pick<
  Node,
  | "suite"
  | "dir"
  | "rest"
  | "config"
  | "state"
  | "store"
  | "fitness"
  | "privateStore"
  | "rules"
  | "ways"
  | "unverified"
  | "witnessing"
  | "logger"
  | "now"
>;

function compose(base: Base, options: NodeOptions, closing: (() => void)[]): OpenNode {
  const { state, store, witnessing, now } = base;
  const desks = desksOf(base);
  const { events, book, plans, certificates, learning } = desks;
  const restored = openRestored(state, { ...base, paths: nodePaths(base.dir), onRound: () => peers.kick() });
  const outbound = shownToWitnesses(openOutbound(state, store, restored, now), witnessing);
  const answers = answering();
  const notices = openNotices({ ...base, outbound, onTold: (items) => answers.noticed(links, items) });
  const silent = (): number => missedTestCalls({ ...base, peers }).length;
  const knowsItself = (): boolean => knowsAllItSaid({ state, store, outbound });
  const { startWatch, stopWatch, ...watch } = openWatch({ ...base, book, events, notices, silent, knowsItself });
  const announce = announcing(() => ({ ...desks, ...watch, now, ahead: links.ahead }));
  const calls = testCalls({ ...base, notices, ready: () => ready });
  const onNotice = (item: NoticeItem): void => notices.add([item]);
  const quota = openQuota({ ...base, onNotice });
  const onNotices = hearing({ ...base, events, hearers: () => [calls, quota, links.ahead] });
  const onDeclared = (declared: DeclaredHere): void => takeAway({ ...base, ...desks }, declared);
  const opener = openOpener({ ...base, onMessages: announce, onNotices, onDeclared, onDone: () => notices.tell() });
  const exchange = openExchange({
    ...base,
    quota,
    events,
    restored,
    onNotice,
    onAhead: (from, brought) => takeAhead(taking, from, brought),
    onStored: (logs, more) => {
      opener.wake(logs, more);
      courier.wake();
    },
  });
  const taking: TakingContext = { ...base, onMessages: announce, onNotices, say: (item) => sayNow(notices, item) };
  const { stopPeers, ...links } = linksOf(base, options, { exchange, events, book, taking });
  const { peers, courier } = links;
  const { stopping, complete, begun, ready } = lifetime();
  const rest = () => Promise.all([stopPeers(), stopWatch(), witnessing.asking.stop()]);
  return {
    ...base,
    ...desks,
    knownPlaces: knownPlaces({ ...base, book }),
    ...watch,
    outbound,
    restored,
    exchange,
    quota,
    ...links,
    ready,
    complete: complete.promise,
    taken: (from) => answers.awaits(from, opener.rested()),
    announce,
    declared: onDeclared,
    consoleFolder: options.consoleFolder ?? CONSOLE,
    start: () => {
      startWatch();
      calls.start();
      void takeUp({ ...base, plans, certificates, learning }, stopping.signal).then(complete.resolve);
      void begin({ ...base, outbound, opener, notices, peers }, stopping.signal).then(begun.resolve);
    },
    close: () => closeAll(stopping, [opener, plans, notices, calls], rest, closing),
  };
}

type Desks = Pick<Node, "events" | "book" | "plans" | "said" | "waiting" | "learning" | "certificates">;

/** What was told, and what follows from it for this side. */
function desksOf(base: Base): Desks {
  const { state, store, privateStore, rules, logger, now } = base;
  const events = eventHub();
  const book = openBook(store);
  const plans = planDesk({ state, store: privateStore, book, events, logger, now, rules });
  const certificates = certificateDesk({ ...base, plans, events });
  const [said, waits, learning] = [saidDesk({ book, plans }), waitingDesk({ ...base, book }), learnIndex(book, store)];
  return { events, book, plans, said, waiting: waits, learning, certificates };
}

/** Witnesses hear of what was appended, and nothing waits for them. */
function shownToWitnesses(outbound: Outbound, { asking }: Witnessing): Outbound {
  const append: Outbound["append"] = (items, also) => {
    const appended = outbound.append(items, also);
    asking.kick();
    return appended;
  };
  return { ...outbound, append };
}

async function closeAll(
  stopping: AbortController,
  parts: readonly { stop(): void }[],
  rest: () => Promise<unknown>,
  closing: readonly (() => void)[],
): Promise<void> {
  stopping.abort();
  for (const part of parts) part.stop();
  await rest();
  closing.toReversed().forEach((close) => close());
}

type Moving = Pick<Node, "exchange" | "events" | "book"> & { readonly taking: TakingContext };

/** Every way to the other parties, and what keeps them supplied. */
function linksOf(base: Base, options: NodeOptions, moving: Moving): NodeCarriers & Stopping {
  const { suite, state, store, logger, now } = base;
  const { exchange, events, book, taking } = moving;
  const tls = shownTls(suite, state, store);
  const direct = directCarrier(tls);
  const mailbox = mailboxCarrier({ suite, seed: state.keys.mailbox, mailboxes: base.config.mailboxes });
  const own: readonly Carrier[] = [direct, mailbox];
  const carriers = options.carriers?.(own) ?? own;
  const ownSize = () => store.log(state.origin)?.size ?? 0;
  const calling = openPeers({ state, exchange, carriers, events, logger, now, ownSize });
  const onDone = (peer: PartyId): void => calling.sent(peer, "narrow");
  const narrow = openNarrow({ ...base, ...taking, onDone, config: base.config.narrow });
  const ahead = openAhead({ ...base, book, exchange, carriers });
  const peers = withNarrow(calling, narrow, ahead);
  const kept = waiting(suite, nodePaths(base.dir).waiting);
  const courier = openCourier({ ...base, exchange, peers, waiting: kept });
  const stopPeers = async (): Promise<void> => {
    courier.stop();
    await peers.stop();
    carriers.forEach((carrier) => carrier.close());
  };
  return { tls, direct, mailbox, carriers, peers, courier, ahead, stopPeers };
}

/** Whatever makes the peers look makes the narrow links look. */
function withNarrow(peers: Peers, narrow: Narrow, ahead: Ahead): Peers {
  return {
    ...peers,
    start: () => {
      peers.start();
      narrow.start();
      ahead.start();
    },
    kick: (only) => {
      peers.kick(only);
      narrow.kick();
    },
    stop: async () => void (await Promise.all([peers.stop(), narrow.stop(), ahead.stop()])),
  };
}

interface Stopping {
  readonly stopPeers: () => Promise<void>;
}

function sayNow(notices: Notices, item: NoticeItem): void {
  notices.add([item]);
  notices.tell();
}

interface Hearing extends Pick<Node, "state" | "events" | "now"> {
  readonly hearers: () => readonly { readonly heard: HearNotices }[];
}

type HearNotices = (from: PartyId, items: readonly NoticeItem[]) => void;

function hearing({ state, events, now, hearers }: Hearing): HearNotices {
  return (from, items) => {
    if (from !== state.self) hearers().forEach((each) => each.heard(from, items));
    items.forEach(({ code }) => events.emit({ type: "notice", at: now(), from, code }));
  };
}
