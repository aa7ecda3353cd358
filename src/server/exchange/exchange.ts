/**
 * The exchange at this node's edge: a sealed parcel is opened, the line's state machine says what follows from it, that
 * is made durable in one transaction, and only then are receipts signed and the reply composed.
 */
import {
  accept,
  ASK_BYTES,
  type CarrierName,
  compose,
  decodeClosing,
  type Effect,
  encodeSplitRecord,
  type Have,
  haveByReceipts,
  MAX_CLOSINGS,
  MAX_CLOSINGS_BEFORE,
  type LineView,
  openParcel,
  parcelMark,
  type ParcelReader,
  type Parcel,
  receiptsDue,
  sealParcel,
  type SignedClosing,
  splitRecordHash,
} from "../../line/index.ts";
import { cosign, parseCheckpoint, receiptKeyName } from "../../log/index.ts";
import type { NoticeItem } from "../../message/index.ts";
import type { LineStore, LineWrite } from "../../store/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import type { LogOrigin, PartyId } from "../../wire/id.ts";
import type { EventHub } from "../events.ts";
import { freshness } from "./freshness.ts";
import { closedKeys, farewell, takeClosings } from "./closings.ts";
import type { LineState } from "./line-state.ts";
import { lineView, logReader } from "./line-view.ts";
import type { Logger } from "../logger.ts";
import { understands } from "./understanding.ts";
import type { Unverified } from "./unverified.ts";
import type { Quota } from "./quota.ts";
import type { Restored } from "./restored.ts";
import type { Ways } from "../narrow/ways.ts";

export interface ExchangeContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly events: EventHub;
  readonly logger: Logger;
  readonly now: () => number;
  /** Entries of these logs were stored that nobody has looked at yet. `more`: and the sender has more of them. */
  readonly onStored: (logs: readonly LogOrigin[], more: boolean) => void;
  readonly restored: Restored;
  readonly quota: Quota;
  readonly unverified: Unverified;
  /** Something for a notice of this node. */
  readonly onNotice: (item: NoticeItem) => void;
  /** What a peer sent ahead of its log. @throws store-…, disk-full */
  readonly onAhead: (from: PartyId, said: readonly Bytes[]) => void;
  /** What is offered of narrow links, this way and that. */
  readonly ways: Pick<Ways, "offerFor" | "offered">;
}

export interface Taken {
  readonly from: PartyId;
  readonly at: number;
  readonly have: readonly Have[];
  readonly more: boolean;
  readonly settled: boolean;
  readonly stored: number;
  /** Segments that begin beyond what is held. */
  readonly unplaced: number;
  /** This very parcel came before: somebody on the way may have sent it, and it says nothing of its sender now. */
  readonly repeated: boolean;
  /** What the sender asks this node to repeat. */
  readonly ask: string | null;
  /** It repeats what this node asked after its start, or in this round after a restore, so it was made after that. */
  readonly answers: boolean;
  readonly answer: string | null;
  /** It brought what does not wait for its log. */
  readonly ahead: boolean;
}

export interface NextOptions {
  /** What the peer asked this node to repeat. */
  readonly answer?: string | null;
  /** The peer is asked for an answer. */
  readonly asks?: boolean;
  /** From where on the own log is sent, where it is not what the peer said that it holds. */
  readonly ownFrom?: number;
  /** It goes after one that is still on its way, with nothing but what follows of the own log. */
  readonly follows?: boolean;
  /** It goes ahead, so no entry goes with it. */
  readonly ahead?: readonly Bytes[];
  /** Nobody knows whether it will be answered, so no entry goes with it either. */
  readonly knocks?: boolean;
  /** Its receiver waits for it, or its sender for the answer: nobody is held for long by so few entries. */
  readonly isShort?: boolean;
}

export interface NextParcel {
  readonly sealed: Bytes;
  /** Up to where it hands over this node's own log; null where it holds nothing of it. */
  readonly sent: End | null;
  readonly ask: string | null;
}

/** Up to where a log was handed over. */
export type End = Pick<Have, "origin" | "size">;

