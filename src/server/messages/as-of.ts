/**
 * The node as it was at a moment: its book, its clock and its proofs hold what it knew by then, and nothing since. What
 * shows messages and ladders works on it unchanged. Private plans and their conflicts are kept only as they are now.
 */
import type { LineStore } from "../../store/index.ts";
import { standingOf } from "../../message/index.ts";
import type { MessageHash } from "../../wire/id.ts";
import type { Book, Fact } from "../book.ts";
import type { Node } from "../node.ts";

export type PastNode = Node & { readonly asOf: number };

/** `at` null is now: the node itself. */
export function nodeAsOf(node: Node, at: number | null | undefined): Node | PastNode {
  if (at === null || at === undefined) return node;
  return { ...node, asOf: at, now: () => at, book: bookAsOf(node.book, at), store: storeAsOf(node.store, at) };
}

export function isPast(node: Node | PastNode): node is PastNode {
  return "asOf" in node;
}

/** A book of which nothing is known that was stored after `at`. */
export function bookAsOf(book: Book, at: number): Book {
  const known = (fact: Fact): boolean => fact.storedAt <= at;
  const about: Book["about"] = (hash) => book.about(hash).filter(known);
  const repliesTo: Book["repliesTo"] = (hash) => book.repliesTo(hash).filter(known);
  const answersBy: Book["answersBy"] = (hash, party) =>
    book.answersBy(hash, party).filter((answer) => {
      const fact = book.get(answer.hash as MessageHash);
      return fact !== null && known(fact);
    });
  const endedBy: Book["endedBy"] = (hash) => {
    const replies = repliesTo(hash);
    const own = replies.findLast(({ re }) => re?.message === hash && isEnd(re.relation));
    return own ?? replies.findLast(({ kind, re }) => kind === "withdrawal" && re?.message !== hash) ?? null;
  };
  return {
    ...book,
    get: (hash) => {
      const fact = book.get(hash);
      return fact !== null && known(fact) ? fact : null;
    },
    ofKind: (kind) => knownOf(book.ofKind(kind), known),
    facts: () => knownOf(book.facts(), known),
    content: () => knownOf(book.content(), known),
    about,
    repliesTo,
    targetsOf: (fact) => book.targetsOf(fact).filter((hash) => (book.get(hash)?.storedAt ?? Infinity) <= at),
    answersBy,
    endedBy,
    standing: (hash, party) => standingOf(book.message(hash), answersBy(hash, party), endedBy(hash)),
  };
}

const isEnd = (relation: string): boolean => relation === "supersedes" || relation === "withdraws";

function* knownOf(facts: Iterable<Fact>, known: (fact: Fact) => boolean): Generator<Fact> {
  for (const fact of facts) if (known(fact)) yield fact;
}

function storeAsOf(store: LineStore, at: number): LineStore {
  return {
    ...store,
    receiptsOver: (origin, index) => store.receiptsOver(origin, index, at),
    message: (hash) => {
      const found = store.message(hash);
      return found !== null && found.storedAt <= at ? found : null;
    },
    messages: (filter, page) => store.messages({ ...filter, storedBy: at }, page),
  };
}
