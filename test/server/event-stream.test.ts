import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeEvent } from "../../src/api/index.ts";
import { eventStream } from "../../src/server/http/event-stream.ts";

const presence = (at: number): NodeEvent => ({ type: "presence", at });

/** A stream, and the way to tell its listener something. */
function listened(hears: (event: NodeEvent | null) => boolean = () => true) {
  const listeners = new Set<(event: NodeEvent) => void>();
  const stopping = new AbortController();
  const listen = (listener: (event: NodeEvent) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const reader = (eventStream(listen, hears, stopping.signal).body ?? assert.fail()).getReader();
  const read = async () => {
    const { done, value } = await reader.read();
    return done ? null : new TextDecoder().decode(value);
  };
  const tell = (...events: readonly NodeEvent[]) => {
    for (const event of events) for (const listener of listeners) listener(event);
  };
  return { read, tell, stopping, listeners, cancel: () => reader.cancel() };
}

test("what happens in one go comes in one piece, in its order, and what comes later in another", async () => {
  const { read, tell, cancel, listeners } = listened();
  assert.equal(await read(), ": listening\n\n");
  tell(presence(1), presence(2));
  const both = (await read()) ?? "";
  assert.deepEqual(
    [...both.matchAll(/"at":(\d+)/g)].map(([, at]) => at),
    ["1", "2"],
  );
  tell(presence(3));
  assert.match((await read()) ?? "", /"at":3/);
  tell(presence(4));
  await cancel();
  assert.equal(listeners.size, 0, "whoever goes is told nothing more");
});

test("whoever does not read is let go, and does not fill the node's memory", async () => {
  const { read, tell, listeners } = listened();
  let told = 0;
  for (; listeners.size > 0 && told < 1_000_000; told += 1000) {
    tell(...Array.from({ length: 1000 }, (_, i) => presence(told + i)));
    await Promise.resolve();
  }
  assert.ok(told > 10_000 && told < 200_000, `${told} events`);
  let bytes = 0;
  for (let piece = await read(); piece !== null; piece = await read()) bytes += piece.length;
  assert.ok(bytes < 5 << 20);
});

test("what was told before the end is not lost with it: the node stops, or the session is over", async () => {
  const node = listened();
  node.tell(presence(1));
  node.stopping.abort();
  assert.match((await node.read()) ?? "", /"at":1/);
  assert.equal(await node.read(), null);
  let isOver = false;
  const session = listened(() => {
    if (isOver) throw new Error("the session is over");
    return true;
  });
  session.tell(presence(1));
  isOver = true;
  session.tell(presence(2));
  assert.match((await session.read()) ?? "", /"at":1/);
  assert.equal(await session.read(), null);
});
