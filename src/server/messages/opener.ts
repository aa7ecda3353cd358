/**
 * Opens what others' logs brought, in their order, and says of each entry what it turned out to be. What cannot be
 * opened or does not count stays visible with its cause. A crash in between costs nothing: what was not looked at is
 * looked at again.
 */
import {
  checkRead,
  CHARTER_INDEX,
  charterHash,
  type Counted,
  readSigned,
  type Refused,
  rosterAt,
  type Target,
} from "../../line/index.ts";
import {
  decodeMessage,
  type Message,
  type NoticeItem,
  type SignedMessage,
  type UnopenedWhy,
  type Verified,
  verifyNotice,
} from "../../message/index.ts";
import type { EntryRecord, EntryType, LineStore, LineWrite, MessageRecord } from "../../store/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { LogOrigin, MessageHash, MessageId, PartyId } from "../../wire/id.ts";
import { type LineState, partyOfOrigin } from "../exchange/line-state.ts";
import type { Logger } from "../logger.ts";
import { messageRecord } from "../records.ts";
import { type DeclaredHere, takeDeclaration } from "./declared.ts";
import { givingWay } from "./giving-way.ts";
import { heldWrites } from "./held.ts";
import type { Looked } from "./open-one.ts";
import { openThreads } from "./open-threads.ts";
import { opening } from "./opening.ts";

export interface Opened {
  readonly record: MessageRecord;
  readonly message: Message;
}

export interface OpenerContext {
  readonly state: LineState;
  readonly store: LineStore;
  readonly logger: Logger;
  readonly now: () => number;
  /** Messages that count, durably. */
  readonly onMessages: (opened: readonly Opened[]) => void;
  readonly onNotices: (from: PartyId, items: readonly NoticeItem[]) => void;
  /** A party declared something, durably; these messages of its own count no more. */
  readonly onDeclared: (declared: DeclaredHere) => void;
  /** Nothing is left to look at. */
  readonly onDone: () => void;
}

export interface Opener {
  /** There may be something to open, of these logs. `more`: and they go on, in a parcel that is on its way. */
  wake(logs?: readonly LogOrigin[], more?: boolean): void;
  /** Resolves when nothing is left to look at. */
  rested(): Promise<void>;
  stop(): void;
}

const RETRY_MS = 3000;
const LOOK_AGAIN_MS = 50;

interface Batch {
  readonly writes: LineWrite[];
  readonly opened: Opened[];
  readonly notices: { readonly from: PartyId; readonly items: readonly NoticeItem[] }[];
  /** Of this batch, which the store does not know yet. */
  readonly ids: Set<string>;
  readonly targets: Map<MessageHash, Target>;
  /** What others may have waited for: what counts, and what would, had its party not revoked an officer's key. */
  readonly arrived: MessageHash[];
  /** What refers to something that was not held when its turn came; it may stand further on in this very batch. */
  readonly waiting: MessageRecord[];
}

export function opener(context: OpenerContext): Opener {
  const { state, logger } = context;
  const threads = openThreads(state.suite);
  let [planned, retry]: [NodeJS.Immediate | null, NodeJS.Timeout | null] = [null, null];
  let [running, stopped] = [false, false];
  const storing = givingWay();
  const rest = awaited();

  const step = opening({
    state,
    store: context.store,
    threads,
    storing,
    isStopped: () => stopped,
    take: (entries, looked) => take(context, entries, looked),
  });
  const run = async (): Promise<void> => {
    planned = null;
    if (stopped || running) return;
    running = true;
    try {
      const left = await step();
      running = false;
      if (stopped) return;
      if (left === "more") plan();
      else if (left === "later") retryIn(LOOK_AGAIN_MS);
      else {
        context.onDone();
        rest.reached();
      }
    } catch (error) {
      running = false;
      if (stopped) return;
      logger.error("opening-failed", { code: isParleyError(error) ? error.code : "internal", stack: String(error) });
      // A full disk has room again at some time, and nobody else would say so.
      retryIn(RETRY_MS);
    }
  };
  const retryIn = (ms: number): void => {
    retry ??= setTimeout(() => {
      retry = null;
      plan();
    }, ms);
  };
  const plan = (): void => {
    if (!stopped) planned ??= setImmediate(() => void run());
  };
  return {
    // What comes while it runs is found by its next look.
    wake: (logs = [], more = false) => {
      storing.comes(logs, more);
      plan();
    },
    rested: () => (stopped || (planned === null && retry === null && !running) ? Promise.resolve() : rest.next()),
    stop: () => {
      stopped = true;
      rest.reached();
      if (planned !== null) clearImmediate(planned);
      if (retry !== null) clearTimeout(retry);
      threads.close();
    },
  };
}

