/** Reads an evidence file piece by piece, so that its size does not matter; a long one is looked into on every core. */
import { closeSync, fstatSync, readSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Suite } from "../crypto/index.ts";
import { nativeSuite } from "../crypto/native.ts";
import {
  batchReader,
  type EvidenceBatch,
  type EvidenceJudge,
  type EvidenceMessage,
  type EvidenceReport,
  type EvidenceSteps,
  type Look,
  looksInto,
} from "../line/index.ts";
import { cliError } from "./errors.ts";
import { openFile } from "./files.ts";
import { type VerifyThreads, verifyThreads } from "./verify-threads.ts";

/** About 150 messages: little enough that the threads end nearly together. */
const PIECE = 1 << 18;
/** A shorter file is done before threads have started. */
const LONG_FILE = 4 << 20;
/** Batches that lie before each thread. */
const AHEAD = 3;

/** The judge of one pass. A second pass begins with a new one, and what the first told is void. */
export type JudgeOf = (suite: Suite) => EvidenceJudge;

export interface Reading {
  readonly size: number;
  /** Bytes read so far. */
  readonly show: (done: number) => void;
  /** Null where the file is too short for any. */
  readonly threads?: ((suite: Suite) => VerifyThreads) | null;
  /** Bytes read at once. */
  readonly piece?: number;
}

export function sizeOfFile(path: string): number {
  const file = openFile(path);
  try {
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

export async function verifyFile(
  suite: Suite,
  path: string,
  judgeOf: JudgeOf,
  { size, show, threads = size < LONG_FILE ? null : verifyThreads, piece = PIECE }: Reading,
): Promise<EvidenceReport> {
  const pass: Pass = { suite, path, piece, show };
  const here: Looking = { ahead: 0, looks: (batch) => looksInto(suite, batch) };
  // A thread has the native suite and no other.
  const told = threads === null || suite !== nativeSuite ? null : await onThreads(pass, threads(suite), judgeOf);
  return told ?? readThrough(pass, judgeOf(suite), here);
}

/**
 * The messages of a file that `judge` has come to an end with, each with all that the file says about it. It is read and
 * verified once more, so that none of them has to be kept meanwhile.
 * @throws file-not-understood where it is another file by now
 */
export async function* messagesAgain(
  suite: Suite,
  path: string,
  { judge, report }: { readonly judge: EvidenceJudge; readonly report: EvidenceReport },
  { size, show, threads = size < LONG_FILE ? null : verifyThreads, piece = PIECE }: Reading,
): AsyncGenerator<EvidenceMessage, EvidenceReport> {
  let found: EvidenceMessage[] = [];
  const second = judge.again(suite, (message) => void found.push(message));
  const lent = threads === null || suite !== nativeSuite ? null : threads(suite);
  const here: Looking = { ahead: 0, looks: (batch) => looksInto(suite, batch) };
  try {
    for await (const done of batchesTaken({ suite, path, piece, show }, second, lent === null ? here : there(lent))) {
      yield* found;
      found = [];
      show(done);
    }
    const again = second.end();
    yield* found;
    if (!isDeepStrictEqual([again.logs, again.faults], [report.logs, report.faults])) {
      throw cliError(
        "file-not-understood",
        "The file was changed while it was read: nothing that was said of it holds.",
      );
    }
    return again;
  } finally {
    lent?.close();
  }
}

interface Pass extends Required<Pick<Reading, "piece" | "show">> {
  readonly suite: Suite;
  readonly path: string;
}

/** Null where a thread has ended. */
async function onThreads(pass: Pass, threads: VerifyThreads, judgeOf: JudgeOf): Promise<EvidenceReport | null> {
  try {
    const believed = await readThrough(pass, judgeOf(threads.suite), there(threads));
    if (await threads.allGood()) return believed;
    return await readThrough(pass, judgeOf(pass.suite), there(threads));
  } catch (error) {
    if (threads.hasEnded(error)) return null;
    throw error;
  } finally {
    threads.close();
  }
}

/** Who looks into a batch, and how many batches may be under way. */
interface Looking {
  readonly ahead: number;
  readonly looks: (batch: EvidenceBatch) => Iterable<Look> | Promise<Iterable<Look>>;
}

function there(threads: VerifyThreads): Looking {
  return {
    ahead: AHEAD * threads.count,
    looks: async ({ runs }) => oneByOne(await Promise.all(runs.map((run) => threads.look(run)))),
  };
}

function* oneByOne<Item>(all: readonly Iterable<Item>[]): Generator<Item> {
  for (const each of all) yield* each;
}

interface UnderWay {
  readonly batch: EvidenceSteps;
  readonly looks: ReturnType<Looking["looks"]>;
  /** Bytes read with it. */
  readonly done: number;
}

async function readThrough(pass: Pass, judge: EvidenceJudge, looking: Looking): Promise<EvidenceReport> {
  for await (const done of batchesTaken(pass, judge, looking)) pass.show(done);
  return judge.end();
}

/** Lets the judge take batch by batch; after each, the bytes that were read for it. */
async function* batchesTaken(
  { suite, path, piece }: Pass,
  judge: EvidenceJudge,
  { ahead, looks }: Looking,
): AsyncGenerator<number> {
  const underWay: UnderWay[] = [];
  const takeBut = async function* (left: number): AsyncGenerator<number> {
    while (underWay.length > left && !judge.hasStopped()) {
      const first = underWay.shift() as UnderWay;
      judge.take(first.batch, await first.looks);
      yield first.done;
    }
  };
  const file = openFile(path);
  try {
    for (const { batch, done } of batchesOf(suite, file, piece)) {
      const seen = looks(batch);
      // Of what nobody waits for any more nothing is heard.
      if (seen instanceof Promise) seen.catch(() => undefined);
      // Its entries are not held until its turn comes: they are with a thread.
      underWay.push({ batch: { steps: batch.steps, fault: batch.fault }, looks: seen, done });
      yield* takeBut(ahead);
      if (judge.hasStopped()) break;
    }
    yield* takeBut(0);
  } finally {
    closeSync(file);
  }
}

/** The next batch is read over the one before: that was looked into by then, or was packed for a thread. */
function* batchesOf(suite: Suite, file: number, piece: number): Generator<{ batch: EvidenceBatch; done: number }> {
  const reader = batchReader(suite);
  const bytes = new Uint8Array(piece);
  for (let done = 0; ;) {
    const read = readSync(file, bytes);
    done += read;
    const batch = read === 0 ? reader.end() : reader.push(bytes.subarray(0, read));
    yield { batch, done };
    if (read === 0 || batch.fault !== null) return;
  }
}
