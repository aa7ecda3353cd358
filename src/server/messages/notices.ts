/**
 * What this node says by itself: what it opened, in ranges, and what it found. One notice at a time, and never because
 * of another notice: two nodes must not answer each other's notices for ever.
 */
import {
  type NoticeItem,
  REFUSED_WHY,
  type RefusedWhy,
  type SignedNotice,
  signNotice,
  UNOPENED_WHY,
  type UnopenedWhy,
} from "../../message/index.ts";
import { FEATURES, rosterAt } from "../../line/index.ts";
import type { EntryRecord, LineStore, LineWrite } from "../../store/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { LogOrigin, PartyId } from "../../wire/id.ts";
import { type LineState, partyOfOrigin } from "../exchange/line-state.ts";
import { hasSaidAll } from "../exchange/understanding.ts";
import type { Logger } from "../logger.ts";
import type { Outbound } from "../exchange/outbound.ts";

export interface Notices {
  /** To be told with the next notice. */
  add(items: readonly NoticeItem[]): void;
  /** Appends a notice where there is something to tell, and another a little later where there is more. */
  tell(): void;
  /** Until then nothing is told: others are first asked what they hold of this node's own log. */
  start(): void;
  stop(): void;
}

export interface NoticesContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly outbound: Outbound;
  readonly logger: Logger;
  readonly now: () => number;
  /** A notice was appended. */
  readonly onTold: (items: readonly NoticeItem[]) => void;
}

/** A notice has at most 16 KiB, and an item at most 140 bytes. */
const MAX_ITEMS = 100;
const LOOK = 5000;
/** Between two notices. */
const PAUSE_MS = 1000;
/** After failures. What others wait to hear comes so much later at most, once it can be said again. */
const LONGEST_PAUSE_MS = 8000;

