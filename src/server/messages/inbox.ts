/** What waits for an officer, by when it is due. A list waits as one row for each thing that it needs. */
import type { Inbox, InboxItem } from "../../api/index.ts";
import { allows } from "../../api/index.ts";
import type { Officer } from "../../line/index.ts";
import { isContentKind, KIND_RULES } from "../../message/index.ts";
import type { Fact } from "../book.ts";
import { differsInReadBack } from "./lists.ts";
import { isClosedStance, summaryOf } from "./view.ts";
import type { Node } from "../node.ts";

type Need = InboxItem["needs"][number];

export function inboxOf(node: Node, officer: Officer | null): Inbox {
  const { book, now } = node;
  const seesConflicts = officer !== null && allows("see conflicts", officer.roles);
  const rows = new Map<string, { row: InboxItem }>();
  for (const fact of waiting(node)) {
    const needs = needsOf(node, fact);
    if (needs.length === 0) continue;
    const key = fact.list === null ? fact.hash : `${fact.from} ${fact.kind} ${fact.list} ${needs.join(" ")}`;
    const conflicts = seesConflicts ? node.plans.countOf(fact.hash) : 0;
    const before = rows.get(key)?.row;
    const message = summaryOf(node, fact, book.message(fact.hash));
    const dueAt = earlier(before?.due_at ?? null, message.due_at);
    rows.set(key, {
      row: {
        message: before?.message ?? message,
        messages: (before?.messages ?? 0) + 1,
        needs,
        due_at: dueAt,
        overdue: dueAt !== null && dueAt < now(),
        conflicts: (before?.conflicts ?? 0) + conflicts,
      },
    });
  }
  const items = [...rows.values()].map(({ row }) => row);
  return { items: items.toSorted((a, b) => (a.due_at ?? Infinity) - (b.due_at ?? Infinity)), at: now() };
}

/** What others said and is in force; what they read back otherwise than it was told, and what they restated of stances. */
function* waiting({ book, state }: Node): Generator<Fact> {
  for (const fact of book.content()) {
    if (book.endedBy(fact.hash) !== null) continue;
    if (fact.from !== state.self) yield fact;
    else if (differsInReadBack({ book }, fact)) yield fact;
    else if (fact.kind === "stance") yield* book.about(fact.hash).filter(({ kind }) => kind === "answer");
  }
}

function needsOf(node: Node, fact: Fact): Need[] {
  const { book, state } = node;
  if (fact.from === state.self && isContentKind(fact.kind)) return ["correct"];
  const own = book.repliesTo(fact.hash).filter(({ from }) => from === state.self);
  const has = (kind: Fact["kind"]) => own.some((reply) => reply.kind === kind);
  const needs: Need[] = [];
  if (!has("read")) needs.push("read");
  if (KIND_RULES[fact.kind].readBack && !has("readback")) needs.push("readback");
  if (owesAnswer(node, fact)) needs.push("answer");
  return needs;
}

function owesAnswer(node: Node, fact: Fact): boolean {
  const { book, state } = node;
  const message = book.message(fact.hash);
  const { state: standing } = book.standing(fact.hash, state.self);
  if (message.kind === "answer") return message.body.answer === "RESTATED" && standing === "unanswered";
  if (!isContentKind(fact.kind) || isClosedStance(node, fact, state.self)) return false;
  // What was answered without closing it waits for the other side; an alert until it is closed.
  return standing === "unanswered" || standing === "standby" || (standing === "open" && fact.kind === "alert");
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
