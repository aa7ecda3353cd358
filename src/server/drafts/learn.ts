/** Finds, among all that was told, the few messages that can have said already what a draft says. */
import type { Learned as ApiLearned } from "../../api/index.ts";
import { firstPosition, type Position } from "../../geo/index.ts";
import { decodeMessage, isContentKind, type Message } from "../../message/index.ts";
import { type PublicStatement, type Told, whatTheyWouldLearn } from "../../release/index.ts";
import type { LineStore } from "../../store/index.ts";
import type { MessageHash } from "../../wire/id.ts";
import type { Book } from "../book.ts";
import { turns } from "../turn.ts";

export interface LearnDesk {
  learn(draft: Message): ApiLearned[];
}

export interface LearnIndex {
  /** It counts from now on. */
  readonly add: (hash: MessageHash, message: Message) => void;
  /** Over all that was told until it is asked: it waits for `load`, and what that did not take up is taken up now. */
  readonly desk: (statements: readonly PublicStatement[]) => Promise<LearnDesk>;
  /** For what cannot wait, over what was taken up so far: more of it may have been told than is found. */
  readonly deskNow: (statements: readonly PublicStatement[]) => LearnDesk;
  /** Takes up all that was told, and lets others have their turn meanwhile. */
  readonly load: (stopping: AbortSignal) => Promise<void>;
}

const STATES = { new: "new", told: "told", public: "public" } as const;

/** By what each message is about and where it is. A key finds more than what says the same, never less. */
export function learnIndex(book: Book, store: Pick<LineStore, "messages" | "held">): LearnIndex {
  const known = new Map<number, MessageHash | MessageHash[]>();
  const at = (key: number): readonly MessageHash[] => [known.get(key) ?? []].flat();
  const add = (hash: MessageHash, message: Message): void => {
    if (!isContentKind(message.kind)) return;
    const places = firstPositions(message).map((position) => cellKey(position, 0, 0));
    for (const key of new Set([...topicKeys(message), ...places])) note(known, key, hash);
  };
  /** What was told before this node was started, as far as it was not taken up. */
  let before = pagesOf(store);
  const fillMore = (): boolean => {
    try {
      const { value: page } = before.next();
      for (const { hash, bytes } of page ?? []) add(hash, decodeMessage(bytes));
      return page !== undefined;
    } catch (error) {
      // It is asked for again, and nothing counts as read that was not.
      before = pagesOf(store);
      throw error;
    }
  };
  let loading: Promise<void> | null = null;
  const deskNow = (statements: readonly PublicStatement[]): LearnDesk => {
    return { learn: (draft) => learned(book, at, statements, draft) };
  };
  return {
    add,
    load: (stopping) => {
      const others = turns();
      const load = async (): Promise<void> => {
        while (!stopping.aborted && fillMore()) await others();
      };
      loading = load();
      return loading;
    },
    desk: async (statements) => {
      await loading?.catch(() => undefined);
      while (fillMore());
      return deskNow(statements);
    },
    deskNow,
  };
}

const PAGE = 100;

/** Read page by page and not kept: to look each of them up, and to remember them all, would take longer than to read them. */
function* pagesOf(store: Pick<LineStore, "messages" | "held">) {
  for (let beyond = 0; ;) {
    const page = store.messages({}, { order: "oldest-first", beyond, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) break;
    yield page;
    beyond = last.seq;
  }
  yield store.held();
}

function learned(
  book: Book,
  at: (key: number) => readonly MessageHash[],
  statements: readonly PublicStatement[],
  draft: Message,
): ApiLearned[] {
  const places = new Set(firstPositions(draft).flatMap(cellsRound));
  const found = new Set<MessageHash>(draft.re === null ? [] : [draft.re.message]);
  for (const key of [...topicKeys(draft), ...places]) at(key).forEach((hash) => found.add(hash));
  // What a party's own word took away is found still, and counts no more.
  const told = [...found].filter((hash) => book.get(hash) !== null);
  const candidates = told.map((hash): Told => ({ hash, message: book.message(hash) }));
  return whatTheyWouldLearn(candidates, statements, draft).map(({ field, label, value, state, where }) => {
    return { field, label, value, known: STATES[state], where };
  });
}

/** Wider than what counts as the same topic: the comparison itself is whatTheyWouldLearn's. */
function topicKeys(message: Message): number[] {
  const { kind, subject } = message;
  const body: Readonly<Record<string, unknown>> = { ...message.body };
  const own = ["source_id", "topic", "district"]
    .map((field) => body[field])
    .filter((value) => typeof value === "string");
  return [subject, ...own].map((text) => hashOf(`${kind} ${text.trim().toLowerCase()}`));
}

/** Where each of its places begins: what is written the same begins at the same place, as far as it is written out. */
function firstPositions({ body }: Message): Position[] {
  if ("route" in body) return body.route.map(({ position }) => position);
  if ("volumes" in body) return body.volumes.map(({ footprint }) => firstPosition(footprint));
  return "footprint" in body ? [firstPosition(body.footprint)] : [];
}

/** Some eleven metres: more than a position is rounded by where it is written out. */
const CELLS_IN_DEGREE = 10_000;
const STEPS = [-1, 0, 1] as const;

function cellKey({ lat, lon }: Position, north: number, east: number): number {
  return hashOf(`${Math.floor(lat * CELLS_IN_DEGREE) + north} ${Math.floor(lon * CELLS_IN_DEGREE) + east}`);
}

const cellsRound = (at: Position): number[] => STEPS.flatMap((north) => STEPS.map((east) => cellKey(at, north, east)));

/** FNV-1a, 32 bits: a hundred thousand texts are not to be kept twice, and whoever collides is only compared in vain. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function note(map: Map<number, MessageHash | MessageHash[]>, key: number, hash: MessageHash): void {
  const found = map.get(key);
  if (found === undefined) map.set(key, hash);
  else if (typeof found === "string") map.set(key, [found, hash]);
  else found.push(hash);
}
