/** Checkpoints that came: verified, and held against what is held and what was heard before. */
import { type Checkpoint, consistencyProof, logError, parseCheckpoint, verifyCheckpoint } from "../../log/index.ts";
import { equalBytes } from "../../wire/bytes.ts";
import { isParleyError } from "../../wire/error.ts";
import { type LogOrigin, parseLogOrigin } from "../../wire/id.ts";
import { type Log, unverified, type Work } from "./accept-work.ts";
import { rootAt } from "./branch.ts";
import { logKeyFor } from "../terms/roster.ts";
import type { SplitRecord } from "./split.ts";
import { type LogView, sizeOfNote } from "./view.ts";

/** A checkpoint that was heard of, once it is found to be signed by its log's key; compared with what is held. */
export function takeNote(work: Work, note: string): Checkpoint | null {
  const before = work.notes.get(note);
  const checkpoint = verifiedNote(work, note, null);
  const log = checkpoint === null ? undefined : work.logs.get(checkpoint.origin as LogOrigin);
  if (checkpoint === null || log === undefined) return null;
  if (before === undefined) compareWithHeld(work, log, checkpoint, note);
  return checkpoint;
}

/** `origin` is the log that it must be of, where that is known. */
export function verifiedNote(work: Work, note: string, origin: LogOrigin | null): Checkpoint | null {
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

export function compareWithHeld(work: Work, log: Log, checkpoint: Checkpoint, note: string): void {
  if (checkpoint.size <= log.size) {
    const held = rootAt(work.suite, checkpoint.size, log.read);
    if (!equalBytes(held, checkpoint.root)) split(work, log, checkpoint, note);
    return;
  }
  // Its party stands by nothing there: it is no head to wait for, and no word of the party's to be held against it.
  if (isBeyondEnd(log.view, checkpoint.size)) return;
  const { size } = checkpoint;
  const other = log.heard.get(size) ?? log.view.heard(size - 1, size)[0];
  if (other !== undefined && !equalBytes(parseCheckpoint(other).checkpoint.root, checkpoint.root)) {
    recordSplit(work, log, { smaller: other, larger: note, prefix_root: null, proof: [] });
  }
  if (log.split) return;
  log.heard.set(size, note);
  if (log.head !== null && sizeOfNote(log.head) >= size) return;
  log.head = note;
  const { origin, party } = log.view;
  work.effects.push({ type: "store-head", origin, size: checkpoint.size, root: checkpoint.root, checkpoint: note });
  if (party === work.view.self) work.effects.push({ type: "behind-own-log", origin, size: checkpoint.size });
}

export function isBeyondEnd({ closedAt }: LogView, size: number): boolean {
  return closedAt !== null && size > closedAt;
}

/** `checkpoint` is signed, not above what is held, and states another root than the held entries give. */
export function split(work: Work, log: Log, checkpoint: Checkpoint, note: string): void {
  if (log.checkpoint === null) return;
  if (checkpoint.size === log.size) {
    return recordSplit(work, log, { smaller: log.checkpoint, larger: note, prefix_root: null, proof: [] });
  }
  recordSplit(work, log, {
    smaller: note,
    larger: log.checkpoint,
    prefix_root: rootAt(work.suite, checkpoint.size, log.read),
    proof: consistencyProof(work.suite, checkpoint.size, log.size, log.read),
  });
}

export function recordSplit(work: Work, log: Log, evidence: Omit<SplitRecord, "origin">): void {
  if (log.split) return;
  log.split = true;
  const { origin, party } = log.view;
  work.effects.push({ type: "split-record", origin, party, record: { origin, ...evidence } });
}
