/**
 * Plans and holdings, which never leave this node, against what was told, both ways and at all times: a new message is
 * checked against every plan, a new plan against every message in force. Nothing of this reaches the line's store.
 */
import { apiError, type Conflict as ApiConflict, type ConflictChange, type Plan } from "../../api/index.ts";
import type { Entry, Standing } from "../../deconflict/index.ts";
import type { Message } from "../../message/index.ts";
import type { PrivateItem, PrivateKind, PrivateStore, PrivateWrite } from "../../store/index.ts";
import type { MessageHash, OfficerId, PlanId } from "../../wire/id.ts";
import { sortedJson } from "../../wire/json.ts";
import type { Book, Fact } from "../book.ts";
import type { EventHub } from "../events.ts";
import type { LineState } from "../exchange/line-state.ts";
import type { Logger } from "../logger.ts";
import { conflictOf, type Naming, standingConflict } from "./conflicts.ts";
import { planLive, type PlanLive } from "./live.ts";
import { type Asking, endedBy, entriesTold, entryOfItem, entryOfMessage, ownId, ownOf } from "./subjects.ts";
import type { RulesInForce } from "./rules.ts";
import { type Advice, adviceFor } from "./suggest.ts";
import { worseFirst } from "./worst.ts";

export interface PlanDesk {
  items(kind: PrivateKind): readonly Plan[];
  put(kind: PrivateKind, items: readonly PrivateItem[], by: OfficerId): readonly ApiConflict[];
  /** @throws not-found */
  remove(kind: PrivateKind, id: PlanId): void;
  /** Messages that count from now on. */
  told(facts: readonly { readonly fact: Fact; readonly message: Message }[]): void;
  /** What a draft, or what is asked about, comes too near to: told or own, but not what it replaces. Nothing is kept. */
  check(own: ApiConflict["own"], asking: Omit<Asking, "name">, ends?: readonly MessageHash[]): readonly ApiConflict[];
  /** What a plan would come too near to if it were put. Nothing is kept. */
  checkPlan(item: Omit<PrivateItem, "remarks">): readonly ApiConflict[];
  conflicts(): readonly ApiConflict[];
  conflictsOf(message: MessageHash): readonly ApiConflict[];
  conflictsOfPlan(plan: PlanId): readonly ApiConflict[];
  counts(): { readonly plans: number; readonly conflicts: number };
  countOf(message: MessageHash): number;
  /** Brings everything to now: whoever decides by it asks for that first. */
  settle(): void;
  /** True where nothing of the plan is still to come. */
  isOver(plan: PlanId): boolean;
  /** Checks everything again, a little at a time: at a start, where the two stores may have been a step apart. */
  prepare(stopping: AbortSignal): Promise<void>;
  /** These messages count no more, and what they had replaced may be in force again: everything is checked anew. */
  recheck(gone: readonly MessageHash[]): void;
  /** What would clear the plan, and where the trouble lies. @throws not-found */
  advise(id: PlanId): Advice;
  /** Calls `listener` with plans that were put, taken away, or have other conflicts than before. */
  onChanged(listener: (plans: ChangedPlans) => void): void;
  /** From now on time is watched. */
  start(): void;
  stop(): void;
}

export interface ChangedPlans {
  readonly put: ReadonlySet<PlanId>;
  readonly removed: ReadonlySet<PlanId>;
  readonly touched: ReadonlySet<PlanId>;
}

interface Context {
  readonly state: LineState;
  readonly store: PrivateStore;
  readonly book: Book;
  readonly events: EventHub;
  readonly logger: Logger;
  readonly now: () => number;
  readonly rules: RulesInForce;
}

interface Desk extends Context {
  readonly live: PlanLive;
  readonly naming: Naming;
}

