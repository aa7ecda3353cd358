/**
 * What comes over narrow links: opened at once, checked as any message, kept durably, and marked as held until its log
 * has come. Nothing that arrives here is told, receipted or counted as opened.
 */
import {
  checkRead,
  decodeSaid,
  logKeyFor,
  type NarrowKeys,
  openSet,
  type Reassembly,
  readDatagram,
  reassembly,
  restoreEntry,
  rosterAt,
  type SaidEntry,
  type SaidProof,
} from "../../line/index.ts";
import { parseCheckpoint, verifyCheckpoint, verifyInclusion } from "../../log/index.ts";
import { decodeEntry, encodeEntry, type NoticeItem, type SignedMessage, verifyNotice } from "../../message/index.ts";
import type { LineStore } from "../../store/index.ts";
import { type Bytes, fromHex } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { type LogOrigin, logOrigin, type MessageHash, type MessageId, type PartyId } from "../../wire/id.ts";
import type { LineState } from "../exchange/line-state.ts";
import type { Logger } from "../logger.ts";
import { heldWrites } from "../messages/held.ts";
import { lookInto, type Looked } from "../messages/open-one.ts";
import { type Opened, targetOf } from "../messages/opener.ts";
import { sealingFor } from "../own-keys.ts";
import { messageRecord } from "../records.ts";
import type { Ways } from "./ways.ts";

export interface TakingContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly logger: Logger;
  readonly now: () => number;
  readonly onMessages: (opened: readonly Opened[]) => void;
  /** For this node's own next notice, which is wanted now. */
  readonly say: (item: NoticeItem) => void;
  /** What another's node says by a notice that came ahead of its log. */
  readonly onNotices: (from: PartyId, items: readonly NoticeItem[]) => void;
}

export interface IncomingContext extends TakingContext {
  readonly ways: Ways;
  /** The peer's node says that it has a whole set of this one's. */
  readonly done: (peer: PartyId, set: string) => void;
  /** A set of the peer's is complete: it should know. */
  readonly acknowledge: (peer: PartyId, keys: NarrowKeys, set: Bytes) => void;
}

/** Of one log: a peer that lies about its index must not fill the disk. */
const MAX_AHEAD = 256;

/** Takes one datagram. What is none of the line's is passed over; it never throws for what somebody sent. */
export function incoming(context: IncomingContext): (datagram: Bytes) => void {
  const { state, ways } = context;
  const { suite } = state;
  const inboxes = new Map<PartyId, Reassembly>(state.others.map(({ id }) => [id, reassembly()]));
  return (datagram) => {
    const way = ways.from(datagram);
    const outgoing = way === null ? doneFrom(context, datagram) : null;
    if (outgoing !== null) return context.done(outgoing.peer, outgoing.set);
    if (way === null) return;
    const { peer, keys } = way;
    const read = readDatagram(suite, keys, datagram);
    if (read?.type !== "shard") return;
    const inbox = inboxes.get(peer) as Reassembly;
    const put = inbox.put(read);
    if (put.state === "open") return;
    if (put.state === "complete") {
      refusing(context, peer, () => take(context, peer, decodeSaid(suite, openSet(suite, keys, put))));
      inbox.finish(read.set);
    }
    context.acknowledge(peer, keys, fromHex(read.set));
  };
}

/** Takes what a parcel brought ahead of its sender's log. @throws store-…, disk-full */
export function takeAhead(context: TakingContext, peer: PartyId, said: readonly Bytes[]): void {
  for (const each of said) refusing(context, peer, () => take(context, peer, decodeSaid(context.state.suite, each)));
}

function refusing({ logger }: TakingContext, peer: PartyId, what: () => void): void {
  try {
    what();
  } catch (error) {
    if (!isParleyError(error) || !isForeign(error.code)) throw error;
    logger.warn("narrow-refused", { peer, code: error.code });
  }
}

/** It is not told yet: its entry has not come, or waits to be opened. */
function isUntold(store: LineStore, { origin, index }: { origin: LogOrigin; index: number }): boolean {
  const size = store.log(origin)?.size ?? 0;
  return index >= size || store.entry(origin, index)?.type === null;
}

/** Faults of what was sent; this node's own disk or store is another matter, and then it is not acknowledged. */
function isForeign(code: string): boolean {
  return !code.startsWith("store-") && code !== "disk-full";
}

/** A word about a set of this node's own comes under the key of the other direction. */
function doneFrom({ state, ways }: IncomingContext, datagram: Bytes): { peer: PartyId; set: string } | null {
  for (const { id: peer } of state.others) {
    const way = ways.to(peer);
    const read = way === null ? null : readDatagram(state.suite, way.keys, datagram);
    if (read?.type === "done") return { peer, set: read.set };
  }
  return null;
}

