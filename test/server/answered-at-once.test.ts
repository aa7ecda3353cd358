/** What a message costs on the wire: its receipt and the word that it was opened come back with one answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeEvent } from "../../src/api/index.ts";
import { makeLine, type MadeLine, PARTIES } from "../support/line.ts";
import { desk, type Desk, movementRequest, startNodes, until } from "../support/nodes.ts";

/** Longer than a test: nothing comes by the charter's timer. */
const NEVER_S = 3600;
/** A notice is given once a second. */
const BETWEEN_NOTICES_MS = 1500;
/** By then an exchange that follows has been told of. */
const SETTLES_MS = 300;
const TRIES = 8;

async function withPair(play: (line: MadeLine, north: Desk, events: NodeEvent[]) => Promise<void>): Promise<void> {
  const line = await makeLine({ parties: PARTIES.slice(0, 2), terms: { exchange_interval_s: NEVER_S } });
  const nodes = await startNodes(line);
  const ending = new AbortController();
  try {
    const north = desk(line.party("northern"));
    const events: NodeEvent[] = [];
    const stream = await (await north.as("watch-1")).events({}, { signal: ending.signal });
    const listening = (async () => {
      for await (const event of stream) events.push(event);
    })().catch(() => undefined);
    await play(line, north, events);
    ending.abort();
    await listening;
  } finally {
    ending.abort();
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
}

const opened = (events: readonly NodeEvent[]): number =>
  events.filter((event) => event.type === "notice" && event.from === "southern" && event.code === "opened").length;

test("one exchange brings the receipt and says that the message was opened", () =>
  withPair(async (_, north, events) => {
    // The first brings the log's beginning, and what each node says when it starts.
    await north.tell(movementRequest("The first"));
    await until("the first opened", async () => opened(events) >= 1);
    const exchanges: number[] = [];
    // A busy machine may need longer to open one than an answer waits. Said in an exchange of its own, it takes two each time.
    for (let told = 1; told <= TRIES && !exchanges.includes(1); told++) {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_NOTICES_MS));
      events.length = 0;
      await north.tell(movementRequest(`Number ${told}`));
      await until("it is opened", async () => opened(events) === 1);
      await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
      exchanges.push(events.filter(({ type }) => type === "exchange").length);
    }
    assert.equal(exchanges.at(-1), 1, `exchanges for each message: ${exchanges.join(", ")}`);
    assert.ok(events.some((event) => event.type === "receipt" && event.party === "southern"));
  }));

test("what comes too soon after a notice to be said at once is said a little later, by itself", () =>
  withPair(async (_, north, events) => {
    const hashes: string[] = [];
    for (const name of ["One", "Two", "Three"]) hashes.push(...(await north.tell(movementRequest(name))));
    const watch = await north.as("watch-1");
    for (const hash of hashes) {
      await until(`${hash} opened`, async () => {
        const { ladder } = await watch.message({ params: { hash } });
        return ladder.every(({ rungs }) => rungs.some(({ rung, at }) => rung === "opened" && at !== null));
      });
    }
    assert.ok(opened(events) >= 1);
  }));