export interface Exchange {
  /** Opens and takes a sealed parcel. @throws the codes of openParcel, disk-full, store-… */
  take(sealed: Bytes, carrier: CarrierName): Taken;
  /** What goes to `peer` next; `have` is what it said last, null where it has not said. */
  next(peer: PartyId, have: readonly Have[] | null, options?: NextOptions): NextParcel;
  /** What is answered to a node that its party has replaced; null where it has not. */
  farewell(to: PartyId): Bytes | null;
  /** After a restore everybody must answer anew, and so must who has closed its log. */
  isAsking(): boolean;
  /** The peer has been handed this node's log up to `sent`. */
  markSent(peer: PartyId, sent: End | null, carrier: CarrierName): void;
}

/** Taking one holds a node for so many entries, their sync to the disk included, and meanwhile it hears no alert. */
const SHORT_ENTRIES = 256;
/** A third party's entries go by way of this node only where its own way to the peer seems not to work. */
const RELAY_AFTER_MS = 5000;

export function exchange(context: ExchangeContext): Exchange {
  const { state, store, now } = context;
  const pending: LineWrite[] = [];
  const { suite } = state;
  const reader = parcelReader(context);
  const view = (): LineView => lineView(state, store, context.restored.standing());
  const markOf = (sealed: Bytes): string => toHex(parcelMark(suite, sealed));
  const fresh = freshness(() => context.restored.round());
  return {
    take: (sealed, carrier) => {
      const { parcel } = openParcel(suite, sealed, reader);
      state.requireUnlocked();
      const { from, ask, answer } = parcel;
      const repeated = fresh.isRepeated(from, markOf(sealed));
      const answers = !repeated && answer !== null && fresh.isAsked(from, answer);
      const effects = accept(suite, view(), context.quota.admit(parcel), answers ? "fresh" : "perhaps-old");
      store.commit([...pending.splice(0), ...effects.flatMap((effect) => writesOf(effect, carrier, now()))]);
      signReceipts(context, view());
      fresh.took(from, markOf(sealed), answers ? answer : null);
      const taken = { ...announce(context, parcel, effects, answers), repeated, ask, answer, answers };
      if (answers) context.restored.heard({ party: taken.from, ...taken });
      return taken;
    },
    next: (peer, have, { answer = null, asks = false, ownFrom, follows = false, ahead, knocks, isShort } = {}) => {
      state.requireUnlocked();
      const held = view();
      const logs = logsFor(context, peer, follows ? null : have);
      const ask = asks ? toHex(suite.randomBytes(ASK_BYTES)) : null;
      if (ask !== null) fresh.asked(peer, ask);
      const from = ownFrom === undefined ? have : startingAt(have ?? haveByReceipts(held, peer), state.origin, ownFrom);
      // What it would leave is not sent: heads, receipts and closings are.
      const isWhole = ahead === undefined && knocks !== true && context.quota.heldBackUntil(peer) === null;
      const parcel = compose(held, logReader(store), {
        to: peer,
        at: now(),
        have: from,
        logs,
        ask,
        answer,
        ...(isWhole ? (isShort === true ? { maxEntries: SHORT_ENTRIES } : {}) : { maxEntries: 0 }),
      });
      const transportKey = state.roster(peer).node.transport;
      const sealed = sealParcel(
        suite,
        understoodBy(store, peer, { ...parcel, narrow: context.ways.offerFor(peer) ?? undefined, ahead }),
        { parcelSeed: parcelSeedFor(context, peer), transportKey },
      );
      return { sealed, sent: ownEnd(state, parcel), ask };
    },
    farewell: (to) => farewell(context, to),
    isAsking: () => context.restored.round() !== "done" || isForgetful(context),
    markSent: (peer, sent, carrier) => {
      if (sent === null) return;
      const write: LineWrite = { write: "sent", origin: sent.origin, party: peer, size: sent.size, carrier, at: now() };
      // With a direct exchange it goes to the disk with whatever comes next; a courier may be the last for weeks.
      if (carrier === "direct") pending.push(write);
      else store.commit([write]);
    },
  };
}

/** Who has left answers nobody any more. */
function isForgetful({ state, restored }: ExchangeContext): boolean {
  return restored.forgotten().some((party) => state.left(party) === null);
}

