/** Looks after what others owe: an answer that did not come in time is a recorded fact, told once. */
import { decodeNotice, dueAfter, dueAt, type NoticeItem } from "../../message/index.ts";
import type { LineStore } from "../../store/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { PartyId } from "../../wire/id.ts";
import type { Book, Fact } from "../book.ts";
import { sizeHeldBy } from "../exchange/exchange.ts";
import type { LineState } from "../exchange/line-state.ts";
import type { Logger } from "../logger.ts";
import type { Notices } from "../messages/notices.ts";
import { turns } from "../turn.ts";

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
/** So many are looked at, or passed over, before others may have their turn. */
const SLICE = { looked: 20, passed: 1000 };

export function overdue(context: OverdueContext): Overdue {
  const { state, store, book, notices, logger, now } = context;
  let timer: NodeJS.Timeout | null = null;
  let [isLooking, stopped] = [false, false];
  let told: Set<string> | null = null;
  const settled = settledUntil();
  const look = async (): Promise<void> => {
    // A start takes up everything that was told a little at a time, and this can wait for it.
    if (isLooking || !book.isComplete()) return;
    isLooking = true;
    try {
      await lookOnce();
    } catch (error) {
      // A damaged row must not end the node: it serves what it can, and says so.
      logger.error("overdue-failed", { code: isParleyError(error) ? error.code : "internal", reason: String(error) });
    } finally {
      isLooking = false;
    }
  };
  const lookOnce = async (): Promise<void> => {
    told ??= toldBefore(store, state.self);
    const items: NoticeItem[] = [];
    const holds = holdings(store);
    const others = turns();
    let [looked, passed] = [0, 0];
    for (const fact of book.content()) {
      // A hundred thousand that owe nothing any more are a tenth of a second, every few seconds.
      if (++passed % SLICE.passed === 0) await others();
      if (stopped) return;
      if (fact.from !== state.self || book.endedBy(fact.hash) !== null) continue;
      for (const { id } of state.present()) {
        const key = `${fact.hash} ${id}`;
        if (told.has(key) || !holds(id, fact)) continue;
        const replies = book.repliesTo(fact.hash).length;
        if (settled.has(key, replies, now())) continue;
        // After a backlog was receipted there is much to look at, and an alert must not wait for it.
        if (++looked % SLICE.looked === 0) await others();
        if (stopped) return;
        const owed =
          replies === 0 && soonest(context, fact) > now() ? soonest(context, fact) : owedSince(context, fact, id);
        if (owed === "not stored") continue;
        settled.note(key, replies, owed);
        if (owed > now()) continue;
        told.add(key);
        items.push({ code: "overdue", message: fact.hash, party: id, due_at: owed });
      }
    }
    if (items.length === 0) return;
    notices.add(items);
    notices.tell();
  };
  return {
    start: () => {
      timer = setInterval(() => void look(), LOOK_MS);
    },
    stop: () => {
      stopped = true;
      if (timer !== null) clearInterval(timer);
    },
  };
}

/** Whether a party's receipt covers a message: of each log and party one look at the store, however much was told. */
function holdings(store: LineStore): (party: PartyId, fact: Fact) => boolean {
  const sizes = new Map<string, number>();
  return (party, { origin, index }) => {
    const key = `${origin} ${party}`;
    const size = sizes.get(key) ?? sizeHeldBy(store, origin, party);
    sizes.set(key, size);
    return size > index;
  };
}

interface Settled {
  has(key: string, replies: number, now: number): boolean;
  note(key: string, replies: number, until: number): void;
}

/**
 * Until when a message and a party need no look, as long as nothing more was said about it. Else each look would read
 * the receipts over everything that was ever told.
 */
function settledUntil(): Settled {
  const kept = new Map<string, { readonly replies: number; readonly until: number }>();
  return {
    has: (key, replies, now) => {
      const known = kept.get(key);
      return known !== undefined && known.replies === replies && known.until > now;
    },
    note: (key, replies, until) => void kept.set(key, { replies, until }),
  };
}

/** Nobody has answered, so it is not owed before this, whenever it was receipted: that needs no look at receipts. */
function soonest({ state }: OverdueContext, { kind, storedAt }: Fact): number {
  return storedAt + (dueAfter(kind, state.charter.deadlines_ms) ?? 0);
}

/**
 * By when `party` must answer; never (Infinity) where nothing is owed. Its time runs from its own receipt, so without
 * one it owes nothing yet.
 */
function owedSince(
  { state, store, book, now }: OverdueContext,
  { hash, origin, index, storedAt }: Fact,
  party: PartyId,
): number | "not stored" {
  const receipt = store.receiptsOver(origin, index).find((each) => each.party === party);
  if (receipt === undefined) return "not stored";
  const standing = book.standing(hash, party);
  if (standing.state === "closed" || standing.state === "open") return Infinity;
  if (standing.state === "standby") return standing.until;
  const counted = countedFrom(receipt.signedAt, storedAt, now());
  return dueAt(book.message(hash), counted, state.charter.deadlines_ms) ?? Infinity;
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
