/** A disk that was copied back to an earlier moment, and nobody said so: the node does not know what it has said since. */
import assert from "node:assert/strict";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Carrier } from "../../src/server/carriers/carrier.ts";
import type { LogFields } from "../../src/server/logger.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { parseMessageHash, parsePartyId } from "../../src/wire/id.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, movementRequest, rungAt, until } from "../support/nodes.ts";

/** How much it took back each time that its log said it is behind. */
function listening() {
  const heard: number[] = [];
  const warn = (event: string, fields?: LogFields): void =>
    void (event === "behind-own-log" && heard.push(Number(fields?.["taken_back"] ?? 0)));
  return { heard, logger: { ...silentLogger, warn } };
}

const quiet = { logger: silentLogger };
const SOUTHERN = parsePartyId("southern");
const TURNS = 50;

/** Whatever a node does by itself at its start it has done by then. */
async function turns(): Promise<void> {
  for (let i = 0; i < TURNS; i++) await new Promise((resolve) => setImmediate(resolve));
}

test("a node whose disk was copied back says nothing by itself before its peer has answered, and nobody sees a split", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const { dir } = line.party("northern");
  const file = (end: string) => join(dir, `line.sqlite${end}`);
  const south = await startNode(line.party("southern").dir, quiet);
  const southern = desk(line.party("southern"));
  const watch = await southern.as("watch-1");
  try {
    const first = await startNode(dir, quiet);
    await desk(line.party("northern")).tell(movementRequest("before"));
    await until("it", async () => (await watch.messages()).messages.length === 1);
    await first.stop();
    const [hash] = (await southern.tell(movementRequest("while it was down"))) as [string];
    // It fetches that and opens it, and stops before it has said so.
    const fetching = openNode(dir, quiet);
    await fetching.peers.attempt(SOUTHERN, "direct");
    await until("it is opened", async () => fetching.book.get(parseMessageHash(hash)) !== null);
    await fetching.close();
    const copy = join(line.dir, "copy.sqlite");
    cpSync(file(""), copy);

    const second = await startNode(dir, quiet);
    const opened = async () => rungAt(await watch.message({ params: { hash } }), "northern", "opened") !== null;
    await until("it says that it opened it", opened);
    await second.stop();
    for (const end of ["", "-wal", "-shm"]) rmSync(file(end), { force: true });
    cpSync(copy, file(""));

    const sizes: number[] = [];
    const watched = (own: readonly Carrier[]) =>
      own.map((carrier): Carrier => ({
        ...carrier,
        carry: async (peer, sealed, signal) => {
          await turns();
          sizes.push(size());
          return carrier.carry(peer, sealed, signal);
        },
      }));
    const third = openNode(dir, { ...quiet, carriers: watched });
    const size = () => third.store.log(third.state.origin)?.size ?? 0;
    const before = size();
    const theirs = third.state.originOf(SOUTHERN);
    const said = third.store.openingsEnd(theirs, third.state.self);
    assert.ok(said + 1 < (third.store.log(theirs)?.size ?? 0), "it has something to say");
    try {
      third.start();
      await third.ready;
      await until("it took back what it had said", async () => size() > before);
      assert.equal(sizes[0], before, "nothing was said before the peer was asked");
    } finally {
      await third.close();
    }
    const last = await startNode(dir, quiet);
    try {
      await desk(line.party("northern")).tell(movementRequest("after"));
      await until("it", async () => (await watch.messages()).messages.length === 3);
      assert.ok((await watch.status()).peers.every(({ split }) => !split));
    } finally {
      await last.stop();
    }
  } finally {
    await south.stop();
    line.remove();
  }
});

test("whoever starts an old copy of a node hears that it took its own entries back, for as long as it runs", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const north = line.party("northern");
  const south = await startNode(line.party("southern").dir, quiet);
  let node = await startNode(north.dir, quiet);
  const copy = join(line.dir, "copy");
  const ownLog = async () => {
    const { steps } = await (await desk(north).as("admin-1")).doctor();
    return steps.find(({ step }) => step === "own log");
  };
  try {
    await desk(north).tell(movementRequest("before the copy"));
    await node.stop();
    cpSync(north.dir, copy, { recursive: true });
    node = await startNode(north.dir, quiet);
    await desk(north).tell(movementRequest("after the copy"));
    const client = await desk(north).as("watch-1");
    await until("southern has all of it", async () => {
      const { log, peers } = await client.status();
      return peers.every(({ they_hold }) => they_hold === log.size);
    });
    assert.deepEqual([(await ownLog())?.outcome, (await ownLog())?.code], ["ok", null]);

    for (const announced of [false, true]) {
      await node.stop();
      rmSync(north.dir, { recursive: true });
      cpSync(copy, north.dir, { recursive: true });
      if (announced) writeFileSync(join(north.dir, "restored"), "");
      const { heard, logger } = listening();
      node = await startNode(north.dir, { logger });
      const watch = await desk(north).as("watch-1");
      await until("it took it back", async () => (await watch.messages()).messages.length === 2);
      await until("it may speak", async () => (await watch.status()).silenced === null);
      assert.ok(
        heard.some((entries) => entries > 0),
        "its log says so in either case",
      );
      const step = await ownLog();
      // Who restored it by the book knows, and was told by the rounds.
      const expected = announced ? ["ok", null] : ["warning", "own-log-taken-back"];
      assert.deepEqual([step?.outcome, step?.code], expected);
      if (!announced) assert.match(`${step?.message} ${step?.next}`, /took them back from others.*old copy/);
    }
  } finally {
    await Promise.all([node.stop(), south.stop()]);
    line.remove();
  }
});
