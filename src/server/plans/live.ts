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
import { turns } from "../turn.ts";
import { ownOf } from "./subjects.ts";

export interface PlanLive {
  /** Made at once where it is not made yet: nobody decides by half of it. */
  readonly book: EventBook;
  /** Makes it a little at a time, and tells what that changes of what was kept. @throws store-… */
  prepare(stopping: AbortSignal): Promise<void>;
  /** False where it is being made: then what was told is found by that, and these are in force no more. */
  isReadyFor(gone: readonly string[]): boolean;
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
  /** All that is to be in the book; null for each that was looked at and is not. */
  readonly entries: () => Iterable<Entry | null>;
  /** Resolves when `entries` takes no time to begin. */
  readonly loaded: (stopping: AbortSignal) => Promise<void>;
  /** Called once what has changed is on the disk. */
  readonly onChanged: (items: readonly ConflictChange[], writes: readonly PrivateWrite[]) => void;
}

export function planLive(context: LiveContext): PlanLive {
  const { store, now, logger } = context;
  let book: EventBook | null = null;
  const made = (): EventBook => (book ??= freshBook(context, context.entries()));
  const making = makingOf(context);
  /** True while the disk may hold something else than the book. */
  let differs = true;
  const alarm = alarmClock(() => settle(), logger);
  const schedule = () => alarm.setFor((made().nextMoment() ?? Number.POSITIVE_INFINITY) - now());
  const reconcile = (): void => {
    differs = true;
    const { items, writes } = differences(context, made());
    store.commit(writes);
    differs = false;
    announce(context, made(), items, []);
    schedule();
  };
  const remake = (): void => {
    book = null;
    reconcile();
  };
  const prepare: PlanLive["prepare"] = async (stopping) => {
    const entries = await making.entries(stopping);
    if (entries === null) return;
    book = freshBook(context, entries);
    reconcile();
  };
  const take: PlanLive["take"] = (event, writes) => {
    if (made().isStale(now())) remake();
    else if (differs) reconcile();
    try {
      const changes = made().apply(event, now());
      store.commit([...writes, ...writesOf(context, changes)]);
      announce(context, made(), changes.map(itemOf), writes);
      schedule();
    } catch (error) {
      // The book knows what the disk does not: it is made anew, and the disk is compared with it before the next word.
      book = null;
      differs = true;
      throw error;
    }
  };
  const settle = (): void => take({ event: "time" }, []);
  return {
    get book() {
      return made();
    },
    prepare,
    isReadyFor: (gone) => making.isReadyFor(gone),
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

function freshBook({ now, naming }: LiveContext, entries: Iterable<Entry | null>): EventBook {
  const at = now();
  const made = createEventBook(naming.rules.layers, at);
  made.apply({ event: "put", entries: [...entries].filter((entry) => entry !== null) }, at);
  return made;
}

/** So many are looked at before others may have their turn. */
const SLICE = 100;

interface Making extends Pick<PlanLive, "isReadyFor"> {
  /** All that is to be in the book, a little at a time; null where it was stopped. */
  entries(stopping: AbortSignal): Promise<readonly Entry[] | null>;
}

function makingOf({ entries, loaded }: LiveContext): Making {
  /** What has gone out of force since it began; null while nothing is made. */
  let gone: Set<string> | null = null;
  const gather = async (stopping: AbortSignal): Promise<Entry[] | null> => {
    await loaded(stopping);
    const found: Entry[] = [];
    const others = turns();
    let looked = 0;
    if (stopping.aborted) return null;
    for (const entry of entries()) {
      if (entry !== null) found.push(entry);
      if (++looked % SLICE === 0) await others();
      if (stopping.aborted) return null;
    }
    return found.filter(({ subject }) => gone?.has(subject.id) !== true);
  };
  return {
    entries: async (stopping) => {
      gone = new Set();
      try {
        return await gather(stopping);
      } finally {
        gone = null;
      }
    },
    isReadyFor: (ids) => {
      ids.forEach((id) => gone?.add(id));
      return gone === null;
    },
  };
}

/** The clock may be set in between, so nobody sleeps longer than that. */
const LONGEST_SLEEP_MS = 30_000;

/** One timer, which rings only between `start` and `stop`; a node that is stopped while it starts never starts it. */
function alarmClock(ring: () => void, logger: Logger) {
  let timer: NodeJS.Timeout | undefined;
  let state: "new" | "started" | "stopped" = "new";
  const rung = (): void => {
    try {
      ring();
    } catch (error) {
      logger.error("plans-not-settled", { reason: String(error) });
      setFor(LONGEST_SLEEP_MS);
    }
  };
  const setFor = (ms: number): void => {
    clearTimeout(timer);
    if (state === "started") timer = setTimeout(rung, Math.min(Math.max(0, ms), LONGEST_SLEEP_MS));
  };
  return {
    setFor,
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
