/**
 * The event book of this node, kept in step with the clock and with the disk: what began, changed or ended is on the disk
 * before anybody is told.
 */
import type { Conflict, ConflictChange } from "../../api/index.ts";
import { type BookEvent, type Change, createEventBook, type Entry, type EventBook } from "../../deconflict/index.ts";
import type { PrivateStore, PrivateWrite } from "../../store/index.ts";
import type { EventHub } from "../events.ts";
import type { Logger } from "../logger.ts";
import { againstOf, itemOf, type Naming, recordOf } from "./conflicts.ts";
import { ownOf } from "./subjects.ts";

export interface PlanLive {
  readonly book: EventBook;
  /** Brings the book to now; whoever decides by it asks for that first. */
  settle(): void;
  /** What the event changes is written with `writes`, in one transaction. */
  take(event: BookEvent, writes: readonly PrivateWrite[]): void;
  /** Makes the book anew out of what is stored, and tells what that changes of what was kept. */
  remake(): void;
  /** From now on time is watched. */
  start(): void;
  stop(): void;
}

interface LiveContext {
  readonly store: PrivateStore;
  readonly events: EventHub;
  readonly logger: Logger;
  readonly now: () => number;
  readonly naming: Naming;
  /** All that is to be in the book. */
  readonly entries: () => Iterable<Entry>;
  /** Called once what has changed is on the disk. */
  readonly onChanged: (items: readonly ConflictChange[], writes: readonly PrivateWrite[]) => void;
}

export function planLive(context: LiveContext): PlanLive {
  const { store, now, logger } = context;
  let book = freshBook(context);
  /** True while the disk may hold something else than the book. */
  let differs = true;
  const alarm = alarmClock(() => {
    try {
      settle();
    } catch (error) {
      logger.error("plans-not-settled", { reason: String(error) });
      alarm.setFor(LONGEST_SLEEP_MS);
    }
  });
  const schedule = () => alarm.setFor((book.nextMoment() ?? Number.POSITIVE_INFINITY) - now());
  const reconcile = (): void => {
    differs = true;
    const { items, writes } = differences(context, book);
    store.commit(writes);
    differs = false;
    announce(context, book, items, []);
    schedule();
  };
  const remake = (): void => {
    book = freshBook(context);
    reconcile();
  };
  const take: PlanLive["take"] = (event, writes) => {
    if (book.isStale(now())) remake();
    else if (differs) reconcile();
    try {
      const changes = book.apply(event, now());
      store.commit([...writes, ...writesOf(context, changes)]);
      announce(context, book, changes.map(itemOf), writes);
      schedule();
    } catch (error) {
      // The book knows what the disk does not: it is made anew, and the disk is compared with it before the next word.
      book = freshBook(context);
      differs = true;
      throw error;
    }
  };
  const settle = (): void => take({ event: "time" }, []);
  return {
    get book() {
      return book;
    },
    settle,
    take,
    remake,
    start: () => {
      alarm.start();
      schedule();
    },
    stop: () => alarm.stop(),
  };
}

function freshBook({ now, naming, entries }: LiveContext): EventBook {
  const at = now();
  const made = createEventBook(naming.rules.layers, at);
  made.apply({ event: "put", entries: [...entries()] }, at);
  return made;
}

/** The clock may be set in between, so nobody sleeps longer than that. */
const LONGEST_SLEEP_MS = 30_000;

/** One timer, which rings only between `start` and `stop`; a node that is stopped while it starts never starts it. */
function alarmClock(ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let state: "new" | "started" | "stopped" = "new";
  return {
    setFor: (ms: number): void => {
      clearTimeout(timer);
      if (state === "started") timer = setTimeout(ring, Math.min(Math.max(0, ms), LONGEST_SLEEP_MS));
    },
    start: (): void => {
      if (state === "new") state = "started";
    },
    stop: (): void => {
      state = "stopped";
      clearTimeout(timer);
    },
  };
}

function writesOf({ naming, now }: LiveContext, changes: readonly Change[]): PrivateWrite[] {
  return changes.flatMap(({ change, standing }): PrivateWrite[] => {
    if (change !== "ended") return [{ write: "conflict", ...recordOf(naming, standing, now()) }];
    const own = ownOf(standing.own);
    return own === null ? [] : [{ write: "conflict-ended", kind: own.type, id: own.id, against: standing.other }];
  });
}

interface Differences {
  readonly items: readonly ConflictChange[];
  readonly writes: readonly PrivateWrite[];
}

/** What the book has other than what was kept: at a start, or where the clock was set back. */
function differences({ store, naming, now }: LiveContext, book: EventBook): Differences {
  const kept = new Map(store.conflicts().map((record) => [`${record.kind}:${record.id}\n${record.against}`, record]));
  const items: ConflictChange[] = [];
  const writes: PrivateWrite[] = [];
  for (const standing of book.standings()) {
    const key = `${standing.own}\n${standing.other}`;
    const before = kept.get(key);
    kept.delete(key);
    const record = recordOf(naming, standing, before?.since ?? now());
    if (before !== undefined && likeness(before.conflict) === likeness(record.conflict)) continue;
    items.push(itemOf({ change: before === undefined ? "began" : "changed", standing }));
    writes.push({ write: "conflict", ...record });
  }
  for (const { kind, id, against, conflict } of kept.values()) {
    const { grave } = JSON.parse(conflict) as Conflict;
    items.push({ change: "ended", own: { type: kind, id }, against: againstOf(against), grave, phase: null });
    writes.push({ write: "conflict-ended", kind, id, against });
  }
  return { items, writes };
}

/** Which of several places that are equally near is named is no difference. */
function likeness(conflict: string): string {
  return JSON.stringify({ ...(JSON.parse(conflict) as Conflict), closest: null });
}

/** No event is longer than what a client takes. */
const IN_ONE_EVENT = 100;

function announce(
  { events, now, onChanged }: LiveContext,
  book: EventBook,
  items: readonly ConflictChange[],
  writes: readonly PrivateWrite[],
): void {
  for (let at = 0; at < items.length; at += IN_ONE_EVENT) {
    const part = items.slice(at, at + IN_ONE_EVENT);
    const of = (wanted: ConflictChange["change"]) => part.filter(({ change }) => change === wanted).length;
    const counts = { count: book.conflicts, began: of("began"), changed: of("changed"), ended: of("ended") };
    events.emit({ type: "conflict", at: now(), ...counts, items: part });
  }
  if (items.length + writes.length > 0) onChanged(items, writes);
}
