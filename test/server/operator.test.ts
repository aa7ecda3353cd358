import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readNodeConfig, silentLogger, startNode } from "../../src/server/index.ts";
import { parseConfig } from "../../src/server/config.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { freePort, makeLine } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };

async function served(dir: string): Promise<string> {
  const port = await freePort();
  const { party, listen } = readNodeConfig(dir);
  const text = `party = "${party}"\nlisten = "${listen.host}:${listen.port}"\nmetrics_listen = "127.0.0.1:${port}"\n`;
  writeFileSync(join(dir, "parley.toml"), text);
  return `http://127.0.0.1:${port}`;
}

/** What `/ready` says once the node has started. */
const readiness = (door: string) =>
  until("the reason", async () => {
    const reply = await fetch(`${door}/ready`);
    const said = (await reply.text()).trim();
    return said === "starting" ? null : [reply.status, said];
  });

test("an operator sees numbers and codes about the line, and not a word of what is said on it", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const door = await served(party.dir);
  const southern = await startNode(line.party("southern").dir, quiet);
  const node = await startNode(party.dir, quiet);
  try {
    await desk(party).tell(movementRequest("CANARY in a subject"));
    const watch = await desk(party).as("watch-1");
    await until("its receipt", async () => (await watch.status()).peers.some(({ they_hold }) => they_hold >= 3));
    const text = await (await fetch(`${door}/metrics`)).text();
    assert.match(text, /^parley_ready 1$/m);
    assert.match(text, /^parley_receipts_owed_to_us\{party="relief"\} [1-9]/m);
    await until("nothing owed by southern", async () =>
      /^parley_receipts_owed_to_us\{party="southern"\} 0$/m.test(await (await fetch(`${door}/metrics`)).text()),
    );
    assert.match(text, /^parley_carrier_fault\{party="relief",carrier="direct"\} 1$/m);
    assert.match(text, /^parley_exchanges_total\{party="southern",carrier="direct",fault="none"\} [1-9]/m);
    assert.match(text, /^parley_process_resident_memory_bytes [1-9]/m);
    assert.ok(!text.includes("CANARY"));
    const bytes = Number(/^parley_store_bytes\{store="line"\} ([0-9]+)$/m.exec(text)?.[1]);
    assert.ok(bytes >= statSync(join(party.dir, "line.sqlite-wal")).size, "the journal takes room as well");
    assert.equal((await fetch(`${door}/live`)).status, 200);
    assert.equal((await fetch(`${door}/ready`)).status, 200);
    assert.equal((await fetch(`${door}/metrics`, { method: "POST" })).status, 405);
    assert.equal((await fetch(`${door}/api/status`)).status, 404);
  } finally {
    await Promise.all([node.stop(), southern.stop()]);
    line.remove();
  }
});

test("a node that cannot read its plans is not ready, and says why", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const door = await served(party.dir);
  const first = await startNode(party.dir, quiet);
  await first.stop();
  const path = join(party.dir, "private.sqlite");
  const bytes = readFileSync(path);
  // Every page but the first, which says that it is a store.
  bytes.fill(0x5a, 4096);
  writeFileSync(path, bytes);
  const node = await startNode(party.dir, quiet);
  try {
    assert.deepEqual(await readiness(door), [503, "store-corrupt"]);
    assert.match(await (await fetch(`${door}/metrics`)).text(), /^parley_ready 0$/m);
  } finally {
    await node.stop();
    line.remove();
  }
});

test("a node that may say nothing is alive and not ready, and says why", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const door = await served(party.dir);
  writeFileSync(join(party.dir, "restored"), "");
  const node = await startNode(party.dir, quiet);
  try {
    assert.deepEqual(await readiness(door), [503, "log-behind"]);
    assert.equal((await fetch(`${door}/live`)).status, 200);
    assert.match(await (await fetch(`${door}/metrics`)).text(), /^parley_ready 0$/m);
  } finally {
    await node.stop();
    line.remove();
  }
});

test("metrics are served on this machine alone, and every fault of parley.toml is named", () => {
  const faults = ["0.0.0.0:9464", "192.0.2.1:9464", "[::]:9464", "127.0.0.1", "example.org:80"];
  for (const listen of faults) {
    assert.throws(
      () => parseConfig(`party = "northern"\nmetrics_listen = "${listen}"\nlisten = "nowhere"\nunknown = 1\n`),
      (error) =>
        isParleyError(error, "config-malformed") &&
        ["metrics_listen", "listen", "unknown"].every((word) => error.message.includes(word)),
    );
  }
  assert.equal(parseConfig('party = "northern"\nmetrics_listen = "127.0.0.1:9464"\n').metricsListen?.port, 9464);
});
