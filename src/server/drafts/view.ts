/** Drafts as officers are shown them: the bytes to be signed, what they say, what the others would newly learn. */
import { type Conflict, type Draft, type DraftItem, type DraftSummary, MOST_DRAFT_CONFLICTS } from "../../api/index.ts";
import { decodeMessage } from "../../message/index.ts";
import type { MessageHash, PlanId } from "../../wire/id.ts";
import type { DraftItemRecord, DraftRecord } from "../../store/index.ts";
import { toBase64 } from "../../wire/bytes.ts";
import { nextTurn } from "../turn.ts";
import { findingsOf, TURN } from "./desk.ts";
import type { LearnDesk } from "./learn.ts";
import { renderedOf } from "../messages/view.ts";
import type { Node } from "../node.ts";
import { dangersTo } from "../plans/subjects.ts";
import { worstConflicts } from "../plans/worst.ts";
import { reKeyOf } from "./re-key.ts";
import { statementsOf } from "../messages/statements.ts";

export async function draftView(node: Node, record: DraftRecord): Promise<Draft> {
  const { state, store } = node;
  const learn = await learnDesk(node, record);
  const views: DraftItem[] = [];
  const worst = worstConflicts<number>(MOST_DRAFT_CONFLICTS);
  let isNew = 0;
  for (const [i, item] of record.items.entries()) {
    if (i % TURN === TURN - 1) await nextTurn();
    const { conflicts, ...view } = itemView(node, record, item, learn);
    worst.add(i, conflicts);
    isNew += conflicts.filter((conflict) => isSince(node, record, conflict)).length;
    views.push({ ...view, conflicts: [] });
  }
  const kept = Map.groupBy(worst.kept, ({ of }) => of);
  const items = views.map((view, i): DraftItem => {
    return { ...view, conflicts: (kept.get(i) ?? []).map(({ conflict }) => conflict) };
  });
  const isSigned = record.items.every(({ drafted }) => drafted !== null);
  const released = record.items.flatMap(({ hash }) => {
    const found = record.state === "released" ? store.message(hash) : null;
    return found === null ? [] : [{ hash, index: found.index }];
  });
  return {
    ...headOf(record),
    recipients: state.present().map(({ id, name }) => ({ party: id, name })),
    items,
    signatures: isSigned ? record.items.map(({ drafted }) => toBase64(drafted as Uint8Array)) : null,
    released: record.state === "released" ? released : null,
    re_key: reKeyOf(node, record),
    conflicts_count: items.reduce((sum, { conflicts_count }) => sum + conflicts_count, 0),
    since: sinceOf(node, record, isNew),
  };
}

/** An alert waits for nothing: after a start it shows as new what was told so long ago that it was not taken up yet. */
async function learnDesk({ learning, privateStore }: Node, { items }: DraftRecord): Promise<LearnDesk> {
  const statements = statementsOf(privateStore);
  const isUrgent = items.every(({ bytes }) => decodeMessage(bytes).kind === "alert");
  return isUrgent ? learning.deskNow(statements) : learning.desk(statements);
}

/** With what was told or planned after it was drafted. */
function isSince({ book, privateStore }: Node, { createdAt }: DraftRecord, { against }: Conflict): boolean {
  return against.type === "message"
    ? (book.get(against.id as MessageHash)?.storedAt ?? 0) > createdAt
    : (privateStore.putAt(against.type, against.id as PlanId) ?? 0) > createdAt;
}

/** They are stored in the order of time but where a clock was set back: after so many older ones there is no more to find. */
const CLOCK_STEPS = 100;

/** What a releaser could not see in the draft as it was written. */
function sinceOf({ state, book }: Node, { createdAt, items }: DraftRecord, conflicts: number): Draft["since"] {
  let [heard, older] = [0, 0];
  for (const { from, storedAt } of book.newest()) {
    if (storedAt > createdAt) heard += from === state.self ? 0 : 1;
    else if (++older > CLOCK_STEPS) break;
  }
  const targets = items.flatMap(({ bytes }) => decodeMessage(bytes).re?.message ?? []);
  return { heard, conflicts, ended: [...new Set(targets)].filter((hash) => book.endedBy(hash) !== null) };
}

function headOf(record: DraftRecord) {
  return {
    id: record.id,
    state: record.state,
    needs: record.needs,
    created_at: record.createdAt,
    drafted_by: record.draftedBy,
    list_name: record.listName,
    sole_reason: record.soleReason,
    refused: record.refused,
  };
}

function itemView({ plans }: Node, record: DraftRecord, item: DraftItemRecord, desk: LearnDesk): DraftItem {
  const message = decodeMessage(item.bytes);
  const own = { type: "draft", id: record.id, name: message.subject } as const;
  const isOpen = record.state === "unsigned" || record.state === "signed";
  const conflicts = isOpen ? [...dangersTo(plans, own, message)] : [];
  return {
    bytes: toBase64(item.bytes),
    hash: item.hash,
    kind: message.kind,
    subject: message.subject,
    re: message.re,
    rendered: renderedOf(message),
    findings: findingsOf(item),
    conflicts,
    conflicts_count: conflicts.length,
    learn: isOpen ? desk.learn(message) : [],
  };
}

export function draftSummary({ plans }: Node, record: DraftRecord): DraftSummary {
  const [first] = record.items.map(({ bytes }) => decodeMessage(bytes));
  const warnings = record.items.flatMap(findingsOf).filter(({ gravity }) => gravity === "warn").length;
  const isOpen = record.state === "unsigned" || record.state === "signed";
  const own = { type: "draft", id: record.id, name: first?.subject ?? "" } as const;
  const messages = isOpen ? record.items.map(({ bytes }) => decodeMessage(bytes)) : [];
  const found = messages.map((message) => dangersTo(plans, own, message));
  return {
    ...headOf(record),
    count: record.items.length,
    kind: first?.kind ?? "text",
    subject: first?.subject ?? "",
    warnings,
    conflicts: found.reduce((sum, each) => sum + each.length, 0),
  };
}
