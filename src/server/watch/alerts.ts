/**
 * Alerts, until they are answered: who has them in hand, who is called next, and what the siren sounds about. It looks
 * once a second at the few that are open; what it does about them is durable before it is said.
 */
import {
  type AlertDeed,
  type AlertFacts,
  type AlertState,
  alertState,
  type AlertTerms,
  type Officer,
} from "../../line/index.ts";
import type { LineStore, PrivateStore } from "../../store/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { MessageHash, OfficerId, PartyId } from "../../wire/id.ts";
import { dueAt } from "../../message/index.ts";
import { apiError } from "../../api/index.ts";
import type { Book, Fact } from "../book.ts";
import { actedFirst } from "../messages/acted-first.ts";
import { serverError } from "../errors.ts";
import type { EventHub } from "../events.ts";
import type { LineState } from "../exchange/line-state.ts";
import type { Logger } from "../logger.ts";
import { storedBy } from "../messages/view.ts";
import type { Presence } from "./presence.ts";
import type { Siren } from "./siren.ts";
import { waitingOn } from "../exchange/waiting.ts";
import type { WatchConfig } from "./config.ts";

export interface AlertOf {
  readonly party: PartyId;
  readonly state: AlertState;
  readonly answeredAt: number | null;
}

export interface Attention {
  readonly lastActiveAt: number;
  /** Since when nobody looks while something waits; null where somebody does, or nothing waits. */
  readonly unattendedSince: number | null;
  readonly waiting: number;
}

export interface AlertDesk {
  start(): void;
  stop(): Promise<void>;
  /** Something was told or heard: an alert may have come, or may have been answered. */
  told(facts: readonly Fact[]): void;
  /** Those that somebody must still answer, and those that were answered in the last day; newest first. */
  recent(): Fact[];
  /** One for each party that must answer it: this one, or every other where this one told it. */
  of(fact: Fact): AlertOf[];
  /** @throws not-found, acted-first where another than `expects` has it */
  take(hash: MessageHash, officer: Officer, expects: OfficerId | null): void;
  /** @throws not-found */
  pass(hash: MessageHash, officer: Officer): void;
  attention(): Attention;
  readonly terms: AlertTerms;
}

export interface AlertContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly privateStore: PrivateStore;
  readonly book: Book;
  readonly events: EventHub;
  readonly presence: Presence;
  readonly siren: Siren;
  readonly watch: WatchConfig;
  /** How many parties have not echoed a test call in time. */
  readonly silent: () => number;
  readonly logger: Logger;
  readonly now: () => number;
}

const LOOK_MS = 1000;
const SHOWN_MS = 86_400_000;
/** What waits is counted anew so often, and only while nobody looks. */
const COUNT_MS = 30_000;
/** A test call is missed after minutes, and to look for it reads the store. */
const SILENT_MS = 10_000;

const NOT_LOOKED = { at: -Infinity, parties: 0 };

interface Desk extends AlertContext {
  readonly terms: AlertTerms;
  /** Alerts that are open, or were answered not long ago. */
  readonly shown: Set<MessageHash>;
  attention: Attention;
  countedAt: number;
  missed: { readonly at: number; readonly parties: number };
}

export function alertDesk(context: AlertContext): AlertDesk {
  const { book, presence, watch, now } = context;
  const terms: AlertTerms = { escalation: watch.escalation, stepMs: watch.stepMs };
  const attention: Attention = { lastActiveAt: now(), unattendedSince: null, waiting: 0 };
  const desk: Desk = { ...context, terms, shown: new Set(), attention, countedAt: 0, missed: NOT_LOOKED };
  let timer: NodeJS.Timeout | null = null;
  const takeUp = ({ kind, hash }: Fact): void => void (kind === "alert" && desk.shown.add(hash));
  return {
    terms,
    start: () => {
      for (const fact of book.ofKind("alert")) takeUp(fact);
      timer = setInterval(() => look(desk), LOOK_MS);
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      await context.siren.stop();
    },
    told: (facts) => facts.forEach(takeUp),
    recent: () => [...inForce(desk)].toReversed(),
    of: (fact) => statesOf(desk, fact),
    take: (hash, officer, expects) => take(desk, hash, officer, expects),
    pass: (hash, officer) => {
      const { fact, open } = openAlert(desk, hash);
      for (const { party } of open) record(desk, fact, party, { deed: "passed", by: officer.id, at: now() });
    },
    attention: () => ({ ...desk.attention, lastActiveAt: presence.lastActiveAt() }),
  };
}

function* inForce({ book, shown }: Desk): Generator<Fact> {
  for (const hash of shown) {
    const fact = book.get(hash);
    if (fact !== null && book.endedBy(hash) === null) yield fact;
  }
}