export function planDesk(context: Context): PlanDesk {
  const { store, book, rules } = context;
  const listeners: ((plans: ChangedPlans) => void)[] = [];
  const nameOf = (key: string): string => live.book.get(key)?.name ?? nameKept(context, key);
  const naming: Naming = { book, rules, nameOf };
  const live: PlanLive = planLive({
    ...context,
    naming,
    entries: () => allEntries(context),
    loaded: (stopping) => book.load(stopping),
    onChanged: (items, writes) => {
      const changed = changedPlans(items, writes, live);
      for (const listener of listeners) listener(changed);
    },
  });
  const desk: Desk = { ...context, live, naming };
  const worst = (standings: Iterable<Standing>) => worstOf(naming, standings);
  return {
    items: (kind) => store.items(kind).map((item) => ({ ...item, volumes: [...item.volumes] }) as Plan),
    put: (kind, items, by) => put(desk, kind, items, by),
    remove: (kind, id) => remove(desk, kind, id),
    told: (facts) => told(desk, facts),
    check: (own, asking, ends = []) => check(desk, own, asking, ends),
    checkPlan: (item) => {
      live.settle();
      const { subject } = entryOfItem("plan", { ...item, remarks: "" });
      const own = { type: "plan", id: item.id, name: item.name } as const;
      const found = live.book.ask({ role: "plan", subject }).map((standing) => conflictOf(naming, own, standing));
      return found.toSorted(worseFirst);
    },
    conflicts: () => worst(live.book.standings()),
    conflictsOf: (message) => worst(live.book.standingsOf(message)),
    conflictsOfPlan: (plan) => worst(live.book.standingsOf(ownId("plan", plan))),
    counts: () => ({ plans: store.count("plan"), conflicts: live.book.conflicts }),
    countOf: (message) => live.book.standingsOf(message).length,
    settle: () => live.settle(),
    isOver: (plan) => live.book.get(ownId("plan", plan)) === undefined,
    ...rechecking(live),
    advise: (id) => {
      const item = store.item("plan", id);
      if (item === null) throw apiError("not-found", `There is no plan ${id} on this node.`);
      live.settle();
      return adviceFor(entryOfItem("plan", item).subject, live.book, rules.layers);
    },
    onChanged: (listener) => void listeners.push(listener),
    start: () => live.start(),
    stop: () => live.stop(),
  };
}

function rechecking(live: PlanLive): Pick<PlanDesk, "prepare" | "recheck"> {
  let changed = false;
  return {
    prepare: async (stopping) => {
      await live.prepare(stopping);
      // What counted when it was looked at may count no more.
      if (changed && !stopping.aborted) live.remake();
    },
    recheck: (gone) => {
      if (live.isReadyFor(gone)) live.remake();
      else changed = true;
    },
  };
}

function* allEntries(context: Context): Generator<Entry | null> {
  for (const kind of ["plan", "holding"] as const) {
    for (const item of context.store.items(kind)) yield entryOfItem(kind, item);
  }
  yield* entriesTold(context);
}

/** Of what is over, or has just gone. */
function nameKept({ book }: Context, key: string): string {
  return book.get(key as MessageHash) === null
    ? key.slice(key.indexOf(":") + 1)
    : book.message(key as MessageHash).subject;
}

function told(desk: Desk, facts: Parameters<PlanDesk["told"]>[0]): void {
  const gone: string[] = [];
  const entries: Entry[] = [];
  for (const { fact, message } of facts) {
    gone.push(...endedBy(desk, fact));
    const entry = entryOfMessage(desk, fact, message);
    if (entry !== null) entries.push(entry);
  }
  // What is told while a start still takes up what was told before stands at the end of that.
  if (!desk.live.isReadyFor(gone)) return;
  if (gone.length + entries.length > 0) desk.live.take({ event: "put", entries, gone }, []);
}

function put(desk: Desk, kind: PrivateKind, items: readonly PrivateItem[], by: OfficerId): readonly ApiConflict[] {
  const entries = items.map((item) => entryOfItem(kind, item));
  const writes = putWrites(desk, kind, items, by);
  desk.live.take({ event: "put", entries }, writes);
  desk.events.emit({ type: "plan", at: desk.now(), count: items.length });
  const ids = new Set(entries.map(({ subject }) => subject.id));
  const found = [...ids].flatMap((id) => desk.live.book.standingsOf(id)).filter(({ own }) => ids.has(own));
  return worstOf(desk.naming, found);
}

