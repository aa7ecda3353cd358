/** A thread that looks into entries and checks signatures for a verifier: it answers each order, in their order. */
import { parentPort } from "node:worker_threads";
import { threadSuite } from "../crypto/native.ts";
import { encodeLooks, lookInto, type PackedRun, unpackRun } from "../line/index.ts";
import type { Bytes } from "../wire/bytes.ts";

export interface Signature {
  readonly key: Bytes;
  readonly message: Bytes;
  readonly signature: Bytes;
}

export type Order =
  | { readonly type: "look"; readonly run: PackedRun }
  | { readonly type: "check"; readonly signatures: readonly Signature[] };

export type Answer =
  | { readonly type: "looked"; readonly looks: Bytes }
  | { readonly type: "checked"; readonly good: boolean };

function answer(order: Order): Answer {
  if (order.type === "look") {
    const looks = encodeLooks(lookInto(threadSuite, unpackRun(order.run)));
    // What was seen is a copy. The run's memory goes at once; left to the collector, it would wait for 64 MB of its like.
    (order.run.bytes.buffer as ArrayBuffer).transfer(0);
    return { type: "looked", looks };
  }
  const good = order.signatures.every(({ key, message, signature }) => {
    return threadSuite.ed25519Verify(key, message, signature);
  });
  return { type: "checked", good };
}

parentPort?.on("message", (order: Order) => {
  const done = answer(order);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(done, done.type === "looked" ? [done.looks.buffer as ArrayBuffer] : []);
});