/** Something that many may wait for, and that comes again and again. */
function awaited(): { reached(): void; next(): Promise<void> } {
  let next: PromiseWithResolvers<void> | null = null;
  return {
    reached: () => {
      next?.resolve();
      next = null;
    },
    next: () => (next ??= Promise.withResolvers()).promise,
  };
}

function take(context: OpenerContext, entries: readonly EntryRecord[], looked: readonly Looked[]): void {
  let batch = newBatch();
  entries.forEach((entry, i) => {
    const found = looked[i] as Looked;
    if (!found.opened || "read" in found || found.content.type !== "declaration") {
      return lookAt(context, batch, entry, found);
    }
    // It changes what was said before it: that is in the store first.
    settle(context, batch);
    batch = newBatch();
    takeDeclaration(context, entry, found.content);
  });
  settle(context, batch);
}

function newBatch(): Batch {
  return { writes: [], opened: [], notices: [], ids: new Set(), targets: new Map(), arrived: [], waiting: [] };
}

function settle(context: OpenerContext, batch: Batch): void {
  lookAgain(context, batch);
  // After a power cut it would be looked at again, and be found the same.
  context.store.commit(batch.writes, "soon");
  if (batch.opened.length > 0) context.onMessages(batch.opened);
  for (const { from, items } of batch.notices) context.onNotices(from, items);
}

function lookAt(context: OpenerContext, batch: Batch, entry: EntryRecord, found: Looked): void {
  const { origin, index } = entry;
  const looked = (type: EntryType, cause: string | null): void =>
    void batch.writes.push({ write: "looked-at", origin, index, type, cause });
  if (!found.opened) return looked("unopened", whyUnopened(found.code));
  if ("read" in found) return takeMessage(context, batch, entry, found.content.message, found.read);
  const { content } = found;
  if (context.state.hasLeft(origin, index)) return looked(content.type, "party-left");
  switch (content.type) {
    case "notice":
      return takeNotice(context, batch, entry, content, looked);
    case "roster":
      return takeRoster(context, batch, entry, content, looked);
    case "charter": {
      const { suite, charterHash: own } = context.state;
      return looked(
        "charter",
        index === CHARTER_INDEX && charterHash(suite, content.bytes) === own ? null : "wrong-charter",
      );
    }
    case "declaration":
      // `take` has it before it comes here.
      return;
  }
}

const UNOPENED: Readonly<Record<string, UnopenedWhy>> = {
  "entry-no-share": "no-share",
  "entry-share-altered": "share-altered",
  "entry-commitment": "commitment",
  "entry-content": "content",
  "message-newer": "newer-version",
};

function whyUnopened(code: string): UnopenedWhy {
  return UNOPENED[code] ?? "unopenable";
}

function takeMessage(
  context: OpenerContext,
  batch: Batch,
  { origin, index, storedAt }: EntryRecord,
  signed: SignedMessage,
  read: Verified | Refused,
): void {
  const verdict = judge(context, batch, origin, index, read);
  const { message, hash } = verdict;
  const fault = verdict.ok ? null : verdict.fault;
  if (message === null || hash === null) {
    const type = fault === "newer-version" ? "unopened" : "message";
    batch.writes.push({ write: "looked-at", origin, index, type, cause: fault });
    return;
  }
  const record = messageRecord({ origin, index }, storedAt, { message, hash, signed }, officersOf(verdict), fault);
  batch.writes.push({ write: "looked-at", origin, index, type: "message", cause: fault });
  batch.writes.push({ write: "message", ...record });
  arrived(batch, record, message, verdict);
  if (fault === "unknown-target") batch.waiting.push(record);
}

function officersOf(verdict: Counted | Refused) {
  const signers = verdict.ok ? verdict : verdict.signers;
  return { drafter: signers?.drafter?.id ?? null, releaser: signers?.releaser.id ?? null };
}

/** What counts; and what would but for a revoked key, which has used its id and can be referred to all the same. */
function arrived(batch: Batch, record: MessageRecord, message: Message, verdict: Counted | Refused): void {
  const signers = verdict.ok ? verdict : verdict.signers;
  if (signers === null) return;
  batch.ids.add(`${message.from} ${message.id}`);
  batch.targets.set(record.hash, { message, releasedBy: signers.releaser.person });
  batch.arrived.push(record.hash);
  if (verdict.ok) batch.opened.push({ record, message });
}

