/** A file's records batch by batch, the entries apart: those may be looked into anywhere, and in any order (look.ts). */
import type { Suite } from "../../crypto/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { ParleyError } from "../../wire/error.ts";
import type { LogOrigin } from "../../wire/id.ts";
import { evidenceReader } from "./file.ts";
import type { EntryRun } from "./look.ts";
import type { EvidenceRecord } from "./records.ts";

export type PlainRecord = Exclude<EvidenceRecord, { type: "end" | "entry" }>;

/** What a piece of a file holds, in its order, without its entries. */
export interface EvidenceSteps {
  /** Of each record in turn: itself, or that it is the next entry of the runs. */
  readonly steps: readonly (PlainRecord | "entry")[];
  /** With what the file goes wrong after these. Then nothing follows. */
  readonly fault: ParleyError | null;
}

export interface EvidenceBatch extends EvidenceSteps {
  readonly runs: readonly EntryRun[];
}

export interface BatchReader {
  /** Takes the file's next piece, of any length. What it sees of `chunk` must not change before it is looked into. */
  push(chunk: Bytes): EvidenceBatch;
  /** Says that the file ends here. */
  end(): EvidenceBatch;
}

export function batchReader(suite: Suite): BatchReader {
  let steps: EvidenceBatch["steps"][number][] = [];
  let runs: (EntryRun & { entries: EntryRun["entries"][number][] })[] = [];
  let origin: LogOrigin | null = null;
  let next = 0;
  const onRecord = (record: EvidenceRecord): void => {
    steps.push(record as PlainRecord);
    if (record.type === "leaves") next += record.hashes.length;
    if (record.type === "log") [origin, next] = [record.origin, 0];
  };
  const onEntry = (record: Bytes): void => {
    steps.push("entry");
    if (runs.length === 0 || runs.at(-1)?.origin !== origin) runs.push({ origin, entries: [] });
    runs.at(-1)?.entries.push({ index: next, record });
    next += 1;
  };
  const reader = evidenceReader(suite, onRecord, onEntry);
  const gather = (read: () => void): EvidenceBatch => {
    steps = [];
    runs = [];
    let fault: ParleyError | null = null;
    try {
      read();
    } catch (error) {
      if (!(error instanceof ParleyError)) throw error;
      fault = error;
    }
    return { steps, runs, fault };
  };
  return { push: (chunk) => gather(() => reader.push(chunk)), end: () => gather(() => reader.end()) };
}
