import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeEvent } from "../../src/api/index.ts";
import { openFeed } from "../../src/console/live/feed.ts";

const PLAN: NodeEvent = { type: "plan", at: 0, count: 1 };

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve())));

test("a stream that breaks is said to be lost, opened again, and everything is asked for anew", async () => {
  const told: string[] = [];
  let opens = 0;
  const feed = openFeed({
    async *events(signal, opened) {
      opens++;
      opened();
      yield PLAN;
      if (opens === 1) throw new Error("the line broke");
      await aborted(signal);
    },
    probe: async () => undefined,
  });
  // It was opened at once, before anybody could listen.
  assert.equal(feed.state(), "live");
  const back = new Promise<void>((resolve) => {
    feed.onEvent((event) => {
      told.push(event === "again" ? "again" : event.type);
      if (event === "again") resolve();
    });
  });
  const states: string[] = [];
  feed.onState(() => states.push(feed.state()));
  await back;
  feed.stop();
  assert.deepEqual(told, ["plan", "again"]);
  assert.deepEqual(states, ["lost", "live"]);
});

test("a node that hangs is found out, though its stream says nothing", async () => {
  const feed = openFeed({
    // eslint-disable-next-line require-yield
    async *events(signal, opened) {
      opened();
      await aborted(signal);
    },
    probe: (signal) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error))),
  });
  const began = Date.now();
  await new Promise<void>((resolve) => feed.onState(() => feed.state() === "lost" && resolve()));
  feed.stop();
  assert.ok(Date.now() - began < 5000, "the loss was noticed");
});
