/** How much waits for this party's officers, by the facts alone: cheap enough to be asked while nobody looks. */
import { isContentKind } from "../../message/index.ts";
import type { Book } from "../book.ts";
import type { LineState } from "./line-state.ts";

/** Beyond it, it is "at least so many". */
const ENOUGH = 1000;

/** What others said, is in force, and has no answer of this party yet. */
export function waitingOn({ self }: Pick<LineState, "self">, book: Book): number {
  let waiting = 0;
  for (const { hash, from, kind } of book.content()) {
    if (from === self || !isContentKind(kind) || book.endedBy(hash) !== null) continue;
    if (!book.repliesTo(hash).some((reply) => reply.from === self && reply.kind === "answer")) waiting += 1;
    if (waiting >= ENOUGH) break;
  }
  return waiting;
}
