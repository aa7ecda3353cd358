/**
 * The receiving half of the exchange, as a function from what is held and a parcel to effects. The node makes the
 * effects durable in their order, and only then composes its reply, whose receipts are for what is durable.
 * What fails to verify is asked for again, and nobody is accused; only two signed checkpoints that cannot both be true
 * are held against a log's author.
 */
import type { Suite } from "../crypto/index.ts";
import {
  type Checkpoint,
  consistencyProof,
  type HashReader,
  leafHash,
  logError,
  parseCheckpoint,
  receiptKeyName,
  type RootHash,
  type SubtreeHash,
  verifyCheckpoint,
  verifyCosignature,
} from "../log/index.ts";
import { checkShares, decodeEntry, MAX_ENTRY_BYTES } from "../message/index.ts";
import { type Bytes, equalBytes, toHex } from "../wire/bytes.ts";
import { decodeCbor } from "../wire/cbor.ts";
import { isParleyError } from "../wire/error.ts";
import { type LogOrigin, parseLogOrigin, type PartyId } from "../wire/id.ts";
import { asArray, asBytes } from "../wire/shape.ts";
import { type Branch, branchFrom, rootAt } from "./branch.ts";
import type { Have, Parcel, Receipt, Segment } from "./parcel.ts";
import { logKeyFor } from "./roster.ts";
import type { SplitRecord } from "./split.ts";
import { type HeldReceipt, type LineView, type LogView, newestReceipt, sizeOfNote } from "./view.ts";

/** Why a part of a parcel was left. */
export type UnverifiedCode =
  | "unverified-log"
  | "unverified-checkpoint"
  | "unverified-place"
  | "unverified-entry"
  | "unverified-altered"
  | "unverified-root"
  | "unverified-receipt";

export type Effect =
  /** Append to the log where its size is exactly `from`. */
  | {
      readonly type: "store-segment";
      readonly origin: LogOrigin;
      readonly party: PartyId;
      readonly from: number;
      /** In transport form. */
      readonly entries: readonly Bytes[];
      readonly subtrees: readonly SubtreeHash[];
      /** Of the log with them. */
      readonly size: number;
      readonly root: RootHash;
      readonly checkpoint: string;
    }
  /** The newest checkpoint heard of, beyond what is held. */
  | {
      readonly type: "store-head";
      readonly origin: LogOrigin;
      readonly size: number;
      readonly root: RootHash;
      readonly checkpoint: string;
    }
  | ({ readonly type: "store-receipt" } & HeldReceipt)
  /** Keep the evidence, tell every party, sign no more receipts for this log. */
  | { readonly type: "split-record"; readonly origin: LogOrigin; readonly party: PartyId; readonly record: SplitRecord }
  /** Others hold more of this node's own log than it does: it must not append before it has taken that back. */
  | { readonly type: "behind-own-log"; readonly origin: LogOrigin; readonly size: number }
  /** Left as it was; it will be asked for again. */
  | {
      readonly type: "unverified";
      readonly code: UnverifiedCode;
      readonly origin: LogOrigin | null;
      readonly index: number | null;
      readonly message: string;
    }
  /** What the sender says it holds; changes nothing here, and tells what to send it next. */
  | {
      readonly type: "heard";
      readonly party: PartyId;
      readonly at: number;
      readonly have: readonly Have[];
      readonly more: boolean;
    };

/** A log as this parcel has changed it so far. */
interface Log {
  readonly view: LogView;
  size: number;
  read: HashReader;
  checkpoint: string | null;
  head: string | null;
  /** Notes of this parcel beyond what is held, by size. */
  readonly heard: Map<number, string>;
  split: boolean;
}

interface Work {
  readonly suite: Suite;
  readonly view: LineView;
  readonly logs: ReadonlyMap<LogOrigin, Log>;
  readonly effects: Effect[];
  /** Notes of this parcel that were looked at already: many receipts are over one checkpoint. */
  readonly notes: Map<string, Checkpoint | null>;
  readonly receipts: Map<string, number>;
}

