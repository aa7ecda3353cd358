/** A log's records: its entries give its root, or each has a proof; and both end in a checkpoint that its key signed. */
import {
  appendLeaf,
  type Checkpoint,
  parseCheckpoint,
  parseProof,
  rootOf,
  verifyCheckpoint,
  verifyInclusion,
} from "../../log/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import { lineError } from "../errors.ts";
import { takeEntry } from "./content.ts";
import { takeCosignature } from "./cosigned.ts";
import { type Look, lookIntoEntry } from "./look.ts";
import type { EvidenceRecord } from "./records.ts";
import {
  check,
  cosignaturesOf,
  fault,
  historyOf,
  type Section,
  takeReceipt,
  type Under,
  type Verification,
  whereOf,
} from "./state.ts";
import { logKeyFor } from "../terms/roster.ts";

type LogRecord = Extract<EvidenceRecord, { type: "leaves" | "checkpoint" | "proven" }>;

export function takeLogRecord(state: Verification, section: Section, record: LogRecord): void {
  if (!hasPlace(state, section, record.type)) return;
  switch (record.type) {
    case "leaves":
      for (const leaf of record.hashes) append(state, section, leaf, "closed");
      return;
    case "checkpoint":
      return takeCheckpoint(state, section, record.note, record.receipts);
    case "proven":
      return takeProven(state, section, record);
  }
}

/** The next entry of a whole log, as it was seen. */
export function takeNext(state: Verification, section: Section, look: Exclude<Look, { seen: "malformed" }>): void {
  if (!hasPlace(state, section, "entry")) return;
  append(state, section, look.leaf, look.seen === "closed" ? "closed" : "open");
  takeEntry(state, section, section.next - 1, look);
}

function hasPlace(state: Verification, section: Section, type: LogRecord["type"] | "entry"): boolean {
  if ((type === "proven") === (section.form === "proofs")) return true;
  fault(state, "evidence-log", whereOf(section), `A record "${type}" has no place in this log.`);
  return false;
}

function append(state: Verification, section: Section, leaf: Bytes, as: "open" | "closed"): void {
  section.frontier = appendLeaf(state.suite, section.frontier, leaf).frontier;
  section.next += 1;
  section.entries += 1;
  if (as === "open") section.opened += 1;
  else addClosed(section, section.next - 1, section.next);
}

export function addClosed({ unopened }: Section, from: number, to: number): void {
  const last = unopened.at(-1);
  if (from >= to) return;
  if (last?.to === from) last.to = to;
  else unopened.push({ from, to });
}

function takeCheckpoint(state: Verification, section: Section, note: string, receipts: readonly string[]): void {
  const where = `${whereOf(section)}, checkpoint at ${section.next}`;
  const checkpoint = check(state, "evidence-checkpoint", where, () => verifyNote(state, section, note));
  if (checkpoint === null) return;
  const stray = cosignaturesOf(note, section.origin).length > 0 || checkpoint.size !== section.next;
  if (stray)
    return fault(
      state,
      "evidence-checkpoint",
      where,
      `A checkpoint of ${checkpoint.size} entries does not stand here.`,
    );
  if (!equalBytes(rootOf(state.suite, section.frontier), checkpoint.root)) {
    return fault(state, "evidence-root", where, "The entries do not give the root that the log's key signed.");
  }
  section.checkpoint = checkpoint;
  for (const line of receipts) takeLine(state, section, { checkpoint, index: null }, line);
}

/** Signed once by the log's key of that size, and by nobody under the log's name beside. */
function verifyNote(state: Verification, section: Section, text: string): Checkpoint {
  const { checkpoint, note } = parseCheckpoint(text);
  const own = note.signatures.filter(({ name }) => name === section.origin);
  if (own.length !== 1) throw lineError("evidence-checkpoint", "The checkpoint is not signed once by its log.");
  const publicKey = logKeyFor(historyOf(state, section.origin), checkpoint.size);
  const verified = verifyCheckpoint(state.suite, text, { name: section.origin, publicKey });
  const other = section.roots.get(verified.size);
  if (other !== undefined && !equalBytes(other, verified.root)) {
    throw lineError("evidence-checkpoint", `The log's key signed two trees of ${verified.size} entries.`);
  }
  // A whole log has its checkpoints in ascending order, and each is held against its entries.
  if (section.form === "whole" && other === undefined) section.roots.clear();
  section.roots.set(verified.size, verified.root);
  return verified;
}

function takeProven(state: Verification, section: Section, record: Extract<LogRecord, { type: "proven" }>): void {
  const { index, core, key, proofs } = record;
  if (index < section.next) {
    return fault(state, "evidence-log", whereOf(section, index), "The entries are not in ascending order.");
  }
  section.next = index + 1;
  section.entries += 1;
  section.opened += 1;
  section.proofs.push({ index, core, texts: proofs });
  const look = lookIntoEntry(state.suite, { origin: section.origin, index }, core, key);
  takeEntry(state, section, index, look);
}

/** When no more records of the log come. */
export function endSection(state: Verification, section: Section): void {
  if (section.form === "whole") {
    const size = section.checkpoint?.size ?? 0;
    if (size === section.next && size > 0) return;
    return fault(state, "evidence-root", whereOf(section), "The log's last entries stand under no checkpoint.");
  }
  if (section.proofs.length === 0) fault(state, "evidence-log", whereOf(section), "The log shows no entry.");
  const shown: number[] = [];
  for (const { index, core, texts } of section.proofs) {
    for (const text of texts) {
      const where = `${whereOf(section, index)}, proof`;
      const proven = check(state, "evidence-proof", where, () => verifyProven(state, section, { index, core, text }));
      if (proven === null) continue;
      if (proven.size > (section.checkpoint?.size ?? 0)) section.checkpoint = proven;
    }
    shown.push(index);
  }
  const size = section.checkpoint?.size ?? 0;
  shown.forEach((index, i) => addClosed(section, (shown[i - 1] ?? -1) + 1, index));
  addClosed(section, (shown.at(-1) ?? -1) + 1, size);
}

function verifyProven(
  state: Verification,
  section: Section,
  { index, core, text }: { readonly index: number; readonly core: Bytes; readonly text: string },
): Checkpoint {
  const { extra, index: named, proof, checkpointNote } = parseProof(text);
  if (extra !== null || named !== index) throw lineError("evidence-proof", "The proof is of another entry.");
  const checkpoint = verifyNote(state, section, checkpointNote);
  if (!verifyInclusion(state.suite, { ...checkpoint, index, leaf: core, proof })) {
    throw lineError("evidence-proof", "The proof does not lead from this entry to the checkpoint's root.");
  }
  for (const line of cosignaturesOf(checkpointNote, section.origin))
    takeLine(state, section, { checkpoint, index }, line);
  return checkpoint;
}

function takeLine(state: Verification, section: Section, under: Under, line: string): void {
  if (!takeCosignature(state, section, under, line)) takeReceipt(state, section, under, line, "now");
}
