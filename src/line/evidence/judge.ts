/** A file's records in their order: what one of them says depends on those before it. */
import { ParleyError } from "../../wire/error.ts";
import { lineError, type LineErrorCode } from "../errors.ts";
import type { EvidenceSteps, PlainRecord } from "./batch.ts";
import { endSection, takeLogRecord, takeNext } from "./log.ts";
import type { Look } from "./look.ts";
import { beginLine, beginSection, fault, type Section, takeClosing, type Verification } from "./state.ts";

export interface Progress {
  /** Something is so wrong that what follows says nothing. */
  stopped: boolean;
  section: Section | null;
  /** Records taken so far. */
  number: number;
}

/** `looks`: of each entry of the batch's runs, in their order. */
export function takeBatch(state: Verification, progress: Progress, batch: EvidenceSteps, looks: Iterable<Look>): void {
  const seen = looks[Symbol.iterator]();
  try {
    for (const step of batch.steps) {
      if (progress.stopped) return;
      if (step === "entry") takeLook(state, progress, seen.next().value as Look);
      else {
        progress.number += 1;
        takeRecord(state, progress, step);
      }
    }
    if (!progress.stopped && batch.fault !== null) throw batch.fault;
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error;
    progress.stopped = true;
    fault(state, error.code as LineErrorCode, `after record ${progress.number}`, error.message);
  }
}

function takeLook(state: Verification, progress: Progress, look: Look): void {
  if (look.seen === "malformed") throw lineError("evidence-malformed", look.why);
  progress.number += 1;
  if (isOutOfPlace(state, progress)) return;
  takeNext(state, progress.section as Section, look);
}

function takeRecord(state: Verification, progress: Progress, record: PlainRecord): void {
  if (record.type === "line") {
    progress.stopped = state.line !== null || !beginLine(state, record);
    if (progress.stopped && state.faults.length === 0) lineComesFirst(state, progress);
  } else if (record.type === "closing" && state.line !== null) {
    takeClosing(state, state.line, record.closing);
  } else if (record.type === "log" && state.line !== null) {
    if (progress.section !== null) endSection(state, progress.section);
    progress.section = beginSection(state, state.line, record);
    progress.stopped = progress.section === null;
  } else if (!isOutOfPlace(state, progress)) {
    takeLogRecord(state, progress.section as Section, record as Parameters<typeof takeLogRecord>[2]);
  }
}

/** Whether a record that belongs into a log stands in none: then nothing more can be said. */
function isOutOfPlace(state: Verification, progress: Progress): boolean {
  if (state.line !== null && progress.section !== null) return false;
  progress.stopped = true;
  if (state.line === null) lineComesFirst(state, progress);
  else fault(state, "evidence-log", `record ${progress.number}`, "A record stands in no log.");
  return true;
}

function lineComesFirst(state: Verification, { number }: Progress): void {
  if (state.faults.length === 0) fault(state, "evidence-line", `record ${number}`, "The line comes first, once.");
}
