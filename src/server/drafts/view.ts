/** Drafts as officers are shown them: the bytes to be signed, what they say, what the others would newly learn. */
import type { Draft, DraftItem, DraftSummary } from "../../api/index.ts";
import { decodeMessage, volumesOf } from "../../message/index.ts";
import type { MessageHash, PlanId } from "../../wire/id.ts";
import type { DraftItemRecord, DraftRecord } from "../../store/index.ts";
import { toBase64 } from "../../wire/bytes.ts";
import { findingsOf, nextTurn, TURN } from "./desk.ts";
import { type LearnDesk, learnDesk } from "./learn.ts";
import { renderedOf } from "../messages/view.ts";
import type { Node } from "../node.ts";
import { sortOf } from "../plans/subjects.ts";
import { statementsOf } from "../messages/statements.ts";

export async function draftView(node: Node, record: DraftRecord): Promise<Draft> {
  const { state, book, store, privateStore } = node;
  const learn = learnDesk(book, statementsOf(privateStore));
  const items: DraftItem[] = [];
  for (const [i, item] of record.items.entries()) {
    if (i % TURN === TURN - 1) await nextTurn();
    items.push(itemView(node, record, item, learn));
  }
  const isSigned = record.items.every(({ drafted }) => drafted !== null);
  const released = record.items.flatMap(({ hash }) => {
    const found = record.state === "released" ? store.message(hash) : null;
    return found === null ? [] : [{ hash, index: found.index }];
  });
  return {
    ...headOf(record),
    recipients: state.others.map(({ id, name }) => ({ party: id, name })),
    items,
    signatures: isSigned ? record.items.map(({ drafted }) => toBase64(drafted as Uint8Array)) : null,
    released: record.state === "released" ? released : null,
    since: sinceOf(node, record, items),
  };
}

/** What a releaser could not see in the draft as it was written. */
function sinceOf(
  { state, book, privateStore }: Node,
  { createdAt, items }: DraftRecord,
  views: readonly DraftItem[],
): Draft["since"] {
  let heard = 0;
  for (const { from, storedAt } of book.facts()) if (from !== state.self && storedAt > createdAt) heard += 1;
  const isNew = ({ against }: DraftItem["conflicts"][number]): boolean =>
    against.type === "message"
      ? (book.get(against.id as MessageHash)?.storedAt ?? 0) > createdAt
      : (privateStore.putAt(against.type, against.id as PlanId) ?? 0) > createdAt;
  const targets = items.flatMap(({ bytes }) => decodeMessage(bytes).re?.message ?? []);
  return {
    heard,
    conflicts: views.flatMap(({ conflicts }) => conflicts).filter(isNew).length,
    ended: [...new Set(targets)].filter((hash) => book.endedBy(hash) !== null),
  };
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
  return {
    bytes: toBase64(item.bytes),
    hash: item.hash,
    kind: message.kind,
    subject: message.subject,
    re: message.re,
    rendered: renderedOf(message),
    findings: findingsOf(item),
    conflicts: isOpen ? [...plans.check(own, { ...sortOf(message), volumes: volumesOf(message) })] : [],
    learn: isOpen ? desk.learn(message) : [],
  };
}

export function draftSummary({ plans }: Node, record: DraftRecord): DraftSummary {
  const [first] = record.items.map(({ bytes }) => decodeMessage(bytes));
  const warnings = record.items.flatMap(findingsOf).filter(({ gravity }) => gravity === "warn").length;
  const isOpen = record.state === "unsigned" || record.state === "signed";
  const own = { type: "draft", id: record.id, name: first?.subject ?? "" } as const;
  const messages = isOpen ? record.items.map(({ bytes }) => decodeMessage(bytes)) : [];
  const found = messages.map((message) => plans.check(own, { ...sortOf(message), volumes: volumesOf(message) }));
  return {
    ...headOf(record),
    count: record.items.length,
    kind: first?.kind ?? "text",
    subject: first?.subject ?? "",
    warnings,
    conflicts: found.reduce((sum, each) => sum + each.length, 0),
  };
}