export function notices(context: NoticesContext): Notices {
  const waiting: NoticeItem[] = [];
  const passed: Passed = new Map();
  let timer: NodeJS.Timeout | null = null;
  let failures = 0;
  let [started, stopped] = [false, false];
  const tell = (): void => {
    if (!started || stopped || timer !== null) return;
    try {
      const told = tellOnce(context, waiting, passed);
      waiting.splice(0, told.waiting);
      failures = 0;
      if (told.items.length === 0) return;
      context.onTold(told.items);
    } catch (error) {
      failures += 1;
      // A full disk stays full for hours: said at the first failure, the second, the fourth and so on.
      if ((failures & (failures - 1)) === 0) context.logger.warn("notice-not-told", { ...why(error), failures });
    }
    timer = setTimeout(() => {
      timer = null;
      tell();
    }, pauseAfter(failures));
  };
  return {
    add: (items) => void waiting.push(...items),
    tell,
    start: () => {
      started = true;
      tell();
    },
    stop: () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function pauseAfter(failures: number): number {
  return Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** Math.max(0, failures - 1));
}

function why(error: unknown) {
  return isParleyError(error)
    ? { code: error.code, reason: error.message }
    : { code: "internal", reason: String(error) };
}

type Saying = Pick<NoticesContext, "state" | "store" | "outbound" | "now">;

/** Up to where a log was found to hold nothing to be said: nothing is said of notices, however many stand in a row. */
type Passed = Map<LogOrigin, number>;

function tellOnce({ state, store, outbound, now }: NoticesContext, waiting: readonly NoticeItem[], passed: Passed) {
  const index = store.log(state.origin)?.size ?? 0;
  // Before the log has begun there is nobody to tell, and after the party has left nothing more is said.
  if (index === 0 || state.left(state.self) !== null) return { items: [], waiting: 0 };
  if (!hasSaidAll(store, state.self)) return sayUnderstanding({ state, store, outbound, now });
  const place = { at: now(), index };
  const logs = store.logs().filter(({ party }) => party !== state.self);
  const since = store.readSince(state.self).map((each) => readSince(state, each, place));
  const opened = [...since, ...logs.flatMap(({ origin }) => openings(store, state, origin, place, passed))].slice(
    0,
    MAX_ITEMS,
  );
  const found = waiting.slice(0, MAX_ITEMS - opened.length);
  const items = [...found, ...opened.map(({ item }) => item)];
  if (items.length === 0) return { items, waiting: 0 };
  const said = opened.map(({ write }) => write);
  outbound.append([{ type: "notice", notice: signed(state, index, now(), items) }], said);
  return { items, waiting: found.length };
}

function signed(state: LineState, index: number, at: number, items: readonly NoticeItem[]): SignedNotice {
  const { suite, line, self, charter, keys } = state;
  const content = { line, from: self, at, exercise: charter.exercise, items };
  return signNotice(suite, content, keys.seed("parcel", rosterAt(state.history(self), index).node.parcel));
}

/**
 * Whose word waits for the notice: they get it at once, and others with the next exchange. What is said of an entry
 * concerns its author, everything else everybody (null).
 */
export function concernedBy(items: readonly NoticeItem[]): ReadonlySet<PartyId> | null {
  const parties = new Set<PartyId>();
  for (const item of items) {
    if (item.code !== "opened" && item.code !== "unopened" && item.code !== "refused") return null;
    parties.add(partyOfOrigin(item.origin));
  }
  return parties;
}

/** A notice of its own: a node of an older version cannot read it. */
function sayUnderstanding({ state, store, outbound, now }: Saying) {
  const items = [{ code: "understands" as const, features: FEATURES }];
  const notice = signed(state, store.log(state.origin)?.size ?? 0, now(), items);
  outbound.append([{ type: "notice", notice }], [{ write: "understood", party: state.self, features: FEATURES }]);
  return { items, waiting: 0 };
}

/** It was said to be of a newer version, and this node is of that version now. */
function readSince(
  { self: party, origin: noticeIn }: LineState,
  { origin, index }: { readonly origin: LogOrigin; readonly index: number },
  { at, index: notice }: Place,
): Opening {
  const said = { origin, party, first: index, last: index, at, code: null, notice, noticeIn };
  return { item: { code: "opened", origin, from: index, to: index + 1 }, write: { write: "opening", ...said } };
}

interface Opening {
  readonly item: NoticeItem;
  readonly write: LineWrite;
}

interface Place {
  readonly at: number;
  readonly index: number;
}

/** Of one log: everything that was looked at since this node last said something about it. */
function openings(
  store: LineStore,
  { self, origin: noticeIn }: LineState,
  origin: LogOrigin,
  { at, index: notice }: Place,
  passed: Passed,
): Opening[] {
  const say = ({ item, first, last, code }: Found): Opening => {
    return { item, write: { write: "opening", origin, party: self, first, last, at, code, notice, noticeIn } };
  };
  for (let from = Math.max(store.openingsEnd(origin, self) + 1, passed.get(origin) ?? 0); ;) {
    const looked = store.lookedAt(origin, from, LOOK);
    const found = foundIn(origin, looked);
    if (found.length > 0) return found.map(say);
    from += looked.length;
    passed.set(origin, from);
    if (looked.length < LOOK) return [];
  }
}

type LookedAt = Pick<EntryRecord, "index" | "type" | "cause">;

interface Found {
  readonly item: NoticeItem;
  readonly first: number;
  readonly last: number;
  readonly code: string | null;
}

/** What was opened, in runs, and what was not. */
function foundIn(origin: LogOrigin, looked: readonly LookedAt[]): Found[] {
  const found: Found[] = [];
  let run: { readonly first: number; last: number } | null = null;
  const close = (): void => {
    if (run !== null) {
      const { first, last } = run;
      found.push({ item: { code: "opened", origin, from: first, to: last + 1 }, first, last, code: null });
    }
    run = null;
  };
  for (const entry of looked) {
    const { index, type, cause } = entry;
    const fault = faultItem(origin, entry);
    if (fault !== null) {
      close();
      found.push({ item: fault, first: index, last: index, code: cause });
    } else if (type === "notice") {
      close();
    } else if (run === null) {
      run = { first: index, last: index };
    } else {
      run.last = index;
    }
  }
  close();
  return found;
}

const UNTOLD: readonly string[] = ["unknown-target", "officer-revoked", "party-left"];

function faultItem(origin: LogOrigin, entry: LookedAt): NoticeItem | null {
  const { index, type, cause } = entry;
  if (type === "unopened") {
    const why = UNOPENED_WHY.find((known): known is UnopenedWhy => known === cause) ?? "unopenable";
    return { code: "unopened", origin, index, why };
  }
  // What waits for its target is opened; only the last word is told.
  // What its own party revoked, or logged after it had left, that party knows.
  if (type !== "message" || cause === null || UNTOLD.includes(cause)) return null;
  const why = REFUSED_WHY.find((known): known is RefusedWhy => known === cause) ?? "malformed";
  return { code: "refused", origin, index, why };
}
