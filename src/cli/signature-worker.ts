/** A thread that checks signatures, and counts in shared memory: how many it has done, and whether one was bad. */
import { parentPort, workerData } from "node:worker_threads";
import { threadSuite } from "../crypto/native.ts";
import type { Bytes } from "../wire/bytes.ts";

export interface Signature {
  readonly key: Bytes;
  readonly message: Bytes;
  readonly signature: Bytes;
}

/** Places in the shared memory. */
export const DONE = 0;
export const BAD = 1;

const shared = workerData as Int32Array | null;
if (shared !== null) {
  parentPort?.on("message", (batch: readonly Signature[]) => {
    for (const { key, message, signature } of batch) {
      if (!threadSuite.ed25519Verify(key, message, signature)) Atomics.store(shared, BAD, 1);
      Atomics.add(shared, DONE, 1);
    }
  });
}
