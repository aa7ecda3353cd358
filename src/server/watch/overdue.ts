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
import { receiptsOver } from "../exchange/receipts.ts";
import { turns } from "../turn.ts";
import { type Debt, debts } from "./debts.ts";

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
  /** False while this node may not speak, or does not know all that it has said. */
  readonly knowsItself: () => boolean;
}

const LOOK_MS = 5000;
/** So many are looked at before others may have their turn. */
const SLICE = 20;

export function overdue(context: OverdueContext): Overdue {
  const { state, store, book, notices, logger, now, knowsItself } = context;
  let timer: NodeJS.Timeout | null = null;
  let [isLooking, stopped] = [false, false];
  let told: Set<string> | null = null;
  const owing = debts({
    book,
    self: state.self,
    others: state.others.map(({ id }) => id),
    sizeHeldBy: (origin, party) => sizeHeldBy(store, origin, party),
  });
  const look = async (): Promise<void> => {
    // A start takes up everything that was told a little at a time, and this can wait for it.
    if (isLooking || !book.isComplete() || !knowsItself()) return;
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
    const others = turns();
    const pause = async (): Promise<boolean> => {
      await others();
      return !stopped;
    };
    told ??= await toldBefore(store, state.self, pause);
    if (told === null) return;
    await owing.takeUp(pause);
    const present = new Set(state.present().map(({ id }) => id));
    const items: NoticeItem[] = [];
    for (const [i, debt] of owing.toLookAt(now()).entries()) {
      // After a backlog was receipted there is much to look at, and an alert must not wait for it.
      if (i % SLICE === SLICE - 1) await pause();
      if (stopped) return;
      const { fact, party } = debt;
      const key = `${fact.hash} ${party}`;
      const isOver = told.has(key) || !present.has(party) || book.endedBy(fact.hash) !== null;
      const until = isOver ? Infinity : owedBy(context, debt);
      if (until === Infinity) owing.settle(debt);
      else owing.putOff(debt, until);
      if (until > now()) continue;
      told.add(key);
      items.push({ code: "overdue", message: fact.hash, party, due_at: until });
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

/** By when its answer is owed, or until when that needs no look; never (Infinity) where none is. */
function owedBy(context: OverdueContext, { fact, party }: Debt): number {
  const soon = soonest(context, fact);
  if (soon > context.now() && context.book.repliesTo(fact.hash).length === 0) return soon;
  return owedSince(context, fact, party);
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
): number {
  const receipt = receiptsOver({ state, store }, origin, index).find((each) => each.party === party);
  if (receipt === undefined) return now() + LOOK_MS;
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

const PAGE = 100;

/** What this node's own notices say already; null where there is no time left for it. */
async function toldBefore(store: LineStore, self: PartyId, pause: () => Promise<boolean>): Promise<Set<string> | null> {
  const told = new Set<string>();
  for (const { origin } of store.logs().filter(({ party }) => party === self)) {
    for (let from = 0; ;) {
      const page = store.noticesIn(origin, from, PAGE);
      const items = page.flatMap(({ bytes }) => decodeNotice(bytes).items);
      for (const item of items) if (item.code === "overdue") told.add(`${item.message} ${item.party}`);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      from = last.index + 1;
      if (!(await pause())) return null;
    }
  }
  return told;
}
