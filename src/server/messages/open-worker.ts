/** A thread that opens entries: it gets them in batches, and answers each batch in its order. */
import { parentPort } from "node:worker_threads";
import { threadSuite } from "../../crypto/native.ts";
import { lookInto } from "./open-one.ts";
import type { OpenOrder } from "./open-threads.ts";

parentPort?.on("message", ({ keys, entries }: OpenOrder) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(entries.map((entry) => lookInto(threadSuite, keys, entry)));
});
