/**
 * What was told and heard, in memory, as far as answers, ladders and the inbox need it: the facts of every message
 * that counts. Bodies are read from the store when they are wanted, and the ones in use are kept.
 */
import {
  CONTENT_KINDS,
  coversMember,
  decodeMessage,
  isContentKind,
  isToList,
  type LoggedAnswer,
  type Message,
  type Standing,
  standingOf,
} from "../message/index.ts";
import type { LineStore, MessageRecord } from "../store/index.ts";
import type { ListId, MessageHash, PartyId } from "../wire/id.ts";

export type Fact = Omit<MessageRecord, "bytes" | "drafted" | "released" | "fault">;

export interface Book {
  /** Takes up a message that counts. */
  add(record: MessageRecord, message: Message): void;
  get(hash: MessageHash): Fact | null;
  message(hash: MessageHash): Message;
  /** What is about it, in any relation, in the order in which it was stored here. */
  about(hash: MessageHash): readonly Fact[];
  /** What is about it, also what was said of its whole list while it was in the list. */
  repliesTo(hash: MessageHash): readonly Fact[];
  /** What this reply is about: one message, or every message that was in its list then. */
  targetsOf(fact: Fact): readonly MessageHash[];
  /** Every message that counts, in the order in which it was stored here. */
  facts(): Iterable<Fact>;
  /** Activities, sites, movements and so on: everything but replies, in the order in which it was stored here. */
  content(): Iterable<Fact>;
  /** Every message that was told under this list, replaced ones too. */
  listed(from: PartyId, list: ListId): readonly Fact[];
  /** The version that replaced it, or the word that withdrew it; its author's own, else it would not count. */
  endedBy(hash: MessageHash): Fact | null;
  /** What `party` answered to it, in its own log's order; also to its list, where it was in the list then. */
  answersBy(hash: MessageHash, party: PartyId): readonly LoggedAnswer[];
  standing(hash: MessageHash, party: PartyId): Standing;
}

const DECODED = 20_000;

export function book(store: LineStore): Book {
  const facts = new Map<MessageHash, Fact>();
  const replies = new Map<MessageHash, Fact[]>();
  const lists = new Map<string, Fact[]>();
  /** Replies to whole lists, by the list. */
  const listReplies = new Map<string, Fact[]>();
  const { keep, message } = decodedMessages(store);
  const add = (record: MessageRecord, read: Message): void => {
    if (facts.has(record.hash)) return;
    const fact = factOf(record);
    facts.set(record.hash, fact);
    keep(record.hash, read);
    if (fact.re !== null) push(replies, fact.re.message, fact);
    if (fact.list !== null) push(lists, listOf(fact), fact);
    const target = fact.re === null ? undefined : facts.get(fact.re.message);
    if (isToList(read) && target !== undefined && target.list !== null) push(listReplies, listOf(target), fact);
  };
  for (const record of allMessages(store)) add(record, decodeMessage(record.bytes));
  const about = (hash: MessageHash): readonly Fact[] => replies.get(hash) ?? [];
  const covers = ({ hash, origin, index }: Fact, target: Fact) =>
    coversMember({ origin, index, heads: message(hash).heads }, target);
  const ofItsList = (hash: MessageHash, wanted: (fact: Fact) => boolean): readonly Fact[] => {
    const target = facts.get(hash);
    if (target === undefined || target.list === null) return [];
    const toList = (listReplies.get(listOf(target)) ?? []).filter((fact) => fact.re?.message !== hash && wanted(fact));
    return toList.filter((fact) => covers(fact, target));
  };
  const logged = (fact: Fact): LoggedAnswer[] => {
    const read = message(fact.hash);
    return read.kind === "answer" ? [{ message: read, hash: fact.hash, index: fact.index }] : [];
  };
  const answersBy = (hash: MessageHash, party: PartyId): readonly LoggedAnswer[] => {
    const wanted = ({ kind, from }: Fact) => kind === "answer" && from === party;
    return [...about(hash).filter(wanted), ...ofItsList(hash, wanted)].flatMap(logged);
  };
  const endedBy = (hash: MessageHash): Fact | null =>
    about(hash).findLast(({ re }) => re?.relation === "supersedes" || re?.relation === "withdraws") ??
    ofItsList(hash, ({ kind }) => kind === "withdrawal").at(-1) ??
    null;
  const targetsOf = (fact: Fact): readonly MessageHash[] => {
    const target = fact.re === null ? undefined : facts.get(fact.re.message);
    if (target === undefined || target.list === null || !isToList(message(fact.hash))) {
      return fact.re === null ? [] : [fact.re.message];
    }
    return (lists.get(listOf(target)) ?? []).filter((each) => covers(fact, each)).map(({ hash }) => hash);
  };
  return {
    add,
    get: (hash) => facts.get(hash) ?? null,
    message,
    about,
    repliesTo: (hash) => [...about(hash), ...ofItsList(hash, () => true)],
    targetsOf,
    facts: () => facts.values(),
    listed: (from, list) => CONTENT_KINDS.flatMap((kind) => lists.get(`${from} ${kind} ${list}`) ?? []),
    content: () => contentOf(facts.values()),
    endedBy,
    answersBy,
    standing: (hash, party) => standingOf(message(hash), answersBy(hash, party), endedBy(hash)),
  };
}

function* contentOf(facts: Iterable<Fact>): Generator<Fact> {
  for (const fact of facts) if (isContentKind(fact.kind)) yield fact;
}

interface Decoded {
  readonly keep: (hash: MessageHash, message: Message) => void;
  readonly message: (hash: MessageHash) => Message;
}

/** The ones that were used last. */
function decodedMessages(store: LineStore): Decoded {
  const decoded = new Map<MessageHash, Message>();
  const keep = (hash: MessageHash, message: Message): void => {
    decoded.delete(hash);
    decoded.set(hash, message);
    if (decoded.size > DECODED) decoded.delete(decoded.keys().next().value as MessageHash);
  };
  const message = (hash: MessageHash): Message => {
    const kept = decoded.get(hash);
    if (kept !== undefined) return kept;
    const record = store.message(hash);
    if (record === null) throw new Error(`the store has no message ${hash}`);
    const read = decodeMessage(record.bytes);
    keep(hash, read);
    return read;
  };
  return { keep, message };
}

/** A list is all messages of one author, kind and list id: nobody puts his own into another's. */
function listOf({ from, kind, list }: Fact): string {
  return `${from} ${kind} ${list}`;
}

function factOf(record: MessageRecord): Fact {
  const { origin, index, hash, from, id, kind, re, list, at, expires, storedAt, drafter, releaser } = record;
  return { origin, index, hash, from, id, kind, re, list, at, expires, storedAt, drafter, releaser };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, [value]);
  else found.push(value);
}

const PAGE = 1000;

function* allMessages(store: LineStore): Generator<MessageRecord> {
  let beyond = 0;
  for (;;) {
    const page = store.messages({}, { order: "oldest-first", beyond, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    beyond = last.seq;
  }
  // What is held ahead of its log comes after all that was told: what has been told since is known by then.
  yield* store.held();
}
