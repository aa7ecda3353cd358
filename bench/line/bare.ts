/** The bare cryptography of opening, on both cores: decapsulate, decipher, and check two signatures, and nothing else. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { randomBytes, sign } from "node:crypto";
import { makeKeys, open, seal } from "./bound.ts";

const BYTES = 1536;
const CORES = Math.min(2, availableParallelism());

/** Entries a second on two cores together; `what` is all of it, or the signatures alone. */
export async function barePerSecond(what: "open" | "signatures", entries: number): Promise<number> {
  const order: Order = { what, entries: Math.ceil(entries / CORES) };
  const workers = Array.from({ length: CORES }, () => new Worker(new URL(import.meta.url), { workerData: order }));
  const times = await Promise.all(workers.map(async (worker) => ((await once(worker, "message")) as [number])[0]));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return (1000 * order.entries * CORES) / Math.max(...times);
}

interface Order {
  readonly what: "open" | "signatures";
  readonly entries: number;
}

function work({ what, entries }: Order): number {
  const keys = makeKeys();
  const said = randomBytes(BYTES);
  const signatures = keys.officers.map(({ privateKey }) => sign(null, said, privateKey));
  const sealed = seal(keys, said);
  const began = performance.now();
  for (let i = 0; i < entries; i++) {
    if (!open(keys, sealed, signatures, what)) throw new Error("The bare cryptography does not hold together.");
  }
  return performance.now() - began;
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
if (!isMainThread) parentPort?.postMessage(work(workerData as Order));