/** The same parcel a second time gives no effect but `heard`, and `unverified` for what is still not verified. */
export function accept(suite: Suite, view: LineView, parcel: Parcel): Effect[] {
  const logs = [...view.logs].map(([origin, log]): [LogOrigin, Log] => [
    origin,
    {
      view: log,
      size: log.size,
      read: log.read,
      checkpoint: log.checkpoint,
      head: log.head,
      heard: new Map(),
      split: log.split,
    },
  ]);
  const work: Work = { suite, view, logs: new Map(logs), effects: [], notes: new Map(), receipts: new Map() };
  for (const segment of parcel.segments) takeSegment(work, segment);
  for (const note of parcel.heads) takeNote(work, note);
  for (const receipt of parcel.receipts) takeReceipt(work, receipt);
  const have = parcel.have.filter(({ origin }) => logs.some(([known]) => known === origin));
  work.effects.push({ type: "heard", party: parcel.from, at: parcel.at, have, more: parcel.more });
  return work.effects;
}

function unverified(
  work: Work,
  code: UnverifiedCode,
  message: string,
  origin: LogOrigin | null,
  index: number | null,
): void {
  work.effects.push({ type: "unverified", code, origin, index, message });
}

function takeSegment(work: Work, segment: Segment): void {
  const { origin, checkpoint: note } = segment;
  const log = work.logs.get(origin);
  if (log === undefined) return unverified(work, "unverified-log", "The log is not one of this line.", origin, null);
  const checkpoint = verifiedNote(work, note, origin);
  if (checkpoint === null) return;
  if (!storeSegment(work, log, segment, checkpoint)) compareWithHeld(work, log, checkpoint, note);
}

/** True where entries were taken; else the checkpoint is still to be compared with what is held. */
function storeSegment(
  work: Work,
  log: Log,
  { from, entries, checkpoint: note }: Segment,
  checkpoint: Checkpoint,
): boolean {
  const { origin, party } = log.view;
  const left = (code: UnverifiedCode, message: string, index: number): false => {
    unverified(work, code, message, origin, index);
    return false;
  };
  if (from > log.size) return left("unverified-place", `Entries from ${from} came, and ${log.size} are held.`, from);
  if (checkpoint.size !== from + entries.length) {
    return left("unverified-place", "The checkpoint is not at the entries' end.", from);
  }
  const leaves = leavesOf(work, origin, from, entries);
  if (leaves === null) return false;
  const repeated = leaves.slice(0, log.size - from);
  const differs = repeated.findIndex((leaf, i) => !equalBytes(leaf, log.read(0, from + i)));
  if (differs >= 0) {
    takeOtherBranch(work, log, { checkpoint, note, from, leaves });
    return left("unverified-altered", `Entry ${from + differs} is not the one that is held.`, from + differs);
  }
  if (checkpoint.size <= log.size) return false;
  const branch = branchFrom(work.suite, log.size, log.read, leaves.slice(repeated.length));
  if (!equalBytes(branch.root, checkpoint.root)) {
    return left("unverified-root", "The entries do not give the root that the checkpoint states.", log.size);
  }
  work.effects.push({
    type: "store-segment",
    origin,
    party,
    from: log.size,
    entries: entries.slice(repeated.length),
    subtrees: branch.completed,
    size: branch.size,
    root: branch.root,
    checkpoint: note,
  });
  grow(work, log, branch, note);
  return true;
}

/** Leaf hashes of entries in transport form; null where one of them is not what its own leaf says. */
function leavesOf(work: Work, origin: LogOrigin, from: number, entries: readonly Bytes[]): Bytes[] | null {
  const leaves: Bytes[] = [];
  for (const [i, bytes] of entries.entries()) {
    try {
      leaves.push(leafHash(work.suite, leafOf(work.suite, bytes)));
    } catch (error) {
      if (!isParleyError(error)) throw error;
      unverified(work, "unverified-entry", error.message, origin, from + i);
      return null;
    }
  }
  return leaves;
}

/**
 * The Merkle leaf of an entry in transport form, whose shares are those that the leaf names. An entry that a newer
 * version wrote is kept and receipted like any other: only its transport form is read here.
 * @throws entry-malformed, entry-too-large, entry-share-altered, and what `wire` throws
 */
export function leafOf(suite: Suite, bytes: Bytes): Bytes {
  try {
    const entry = decodeEntry(bytes);
    checkShares(suite, entry);
    return entry.core;
  } catch (error) {
    if (!isParleyError(error, "message-newer")) throw error;
    return asBytes(asArray(decodeCbor(bytes, MAX_ENTRY_BYTES), "entry", 16)[0], "entry.core");
  }
}

