/**
 * Opens a backlog on every core: what takes the time is bare cryptography, which needs neither store nor roster. Few
 * entries are opened where they are, because handing them over would take longer. Threads start with the first
 * backlog and end when there has been none for a while.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Suite } from "../../crypto/index.ts";
import { nativeSuite } from "../../crypto/native.ts";
import { type ClosedEntry, type Looked, lookInto, type OpeningKeys } from "./open-one.ts";

export interface OpenOrder {
  /** As they are now: keys turn over while a node runs. */
  readonly keys: OpeningKeys;
  readonly entries: readonly ClosedEntry[];
}

export interface OpenThreads {
  /** In order. Batches come back in the order in which they were given, of whichever thread. */
  open(order: OpenOrder): Promise<readonly Looked[]>;
  close(): void;
}

/** Below it, threads are not worth their start. */
const BACKLOG = 256;
const MOST_THREADS = 4;
const IDLE_MS = 30_000;

interface Thread {
  readonly worker: Worker;
  /** Batches that it still owes, the oldest first. */
  readonly owed: { readonly resolve: (looked: readonly Looked[]) => void; readonly reject: (error: unknown) => void }[];
}

/** Whether a backlog of so many entries is worth threads. */
export function isBacklog(entries: number): boolean {
  return entries >= BACKLOG;
}

const WORKER = new URL("./open-worker.ts", import.meta.url);

/** `file`: what a thread runs. */
export function openThreads(suite: Suite, file: URL = WORKER): OpenThreads {
  let threads: Thread[] = [];
  let closed = false;
  let idle: NodeJS.Timeout | null = null;
  const close = (): void => {
    if (idle !== null) clearTimeout(idle);
    for (const { worker } of threads) void worker.terminate();
    threads = [];
  };
  const rest = (): void => {
    if (idle !== null) clearTimeout(idle);
    idle = setTimeout(close, IDLE_MS);
    idle.unref();
  };
  const start = (): Thread => {
    // One that has ended answers nothing any more: what it was given would be waited for without end.
    const thread = startThread(file, () => (threads = threads.filter((each) => each !== thread)));
    return thread;
  };
  const ordered = ({ keys, entries }: OpenOrder): Promise<readonly Looked[]> => {
    if (threads.length === 0) threads = Array.from({ length: Math.min(MOST_THREADS, availableParallelism()) }, start);
    const least = threads.reduce((best, each) => (each.owed.length < best.owed.length ? each : best));
    return new Promise((resolve, reject) => {
      least.owed.push({ resolve, reject });
      const bare = entries.map(({ origin, index, bytes }) => ({ origin, index, bytes }));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      least.worker.postMessage({ keys, entries: bare } satisfies OpenOrder);
    });
  };
  return {
    open: async ({ keys, entries }) => {
      // A thread has the native suite and no other.
      if (suite !== nativeSuite) return entries.map((entry) => lookInto(suite, keys, entry));
      rest();
      try {
        return await ordered({ keys, entries });
      } catch (error) {
        if (closed) throw error;
        // Without room for a thread an alert must still be opened, however long it takes.
        return entries.map((entry) => lookInto(suite, keys, entry));
      }
    },
    close: () => {
      closed = true;
      close();
    },
  };
}

function startThread(file: URL, onGone: () => void): Thread {
  const worker = new Worker(file);
  const owed: Thread["owed"] = [];
  worker.unref();
  worker.on("message", (looked: readonly Looked[]) => owed.shift()?.resolve(looked));
  const failed = (error: unknown): void => {
    onGone();
    owed.splice(0).forEach(({ reject }) => reject(error));
  };
  worker.on("error", failed);
  worker.on("exit", () => failed(new Error("The thread that opens entries has ended.")));
  return { worker, owed };
}