function parcelReader(context: ExchangeContext): ParcelReader {
  const { state } = context;
  return {
    get transportSeeds() {
      return state.keys.transport().seeds;
    },
    get transportKeys() {
      return state.keys.transport().keys;
    },
    takeClosings: (closings) => takeClosings(context, closings),
    partyOn: (line) => (line === state.line ? state.self : null),
    parcelKeys: (_, from) => parcelKeys(state, from),
    closedKeys: (_, from) => closedKeys(state, from),
  };
}

/**
 * What a node of an older version would refuse the whole parcel for is left out, until its party says that it knows it.
 * A closing of this party's own always goes: who does not take it up knows none of the keys that sign this parcel. To one
 * that never said what it knows, it goes with what leads to its key, without which it would be worth nothing there.
 */
function understoodBy(store: LineStore, peer: PartyId, parcel: Parcel): Parcel {
  const { closings, narrow, ahead, from, ...rest } = parcel;
  const taken = understands(store, peer, "closings");
  const follows = understands(store, peer, "successions");
  const neverSaid = store.understood(peer) === null;
  const ofSelf = ({ bytes }: SignedClosing): boolean => decodeClosing(bytes).party === from;
  return {
    ...rest,
    from,
    closings: closings
      .filter((each) => taken || ofSelf(each))
      .slice(0, follows ? MAX_CLOSINGS : MAX_CLOSINGS_BEFORE)
      .map((each) => (follows || (neverSaid && ofSelf(each)) ? each : { ...each, successions: [] })),
    narrow: understands(store, peer, "narrow") ? narrow : undefined,
    ahead: understands(store, peer, "ahead") ? ahead : undefined,
  };
}

function startingAt(have: readonly Have[], own: LogOrigin, from: number): Have[] {
  return have.map((each) => (each.origin === own ? { ...each, size: from } : each));
}

function parcelKeys(state: LineState, from: PartyId): Bytes[] {
  if (!state.others.some(({ id }) => id === from)) return [];
  return state
    .history(from)
    .toReversed()
    .map(({ roster }) => roster.node.parcel);
}

/** By the newest roster that the peer holds: it knows no later key yet. */
function parcelSeedFor({ state, store }: ExchangeContext, peer: PartyId): Bytes {
  const held = sizeHeldBy(store, state.origin, peer);
  const { roster } = state.history(state.self).findLast(({ index }) => index < held) ?? state.history(state.self)[0];
  return state.keys.seed("parcel", roster.node.parcel);
}

function ownEnd({ origin }: LineState, parcel: Parcel): End | null {
  const own = parcel.segments.find((segment) => segment.origin === origin);
  return own === undefined ? null : { origin, size: own.from + own.entries.length };
}

/** Who has left gets back what it lost of its own log, and nothing of what is said since. */
function logsFor(context: ExchangeContext, peer: PartyId, have: readonly Have[] | null): "own" | "all" | "theirs" {
  if (context.state.left(peer) !== null) return "theirs";
  return have !== null && needsRelay(context, peer, have) ? "all" : "own";
}

function needsRelay({ state, store, now }: ExchangeContext, peer: PartyId, have: readonly Have[]): boolean {
  return store.logs().some(({ origin, party, size }) => {
    if (party === state.self || party === peer) return false;
    const named = have.find((each) => each.origin === origin);
    // A closed generation that it does not name is one that it has.
    if (named === undefined && state.closedBy(origin) !== null) return false;
    const held = named?.size ?? 0;
    const missing = held < size ? store.entry(origin, held) : null;
    return missing !== null && missing.storedAt < now() - RELAY_AFTER_MS;
  });
}

function writesOf(effect: Effect, carrier: CarrierName, at: number): LineWrite[] {
  switch (effect.type) {
    case "store-segment": {
      const { origin, from, entries, subtrees, size, root, checkpoint } = effect;
      return [
        { write: "append", origin, expect: from, entries, nodes: subtrees, at, carrier },
        { write: "held-checkpoint", origin, size, root, note: checkpoint, seenAt: at },
      ];
    }
    case "store-head": {
      const { origin, size, root, checkpoint } = effect;
      return [{ write: "checkpoint", origin, size, root, note: checkpoint, seenAt: at }];
    }
    case "store-receipt": {
      const { origin, party, size, at: signedAt, line, checkpoint } = effect;
      const { root } = parseCheckpoint(checkpoint).checkpoint;
      return [
        { write: "checkpoint", origin, size, root, note: checkpoint, seenAt: at },
        { write: "receipt", origin, party, size, signedAt, seenAt: at, line, carrier },
      ];
    }
    case "store-term":
      return [{ write: "term", party: effect.party, term: effect.term }];
    case "split-record":
      return [{ write: "split", origin: effect.origin, evidence: encodeSplitRecord(effect.record), at }];
    case "behind-own-log":
    case "unverified":
    case "heard":
      return [];
  }
}