function take(context: TakingContext, peer: PartyId, said: SaidEntry | SaidProof): void {
  const { state, store } = context;
  const origin = logOrigin(state.line, peer, said.generation);
  if (origin !== state.originOf(peer)) return;
  if (said.type === "proof") return takeProof(context, origin, said);
  const { index } = said;
  if (!isUntold(store, { origin, index }) || store.heldAt(origin, index) !== null) return;
  if (store.heldUntold(origin) >= MAX_AHEAD)
    return context.logger.warn("narrow-refused", { peer, index, code: "too-many" });
  const opener = sealingFor(state.keys.sealing(), [said.share.kid]);
  const bytes = encodeEntry(restoreEntry(state.suite, said, origin, opener));
  const keys = { self: state.self, archive: state.keys.archive, sealing: state.keys.sealing() };
  const looked = lookInto(state.suite, keys, { origin, index, bytes });
  if (!looked.opened) return context.logger.warn("narrow-unopened", { peer, index, code: looked.code });
  if ("read" in looked) takeMessage(context, { origin, index, bytes, party: peer }, looked);
  else if (looked.content.type === "notice") takeNotice(context, { origin, index, party: peer }, looked.content);
}

interface Place {
  readonly origin: LogOrigin;
  readonly index: number;
  readonly party: PartyId;
}

type LookedMessage = Extract<Looked, { readonly read: unknown }>;

/** An alert, and what is said about one; judged by the newest roster that is held of its author. */
function takeMessage(context: TakingContext, place: Place & { readonly bytes: Bytes }, looked: LookedMessage): void {
  const { state, store, now, logger } = context;
  const { origin, index, party } = place;
  const { line, charter, charterHash } = state;
  const signed: SignedMessage = looked.content.message;
  const roster = rosterAt(state.historyOf(origin), index);
  const isRepeated = (from: PartyId, id: MessageId): boolean =>
    store.hasMessageId(from, id) || store.hasHeldId(from, id);
  const known = { isRepeated, target: (hash: MessageHash) => targetOf(state, store, hash) };
  const declared = { isRevoked: revokedAt(state, origin, index), hasLeft: state.hasLeft(origin, index) };
  const verdict = checkRead({ line, charter, charterHash, party, roster, ...declared, ...known }, looked.read, now());
  if (!verdict.ok) return logger.warn("narrow-refused", { peer: party, index, code: verdict.fault });
  const { message, hash } = verdict;
  const about = message.re === null ? null : targetOf(state, store, message.re.message);
  if (message.kind !== "alert" && about?.message.kind !== "alert") return;
  const officers = { drafter: verdict.drafter?.id ?? null, releaser: verdict.releaser.id };
  const record = messageRecord({ origin, index }, now(), { message, hash, signed }, officers, null);
  store.commit([{ write: "held", ...record, entry: place.bytes }]);
  logger.info("narrow-held", { peer: party, index, kind: message.kind });
  context.onMessages([{ record, message }]);
  if (message.kind === "alert") context.say({ code: "held", origin, index, message: hash });
}

function revokedAt(state: LineState, origin: LogOrigin, index: number) {
  return (key: Bytes): boolean => state.isRevoked(origin, index, key);
}

function takeNotice(context: TakingContext, place: Place, signed: { bytes: Bytes; signature: Bytes }): void {
  const { state, store, now } = context;
  const { origin, index, party } = place;
  const notice = verifyNotice(state.suite, signed, rosterAt(state.historyOf(origin), index).node.parcel);
  if (notice.line !== state.line || notice.from !== party || state.hasLeft(origin, index)) return;
  const held = notice.items.filter(({ code }) => code === "held");
  store.commit(heldWrites(context, party, { at: notice.at, knownAt: now(), items: held }));
  if (held.length > 0) context.onNotices(party, held);
}

/** The log's own key signed that it holds just this leaf there. */
function takeProof({ state, store, logger, now }: TakingContext, origin: LogOrigin, said: SaidProof): void {
  const { index, checkpoint: note, proof } = said;
  const held = store.heldAt(origin, index);
  if (held === null) return;
  const { size, root } = verifiedNote(state, origin, note);
  const { core: leaf } = decodeEntry(held.entry);
  if (!verifyInclusion(state.suite, { size, index, leaf, root, proof })) {
    return logger.warn("narrow-refused", { code: "unverified-root", index });
  }
  const beyond = (store.log(origin)?.size ?? 0) < size;
  store.commit([
    { write: "held-proven", origin, index, proof: note },
    ...(beyond ? [{ write: "checkpoint", origin, size, root, note, seenAt: now() } as const] : []),
  ]);
}

/** @throws checkpoint-unsigned, checkpoint-malformed */
function verifiedNote(state: LineState, origin: LogOrigin, note: string) {
  const { size } = parseCheckpoint(note).checkpoint;
  const publicKey = logKeyFor(state.historyOf(origin), size);
  return verifyCheckpoint(state.suite, note, { name: origin, publicKey });
}
