/** The bare cryptography of opening, on both cores: decapsulate, decipher, and check two signatures, and nothing else. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { randomBytes, sign } from "node:crypto";
import { makeKeys, open, seal } from "./bound.ts";

const BYTES = 1536;
const CORES = Math.min(2, availableParallelism());

interface Bare {
  /** Entries a second on two cores together. */
  readonly perSecond: number;
  /** Processor time for an entry, microseconds. */
  readonly cpuMicroseconds: number;
}

/** `what` is all of it, or the signatures alone. */
export async function bareOf(what: "open" | "signatures", entries: number): Promise<Bare> {
  const order: Order = { what, entries: Math.ceil(entries / CORES) };
  const workers = Array.from({ length: CORES }, () => new Worker(new URL(import.meta.url), { workerData: order }));
  const done = await Promise.all(workers.map(async (worker) => ((await once(worker, "message")) as [Done])[0]));
  await Promise.all(workers.map((worker) => worker.terminate()));
  const all = order.entries * CORES;
  return {
    perSecond: (1000 * all) / Math.max(...done.map(({ ms }) => ms)),
    cpuMicroseconds: done.reduce((sum, { cpu }) => sum + cpu, 0) / all,
  };
}

/** By the clock, and the thread's own processor time in microseconds. */
interface Done {
  readonly ms: number;
  readonly cpu: number;
}

interface Order {
  readonly what: "open" | "signatures";
  readonly entries: number;
}

function work({ what, entries }: Order): Done {
  const keys = makeKeys();
  const said = randomBytes(BYTES);
  const signatures = keys.officers.map(({ privateKey }) => sign(null, said, privateKey));
  const sealed = seal(keys, said);
  const [began, before] = [performance.now(), process.threadCpuUsage()];
  for (let i = 0; i < entries; i++) {
    if (!open(keys, sealed, signatures, what)) throw new Error("The bare cryptography does not hold together.");
  }
  const { user, system } = process.threadCpuUsage(before);
  return { ms: performance.now() - began, cpu: user + system };
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
if (!isMainThread) parentPort?.postMessage(work(workerData as Order));