function statesOf(desk: Desk, fact: Fact): AlertOf[] {
  const { state } = desk;
  const debtors = fact.from === state.self ? state.present().map(({ id }) => id) : [state.self];
  return debtors.map((party) => stateOf(desk, fact, party));
}

function stateOf(desk: Desk, fact: Fact, party: PartyId): AlertOf {
  const { state, store, privateStore, book, terms, now } = desk;
  const { hash, origin, index } = fact;
  const standing = book.standing(hash, party);
  const answeredAt =
    standing.state === "unanswered" ? null : (book.get(standing.hash as MessageHash)?.storedAt ?? null);
  const refused = store.openingsOf(origin, index).find((each) => each.party === party && each.code !== null);
  const facts: AlertFacts = {
    dueAt: dueAt(book.message(hash), storedBy(desk, fact, party), state.charter.deadlines_ms) ?? fact.storedAt,
    standing,
    answeredAt,
    refusedAt: refused?.at ?? null,
    deeds: privateStore.alertDeeds(hash, party),
  };
  return { party, state: alertState(facts, terms, now()), answeredAt };
}

function record({ privateStore, events, now }: Desk, fact: Fact, party: PartyId, deed: AlertDeed): void {
  privateStore.commit([{ write: "alert-deed", message: fact.hash, party, deed }]);
  events.emit({ type: "alert", at: now(), hash: fact.hash });
}

/** A damaged row or a full disk must not end the node: it sounds about what it can, and says so. */
function look(desk: Desk): void {
  try {
    const counts = callWhoIsDue(desk);
    lookForNobody(desk);
    const { unattendedSince, waiting } = desk.attention;
    const at = performance.now();
    if (at - desk.missed.at >= SILENT_MS) desk.missed = { at, parties: desk.silent() };
    const silent = desk.missed.parties;
    desk.siren.need({ ...counts, unattended: unattendedSince === null ? 0 : waiting, silent });
  } catch (error) {
    const code = isParleyError(error) ? error.code : "internal";
    desk.logger.error("alerts-failed", { code, reason: String(error) });
  }
}

function callWhoIsDue(desk: Desk): { alert: number; overdue: number } {
  const { shown, state: line, now } = desk;
  const counts = { alert: 0, overdue: 0 };
  for (const fact of inForce(desk)) {
    const states = statesOf(desk, fact);
    const isOver = states.every(({ state }) => state.state === "answered");
    if (isOver && states.every(({ answeredAt }) => (answeredAt ?? 0) < now() - SHOWN_MS)) shown.delete(fact.hash);
    for (const { party, state } of states) {
      const { next } = state;
      if (next !== null && next.at <= now()) record(desk, fact, party, { deed: "called", who: next.who, at: now() });
      if (state.state === "unanswered" && fact.from !== line.self) counts.alert += 1;
      if (state.state === "escalating") counts.overdue += 1;
    }
  }
  return counts;
}

function lookForNobody(desk: Desk): void {
  const { presence, watch, events, now, state, book } = desk;
  const lastActiveAt = presence.lastActiveAt();
  const before = desk.attention.unattendedSince;
  if (lastActiveAt >= now() - watch.unattendedMs) {
    desk.attention = { lastActiveAt, unattendedSince: null, waiting: 0 };
    desk.countedAt = 0;
  } else if (desk.countedAt < now() - COUNT_MS && book.isComplete()) {
    desk.countedAt = now();
    const waiting = waitingOn(state, book);
    desk.attention = { lastActiveAt, waiting, unattendedSince: waiting > 0 ? lastActiveAt : null };
  }
  if (before !== desk.attention.unattendedSince) events.emit({ type: "presence", at: now() });
}

/** @throws not-found, alert-over */
function openAlert(desk: Desk, hash: MessageHash): { readonly fact: Fact; readonly open: readonly AlertOf[] } {
  const fact = desk.book.get(hash);
  if (fact === null || fact.kind !== "alert") throw apiError("not-found", `There is no alert ${hash} on this node.`);
  const open = statesOf(desk, fact).filter(({ state }) => state.state !== "answered");
  if (open.length === 0 || desk.book.endedBy(hash) !== null) {
    throw serverError("alert-over", "The alert is over: it was answered, or taken back.");
  }
  return { fact, open };
}

/** What the officer saw of it must still be so: two who take it at once learn of each other. */
function take(desk: Desk, hash: MessageHash, officer: Officer, expects: OfficerId | null): void {
  const { fact, open } = openAlert(desk, hash);
  const other = open.map(({ state }) => state.taken).find((taken) => taken !== null && taken.by !== expects);
  if (other !== undefined && other !== null && other.by !== officer.id) {
    throw actedFirst(other.by, other.at, "took this alert");
  }
  for (const { party } of open) record(desk, fact, party, { deed: "taken", by: officer.id, at: desk.now() });
}
