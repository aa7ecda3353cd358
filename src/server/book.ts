/**
 * What was told and heard, as far as answers, ladders and the inbox need it: the facts of every message that counts.
 * They are taken into memory a little at a time; until they are all there, each question is answered by the store, so
 * that a node serves at once, however much was told. Bodies are read when they are wanted, and the ones in use are kept.
 */
import {
  CONTENT_KINDS,
  coversMember,
  decodeMessage,
  isContentKind,
  isToList,
  type Kind,
  type LoggedAnswer,
  type Message,
  type Standing,
  standingOf,
} from "../message/index.ts";
import type { LineStore, MessageRecord } from "../store/index.ts";
import type { ListId, MessageHash, PartyId } from "../wire/id.ts";
import { turns } from "./turn.ts";
import { type Fact, factOf, fill, listOf, memorySource, type Source, storedSource } from "./book-sources.ts";

export type { Fact } from "./book-sources.ts";

export interface Book {
  /** Takes up a message that counts. */
  add(record: MessageRecord, message: Message): void;
  /** Something that counted counts no more: everything is taken up anew, and the store answers meanwhile. */
  forget(): void;
  get(hash: MessageHash): Fact | null;
  message(hash: MessageHash): Message;
  /** What is about it, in any relation, in the order in which it was stored here. */
  about(hash: MessageHash): readonly Fact[];
  /** What is about it, also what was said of its whole list while it was in the list. */
  repliesTo(hash: MessageHash): readonly Fact[];
  /** What this reply is about: one message, or every message that was in its list then. */
  targetsOf(fact: Fact): readonly MessageHash[];
  /** In the order in which it was stored here. */
  ofKind(kind: Kind): Iterable<Fact>;
  /** The other way about, and no more of it is read than is taken. */
  newest(): Iterable<Fact>;
  /** Every message that counts, in the order in which it was stored here. Takes the rest into memory at once. */
  facts(): Iterable<Fact>;
  /**
   * Of `facts()`, those after a place in it, and all of them where it is null or everything was taken up anew in between.
   */
  since(place: Place | null): { readonly facts: readonly Fact[]; readonly anew: boolean; readonly from: Place };
  /** Activities, sites, movements and so on: everything but replies, in the order in which it was stored here. */
  content(): Iterable<Fact>;
  /** Every message that was told under this list, replaced ones too. */
  listed(from: PartyId, list: ListId): readonly Fact[];
  /** The version that replaced it, or the word that withdrew it; its author's own, else it would not count. */
  endedBy(hash: MessageHash): Fact | null;
  /** What `party` answered to it, in its own log's order; also to its list, where it was in the list then. */
  answersBy(hash: MessageHash, party: PartyId): readonly LoggedAnswer[];
  standing(hash: MessageHash, party: PartyId): Standing;
  /** Everything is in memory. */
  isComplete(): boolean;
  /** Takes everything into memory, and lets others have their turn meanwhile. @throws store-… */
  load(stopping: AbortSignal): Promise<void>;
}

/** How far somebody has read. */
export interface Place {
  readonly of: readonly Fact[];
  readonly count: number;
}

const DECODED = 20_000;

export function book(store: LineStore): Book {
  const decoded = decodedMessages(store);
  const { message } = decoded;
  let memory = memorySource(message);
  const stored = storedSource(store, message);
  /** Null once all is in memory. */
  let filling: Iterator<void, void> | null = fill(store, memory);
  /** What began to count meanwhile, perhaps at a place that was read already. */
  let late: Fact[] = [];
  const source = (): Source => (filling === null ? memory : stored);
  /** False where that was all. */
  const fillMore = (): boolean => {
    if (filling === null) return false;
    try {
      if (filling.next().done !== true) return true;
    } catch (error) {
      // It is asked for again, and nothing counts as read that was not.
      filling = fill(store, memory);
      throw error;
    }
    filling = null;
    late.forEach((fact) => memory.add(fact));
    late = [];
    return false;
  };
  const complete = (): typeof memory => {
    while (fillMore());
    return memory;
  };
  return {
    ...reads(source, message),
    add: (record, read) => {
      decoded.keep(record.hash, read);
      if (filling === null) memory.add(factOf(record));
      else late.push(factOf(record));
    },
    forget: () => {
      memory = memorySource(message);
      filling = fill(store, memory);
      late = [];
    },
    message,
    facts: () => complete().facts(),
    since: (place) => {
      const of = complete().facts();
      const anew = place?.of !== of;
      const from = anew ? { of, count: 0 } : place;
      return { facts: of.slice(from.count), anew, from };
    },
    content: () => contentOf(complete().facts()),
    isComplete: () => filling === null,
    load: async (stopping) => {
      const others = turns();
      while (!stopping.aborted && fillMore()) await others();
    },
  };
}