/** Every note that was heard of before is compared with what has come now, not the newest alone. */
function grow(work: Work, log: Log, branch: Branch, note: string): void {
  const before = log.size;
  log.size = branch.size;
  log.read = branch.read;
  log.checkpoint = note;
  if (log.head !== null && sizeOfNote(log.head) <= log.size) log.head = null;
  const ofParcel = [...log.heard.values()].filter((heard) => sizeOfNote(heard) <= log.size);
  for (const heard of [...log.view.heard(before, log.size), ...ofParcel]) {
    const { checkpoint } = parseCheckpoint(heard);
    const held = rootAt(work.suite, checkpoint.size, log.read);
    if (!equalBytes(checkpoint.root, held)) split(work, log, checkpoint, heard);
  }
}

interface OtherBranch {
  readonly checkpoint: Checkpoint;
  readonly note: string;
  readonly from: number;
  readonly leaves: readonly Bytes[];
}

/** Entries that differ from those held: only where they give a signed, larger root did their author sign both. */
function takeOtherBranch(work: Work, log: Log, { checkpoint, note, from, leaves }: OtherBranch): void {
  const branch = branchFrom(work.suite, from, log.read, leaves);
  if (log.checkpoint === null || checkpoint.size <= log.size || !equalBytes(branch.root, checkpoint.root)) return;
  record(work, log, {
    smaller: log.checkpoint,
    larger: note,
    prefix_root: rootAt(work.suite, log.size, branch.read),
    proof: consistencyProof(work.suite, log.size, branch.size, branch.read),
  });
}

/** A checkpoint that was heard of, once it is found to be signed by its log's key; compared with what is held. */
function takeNote(work: Work, note: string): Checkpoint | null {
  const before = work.notes.get(note);
  const checkpoint = verifiedNote(work, note, null);
  const log = checkpoint === null ? undefined : work.logs.get(checkpoint.origin as LogOrigin);
  if (checkpoint === null || log === undefined) return null;
  if (before === undefined) compareWithHeld(work, log, checkpoint, note);
  return checkpoint;
}

/** `origin` is the log that it must be of, where that is known. */
function verifiedNote(work: Work, note: string, origin: LogOrigin | null): Checkpoint | null {
  const known = work.notes.get(note);
  if (known !== undefined && (origin === null || known?.origin === origin)) return known;
  const checkpoint = verifyNote(work, note, origin);
  work.notes.set(note, checkpoint);
  return checkpoint;
}

function verifyNote(work: Work, text: string, origin: LogOrigin | null): Checkpoint | null {
  let where = origin;
  try {
    const { checkpoint, note } = parseCheckpoint(text);
    where ??= parseLogOrigin(checkpoint.origin).origin;
    const log = work.logs.get(where);
    if (log === undefined) {
      unverified(work, "unverified-log", "The checkpoint is of a log that is not of this line.", where, null);
      return null;
    }
    if (text === log.checkpoint || text === log.head) return checkpoint;
    if (note.signatures.length !== 1)
      throw logError("checkpoint-malformed", "It bears signatures beside its log's own.");
    const publicKey = logKeyFor(log.view.rosters, checkpoint.size);
    return verifyCheckpoint(work.suite, text, { name: where, publicKey });
  } catch (error) {
    if (!isParleyError(error)) throw error;
    // A head beyond what is held may be by a key of a roster that is still to come: it is not looked at yet.
    const later = origin === null && error.code === "checkpoint-unsigned";
    if (!later) unverified(work, "unverified-checkpoint", error.message, where, null);
    return null;
  }
}

