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

export function openThreads(suite: Suite): OpenThreads {
  let threads: Thread[] = [];
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
  return {
    open: async ({ keys, entries }) => {
      // A thread has the native suite and no other.
      if (suite !== nativeSuite) return entries.map((entry) => lookInto(suite, keys, entry));
      rest();
      if (threads.length === 0) {
        const count = Math.min(MOST_THREADS, availableParallelism());
        threads = Array.from({ length: count }, startThread);
      }
      const least = threads.reduce((best, each) => (each.owed.length < best.owed.length ? each : best));
      return new Promise((resolve, reject) => {
        least.owed.push({ resolve, reject });
        const bare = entries.map(({ origin, index, bytes }) => ({ origin, index, bytes }));
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        least.worker.postMessage({ keys, entries: bare } satisfies OpenOrder);
      });
    },
    close,
  };
}

function startThread(): Thread {
  const worker = new Worker(new URL("./open-worker.ts", import.meta.url));
  const owed: Thread["owed"] = [];
  worker.unref();
  worker.on("message", (looked: readonly Looked[]) => owed.shift()?.resolve(looked));
  const failed = (error: unknown): void => owed.splice(0).forEach(({ reject }) => reject(error));
  worker.on("error", failed);
  worker.on("exit", () => failed(new Error("The thread that opens entries has ended.")));
  return { worker, owed };
}
