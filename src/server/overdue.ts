/** Looks after what others owe: an answer that did not come in time is a recorded fact, told once. */
import { decodeNotice, dueAt, type NoticeItem } from "../message/index.ts";
import type { LineStore } from "../store/index.ts";
import type { PartyId } from "../wire/id.ts";
import type { Book, Fact } from "./book.ts";
import type { LineState } from "./line-state.ts";
import type { Notices } from "./notices.ts";

export interface Overdue {
  start(): void;
  stop(): void;
}

export interface OverdueContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly book: Book;
  readonly notices: Notices;
  readonly now: () => number;
}

const LOOK_MS = 5000;

export function overdue(context: OverdueContext): Overdue {
  const { state, store, book, notices, now } = context;
  let timer: NodeJS.Timeout | null = null;
  let told: Set<string> | null = null;
  const look = (): void => {
    told ??= toldBefore(store, state.self);
    const items: NoticeItem[] = [];
    for (const fact of book.content()) {
      if (fact.from !== state.self || book.endedBy(fact.hash) !== null) continue;
      for (const { id } of state.others) {
        const key = `${fact.hash} ${id}`;
        const due = told.has(key) ? null : owedSince(context, fact, id);
        if (due === null || due > now()) continue;
        told.add(key);
        items.push({ code: "overdue", message: fact.hash, party: id, due_at: due });
      }
    }
    if (items.length === 0) return;
    notices.add(items);
    notices.tell();
  };
  return {
    start: () => {
      timer = setInterval(look, LOOK_MS);
    },
    stop: () => {
      if (timer !== null) clearInterval(timer);
    },
  };
}

/** By when `party` must answer; its time runs from its own receipt, so without one it owes nothing yet. */
function owedSince(
  { state, store, book }: OverdueContext,
  { hash, origin, index }: Fact,
  party: PartyId,
): number | null {
  const receipt = store.receiptsOver(origin, index).find((each) => each.party === party);
  if (receipt === undefined) return null;
  const standing = book.standing(hash, party);
  if (standing.state === "closed" || standing.state === "open") return null;
  if (standing.state === "standby") return standing.until;
  return dueAt(book.message(hash), receipt.signedAt, state.charter.deadlines_ms);
}

/** What this node's own notices say already. */
function toldBefore(store: LineStore, self: PartyId): Set<string> {
  const items = store.notices().filter(({ from }) => from === self);
  const overdue = items.flatMap(({ bytes }) => decodeNotice(bytes).items).filter((item) => item.code === "overdue");
  return new Set(overdue.map(({ message, party }) => `${message} ${party}`));
}
