/**
 * Plans and holdings, which never leave this node, against what was told, both ways and at all times: a new message is
 * checked against every plan, a new plan against every message in force. Nothing of this reaches the line's store.
 */
import type { Conflict as ApiConflict, Plan } from "../api/index.ts";
import {
  type Conflict,
  createIndex,
  type Findings,
  type LiveIndex,
  type SeparationRules,
  type Subject,
  type Undecided,
  uniformRules,
} from "../deconflict/index.ts";
import type { Volume } from "../geo/index.ts";
import { type Message, volumesOf } from "../message/index.ts";
import type { ConflictRecord, PrivateItem, PrivateKind, PrivateStore, PrivateWrite } from "../store/index.ts";
import { apiError } from "../api/index.ts";
import type { MessageHash, OfficerId, PlanId } from "../wire/id.ts";
import type { Book, Fact } from "./book.ts";
import type { EventHub } from "./events.ts";
import type { LineState } from "./line-state.ts";
import { type Advice, adviceFor } from "./suggest.ts";

export interface PlanDesk {
  items(kind: PrivateKind): readonly Plan[];
  put(kind: PrivateKind, items: readonly PrivateItem[], by: OfficerId): readonly ApiConflict[];
  /** @throws not-found */
  remove(kind: PrivateKind, id: PlanId): void;
  /** Messages that count from now on. */
  told(facts: readonly { readonly fact: Fact; readonly message: Message }[]): void;
  /** What these volumes come too near to: told or own. Nothing is kept. */
  check(own: ApiConflict["own"], volumes: readonly Volume[], category: string | null): readonly ApiConflict[];
  conflicts(): readonly ApiConflict[];
  conflictsOf(message: MessageHash): readonly ApiConflict[];
  counts(): { readonly plans: number; readonly conflicts: number };
  /** Checks everything again: at a start, where the two stores may have been a step apart. */
  recheck(): void;
  /** What would clear the plan, and where the trouble lies. @throws not-found */
  advise(id: PlanId): Advice;
  /** Calls `listener` with plans that were put, taken away, or may have other conflicts than before. */
  onChanged(listener: (plans: ChangedPlans) => void): void;
}

interface Desk {
  readonly state: LineState;
  readonly store: PrivateStore;
  readonly book: Book;
  readonly events: EventHub;
  readonly now: () => number;
  /** Plans and holdings, by `kind:id`. */
  readonly own: LiveIndex;
  /** Messages in force that say where something is, by hash. */
  readonly told: LiveIndex;
  readonly rules: SeparationRules;
  /** Whoever is told of every change, once it is on the disk. */
  readonly listeners: ((plans: ChangedPlans) => void)[];
}

export interface ChangedPlans {
  readonly put: ReadonlySet<PlanId>;
  readonly removed: ReadonlySet<PlanId>;
  readonly touched: ReadonlySet<PlanId>;
}

/** The separations that the charter asks for. */
export function rulesOf({ charter }: LineState): SeparationRules {
  return uniformRules({ lateral_m: charter.separation_m, time_s: charter.time_separation_s });
}

export function planDesk(context: Pick<Desk, "state" | "store" | "book" | "events" | "now">): PlanDesk {
  const desk: Desk = {
    ...context,
    own: createIndex(),
    told: createIndex(),
    rules: rulesOf(context.state),
    listeners: [],
  };
  const { store } = desk;
  for (const kind of ["plan", "holding"] as const) {
    for (const item of store.items(kind)) desk.own.add(subjectOfItem(kind, item));
  }
  for (const fact of desk.book.content()) takeUp(desk, fact, desk.book.message(fact.hash));
  return {
    items: (kind) => store.items(kind).map((item) => ({ ...item, volumes: [...item.volumes] }) as Plan),
    put: (kind, items, by) => put(desk, kind, items, by),
    remove: (kind, id) => remove(desk, kind, id),
    told: (facts) => told(desk, facts),
    check: (own, volumes, category) => check(desk, own, volumes, category),
    conflicts: () => store.conflicts().map(toApi),
    conflictsOf: (message) => store.conflictsOf(message).map(toApi),
    counts: () => ({ plans: store.count("plan"), conflicts: store.countConflicts() }),
    recheck: () => recheck(desk),
    advise: (id) => {
      const item = store.item("plan", id);
      if (item === null) throw apiError("not-found", `There is no plan ${id} on this node.`);
      return adviceFor(subjectOfItem("plan", item), desk.told, desk.rules);
    },
    onChanged: (listener) => void desk.listeners.push(listener),
  };
}