function judge(
  { state, store, now }: OpenerContext,
  batch: Batch,
  origin: LogOrigin,
  index: number,
  read: Verified | Refused,
): Counted | Refused {
  const party = partyOfOrigin(origin);
  const { line, charter, charterHash: hash } = state;
  const roster = rosterAt(state.historyOf(origin), index);
  const isRevoked = (key: Uint8Array): boolean => state.isRevoked(origin, index, key);
  const hasLeft = state.hasLeft(origin, index);
  const place = { line, charter, charterHash: hash, party, roster, isRevoked, hasLeft };
  const known = {
    isRepeated: (from: PartyId, id: MessageId) => batch.ids.has(`${from} ${id}`) || store.hasMessageId(from, id),
    target: (wanted: MessageHash) => batch.targets.get(wanted) ?? targetOf(state, store, wanted),
  };
  return checkRead({ ...place, ...known }, read, now());
}

/** A message that counts, or would but for a revoked key, and the person who released it. */
export function targetOf(state: LineState, store: LineStore, hash: MessageHash): Target | null {
  const record = store.message(hash);
  if (record === null || (record.fault !== null && record.fault !== "officer-revoked")) return null;
  const roster = rosterAt(state.historyOf(record.origin), record.index);
  const releasedBy = roster.officers.find(({ id }) => id === record.releaser)?.person ?? null;
  return { message: decodeMessage(record.bytes), releasedBy };
}

/** What waited for a message that came now is judged again: logs come in any order of each other. */
function lookAgain(context: OpenerContext, batch: Batch): void {
  const isHeld = context.store.hasWaiting();
  if (!isHeld && batch.waiting.length === 0) return;
  for (let i = 0; i < batch.arrived.length; i++) {
    const hash = batch.arrived[i] as MessageHash;
    const before = isHeld ? context.store.waitingFor(hash) : [];
    for (const waiting of [...before, ...batch.waiting.filter(({ re }) => re?.message === hash)]) {
      const { origin, index, bytes, drafted, released } = waiting;
      const read = readSigned(context.state.suite, { bytes, drafted, released });
      const verdict = judge(context, batch, origin, index, read);
      if (!verdict.ok && verdict.fault === "unknown-target") continue;
      const fault = verdict.ok ? null : verdict.fault;
      const officers = officersOf(verdict);
      batch.writes.push({ write: "judged", origin, index, ...officers, fault });
      if (verdict.message !== null) arrived(batch, { ...waiting, ...officers, fault }, verdict.message, verdict);
    }
  }
}

type LookedAt = (type: "notice" | "roster", cause: string | null) => void;
type Signed = { readonly bytes: Uint8Array; readonly signature: Uint8Array };

function takeNotice(context: OpenerContext, batch: Batch, entry: EntryRecord, signed: Signed, looked: LookedAt): void {
  const { state, store } = context;
  const { origin, index, storedAt } = entry;
  const from = partyOfOrigin(origin);
  try {
    const notice = verifyNotice(state.suite, signed, rosterAt(state.historyOf(origin), index).node.parcel);
    if (notice.line !== state.line || notice.from !== from) return looked("notice", "wrong-line");
    const { bytes, signature } = signed;
    batch.writes.push({ write: "notice", origin, index, from, storedAt, bytes, signature });
    looked("notice", null);
    const logs = new Set(store.logs().map((log) => log.origin));
    for (const item of notice.items) {
      if (item.code === "opened" && logs.has(item.origin)) {
        const range = { first: item.from, last: item.to - 1 };
        batch.writes.push({
          write: "opening",
          origin: item.origin,
          party: from,
          ...range,
          at: notice.at,
          code: null,
          notice: index,
          noticeIn: origin,
        });
      }
      if ((item.code === "unopened" || item.code === "refused") && logs.has(item.origin)) {
        const range = { first: item.index, last: item.index };
        const code = `${item.code}: ${item.why}`;
        batch.writes.push({
          write: "opening",
          origin: item.origin,
          party: from,
          ...range,
          at: notice.at,
          code,
          notice: index,
          noticeIn: origin,
        });
      }
    }
    const understands = notice.items.findLast((item) => item.code === "understands");
    if (understands?.code === "understands") {
      batch.writes.push({ write: "understood", party: from, features: understands.features });
    }
    const said = { at: notice.at, knownAt: storedAt, items: notice.items };
    batch.writes.push(...heldWrites(context, from, said));
    batch.notices.push({ from, items: notice.items });
  } catch (error) {
    if (!isParleyError(error)) throw error;
    looked("notice", error.code === "message-newer" ? "newer-version" : error.code);
  }
}

function takeRoster(context: OpenerContext, batch: Batch, entry: EntryRecord, signed: Signed, looked: LookedAt): void {
  const { origin, index } = entry;
  const party = partyOfOrigin(origin);
  try {
    context.state.takeUp(origin, index, signed);
    batch.writes.push({ write: "roster", origin, index, party, bytes: signed.bytes, signature: signed.signature });
    looked("roster", null);
  } catch (error) {
    if (!isParleyError(error)) throw error;
    looked("roster", error.code === "roster-newer" ? "newer-version" : error.code);
  }
}
