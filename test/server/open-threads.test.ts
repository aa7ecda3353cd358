/** Threads that open a backlog end before their time: out of memory, or without room to start. Nothing stays shut for that. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { type ClosedEntry, lookInto, type OpeningKeys } from "../../src/server/messages/open-one.ts";
import { openThreads } from "../../src/server/messages/open-threads.ts";
import { parseLogOrigin, parsePartyId } from "../../src/wire/id.ts";

const origin = parseLogOrigin(`parley/${"0".repeat(64)}/northern/0`).origin;
const entries: ClosedEntry[] = [0, 1, 2].map((index) => ({ origin, index, bytes: new Uint8Array(40).fill(index) }));
const keys: OpeningKeys = { self: parsePartyId("southern"), archive: new Uint8Array(32), sealing: [] };
const order = { keys, entries };
const expected = entries.map((entry) => lookInto(suite, keys, entry));

for (const [name, code] of [
  ["throws at its start", "throw new Error('no room')"],
  [
    "ends with its first batch",
    "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1));",
  ],
] as const) {
  test(`what is given to a thread that ${name} is opened all the same, again and again`, async () => {
    const threads = openThreads(suite, new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    for (let i = 0; i < 3; i++) {
      assert.deepEqual(await Promise.all([threads.open(order), threads.open(order)]), [expected, expected]);
    }
    threads.close();
  });
}

test("threads that live open the same", async () => {
  const threads = openThreads(suite);
  assert.deepEqual(await threads.open(order), expected);
  threads.close();
});
