/**
 * What waits for this side's officers, kept up with what is told: of a hundred thousand messages only those are looked
 * at again that something new concerns. Made when it is first asked for, never written down.
 */
import type { InboxItem } from "../../api/index.ts";
import { isContentKind, KIND_RULES } from "../../message/index.ts";
import type { MessageHash } from "../../wire/id.ts";
import type { Book, Fact } from "../book.ts";
import type { LineState } from "../exchange/line-state.ts";
import { differsInReadBack } from "./lists.ts";
import { type DueOf, dueOf, isClosedStance } from "./view.ts";

type Need = InboxItem["needs"][number];

/** One message that waits, or those of one list that wait for the same. */
export interface WaitingRow {
  readonly needs: readonly Need[];
  readonly members: ReadonlyMap<MessageHash, unknown>;
  /** The one that was stored first. */
  readonly first: Fact;
  /** Where `first` stands in the order in which all was stored. */
  readonly place: number;
  readonly dueAt: number | null;
}

export interface WaitingDesk {
  /** These count from now on; what they change is looked at when somebody asks. */
  told(facts: readonly Fact[]): void;
  /** Something that counted counts no more: everything is looked at anew. */
  forget(): void;
  rows(): readonly WaitingRow[];
  /** The row in which a message waits. */
  rowOf(hash: MessageHash): WaitingRow | null;
}

interface Member {
  readonly fact: Fact;
  readonly place: number;
  /** Null where nothing is due; of what this side told it moves with the others' receipts, and is asked for each time. */
  readonly dueAt: number | null | "ask";
}

interface Row {
  readonly needs: readonly Need[];
  readonly members: Map<MessageHash, Member>;
  /** Null where a member has come or gone since. */
  known: WaitingRow | null;
}

interface Held {
  readonly rows: Map<string, Row>;
  readonly keyOf: Map<MessageHash, string>;
  readonly placeOf: Map<MessageHash, number>;
  /** To be looked at before the next answer. */
  readonly changed: Set<MessageHash>;
}

export function waitingDesk(context: DueOf): WaitingDesk {
  const { book } = context;
  let held: Held | null = null;
  const open = (): Held => {
    held ??= everything(book);
    for (const hash of held.changed) settle(context, held, hash);
    held.changed.clear();
    return held;
  };
  return {
    told: (facts) => {
      if (held === null) return;
      for (const fact of facts) {
        if (!held.placeOf.has(fact.hash)) held.placeOf.set(fact.hash, held.placeOf.size);
        for (const hash of concernedBy(book, fact)) held.changed.add(hash);
      }
    },
    forget: () => void (held = null),
    rows: () => [...open().rows.values()].map((row) => rowOf(context, row)),
    rowOf: (hash) => {
      const { keyOf, rows } = open();
      const row = rows.get(keyOf.get(hash) ?? "");
      return row === undefined ? null : rowOf(context, row);
    },
  };
}

function everything(book: Book): Held {
  const placeOf = new Map<MessageHash, number>();
  for (const { hash } of book.facts()) placeOf.set(hash, placeOf.size);
  return { rows: new Map(), keyOf: new Map(), placeOf, changed: new Set(placeOf.keys()) };
}

/** Itself, what it is about, what that is about, and of a stance what was restated of it: it waits no longer than that. */
function concernedBy(book: Book, fact: Fact): Set<MessageHash> {
  const concerned = new Set<MessageHash>([fact.hash]);
  for (const hash of book.targetsOf(fact)) {
    concerned.add(hash);
    const above = book.get(hash)?.re;
    if (above !== undefined && above !== null) concerned.add(above.message);
  }
  // What is found on the way is no stance, and ends it.
  for (const hash of concerned) {
    if (book.get(hash)?.kind !== "stance") continue;
    for (const reply of book.about(hash)) concerned.add(reply.hash);
  }
  return concerned;
}