/** Everything that follows from the facts and the words of messages, wherever they come from. */
function reads(
  source: () => Source,
  message: Book["message"],
): Omit<Book, "add" | "forget" | "message" | "facts" | "since" | "content" | "isComplete" | "load"> {
  const get = (hash: MessageHash): Fact | null => source().get(hash);
  const about = (hash: MessageHash): readonly Fact[] => source().about(hash);
  const covers = ({ hash, origin, index }: Fact, target: Fact) =>
    coversMember({ origin, index, heads: message(hash).heads }, target);
  const ofItsList = (hash: MessageHash, wanted: (fact: Fact) => boolean): readonly Fact[] => {
    const target = get(hash);
    const list = target === null ? null : listOf(target);
    if (target === null || list === null) return [];
    const toList = source()
      .toList(list)
      .filter((fact) => fact.re?.message !== hash && wanted(fact));
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
    const target = fact.re === null ? null : get(fact.re.message);
    const list = target === null ? null : listOf(target);
    if (list === null || !isToList(message(fact.hash))) return fact.re === null ? [] : [fact.re.message];
    return source()
      .listed(list)
      .filter((each) => covers(fact, each))
      .map(({ hash }) => hash);
  };
  return {
    get,
    about,
    repliesTo: (hash) => [...about(hash), ...ofItsList(hash, () => true)],
    targetsOf,
    listed: (from, list) => CONTENT_KINDS.flatMap((kind) => source().listed({ from, kind, list })),
    ofKind: (kind) => source().ofKind(kind),
    newest: () => source().newest(),
    endedBy,
    answersBy,
    standing: (hash, party) => standsBy(answersBy(hash, party), () => [message(hash), endedBy(hash)]),
  };
}

/** Most are unanswered, and need not be read to say so. */
function standsBy(answers: readonly LoggedAnswer[], read: () => [target: Message, ended: Fact | null]): Standing {
  if (answers.length === 0) return { state: "unanswered" };
  const [target, ended] = read();
  return standingOf(target, answers, ended);
}

function* contentOf(facts: Iterable<Fact>): Generator<Fact> {
  for (const fact of facts) if (isContentKind(fact.kind)) yield fact;
}

interface Decoded {
  readonly keep: (hash: MessageHash, message: Message) => void;
  readonly message: (hash: MessageHash) => Message;
}

/**
 * The ones that were used last: half of them for certain, and as many of those before. To drop the oldest one by one
 * takes longer the more were dropped, for a map looks for its first key through all that it has lost.
 */
function decodedMessages(store: LineStore): Decoded {
  let [decoded, before] = [new Map<MessageHash, Message>(), new Map<MessageHash, Message>()];
  const keep = (hash: MessageHash, message: Message): void => {
    decoded.set(hash, message);
    if (decoded.size >= DECODED / 2) [decoded, before] = [new Map(), decoded];
  };
  const message = (hash: MessageHash): Message => {
    const kept = decoded.get(hash) ?? before.get(hash);
    if (kept !== undefined) {
      if (!decoded.has(hash)) keep(hash, kept);
      return kept;
    }
    const record = store.message(hash);
    if (record === null) throw new Error(`the store has no message ${hash}`);
    const read = decodeMessage(record.bytes);
    keep(hash, read);
    return read;
  };
  return { keep, message };
}
