/**
 * Opens what others' logs brought, in their order, and says of each entry what it turned out to be. What cannot be
 * opened or does not count stays visible with its cause. A crash in between costs nothing: what was not looked at is
 * looked at again.
 */
import {
  checkMessage,
  CHARTER_INDEX,
  charterHash,
  type Counted,
  type Refused,
  rosterAt,
  type Target,
} from "../../line/index.ts";
import {
  decodeEntry,
  decodeMessage,
  type Message,
  openEntry,
  type OpenEntry,
  openOwnEntry,
  type SignedMessage,
  type UnopenedWhy,
  verifyNotice,
} from "../../message/index.ts";
import type { EntryRecord, LineStore, LineWrite, MessageRecord } from "../../store/index.ts";
import { isParleyError } from "../../wire/error.ts";
import type { LogOrigin, MessageHash, MessageId, PartyId } from "../../wire/id.ts";
import { type LineState, partyOfOrigin } from "../exchange/line-state.ts";
import type { Logger } from "../logger.ts";
import { messageRecord } from "../records.ts";

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
  readonly onNotices: (from: PartyId, codes: readonly string[]) => void;
  /** Nothing is left to look at. */
  readonly onDone: () => void;
}

export interface Opener {
  /** There may be something to open. */
  wake(): void;
  stop(): void;
}

/** Between two batches others get their turn. */
const BATCH = 64;
const RETRY_MS = 3000;

interface Batch {
  readonly writes: LineWrite[];
  readonly opened: Opened[];
  readonly notices: { readonly from: PartyId; readonly codes: readonly string[] }[];
  /** Of this batch, which the store does not know yet. */
  readonly ids: Set<string>;
  readonly targets: Map<MessageHash, Target>;
}

export function opener(context: OpenerContext): Opener {
  const { store, logger } = context;
  let planned: NodeJS.Immediate | null = null;
  let retry: NodeJS.Timeout | null = null;
  let stopped = false;

  const step = (): boolean => {
    const entries = store.entriesToOpen(BATCH);
    if (entries.length === 0) return false;
    const batch: Batch = { writes: [], opened: [], notices: [], ids: new Set(), targets: new Map() };
    for (const entry of entries) lookAt(context, batch, entry);
    lookAgain(context, batch);
    // After a power cut it would be looked at again, and be found the same.
    store.commit(batch.writes, "soon");
    if (batch.opened.length > 0) context.onMessages(batch.opened);
    for (const { from, codes } of batch.notices) context.onNotices(from, codes);
    return true;
  };
  const run = (): void => {
    planned = null;
    if (stopped) return;
    try {
      if (step()) planned = setImmediate(run);
      else context.onDone();
    } catch (error) {
      logger.error("opening-failed", { code: isParleyError(error) ? error.code : "internal", stack: String(error) });
      // A full disk has room again at some time, and nobody else would say so.
      retry ??= setTimeout(() => {
        retry = null;
        run();
      }, RETRY_MS);
    }
  };
  return {
    wake: () => {
      if (!stopped) planned ??= setImmediate(run);
    },
    stop: () => {
      stopped = true;
      if (planned !== null) clearImmediate(planned);
      if (retry !== null) clearTimeout(retry);
    },
  };
}

function lookAt(context: OpenerContext, batch: Batch, entry: EntryRecord): void {
  const { origin, index } = entry;
  const looked = (type: "message" | "notice" | "roster" | "charter" | "unopened", cause: string | null): void =>
    void batch.writes.push({ write: "looked-at", origin, index, type, cause });
  let content: OpenEntry;
  try {
    content = openOne(context.state, entry);
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return looked("unopened", whyUnopened(error.code));
  }
  switch (content.type) {
    case "message":
      return takeMessage(context, batch, entry, content.message);
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
  }
}