function settle(context: DueOf, held: Held, hash: MessageHash): void {
  const { book, state } = context;
  const { rows, keyOf, placeOf } = held;
  const fact = book.get(hash);
  const place = placeOf.get(hash);
  if (fact === null || place === undefined) return;
  const needs = waits(context, fact) ? needsOf(context, fact) : [];
  const key = needs.length === 0 ? null : rowKey(fact, needs);
  const before = keyOf.get(hash);
  if (before !== undefined) leave(rows, before, hash);
  if (key === null) {
    keyOf.delete(hash);
    return;
  }
  keyOf.set(hash, key);
  const dueAt = fact.from === state.self ? "ask" : dueOf(context, fact, book.message(hash)).dueAt;
  const row = rows.get(key) ?? { needs, members: new Map<MessageHash, Member>(), known: null };
  row.members.set(hash, { fact, place, dueAt });
  row.known = null;
  rows.set(key, row);
}

function leave(rows: Map<string, Row>, key: string, hash: MessageHash): void {
  const row = rows.get(key);
  if (row === undefined) return;
  row.members.delete(hash);
  row.known = null;
  if (row.members.size === 0) rows.delete(key);
}

/** A list waits as one row for each thing that it needs. */
function rowKey({ hash, from, kind, list }: Fact, needs: readonly Need[]): string {
  return list === null ? hash : `${from} ${kind} ${list} ${needs.join(" ")}`;
}

function rowOf(context: DueOf, row: Row): WaitingRow {
  if (row.known !== null) return row.known;
  let first: Member | null = null;
  let due = Number.POSITIVE_INFINITY;
  let isLasting = true;
  for (const member of row.members.values()) {
    if (first === null || member.place < first.place) first = member;
    if (member.dueAt === "ask") isLasting = false;
    due = Math.min(due, (member.dueAt === "ask" ? dueNow(context, member.fact) : member.dueAt) ?? due);
  }
  if (first === null) throw new Error("a row without a message waits");
  const dueAt = Number.isFinite(due) ? due : null;
  const made = { needs: row.needs, members: row.members, first: first.fact, place: first.place, dueAt };
  if (isLasting) row.known = made;
  return made;
}

function dueNow(context: DueOf, fact: Fact): number | null {
  return dueOf(context, fact, context.book.message(fact.hash)).dueAt;
}

/**
 * What others said and is in force; what they read back otherwise than it was told, and what they restated of this
 * side's stances.
 */
function waits({ book, state }: DueOf, fact: Fact): boolean {
  if (!isContentKind(fact.kind)) return fact.kind === "answer" && restates(book, state, fact);
  if (book.endedBy(fact.hash) !== null) return false;
  return fact.from !== state.self || differsInReadBack({ book }, fact);
}

function restates(book: Book, { self }: LineState, { re }: Fact): boolean {
  const stance = re === null ? null : book.get(re.message);
  return stance?.kind === "stance" && stance.from === self && book.endedBy(stance.hash) === null;
}

function needsOf(context: DueOf, fact: Fact): Need[] {
  const { book, state } = context;
  if (fact.from === state.self && isContentKind(fact.kind)) return ["correct"];
  const own = book.repliesTo(fact.hash).filter(({ from }) => from === state.self);
  const has = (kind: Fact["kind"]) => own.some((reply) => reply.kind === kind);
  const needs: Need[] = [];
  if (!has("read")) needs.push("read");
  if (KIND_RULES[fact.kind].readBack && !has("readback")) needs.push("readback");
  if (owesAnswer(context, fact)) needs.push("answer");
  return needs;
}

function owesAnswer({ book, state }: DueOf, fact: Fact): boolean {
  const { state: standing } = book.standing(fact.hash, state.self);
  if (fact.kind === "answer") {
    const message = book.message(fact.hash);
    return message.kind === "answer" && message.body.answer === "RESTATED" && standing === "unanswered";
  }
  if (!isContentKind(fact.kind) || isClosedStance({ book }, fact, state.self)) return false;
  // What was answered without closing it waits for the other side; an alert until it is closed.
  return standing === "unanswered" || standing === "standby" || (standing === "open" && fact.kind === "alert");
}
