/**
 * The threads of a verifier. They do what needs nothing but an entry and its key (line/evidence/look.ts), which is nearly
 * all; the caller's own thread reads, puts together what they saw in the file's order, and sleeps meanwhile. What it
 * checks itself (checkpoints, receipts, notices, rosters) it believes to be good at once and has checked by them: `allGood`
 * says afterwards whether that was true. Where it was not, everything that was concluded is void and must be done again
 * with the suite itself: so no conclusion ever rests on a signature that was not checked.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Suite } from "../crypto/index.ts";
import { decodeLooks, type EntryRun, type Look, packRun } from "../line/index.ts";
import type { Answer, Order, Signature } from "./verify-worker.ts";

export interface VerifyThreads {
  readonly count: number;
  /** In the order of the entries, to be gone through once. Rejects where a thread has ended. */
  look(run: EntryRun): Promise<Iterable<Look>>;
  readonly suite: Suite;
  /** Resolves when every check is done: true where all were good. False, too, where a thread has ended. */
  allGood(): Promise<boolean>;
  /** Whether an error says that a thread has ended, and nothing about the file. */
  hasEnded(error: unknown): boolean;
  close(): void;
}

const BATCH = 64;
const MOST_THREADS = 8;
const WORKER = new URL("./verify-worker.ts", import.meta.url);
/** Nearly everything that a thread makes is let go at once. */
const YOUNG_MB = 8;

interface Thread {
  readonly worker: Worker;
  /** Signatures that it has still to check, about. */
  owes: number;
  readonly owed: Owed[];
  failed: boolean;
}

interface Owed {
  readonly weight: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** `file`: what a thread runs. */
export function verifyThreads(own: Suite, count = defaultCount(), file: URL = WORKER): VerifyThreads {
  const threads = Array.from({ length: count }, () => startThread(file));
  let batch: Signature[] = [];
  let checks: Promise<boolean>[] = [];
  const send = (order: Order, weight: number, transfer: ArrayBuffer[]): Promise<Answer> => {
    const thread = threads.reduce((best, each) => (each.owes < best.owes ? each : best));
    return sendTo(thread, order, weight, transfer);
  };
  const check = (): void => {
    if (batch.length === 0) return;
    const checked = send({ type: "check", signatures: batch }, batch.length, []);
    checks.push(
      checked.then(
        (answer) => answer.type === "checked" && answer.good,
        () => false,
      ),
    );
    batch = [];
  };
  return {
    count,
    look: async (run) => {
      const packed = packRun(run);
      const weight = 2 * run.entries.length;
      const answer = await send({ type: "look", run: packed }, weight, [packed.bytes.buffer as ArrayBuffer]);
      return answer.type === "looked" ? decodeLooks(answer.looks) : [];
    },
    suite: {
      ...own,
      ed25519Verify: (key, message, signature) => {
        batch.push({ key: key.slice(), message: message.slice(), signature: signature.slice() });
        if (batch.length >= BATCH) check();
        return true;
      },
    },
    allGood: async () => {
      check();
      const results = await Promise.all(checks);
      checks = [];
      return results.every(Boolean);
    },
    hasEnded: (error) => error instanceof ThreadEnded,
    close: () => threads.forEach(({ worker }) => void worker.terminate()),
  };
}

function defaultCount(): number {
  return Math.min(MOST_THREADS, availableParallelism());
}

function startThread(file: URL): Thread {
  const worker = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  const thread: Thread = { worker, owes: 0, owed: [], failed: false };
  worker.on("message", (answer: Answer) => {
    const owed = thread.owed.shift();
    thread.owes -= owed?.weight ?? 0;
    owed?.resolve(answer);
  });
  const fail = (error: unknown): void => {
    thread.failed = true;
    for (const { reject } of thread.owed.splice(0)) reject(new ThreadEnded({ cause: error }));
  };
  worker.on("error", fail);
  worker.on("exit", fail);
  return thread;
}

function sendTo(thread: Thread, order: Order, weight: number, transfer: ArrayBuffer[]): Promise<Answer> {
  if (thread.failed) return Promise.reject(new ThreadEnded());
  return new Promise((resolve, reject) => {
    thread.owes += weight;
    thread.owed.push({ weight, resolve, reject });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.worker.postMessage(order, transfer);
  });
}

class ThreadEnded extends Error {
  constructor(options: ErrorOptions = {}) {
    super("A thread that verifies has ended.", options);
  }
}