function compareWithHeld(work: Work, log: Log, checkpoint: Checkpoint, note: string): void {
  if (checkpoint.size <= log.size) {
    const held = rootAt(work.suite, checkpoint.size, log.read);
    if (!equalBytes(held, checkpoint.root)) split(work, log, checkpoint, note);
    return;
  }
  const { size } = checkpoint;
  const other = log.heard.get(size) ?? log.view.heard(size - 1, size)[0];
  if (other !== undefined && !equalBytes(parseCheckpoint(other).checkpoint.root, checkpoint.root)) {
    record(work, log, { smaller: other, larger: note, prefix_root: null, proof: [] });
  }
  if (log.split) return;
  log.heard.set(size, note);
  if (log.head !== null && sizeOfNote(log.head) >= size) return;
  log.head = note;
  const { origin, party } = log.view;
  work.effects.push({ type: "store-head", origin, size: checkpoint.size, root: checkpoint.root, checkpoint: note });
  if (party === work.view.self) work.effects.push({ type: "behind-own-log", origin, size: checkpoint.size });
}

/** `checkpoint` is signed, not above what is held, and states another root than the held entries give. */
function split(work: Work, log: Log, checkpoint: Checkpoint, note: string): void {
  if (log.checkpoint === null) return;
  if (checkpoint.size === log.size) {
    return record(work, log, { smaller: log.checkpoint, larger: note, prefix_root: null, proof: [] });
  }
  record(work, log, {
    smaller: note,
    larger: log.checkpoint,
    prefix_root: rootAt(work.suite, checkpoint.size, log.read),
    proof: consistencyProof(work.suite, checkpoint.size, log.size, log.read),
  });
}

function record(work: Work, log: Log, evidence: Omit<SplitRecord, "origin">): void {
  if (log.split) return;
  log.split = true;
  const { origin, party } = log.view;
  work.effects.push({ type: "split-record", origin, party, record: { origin, ...evidence } });
}

function takeReceipt(work: Work, receipt: Receipt): void {
  const held = work.view.receipts.some(
    ({ line, checkpoint }) => line === receipt.line && checkpoint === receipt.checkpoint,
  );
  if (held) return;
  const party = partyOfReceipt(work, receipt.line);
  if (party === null)
    return unverified(work, "unverified-receipt", "The receipt is by nobody of this line.", null, null);
  if (party.view.party === work.view.self) return;
  const checkpoint = takeNote(work, receipt.checkpoint);
  if (checkpoint === null) return;
  const origin = checkpoint.origin as LogOrigin;
  const log = work.logs.get(origin) as Log;
  const key = `${party.view.party} ${origin}`;
  const before = work.receipts.get(key) ?? newestReceipt(work.view, origin, party.view.party)?.size ?? 0;
  if (checkpoint.size <= before) return;
  if (log.split && !isHeld(work, log, checkpoint)) return;
  const own = log.view.party === party.view.party;
  const at = own ? "bad" : receiptTime(work, checkpoint, receipt, party);
  if (at === "later") return;
  if (at === "bad") {
    const message = `The receipt by ${party.view.party} is not one by its receipt key on another's log.`;
    return unverified(work, "unverified-receipt", message, origin, null);
  }
  work.receipts.set(key, checkpoint.size);
  work.effects.push({ type: "store-receipt", origin, party: party.view.party, size: checkpoint.size, at, ...receipt });
}

/** Of a log that was split, a receipt says something about what is held here only where it is over the same tree. */
function isHeld(work: Work, log: Log, { size, root }: Checkpoint): boolean {
  return size <= log.size && equalBytes(root, rootAt(work.suite, size, log.read));
}

/** The receiver's own log, after which its receipt key is named. */
function partyOfReceipt(work: Work, line: string): Log | null {
  const name = /^\u2014 (\S{1,200}) /.exec(line)?.[1];
  return [...work.logs.values()].find(({ view }) => receiptKeyName(view.origin) === name) ?? null;
}

/**
 * By any receipt key that the party had: an old receipt stays true when the key changes. `later`: by a key that no
 * roster held here names, so perhaps one that is still to come.
 */
function receiptTime(work: Work, checkpoint: Checkpoint, { line }: Receipt, { view }: Log): number | "bad" | "later" {
  const keys = new Map(view.rosters.map(({ roster }) => [toHex(roster.node.receipt), roster.node.receipt]));
  for (const publicKey of [...keys.values()].toReversed()) {
    try {
      return verifyCosignature(work.suite, checkpoint, line, { name: receiptKeyName(view.origin), publicKey }).at;
    } catch (error) {
      if (!isParleyError(error)) throw error;
      if (error.code !== "cosignature-other-key") return "bad";
    }
  }
  return "later";
}