function subjectOfItem(kind: PrivateKind, { id, name, category, volumes }: PrivateItem): Subject {
  return { id: `${kind}:${id}`, name, category, volumes };
}

function subjectOfMessage({ hash }: Fact, message: Message): Subject | null {
  const volumes = volumesOf(message);
  return volumes.length === 0 ? null : { id: hash, name: message.subject, category: categoryOf(message), volumes };
}

function categoryOf(message: Message): string | null {
  return message.kind === "site" || message.kind === "activity" ? message.body.category : message.kind;
}

/** What this side itself told of its own doings is its plan, not a danger to it; what it told must not be hit is. */
function isChecked(desk: Desk, { from, kind }: Fact): boolean {
  return from !== desk.state.self || kind === "site" || kind === "movement";
}

/** Puts a message into the index, and takes out what it ends. Returns it where plans are to be checked against it. */
function takeUp(desk: Desk, fact: Fact, message: Message): Subject | null {
  for (const ended of endedByIt(desk, fact)) desk.told.remove(ended);
  if (!isChecked(desk, fact) || desk.book.endedBy(fact.hash) !== null) return null;
  const subject = subjectOfMessage(fact, message);
  if (subject !== null) desk.told.add(subject);
  return subject;
}

/** A withdrawal may be of a whole list. */
function endedByIt({ book }: Desk, fact: Fact): readonly MessageHash[] {
  const ends = fact.re?.relation === "supersedes" || fact.re?.relation === "withdraws";
  return ends ? book.targetsOf(fact) : [];
}

function told(desk: Desk, facts: Parameters<PlanDesk["told"]>[0]): void {
  const writes: PrivateWrite[] = [];
  for (const { fact, message } of facts) {
    for (const ended of endedByIt(desk, fact)) writes.push({ write: "message-ended", message: ended });
    const subject = takeUp(desk, fact, message);
    if (subject !== null && desk.own.size > 0) {
      writes.push(...writesOf(desk, desk.own.query(subject, "against", desk.rules)));
    }
  }
  commit(desk, writes);
}

function put(desk: Desk, kind: PrivateKind, items: readonly PrivateItem[], by: OfficerId): readonly ApiConflict[] {
  const writes: PrivateWrite[] = [{ write: "put", kind, items, by, at: desk.now() }];
  const found: ConflictRecord[] = [];
  for (const item of items) {
    const subject = subjectOfItem(kind, item);
    for (const write of writesOf(desk, desk.told.query(subject, "plan", desk.rules), subject)) {
      writes.push(write);
      found.push(write);
    }
  }
  commit(desk, writes);
  for (const item of items) desk.own.add(subjectOfItem(kind, item));
  desk.events.emit({ type: "plan", at: desk.now(), count: items.length });
  return found.map(toApi);
}

function remove(desk: Desk, kind: PrivateKind, id: PlanId): void {
  if (desk.store.item(kind, id) === null) throw apiError("not-found", `There is no ${kind} ${id} on this node.`);
  commit(desk, [{ write: "remove", kind, id }]);
  desk.own.remove(`${kind}:${id}`);
  desk.events.emit({ type: "plan", at: desk.now(), count: 1 });
}

function check(
  desk: Desk,
  own: ApiConflict["own"],
  volumes: readonly Volume[],
  category: string | null,
): ApiConflict[] {
  if (volumes.length === 0) return [];
  const subject: Subject = { id: `${own.type}:${own.id}`, name: own.name, category, volumes };
  const against = all(desk.told.query(subject, "plan", desk.rules));
  const plans = all(desk.own.query(subject, "against", desk.rules));
  return [
    ...against.map((found) => conflictOf(own, againstMessage(desk, found.against), found)),
    ...plans.map((found) => conflictOf(own, againstOwn(desk, found.plan), found)),
  ];
}

