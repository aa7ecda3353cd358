/**
 * A suite whose signature checks are done meanwhile, on the machine's other cores: it says "good" at once, and afterwards
 * `allGood` says whether that was true of every one. Where it was not, everything that was concluded is void and must be
 * done again with the suite itself: so no conclusion ever rests on a signature that was not checked.
 */
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Suite } from "../crypto/index.ts";
import { BAD, DONE, type Signature } from "./signature-worker.ts";

export interface SignatureThreads {
  readonly suite: Suite;
  /** Resolves when every check is done: true where all were good. False, too, where a thread failed. */
  allGood(): Promise<boolean>;
  close(): void;
}

const BATCH = 64;
/** A thread that has so many before it gets no more: the caller's own core checks too. */
const AHEAD = 1024;
const MOST_THREADS = 8;
const LOOK_MS = 2;

interface Thread {
  readonly worker: Worker;
  readonly shared: Int32Array;
  batch: Signature[];
  sent: number;
  failed: boolean;
}

/** Checks that it still owes, of those that were sent. */
function ahead({ sent, shared }: Thread): number {
  return sent - Atomics.load(shared, DONE);
}

export function signatureThreads(own: Suite): SignatureThreads {
  const count = Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1));
  const threads = Array.from({ length: count }, startThread);
  const isFailed = () => threads.some(({ failed }) => failed);
  return {
    suite: {
      ...own,
      ed25519Verify: (key, message, signature) => {
        const free = threads.find((thread) => ahead(thread) < AHEAD);
        if (free === undefined || free.failed) return own.ed25519Verify(key, message, signature);
        free.batch.push({ key, message, signature });
        if (free.batch.length >= BATCH) send(free);
        return true;
      },
    },
    allGood: async () => {
      threads.forEach(send);
      while (!isFailed() && threads.some((thread) => ahead(thread) > 0)) await sleep(LOOK_MS);
      return !isFailed() && threads.every(({ shared }) => Atomics.load(shared, BAD) === 0);
    },
    close: () => threads.forEach(({ worker }) => void worker.terminate()),
  };
}

function startThread(): Thread {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL("./signature-worker.ts", import.meta.url), { workerData: shared });
  const thread: Thread = { worker, shared, batch: [], sent: 0, failed: false };
  worker.on("error", () => (thread.failed = true));
  worker.unref();
  return thread;
}

function send(thread: Thread): void {
  const { worker, batch } = thread;
  if (batch.length === 0) return;
  thread.sent += batch.length;
  thread.batch = [];
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage(batch);
}
