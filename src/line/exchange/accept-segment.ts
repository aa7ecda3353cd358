/** Entries that came, with the checkpoint at their end. */
import type { Suite } from "../../crypto/index.ts";
import { type Checkpoint, consistencyProof, leafHash, parseCheckpoint } from "../../log/index.ts";
import { checkShares, decodeEntry, MAX_ENTRY_BYTES } from "../../message/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import { decodeCbor } from "../../wire/cbor.ts";
import { isParleyError } from "../../wire/error.ts";
import type { LogOrigin } from "../../wire/id.ts";
import { asArray, asBytes } from "../../wire/shape.ts";
import { compareWithHeld, isBeyondEnd, recordSplit, split, verifiedNote } from "./accept-note.ts";
import { type Log, unverified, type Work } from "./accept-work.ts";
import { type Branch, branchFrom, rootAt } from "./branch.ts";
import type { UnverifiedCode } from "./effect.ts";
import type { Segment } from "../parcel/parcel.ts";
import { sizeOfNote } from "./view.ts";

export function takeSegment(work: Work, segment: Segment): void {
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
  if (isBeyondEnd(log.view, checkpoint.size) && checkpoint.size > log.size) {
    return left("unverified-closed", `The author has closed this log at ${log.view.closedAt} entries.`, from);
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
  recordSplit(work, log, {
    smaller: log.checkpoint,
    larger: note,
    prefix_root: rootAt(work.suite, log.size, branch.read),
    proof: consistencyProof(work.suite, log.size, branch.size, branch.read),
  });
}
