/** A node of which a store was lost does not begin anew: that would be a second history. */
import assert from "node:assert/strict";
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { nodePaths, silentLogger, startNode } from "../../src/server/index.ts";
import { closeGeneration } from "../../src/server/exchange/close-generation.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, movementRequest, rungAt, until } from "../support/nodes.ts";

test("a node whose store is missing says so and starts no log, whichever it is; with the file back it goes on", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const start = () => startNode(party.dir, { logger: silentLogger });
  try {
    const first = await start();
    await desk(party).tell(movementRequest("before"));
    await first.stop();
    for (const name of ["line.sqlite", "private.sqlite"]) {
      const path = join(party.dir, name);
      renameSync(path, `${path}.away`);
      const isMissing = (error: unknown): boolean =>
        isParleyError(error, "store-missing") && error.message.includes(name) && /restore/.test(error.next);
      await assert.rejects(start(), isMissing);
      assert.ok(!existsSync(path), "and none is made in its place");
      if (name === "line.sqlite") {
        const never = () => assert.fail("nothing is asked");
        const closing = { cause: "node-lost", next: null, now: Date.now(), confirm: never, signer: never } as const;
        await assert.rejects(closeGeneration(suite, party.dir, closing), isMissing);
      }
      renameSync(`${path}.away`, path);
    }
    const again = await start();
    await desk(party).tell(movementRequest("after"));
    const { messages } = await (await desk(party).as("watch-1")).messages();
    assert.equal(messages.length, 2);
    await again.stop();
  } finally {
    line.remove();
  }
});

test("with every store lost, and no backup, a node begins nothing either; from the others it takes back what it had said", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const party = line.party("northern");
  const { lineStore, privateStore, restored } = nodePaths(party.dir);
  const start = () => startNode(party.dir, { logger: silentLogger });
  let southern = await startNode(line.party("southern").dir, { logger: silentLogger });
  try {
    let node = await start();
    const [hash] = (await desk(party).tell(movementRequest("before"))) as [string];
    const client = await desk(party).as("watch-1");
    await until("it", async () => rungAt(await client.message({ params: { hash } }), "southern", "opened"));
    const own = (await client.status()).log.size;
    await until("all of it", async () => (await client.status()).peers.every(({ they_hold }) => they_hold >= own));
    await Promise.all([node.stop(), southern.stop()]);
    for (const path of [lineStore, privateStore]) rmSync(path);
    await assert.rejects(start(), (error) => isParleyError(error, "store-missing"));
    writeFileSync(restored, "");
    node = await start();
    try {
      await assert.rejects(desk(party).tell(movementRequest("too early")), (error) =>
        isParleyError(error, "log-behind"),
      );
      southern = await startNode(line.party("southern").dir, { logger: silentLogger });
      await until("it may speak", () => Promise.resolve(!existsSync(restored)), 30_000);
      await desk(party).tell(movementRequest("after"));
      const subjects = async () =>
        (await (await desk(party).as("watch-1")).messages()).messages.map(({ subject }) => subject).toSorted();
      await until("both", async () => (await subjects()).length === 2);
      assert.deepEqual(await subjects(), ["after", "before"]);
      const south = await desk(line.party("southern")).as("watch-1");
      await until("the later one there", async () => (await south.messages()).messages.length === 2);
      assert.ok((await south.status()).peers.every(({ split }) => !split));
    } finally {
      await node.stop();
    }
  } finally {
    await southern.stop();
    line.remove();
  }
});