/** Its own entries come back to a node that was restored from a backup. */
function openOne(state: LineState, { origin, index, bytes }: EntryRecord): OpenEntry {
  const { suite, keys } = state;
  const place = { origin, index };
  const entry = decodeEntry(bytes);
  if (partyOfOrigin(origin) === state.self) return openOwnEntry(suite, entry, place, keys.archive);
  return openEntry(suite, entry, place, keys.sealing(entry.shares.map(({ kid }) => kid)));
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

function takeMessage(context: OpenerContext, batch: Batch, entry: EntryRecord, signed: SignedMessage): void {
  const { origin, index, storedAt } = entry;
  const verdict = judge(context, batch, origin, index, signed);
  const { message, hash } = verdict;
  const fault = verdict.ok ? null : verdict.fault;
  if (message === null || hash === null) {
    const type = fault === "newer-version" ? "unopened" : "message";
    batch.writes.push({ write: "looked-at", origin, index, type, cause: fault });
    return;
  }
  const officers = verdict.ok
    ? { drafter: verdict.drafter?.id ?? null, releaser: verdict.releaser.id }
    : { drafter: null, releaser: null };
  const record = messageRecord({ origin, index }, storedAt, { message, hash, signed }, officers, fault);
  batch.writes.push({ write: "looked-at", origin, index, type: "message", cause: fault });
  batch.writes.push({ write: "message", ...record });
  if (verdict.ok) counted(batch, record, message, verdict);
}

function counted(batch: Batch, record: MessageRecord, message: Message, verdict: Counted): void {
  batch.ids.add(`${message.from} ${message.id}`);
  batch.targets.set(record.hash, { message, releasedBy: verdict.releaser.person });
  batch.opened.push({ record, message });
}

function judge(
  { state, store, now }: OpenerContext,
  batch: Batch,
  origin: LogOrigin,
  index: number,
  signed: SignedMessage,
): Counted | Refused {
  const party = partyOfOrigin(origin);
  const { line, charter, charterHash: hash } = state;
  const place = { line, charter, charterHash: hash, party, roster: rosterAt(state.historyOf(origin), index) };
  const known = {
    isRepeated: (from: PartyId, id: MessageId) => batch.ids.has(`${from} ${id}`) || store.hasMessageId(from, id),
    target: (wanted: MessageHash) => batch.targets.get(wanted) ?? targetOf(state, store, wanted),
  };
  return checkMessage(state.suite, { ...place, ...known }, { origin, index, signed }, now());
}

/** A message that counts, and the person who released it. */
export function targetOf(state: LineState, store: LineStore, hash: MessageHash): Target | null {
  const record = store.message(hash);
  if (record === null || record.fault !== null) return null;
  const roster = rosterAt(state.historyOf(record.origin), record.index);
  const releasedBy = roster.officers.find(({ id }) => id === record.releaser)?.person ?? null;
  return { message: decodeMessage(record.bytes), releasedBy };
}

/** What waited for a message that came now is judged again: logs come in any order of each other. */
function lookAgain(context: OpenerContext, batch: Batch): void {
  for (let i = 0; i < batch.opened.length; i++) {
    const { hash } = (batch.opened[i] as Opened).record;
    for (const waiting of context.store.messages({ re: hash, faults: "with" }, { order: "oldest-first" })) {
      if (waiting.fault !== "unknown-target") continue;
      const { origin, index, bytes, drafted, released } = waiting;
      const verdict = judge(context, batch, origin, index, { bytes, drafted, released });
      if (!verdict.ok && verdict.fault === "unknown-target") continue;
      const fault = verdict.ok ? null : verdict.fault;
      const officers = verdict.ok
        ? { drafter: verdict.drafter?.id ?? null, releaser: verdict.releaser.id }
        : { drafter: null, releaser: null };
      batch.writes.push({ write: "judged", origin, index, ...officers, fault });
      if (verdict.ok) counted(batch, { ...waiting, ...officers, fault: null }, verdict.message, verdict);
    }
  }
}

type Looked = (type: "notice" | "roster", cause: string | null) => void;
type Signed = { readonly bytes: Uint8Array; readonly signature: Uint8Array };

function takeNotice(context: OpenerContext, batch: Batch, entry: EntryRecord, signed: Signed, looked: Looked): void {
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
    batch.notices.push({ from, codes: notice.items.map(({ code }) => code) });
  } catch (error) {
    if (!isParleyError(error)) throw error;
    looked("notice", error.code);
  }
}

function takeRoster(context: OpenerContext, batch: Batch, entry: EntryRecord, signed: Signed, looked: Looked): void {
  const { origin, index } = entry;
  const party = partyOfOrigin(origin);
  try {
    context.state.takeUp(origin, index, signed);
    batch.writes.push({ write: "roster", origin, index, party, bytes: signed.bytes, signature: signed.signature });
    looked("roster", null);
  } catch (error) {
    if (!isParleyError(error)) throw error;
    looked("roster", error.code);
  }
}
