/** Lists as officers are shown them: one unit, and what is the matter with a member before the rest. */
import {
  allows,
  apiError,
  type ListMember,
  type ListReply,
  type ListSummary,
  MATTERS,
  type Matter,
} from "../../api/index.ts";
import type { Officer } from "../../line/index.ts";
import { CONTENT_KINDS, judgeReadBack } from "../../message/index.ts";
import { toBase64 } from "../../wire/bytes.ts";
import { type ListId, type PartyId, parseMessageHash } from "../../wire/id.ts";
import type { Fact } from "../book.ts";
import type { Node } from "../node.ts";
import { storedMessage, summaryOf } from "./view.ts";

/** An answer that stands against what was told, or does not take it up. */
const AGAINST: readonly string[] = ["CONCERN", "NOT LISTED", "DIFFER", "UNABLE", "NOT MEANT"];

type Looked = Omit<ListMember, "bytes"> & { readonly fact: Fact };

export function listsOf(node: Node, officer: Officer): ListSummary[] {
  const found = new Map<string, Fact[]>();
  for (const fact of node.book.content()) {
    if (fact.list === null) continue;
    const key = `${fact.from} ${fact.kind} ${fact.list}`;
    const members = found.get(key);
    if (members === undefined) found.set(key, [fact]);
    else members.push(fact);
  }
  const all = [...found.values()].map((members) => summaryOfList(node, members, lookedAt(node, members, officer)));
  return all.toSorted((a, b) => b.told_at - a.told_at);
}

/** What is gravest first. */
const weight = ({ matters: [first] }: Looked): number =>
  first === undefined ? MATTERS.length : MATTERS.indexOf(first);
const place = ({ message }: Looked): number => message.list?.index ?? 0;

export interface Paging {
  readonly beyond: number;
  readonly limit: number;
}

/** @throws not-found */
export function listOfParty(node: Node, from: PartyId, id: ListId, paging: Paging, officer: Officer): ListReply {
  const members = node.book.listed(from, id);
  // One id under two kinds is two lists of which nobody tells the other: the first that was told is meant.
  const kind = CONTENT_KINDS.find((each) => each === members[0]?.kind);
  const facts = members.filter((fact) => fact.kind === kind);
  if (facts.length === 0) throw apiError("not-found", `There is no list ${id} of ${from} on this node.`);
  const looked = lookedAt(node, facts, officer);
  const sorted = looked.toSorted((a, b) => weight(a) - weight(b) || place(a) - place(b));
  const { beyond, limit } = paging;
  const shown = sorted.slice(beyond, beyond + limit);
  return {
    list: summaryOfList(node, facts, looked),
    answers: answersOf(node, facts, looked),
    members: shown.map(({ fact, ...member }) => ({ ...member, bytes: toBase64(storedMessage(node, fact.hash).bytes) })),
    more: beyond + limit < sorted.length ? String(beyond + limit) : null,
  };
}

/** Those in force. */
function lookedAt(node: Node, members: readonly Fact[], officer: Officer): Looked[] {
  const { book, state, plans } = node;
  const seesConflicts = allows("see conflicts", officer.roles);
  return members.flatMap((fact) => {
    if (book.endedBy(fact.hash) !== null) return [];
    const message = summaryOf(node, fact, book.message(fact.hash));
    const answers = state.charter.parties.flatMap(({ id }) => {
      const standing = book.standing(fact.hash, id);
      if (id === fact.from || standing.state === "unanswered") return [];
      return [{ party: id, answer: standing.answer, message: parseMessageHash(standing.hash) }];
    });
    const conflicts = seesConflicts ? plans.countOf(fact.hash) : 0;
    const isMatter: Record<Matter, boolean> = {
      "counts-for-nothing": message.faults.length > 0,
      conflict: conflicts > 0,
      "answered-against": answers.some(({ answer }) => AGAINST.includes(answer)),
      "read-back-differs": differsInReadBack(node, fact),
      overdue: message.overdue,
    };
    return [{ fact, message, answers, conflicts, matters: MATTERS.filter((matter) => isMatter[matter]) }];
  });
}

/** By this node's own comparison; the last read-back of each party counts. */
export function differsInReadBack({ book }: Pick<Node, "book">, { hash }: Fact): boolean {
  const last = new Map<PartyId, Fact>();
  for (const reply of book.about(hash)) if (reply.kind === "readback") last.set(reply.from, reply);
  return [...last.values()].some((reply) => {
    const read = book.message(reply.hash);
    return read.kind === "readback" && judgeReadBack(book.message(hash), read.body).found === "different";
  });
}

function summaryOfList({ state, book }: Node, members: readonly Fact[], looked: readonly Looked[]): ListSummary {
  const last = members.at(-1) as Fact;
  const list = book.message(last.hash).list as NonNullable<ReturnType<typeof book.message>["list"]>;
  return {
    id: list.id,
    from: last.from,
    from_name: state.party(last.from).name,
    own: last.from === state.self,
    kind: last.kind,
    name: list.name,
    in_force: looked.length,
    ended: members.length - looked.length,
    open: looked.filter(({ message }) => !message.closed).length,
    matter: looked.filter(({ matters }) => matters.length > 0).length,
    told_at: Math.max(...members.map(({ storedAt }) => storedAt)),
  };
}

function answersOf({ state }: Node, [first]: readonly Fact[], looked: readonly Looked[]): ListReply["answers"] {
  return state.charter.parties.flatMap(({ id, name }) => {
    if (id === first?.from) return [];
    const counts = new Map<string | null, number>();
    for (const { answers } of looked) {
      const answer = answers.find(({ party }) => party === id)?.answer ?? null;
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    return [...counts].map(([answer, count]) => ({ party: id, name, answer, count }));
  });
}
