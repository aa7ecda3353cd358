/** Looks after what others owe: an answer that did not come in time is a recorded fact, told once. */
import { decodeNotice, dueAt, type NoticeItem } from "../../message/index.ts";
import type { LineStore } from "../../store/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { PartyId } from "../../wire/id.ts";
import type { Book, Fact } from "../book.ts";
import type { LineState } from "../exchange/line-state.ts";
import type { Logger } from "../logger.ts";
import type { Notices } from "../messages/notices.ts";

export interface Overdue {
  start(): void;
  stop(): void;
}

export interface OverdueContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly book: Book;
  readonly notices: Notices;
  readonly logger: Logger;
  readonly now: () => number;
}

const LOOK_MS = 5000;

export function overdue(context: OverdueContext): Overdue {
  const { state, store, book, notices, logger, now } = context;
  let timer: NodeJS.Timeout | null = null;
  let told: Set<string> | null = null;
  const look = (): void => {
    try {
      lookOnce();
    } catch (error) {
      // A damaged row must not end the node: it serves what it can, and says so.
      logger.error("overdue-failed", { code: isParleyError(error) ? error.code : "internal", reason: String(error) });
    }
  };
  const lookOnce = (): void => {
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
  { state, store, book, now }: OverdueContext,
  { hash, origin, index, storedAt }: Fact,
  party: PartyId,
): number | null {
  const receipt = store.receiptsOver(origin, index).find((each) => each.party === party);
  if (receipt === undefined) return null;
  const standing = book.standing(hash, party);
  if (standing.state === "closed" || standing.state === "open") return null;
  if (standing.state === "standby") return standing.until;
  return dueAt(book.message(hash), countedFrom(receipt.signedAt, storedAt, now()), state.charter.deadlines_ms);
}

/**
 * From when a party's time to answer counts: from what its receipt says, where that can be. A time that has not come yet,
 * or before it was told, is no time that anybody stored it at, and would put the answer off for ever.
 */
export function countedFrom(signedAt: number, toldAt: number, now: number): number {
  return signedAt >= toldAt && signedAt <= now ? signedAt : toldAt;
}

/** What this node's own notices say already. */
function toldBefore(store: LineStore, self: PartyId): Set<string> {
  const items = store.notices().filter(({ from }) => from === self);
  const overdue = items.flatMap(({ bytes }) => decodeNotice(bytes).items).filter((item) => item.code === "overdue");
  return new Set(overdue.map(({ message, party }) => `${message} ${party}`));
}