function recheck(desk: Desk): void {
  const kept = new Set(desk.store.conflicts().map(({ kind, id, message }) => `${kind}:${id} ${message}`));
  const writes: (PrivateWrite & { write: "conflict" })[] = [];
  for (const kind of ["plan", "holding"] as const) {
    for (const item of desk.store.items(kind)) {
      const subject = subjectOfItem(kind, item);
      writes.push(...writesOf(desk, desk.told.query(subject, "plan", desk.rules), subject));
    }
  }
  const found = new Set(writes.map(({ kind, id, message }) => `${kind}:${id} ${message}`));
  const ended = [...new Set([...kept].filter((key) => !found.has(key)).map((key) => key.slice(-64)))];
  const endings = ended.map((hash): PrivateWrite => ({ write: "message-ended", message: hash as MessageHash }));
  const isNews = (key: string, message: string) => !kept.has(key) || ended.includes(message);
  const news = writes.filter(({ kind, id, message }) => isNews(`${kind}:${id} ${message}`, message));
  commit(desk, [...endings, ...news]);
}

function commit(desk: Desk, writes: readonly PrivateWrite[]): void {
  if (writes.length === 0) return;
  const before = desk.store.countConflicts();
  const changed = changedPlans(desk.store, writes);
  desk.store.commit(writes);
  const count = desk.store.countConflicts();
  const began = writes.filter(({ write }) => write === "conflict").length;
  const ended = before + began - count;
  if (began > 0 || ended > 0) {
    desk.events.emit({ type: "conflict", at: desk.now(), count, began, ended: Math.max(0, ended) });
  }
  for (const listener of desk.listeners) listener(changed);
}

function changedPlans(store: PrivateStore, writes: readonly PrivateWrite[]): ChangedPlans {
  const [put, removed, touched] = [new Set<PlanId>(), new Set<PlanId>(), new Set<PlanId>()];
  for (const write of writes) {
    if (write.write === "message-ended") {
      for (const { kind, id } of store.conflictsOf(write.message)) if (kind === "plan") touched.add(id);
    } else if ("kind" in write && write.kind === "plan") {
      if (write.write === "put") for (const { id } of write.items) put.add(id);
      else if (write.write === "remove") removed.add(write.id);
      else touched.add(write.id);
    }
  }
  return { put, removed, touched };
}

function all({ conflicts, undecided }: Findings): readonly (Conflict | Undecided)[] {
  return [...conflicts, ...undecided];
}

function writesOf(desk: Desk, findings: Findings, subject?: Subject): (PrivateWrite & { write: "conflict" })[] {
  return all(findings).map((found) => {
    const key = found.plan;
    const kind: PrivateKind = key.startsWith("plan:") ? "plan" : "holding";
    const id = key.slice(kind.length + 1) as PlanId;
    const name = (subject ?? desk.own.get(key))?.name ?? id;
    const conflict = conflictOf({ type: kind, id, name }, againstMessage(desk, found.against), found);
    return {
      write: "conflict",
      kind,
      id,
      message: found.against as MessageHash,
      conflict: JSON.stringify(conflict),
      since: desk.now(),
    };
  });
}

function againstMessage(desk: Desk, hash: string): ApiConflict["against"] {
  const fact = desk.book.get(hash as MessageHash);
  const name = desk.told.get(hash)?.name ?? hash;
  return { type: "message", id: hash, from: fact?.from ?? null, kind: fact?.kind ?? null, name };
}

function againstOwn(desk: Desk, key: string): ApiConflict["against"] {
  const type: PrivateKind = key.startsWith("plan:") ? "plan" : "holding";
  const id = key.slice(type.length + 1);
  return { type, id, from: null, kind: null, name: desk.own.get(key)?.name ?? id };
}

function conflictOf(
  own: ApiConflict["own"],
  against: ApiConflict["against"],
  found: Conflict | Undecided,
): ApiConflict {
  if (found.outcome === "undecided") {
    const unknown = { distance_m: null, vertical_gap_m: null, time: { start: null, end: null }, closest: null };
    // What cannot be decided is treated as near until somebody has looked.
    return { own, against, ...unknown, grave: "high", undecided: found.code, because: found.because };
  }
  const { distance_m, vertical_gap_m, time, closest, grave, because } = found;
  const [mine, theirs] = closest;
  const places: ApiConflict["closest"] = [{ ...mine }, { ...theirs }];
  return { own, against, distance_m, vertical_gap_m, time, closest: places, grave, undecided: null, because };
}

function toApi({ conflict }: ConflictRecord): ApiConflict {
  return JSON.parse(conflict) as ApiConflict;
}
