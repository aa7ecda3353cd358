/**
 * Where the book's answers come from. In memory they take no time, once everything was taken up; out of the store they
 * take a search each, and need nothing before. The tests hold one against the other.
 */
import { isToList, type Kind, type Message } from "../message/index.ts";
import type { LineStore, MessageFilter, StoredFact } from "../store/index.ts";
import type { ListId, MessageHash, PartyId } from "../wire/id.ts";

/** What is known of a message without reading it. */
export type Fact = Omit<StoredFact, "seq">;

type ReadMessage = (hash: MessageHash) => Message;

export interface Source {
  get(hash: MessageHash): Fact | null;
  about(hash: MessageHash): readonly Fact[];
  listed(list: ListKey): readonly Fact[];
  /** Replies to any member of this list that are to the list as a whole. */
  toList(list: ListKey): readonly Fact[];
  ofKind(kind: Kind): Iterable<Fact>;
  newest(): Iterable<Fact>;
}

/** A list is all messages of one author, kind and list id: nobody puts his own into another's. */
export interface ListKey {
  readonly from: PartyId;
  readonly kind: Kind;
  readonly list: ListId;
}

export interface Memory extends Source {
  readonly add: (fact: Fact) => void;
  /** In the order in which they were taken up, which only grows. */
  facts(): readonly Fact[];
}

export function memorySource(message: ReadMessage): Memory {
  const facts = new Map<MessageHash, Fact>();
  const inOrder: Fact[] = [];
  const replies = new Map<MessageHash, Fact[]>();
  const lists = new Map<string, Fact[]>();
  /** Replies to whole lists, by the list. */
  const listReplies = new Map<string, Fact[]>();
  const takeReply = (list: ListKey, reply: Fact): void => {
    if (isToList(message(reply.hash))) push(listReplies, nameOf(list), reply);
  };
  return {
    add: (fact) => {
      if (facts.has(fact.hash)) return;
      facts.set(fact.hash, fact);
      inOrder.push(fact);
      const list = listOf(fact);
      if (list !== null) push(lists, nameOf(list), fact);
      // What waited for what it is about was stored before it.
      if (list !== null) replies.get(fact.hash)?.forEach((reply) => takeReply(list, reply));
      if (fact.re === null) return;
      push(replies, fact.re.message, fact);
      const target = facts.get(fact.re.message);
      const itsList = target === undefined ? null : listOf(target);
      if (itsList !== null) takeReply(itsList, fact);
    },
    facts: () => inOrder,
    get: (hash) => facts.get(hash) ?? null,
    about: (hash) => replies.get(hash) ?? [],
    listed: (list) => lists.get(nameOf(list)) ?? [],
    toList: (list) => listReplies.get(nameOf(list)) ?? [],
    *ofKind(kind) {
      for (const fact of inOrder) if (fact.kind === kind) yield fact;
    },
    *newest() {
      for (let i = inOrder.length - 1; i >= 0; i--) yield inOrder[i] as Fact;
    },
  };
}

/** The same out of the store: no need to have read anything before, and each question is a search of an index. */
export function storedSource(store: LineStore, message: ReadMessage): Source {
  const found = (filter: MessageFilter, isOne: (fact: Fact) => boolean): StoredFact[] => {
    const told = store.messages(filter, { order: "oldest-first" });
    const hashes = new Set(told.map(({ hash }) => hash));
    const held = store.held().filter((fact) => isOne(fact) && !hashes.has(fact.hash));
    return [...told, ...held.map((fact) => ({ ...fact, seq: Infinity }))];
  };
  const about = (hash: MessageHash) => found({ re: hash }, ({ re }) => re?.message === hash);
  const listed = (key: ListKey) => {
    return found(key, ({ from, kind, list }) => from === key.from && kind === key.kind && list === key.list);
  };
  return {
    get: (hash) => {
      const record = store.message(hash);
      return record === null || record.fault !== null ? null : factOf(record);
    },
    about: (hash) => about(hash).map(factOf),
    listed: (list) => listed(list).map(factOf),
    toList: (list) => {
      const replies = listed(list).flatMap(({ hash }) => about(hash));
      const toAll = replies.filter(({ hash }) => isToList(message(hash)));
      return toAll.toSorted((a, b) => (a.seq === b.seq ? 0 : a.seq - b.seq)).map(factOf);
    },
    ofKind: (kind) => found({ kind }, (fact) => fact.kind === kind).map(factOf),
    newest: () => newestOf(store),
  };
}

/** What is held ahead of its log has no place among the others yet. */
function* newestOf(store: LineStore): Generator<Fact> {
  for (const record of store.held().toReversed()) yield factOf(record);
  for (let beyond: number | undefined; ;) {
    const page = store.messages({}, { order: "newest-first", beyond, limit: FEW });
    for (const record of page) yield factOf(record);
    if (page.length < FEW) return;
    beyond = page.at(-1)?.seq;
  }
}

/** In a page that may be the only one that is read. */
const FEW = 50;
const PAGE = 500;

/** Each row brings strings of its own: a million of them say the same few words. */
function sharing(): (fact: Fact) => Fact {
  const kept = new Map<string, string>();
  const one = <Text extends string>(text: Text): Text => {
    const found = kept.get(text) as Text | undefined;
    if (found === undefined) kept.set(text, text);
    return found ?? text;
  };
  const orNull = <Text extends string>(text: Text | null): Text | null => (text === null ? null : one(text));
  return (fact) => ({
    ...fact,
    origin: one(fact.origin),
    from: one(fact.from),
    kind: one(fact.kind),
    list: orNull(fact.list),
    drafter: orNull(fact.drafter),
    releaser: orNull(fact.releaser),
  });
}

/** Takes everything into memory. Yields after each page. What is held ahead of its log comes after all that was told. */
export function* fill(store: LineStore, memory: Memory): Generator<void, void> {
  const shared = sharing();
  for (let beyond = 0; ;) {
    const page = store.messageFacts({ beyond, limit: PAGE });
    for (const fact of page) memory.add(shared(factOf(fact)));
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    beyond = last.seq;
    yield;
  }
  for (const record of store.held()) memory.add(factOf(record));
}

export function listOf({ from, kind, list }: Fact): ListKey | null {
  return list === null ? null : { from, kind, list };
}

function nameOf({ from, kind, list }: ListKey): string {
  return `${from} ${kind} ${list}`;
}

export function factOf(record: Fact): Fact {
  const { origin, index, hash, from, id, kind, re, list, at, expires, storedAt, drafter, releaser } = record;
  return { origin, index, hash, from, id, kind, re, list, at, expires, storedAt, drafter, releaser };
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, [value]);
  else found.push(value);
}