/** What the receipts are over is on the disk by now. */
function signReceipts({ state, store, now }: ExchangeContext, view: LineView): void {
  const { suite, keys, self, origin: own } = state;
  const at = now();
  const writes = receiptsDue(suite, view).map(({ origin, checkpoint, size }): LineWrite => {
    const key = { name: receiptKeyName(own), seed: keys.seed("receipt", state.roster(self).node.receipt) };
    const line = cosign(suite, parseCheckpoint(checkpoint).checkpoint, key, Math.floor(at / 1000));
    const signedAt = Math.floor(at / 1000) * 1000;
    return { write: "receipt", origin, party: self, size, signedAt, seenAt: at, line, carrier: null };
  });
  // Were it lost with the power, the same would be signed again: the entries are on the disk.
  store.commit(writes, "soon");
}

type Told = Omit<Taken, "repeated" | "ask" | "answer" | "answers">;

function announce(context: ExchangeContext, parcel: Parcel, effects: readonly Effect[], answers: boolean): Told {
  if (parcel.narrow !== undefined) context.ways.offered(parcel.from, parcel.narrow, parcel.at, answers);
  let stored = 0;
  const grown: LogOrigin[] = [];
  let unplaced = 0;
  const { from } = parcel;
  let heard = { from, at: parcel.at, have: parcel.have, more: parcel.more, settled: false };
  for (const effect of effects) {
    switch (effect.type) {
      case "store-segment":
        stored += effect.entries.length;
        grown.push(effect.origin);
        if (effect.party === context.state.self) tookBack(context, effect);
        context.events.emit({ type: "log", at: context.now(), party: effect.party, size: effect.size });
        break;
      case "store-receipt":
        announceReceipt(context, effect.origin, effect.party, effect.size);
        break;
      case "behind-own-log":
        context.logger.warn("behind-own-log", { size: effect.size });
        break;
      case "split-record": {
        const record = splitRecordHash(context.state.suite, effect.record);
        const { size } = parseCheckpoint(effect.record.smaller).checkpoint;
        context.logger.error("split", { party: effect.party, record });
        context.onNotice({ code: "split", origin: effect.origin, size, record });
        break;
      }
      case "unverified":
        if (effect.code === "unverified-place") unplaced += 1;
        context.logger.warn("unverified", { from, code: effect.code, origin: effect.origin, index: effect.index });
        context.unverified.came(from, effect);
        break;
      case "heard": {
        const { at, have, more, settled } = effect;
        heard = { from, at, have, more, settled };
        break;
      }
      case "store-term":
      case "store-head":
        break;
    }
  }
  if (parcel.ahead !== undefined) context.onAhead(from, parcel.ahead);
  if (grown.length > 0) context.onStored(grown, parcel.more);
  return { ...heard, stored, unplaced, ahead: parcel.ahead !== undefined };
}

/** Of its own log a node gets nothing from others but what it has lost: its operator hears of each time. */
function tookBack(
  { state, restored, logger }: ExchangeContext,
  { origin, size, entries }: Extract<Effect, { readonly type: "store-segment" }>,
): void {
  logger.warn("behind-own-log", { size, taken_back: entries.length });
  // That others hold more of a generation that was closed is no surprise to whoever closed it.
  if (origin === state.origin) restored.tookBack(entries.length);
}

function announceReceipt({ events, now }: ExchangeContext, origin: LogOrigin, party: PartyId, size: number): void {
  events.emit({ type: "receipt", at: now(), party, origin, size });
}

/** A party's share in a line as it stands here, for status. */
export function sizeHeldBy(store: LineStore, origin: LogOrigin, party: PartyId): number {
  return store.newestReceipts(origin).find((receipt) => receipt.party === party)?.size ?? 0;
}
