/** What a party that closed a log no longer stands by, of what this node holds of it (spec/closing.md). */
import type { MessageSummary } from "../../api/index.ts";
import { frontierFrom, rootOf } from "../../log/index.ts";
import { equalBytes } from "../../wire/bytes.ts";
import { type LogOrigin, parseLogOrigin } from "../../wire/id.ts";
import type { TakenClosing } from "../exchange/line-state.ts";
import type { Node } from "../node.ts";
import { isPast } from "./as-of.ts";

interface Place {
  readonly origin: LogOrigin;
  readonly index: number;
}

/** Null where its author stands by it, as far as is known. */
export function disownedState(node: Node, { origin, index }: Place): MessageSummary["disowned"] {
  const closed = node.state.closedBy(origin);
  if (closed === null || !wasKnown(node, closed)) return null;
  const { generation, size } = closed.closing;
  // Its party went back behind this log, and has never said where it ends.
  if (generation !== parseLogOrigin(origin).generation) return "unsure";
  if (index >= size) return "beyond";
  return isSameLog(node, origin, closed) ? null : "unsure";
}

function wasKnown(node: Node, { closing: { party, next } }: TakenClosing): boolean {
  if (!isPast(node)) return true;
  return (node.store.closingSeen(party, next) ?? Infinity) <= node.asOf;
}

/** Once a log is held so far, its first entries never change. */
const compared = new WeakMap<TakenClosing, boolean>();

/** Whether the entries that its party stands by begin with those that are held here. Where fewer are, a split says that they do not. */
function isSameLog({ store, suite }: Node, origin: LogOrigin, closed: TakenClosing): boolean {
  const { size, root } = closed.closing;
  const log = store.log(origin);
  if (log === null || log.size < size) return log?.split !== true;
  const known = compared.get(closed);
  if (known !== undefined) return known;
  const same = equalBytes(rootOf(suite, frontierFrom(size, store.hashReader(origin))), root);
  compared.set(closed, same);
  return same;
}
