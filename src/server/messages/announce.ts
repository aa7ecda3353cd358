/** What counts from now on is told to every desk of this node, and to its officers' pages. */
import type { Node } from "../node.ts";
import type { Opened } from "./opener.ts";

type Announcing = Pick<
  Node,
  "book" | "plans" | "said" | "waiting" | "learning" | "alerts" | "events" | "now" | "ahead"
>;

export function announcing(context: () => Announcing): Node["announce"] {
  return (opened) => announceMessages(context(), opened);
}

function announceMessages(
  { book, plans, said, waiting, learning, alerts, events, now, ahead }: Announcing,
  opened: readonly Opened[],
): void {
  for (const { record, message } of opened) book.add(record, message);
  const facts = opened.map(({ record, message }) => ({ fact: record, message }));
  alerts.told(opened.map(({ record }) => record));
  said.add(facts);
  waiting.told(opened.map(({ record }) => record));
  for (const { record, message } of opened) learning.add(record.hash, message);
  plans.told(facts);
  for (const { record, message } of opened) {
    const { hash, from, kind } = record;
    events.emit({ type: "message", at: now(), hash, from, kind, subject: message.subject });
  }
  ahead.told(opened.map(({ record }) => record));
}
