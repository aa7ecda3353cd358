/**
 * The one door to this party's own log. It takes released messages, notices, rosters and the charter, and nothing else
 * type-checks; a plan has no way to become one of them. What it returns is durable.
 */
import {
  appendLeaf,
  type Frontier,
  frontierFrom,
  leafHash,
  rootOf,
  signCheckpoint,
  type SubtreeHash,
} from "../../log/index.ts";
import { logKeyFor, type SignedDeclaration, type SignedRoster } from "../../line/index.ts";
import { encodeEntry, type OpenEntry, type Released, sealEntry, type SignedNotice } from "../../message/index.ts";
import { type LineStore, type LineWrite, type LogRecord, storeError } from "../../store/index.ts";
import { type Bytes, toHex } from "../../wire/bytes.ts";
import type { OfficerId } from "../../wire/id.ts";
import { serverError } from "../errors.ts";
import type { LineState } from "./line-state.ts";
import { messageRecord } from "../records.ts";
import type { Restored } from "./restored.ts";

/** A message that its officers released: the only kind of message that there is a way out for. */
export interface ReleasedMessage {
  readonly released: Released;
  readonly drafter: OfficerId | null;
  readonly releaser: OfficerId;
}

export type Outgoing =
  | ({ readonly type: "message" } & ReleasedMessage)
  | { readonly type: "notice"; readonly notice: SignedNotice }
  | { readonly type: "roster"; readonly roster: SignedRoster }
  | { readonly type: "declaration"; readonly declaration: SignedDeclaration }
  | { readonly type: "charter" };

/** What each generation of a log begins with. */
export function foundingOf(state: LineState): readonly Outgoing[] {
  const closing = state.closings().find(({ origin }) => origin === state.origin);
  const roster: SignedRoster = closing?.signed.roster ?? (state.foundingRosters.get(state.self) as SignedRoster);
  return [{ type: "charter" }, { type: "roster", roster }];
}

export interface Outbound {
  /**
   * Appends `items` in their order, in one transaction together with `also`. Returns the index of the first.
   * @throws line-left, log-behind, store-size-changed, disk-full, entry-too-large
   */
  append(items: readonly Outgoing[], also?: readonly LineWrite[]): { readonly first: number; readonly size: number };
  /** @throws line-left, log-behind, log-split, node-locked where nothing can be appended now */
  requireOpen(): void;
}

/**
 * So many entries, or so many bytes of them, and there is a checkpoint: a parcel ends at one, and must fit between two.
 */
const CHECKPOINT_EVERY = { entries: 128, bytes: 1 << 20 };

export function outbound(state: LineState, store: LineStore, restored: Restored, now: () => number): Outbound {
  const openLog = (): LogRecord => {
    state.requireUnlocked();
    if (state.left(state.self) !== null)
      throw serverError("line-left", "This party has left the line: it says nothing more on it.");
    const log = store.log(state.origin);
    if (log === null) throw storeError("store-failed", "The node's own log is missing from its store.");
    // A head of this log that others showed is on the disk with its checkpoints: a restart does not forget it.
    const elsewhere = store.checkpoint(state.origin)?.size ?? 0;
    if (log.size < elsewhere) {
      throw serverError("log-behind", `Others hold ${elsewhere} entries of this log, and this node ${log.size}.`);
    }
    restored.requireHeard();
    if (log.split) throw serverError("log-split", "This log has a split record; its generation must be closed.");
    return log;
  };
  return {
    append: (items, also = []) => {
      const log = openLog();
      const frontier = frontierFrom(log.size, store.hashReader(state.origin));
      store.commit([...appended(state, frontier, items, now()), ...also]);
      return { first: log.size, size: log.size + items.length };
    },
    requireOpen: () => void openLog(),
  };
}

function appended(state: LineState, start: Frontier, items: readonly Outgoing[], at: number): LineWrite[] {
  const { suite, origin, keys } = state;
  const recipients = recipientsOf(state);
  const entries: Bytes[] = [];
  const nodes: SubtreeHash[] = [];
  const checkpoints: LineWrite[] = [];
  let frontier = start;
  let since = { entries: 0, bytes: 0 };
  items.forEach((item, i) => {
    const place = { origin, index: frontier.size };
    const sealed = sealEntry(suite, contentOf(state, item), { ...place, recipients, archiveKey: keys.archive });
    const bytes = encodeEntry(sealed);
    const step = appendLeaf(suite, frontier, leafHash(suite, sealed.core));
    entries.push(bytes);
    nodes.push(...step.completed);
    frontier = step.frontier;
    since = { entries: since.entries + 1, bytes: since.bytes + bytes.length };
    const due = since.entries >= CHECKPOINT_EVERY.entries || since.bytes >= CHECKPOINT_EVERY.bytes;
    if (!due && i < items.length - 1) return;
    checkpoints.push(checkpointWrite(state, frontier, at));
    since = { entries: 0, bytes: 0 };
  });
  return [
    { write: "append", origin, expect: start.size, entries, nodes, at, carrier: null },
    ...checkpoints,
    ...items.flatMap((item, i) => openedWrites(state, item, start.size + i, at)),
  ];
}

/** Who has left reads nothing more. Each key once: a party that names another's as its own must not stop everybody who seals to both. */
function recipientsOf(state: LineState): { readonly sealingKey: Bytes }[] {
  const keys = state.present().map(({ id }) => state.roster(id).node.sealing);
  return [...new Map(keys.map((key) => [toHex(key), { sealingKey: key }])).values()];
}

/** Signed before the commit and kept by it: a checkpoint that no transaction kept is never seen by anyone. */
function checkpointWrite(state: LineState, frontier: Frontier, at: number): LineWrite {
  const { suite, origin, keys } = state;
  const checkpoint = { origin, size: frontier.size, root: rootOf(suite, frontier) };
  const seed = keys.seed("log", logKeyFor(state.historyOf(origin), frontier.size));
  const note = signCheckpoint(suite, checkpoint, { name: origin, seed });
  return { write: "checkpoint", origin, size: checkpoint.size, root: checkpoint.root, note, seenAt: at };
}

function contentOf(state: LineState, item: Outgoing): OpenEntry {
  switch (item.type) {
    case "message":
      return { type: "message", message: item.released.signed };
    case "notice":
      return { type: "notice", ...item.notice };
    case "roster":
      return { type: "roster", ...item.roster };
    case "declaration":
      return { type: "declaration", ...item.declaration };
    case "charter":
      return { type: "charter", ...state.signedCharter };
  }
}

function openedWrites({ origin, self }: LineState, item: Outgoing, index: number, at: number): LineWrite[] {
  const looked: LineWrite = { write: "looked-at", origin, index, type: item.type, cause: null };
  switch (item.type) {
    case "message": {
      const { message, hash, signed } = item.released;
      const officers = { drafter: item.drafter, releaser: item.releaser };
      const record = messageRecord({ origin, index }, at, { message, hash, signed }, officers, null);
      return [looked, { write: "message", ...record }];
    }
    case "notice":
      return [looked, { write: "notice", origin, index, from: self, storedAt: at, ...item.notice }];
    case "roster":
      return [looked, { write: "roster", origin, index, party: self, ...item.roster }];
    case "declaration":
      // What it changes is written beside it.
      return [looked];
    case "charter":
      return [looked];
  }
}
