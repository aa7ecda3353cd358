/** The inbox as an officer is shown it: what waits, by when it is due, as many rows as he asks for. */
import type { Inbox, InboxItem, InboxQuery } from "../../api/index.ts";
import { allows } from "../../api/index.ts";
import type { Officer } from "../../line/index.ts";
import { summaryOf } from "./view.ts";
import type { WaitingRow } from "./waiting.ts";
import type { Node } from "../node.ts";

export function inboxOf(node: Node, officer: Officer, { limit, message }: InboxQuery = {}): Inbox {
  const { waiting, now } = node;
  const one = message === undefined ? undefined : waiting.rowOf(message);
  const rows = one === undefined ? waiting.rows() : one === null ? [] : [one];
  const shown = soonest(rows, limit ?? rows.length);
  return {
    items: shown.map((row) => itemOf(node, officer, row)),
    waiting: rows.reduce((sum, { members }) => sum + members.size, 0),
    left_out: rows.length - shown.length,
    at: now(),
  };
}

/** How many messages wait, and how many of them past their time. */
export function inboxCounts({ waiting, now }: Pick<Node, "waiting" | "now">): { inbox: number; overdue: number } {
  const at = now();
  const counts = { inbox: 0, overdue: 0 };
  for (const { members, dueAt } of waiting.rows()) {
    counts.inbox += members.size;
    if (dueAt !== null && dueAt < at) counts.overdue += members.size;
  }
  return counts;
}

function itemOf(node: Node, officer: Officer, { first, members, needs, dueAt }: WaitingRow): InboxItem {
  const { book, plans, now } = node;
  const seen = allows("see conflicts", officer.roles) ? [...members.keys()] : [];
  return {
    message: summaryOf(node, first, book.message(first.hash)),
    messages: members.size,
    needs: [...needs],
    due_at: dueAt,
    overdue: dueAt !== null && dueAt < now(),
    conflicts: seen.reduce((sum, hash) => sum + plans.countOf(hash), 0),
  };
}

const before = (a: WaitingRow, b: WaitingRow): boolean => {
  const [first, second] = [a.dueAt ?? Infinity, b.dueAt ?? Infinity];
  return first === second ? a.place < b.place : first < second;
};

/** The first `limit` in order. Where few of very many are asked for, the many are passed over once and not sorted. */
function soonest(rows: readonly WaitingRow[], limit: number): readonly WaitingRow[] {
  if (limit >= rows.length) return rows.toSorted((a, b) => (before(a, b) ? -1 : 1));
  const found: WaitingRow[] = [];
  for (const row of rows) {
    if (found.length === limit && !before(row, found.at(-1) as WaitingRow)) continue;
    let [low, high] = [0, found.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(found[middle] as WaitingRow, row)) low = middle + 1;
      else high = middle;
    }
    found.splice(low, 0, row);
    if (found.length > limit) found.pop();
  }
  return found;
}
