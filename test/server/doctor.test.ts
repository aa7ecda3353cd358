/** What the doctor finds before anybody has missed something. */
import assert from "node:assert/strict";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { nodePaths, silentLogger, startNode } from "../../src/server/index.ts";
import { parley } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };

test("after a restore doctor and status name whose word is missing, and a siren that could not sound is found before it must", async () => {
  const line = await makeLine({ passphrase: "correct horse" });
  const north = line.party("northern");
  const southern = await startNode(line.party("southern").dir, quiet);
  let node = await startNode(north.dir, quiet);
  const stepOf = async (name: string) => {
    const { steps } = await (await desk(north).as("admin-1")).doctor();
    return steps.find(({ step }) => step === name);
  };
  try {
    const none = await stepOf("siren");
    assert.deepEqual([none?.outcome, none?.code, none?.found?.name], ["warning", null, "siren-none"]);
    assert.equal((await stepOf("own log"))?.outcome, "ok");
    // What is an address already has no name to look up.
    assert.deepEqual((await stepOf("resolve southern"))?.found, { name: "address", figures: { address: "127.0.0.1" } });
    await node.stop();
    const { config, restored } = nodePaths(north.dir);
    appendFileSync(config, '\n[siren]\ncommand = ["/nowhere/siren"]\n');
    writeFileSync(restored, "");
    node = await startNode(north.dir, quiet);
    const siren = await stepOf("siren");
    assert.deepEqual([siren?.outcome, siren?.code], ["warning", "siren-failed"]);
    assert.match(siren?.message ?? "", /no program \/nowhere\/siren/);
    await until("southern's word", async () => !/southern/.test((await stepOf("own log"))?.message ?? "southern"));
    const waits = await stepOf("own log");
    assert.deepEqual([waits?.outcome, waits?.code], ["failed", "log-behind"]);
    assert.match(waits?.message ?? "", /waits for relief to say/);
    const env = { PARLEY_PASSPHRASE: "correct horse" };
    const status = await parley(["status", "--dir", north.dir, "--as", "watch-1"], { env });
    assert.match(status.stdout, /Relief Coordination +direct +not since the start +not since the start/);
    assert.match(status.stdout, /SAYS NOTHING +.*waits for relief to say .*\(log-behind\)/);
    assert.equal(status.status, 1);
  } finally {
    await Promise.all([node.stop(), southern.stop()]);
    line.remove();
  }
});

test("where parley.toml and the roster name two addresses, doctor says so and does not test the other machine", async () => {
  const line = await makeLine();
  const north = line.party("northern");
  const { config } = nodePaths(north.dir);
  const before = readFileSync(config, "utf8").replace(/^public_address.*\n/m, "");
  writeFileSync(config, `public_address = "https://127.0.0.1:9"\n${before}`);
  const node = await startNode(north.dir, quiet);
  try {
    const { steps } = await (await desk(north).as("admin-1")).doctor();
    const own = steps.find(({ step }) => step === "own address");
    assert.deepEqual([own?.outcome, own?.code, own?.found?.name], ["warning", "own-address-other", "elsewhere"]);
    assert.match(
      own?.message ?? "",
      /parley\.toml says https:\/\/127\.0\.0\.1:9, and our roster tells the others http/,
    );
    assert.match(own?.next ?? "", /mailbox publish/);
  } finally {
    await node.stop();
    line.remove();
  }
});
