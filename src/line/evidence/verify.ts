/**
 * Verifies an evidence file with nothing but the file and the fingerprints of the parties' identity keys: fingerprints,
 * the charter's signatures, rosters, log keys, checkpoints, entries, both officers' signatures, receipts. It lists what
 * stays closed and never concludes that something was not said.
 */
import { keyFingerprint, recent, type Suite } from "../../crypto/index.ts";
import type { Policy } from "../../log/index.ts";
import { type Message, render } from "../../message/index.ts";
import type { Bytes } from "../../wire/bytes.ts";
import { batchReader, type EvidenceBatch, type EvidenceSteps } from "./batch.ts";
import { reportOf } from "./conclude.ts";
import { settleWaiting } from "./content.ts";
import { takenAway, withoutRevoked } from "./declared.ts";
import { whatFollows } from "./follows.ts";
import { type Progress, takeBatch } from "./judge.ts";
import { endSection } from "./log.ts";
import { type Look, lookInto } from "./look.ts";
import { type EvidenceMessage, type EvidenceReport, LIMITS } from "./report.ts";
import { type Found, type Pin, takeLateClosings, takeReceipt, type Verification } from "./state.ts";
import { keptTargets } from "./targets.ts";

export interface EvidenceVerifier {
  push(chunk: Bytes): void;
  /** True where nothing that may still come is looked at. */
  hasStopped(): boolean;
  /** The report; nothing more is taken after this. */
  end(): EvidenceReport;
}

export interface VerifyOptions {
  /**
   * Given: messages are handed over as they come and not kept, so that a file of any size takes little memory. Those
   * that refer to a later one come at the end. What a revocation further on takes away was handed over by then: the
   * report's declarations say from which entry on.
   */
  readonly onMessage?: (found: Found, message: Message) => void;
  /** Given: its witnesses are believed, and their quorum must have cosigned each message of its logs. */
  readonly policy?: Policy;
}

export function verifyEvidence(
  suite: Suite,
  file: Bytes,
  pins: readonly Pin[],
  options: VerifyOptions = {},
): EvidenceReport {
  const verifier = evidenceVerifier(suite, pins, options);
  verifier.push(file);
  return verifier.end();
}

const KEPT_KEYS = 512;

function nothingYet(suite: Suite, pins: readonly Pin[], options: VerifyOptions): Verification {
  return {
    suite,
    pins,
    onMessage: options.onMessage ?? null,
    policy: options.policy ?? null,
    faults: [],
    uncounted: [],
    line: null,
    histories: new Map(),
    declarations: new Map(),
    carried: new Map(),
    lateClosings: [],
    ends: new Map(),
    sections: [],
    late: [],
    waiting: [],
    ids: new Map(),
    targets: keptTargets(suite),
    messages: [],
    replies: [],
    about: null,
    listReplies: new Map(),
    openedRanges: [],
    limits: new Set([LIMITS.absence, LIMITS.clocks, LIMITS.receipts]),
    fingerprintOf: recent(KEPT_KEYS, (key) => keyFingerprint(suite, key)),
  };
}

/** Never throws for what is in the file: every fault is in the report. */
export function evidenceVerifier(suite: Suite, pins: readonly Pin[], options: VerifyOptions = {}): EvidenceVerifier {
  const judge = evidenceJudge(suite, pins, options);
  const reader = batchReader(suite);
  const take = (batch: EvidenceBatch): void => judge.take(batch, looksInto(suite, batch));
  return {
    push: (chunk) => {
      if (!judge.hasStopped()) take(reader.push(chunk));
    },
    hasStopped: () => judge.hasStopped(),
    end: () => {
      if (!judge.hasStopped()) take(reader.end());
      return judge.end();
    },
  };
}

/** Into the entries of a batch, in their order; each when it is asked for. */
export function* looksInto(suite: Suite, { runs }: EvidenceBatch): Generator<Look> {
  for (const run of runs) yield* lookInto(suite, run);
}

/** Takes a file's records in their order, with what was seen in its entries: what one of them says depends on those before. */
export interface EvidenceJudge {
  /** `looks`: of each entry of the batch's runs, in their order. */
  take(batch: EvidenceSteps, looks: Iterable<Look>): void;
  /** True where nothing that may still come is looked at. */
  hasStopped(): boolean;
  end(): EvidenceReport;
  /**
   * After the end: a judge of the same file from its beginning, with its checks done by `suite`. It hands over each message
   * with all that the file says about it, and keeps none; what it says of the file at its end is to be what was said of it
   * before.
   */
  again(suite: Suite, onMessage: (message: EvidenceMessage) => void): EvidenceJudge;
}

export function evidenceJudge(suite: Suite, pins: readonly Pin[], options: VerifyOptions = {}): EvidenceJudge {
  return judgeOn(nothingYet(suite, pins, options));
}

function judgeOn(state: Verification): EvidenceJudge {
  const progress: Progress = { stopped: false, section: null, number: 0 };
  return {
    take: (batch, looks) => takeBatch(state, progress, batch, looks),
    hasStopped: () => progress.stopped,
    end: () => {
      const { stopped, section } = progress;
      if (!stopped && section !== null) endSection(state, section);
      if (!stopped && state.line !== null) takeLateClosings(state, state.line, "at the end");
      settleWaiting(state);
      withoutRevoked(state);
      for (const { section: of, under, line } of state.late) takeReceipt(state, of, under, line, "at the end");
      return reportOf(state);
    },
    again: (suite, onMessage) => {
      const follow = whatFollows(state);
      const handOver = (found: Found, message: Message): void => {
        const after = takenAway(state, found, second);
        onMessage({ ...found, ...after, rendered: render(message), ...follow(found) });
      };
      const fresh = nothingYet(suite, state.pins, { onMessage: handOver });
      // What stands further on is known already: nothing has to wait for it.
      const second: Verification = { ...fresh, targets: state.targets, replies: null };
      return judgeOn(second);
    },
  };
}
