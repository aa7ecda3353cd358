/** A node was restored, and somebody starts the old directory beside it: each side's doctor says so. */
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nodePaths, type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { freePort, makeLine, type MadeParty, PARTIES } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };

async function stepsOf(party: MadeParty, name: string) {
  const { steps } = await (await desk(party).as("admin-1")).doctor();
  return steps.filter(({ step }) => step === name);
}

/** The same directory as it is now, to be run at another port. */
async function copied(party: MadeParty, dir: string): Promise<MadeParty> {
  cpSync(party.dir, dir, { recursive: true });
  const { config } = nodePaths(dir);
  const port = await freePort();
  const listens = readFileSync(config, "utf8").replace(/^listen = .*$/m, `listen = "127.0.0.1:${port}"`);
  writeFileSync(config, listens);
  return { ...party, dir, url: `http://127.0.0.1:${port}` };
}

test("an old copy beside a restored node is named by its own doctor and by the other side's", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [north, south] = [line.party("northern"), line.party("southern")];
  const nodes: RunningNode[] = [await startNode(south.dir, quiet)];
  try {
    const first = await startNode(north.dir, quiet);
    nodes.push(first);
    await desk(north).tell(movementRequest("before the backup"));
    await first.stop();
    nodes.pop();
    const old = await copied(north, join(line.dir, "old"));
    writeFileSync(nodePaths(north.dir).restored, "");
    nodes.push(await startNode(north.dir, quiet));
    const client = await desk(north).as("watch-1");
    await until("the rounds are through", async () => (await client.status()).silenced === null);
    assert.deepEqual((await stepsOf(north, "own log"))[0]?.outcome, "ok", "the restored one speaks for its party");

    nodes.push(await startNode(old.dir, quiet));
    const own = await until("the old copy hears of it", async () => {
      return (await stepsOf(old, "own log")).find(({ code }) => code !== null);
    });
    assert.deepEqual([own.outcome, own.code], ["warning", "own-log-elsewhere"]);
    assert.match(own.message, /By the word of southern, this party's node was restored since/);
    await desk(old).tell(movementRequest("by the old copy"));
    const [behind] = await stepsOf(old, "receipts of southern");
    assert.equal(behind?.code, "peer-receipt-behind");
    assert.match(behind?.next ?? "", /one side runs an old copy of a restored node/);
    const there = await until("southern sees what it cannot verify", async () => {
      const [found] = await stepsOf(south, "parcels of northern");
      return found !== undefined && /\d times since this node started/.test(found.message) && found;
    });
    assert.ok(there);
    assert.deepEqual([there.outcome, there.code, there.party], ["warning", "unverified-term", "northern"]);
    assert.match(there.next ?? "", /old copy of its node runs beside the new one/);
    assert.deepEqual(await stepsOf(north, "parcels of southern"), [], "southern sent nothing that did not verify");
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});