/** The gravest first: whoever reads them may not come to the end. */
function worstOf(naming: Naming, standings: Iterable<Standing>): readonly ApiConflict[] {
  return [...standings].map((standing) => standingConflict(naming, standing)).toSorted(worseFirst);
}

/**
 * A holding keeps its id wherever it goes: what was overridden is the one that was there before. Files of holdings are put
 * again and again, and of one that they say nothing new of nothing changes.
 */
function putWrites(
  { store, now }: Desk,
  kind: PrivateKind,
  items: readonly PrivateItem[],
  by: OfficerId,
): PrivateWrite[] {
  const at = now();
  if (kind === "plan") return [{ write: "put", kind, items, by, at }];
  const last = [...new Map(items.map((item) => [item.id, item])).values()];
  const fresh = last.filter((item) => sortedJson(store.item(kind, item.id)) !== sortedJson(item));
  if (fresh.length === 0) return [];
  return [{ write: "put", kind, items: fresh, by, at }, ...fresh.map(({ id }) => overridesEnded(id, at))];
}

function overridesEnded(holding: PlanId, at: number): PrivateWrite {
  return { write: "overrides-against-ended", against: ownId("holding", holding), at };
}

function remove(desk: Desk, kind: PrivateKind, id: PlanId): void {
  if (desk.store.item(kind, id) === null) throw apiError("not-found", `There is no ${kind} ${id} on this node.`);
  const ended = kind === "holding" ? [overridesEnded(id, desk.now())] : [];
  desk.live.take({ event: "gone", ids: [ownId(kind, id)] }, [{ write: "remove", kind, id }, ...ended]);
  desk.events.emit({ type: "plan", at: desk.now(), count: 1 });
}

/**
 * As a plan of ours against all that was told, and as if it were told against all plans and holdings. Two sites are no
 * danger to each other: a hospital may stand beside a school.
 */
function check(
  { live, naming }: Desk,
  own: ApiConflict["own"],
  asking: Omit<Asking, "name">,
  ends: readonly MessageHash[],
): ApiConflict[] {
  if (asking.volumes.length === 0) return [];
  const subject = { id: `${own.type}:${own.id}`, name: own.name, ...asking };
  live.settle();
  const { book } = live;
  const against = book.ask({ role: "plan", subject });
  const ours = book
    .ask({ role: "told", subject })
    .map((standing) => ({ ...standing, own: standing.other, other: standing.own }));
  const isDanger = ({ against: { id, kind } }: ApiConflict): boolean =>
    !ends.includes(id as MessageHash) && !(kind === "site" && asking.kind === "site");
  return [...against, ...ours].map((standing) => conflictOf(naming, own, standing)).filter(isDanger);
}

function changedPlans(
  items: readonly ConflictChange[],
  writes: readonly PrivateWrite[],
  { book }: Pick<PlanLive, "book">,
): ChangedPlans {
  const [kept, removed, touched] = [new Set<PlanId>(), new Set<PlanId>(), new Set<PlanId>()];
  for (const write of writes) {
    if (write.write === "put" && write.kind === "plan") for (const { id } of write.items) kept.add(id);
    if (write.write === "remove" && write.kind === "plan") removed.add(write.id);
  }
  const touch = ({ type, id }: ConflictChange["own"]): void => void (type === "plan" && touched.add(id as PlanId));
  for (const { own } of items) touch(own);
  for (const id of holdingsPut(writes)) {
    for (const { own } of book.standingsOf(ownId("holding", id))) {
      const known = ownOf(own);
      if (known !== null) touch(known);
    }
  }
  return { put: kept, removed, touched };
}

function holdingsPut(writes: readonly PrivateWrite[]): readonly PlanId[] {
  return writes.flatMap((write) =>
    write.write === "put" && write.kind === "holding" ? write.items.map(({ id }) => id) : [],
  );
}
