/** Nodes that come back from the past: killed, restored, or shown more of their own log than they hold. */
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { originOf } from "../../src/line/index.ts";
import { nodePaths } from "../../src/server/node-dir.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parley } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startProcess, until } from "../support/nodes.ts";
import { Hostile } from "./hostile.ts";

const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));

test("a node that was shown more of its own log than it holds says nothing, also after it was killed", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const paths = nodePaths(party.dir);
  let node = await startProcess(party);
  const southern = new Hostile(line, "southern");
  try {
    await desk(party).tell(movementRequest("before"));
    await node.stop();
    const copy = join(line.dir, "copy");
    cpSync(party.dir, copy, { recursive: true });
    node = await startProcess(party);
    await desk(party).tell(movementRequest("after"));
    const { heads } = await southern.send("northern");
    const own = heads.filter((note) => note.startsWith(originOf(line.line.line, party.id)));
    await node.kill();
    for (const end of ["", "-wal", "-shm"]) rmSync(paths.lineStore + end, { force: true });
    cpSync(join(copy, "line.sqlite"), paths.lineStore);
    node = await startProcess(party);
    await southern.send("northern", { heads: own });
    await assert.rejects(desk(party).tell(movementRequest("a second history")), coded("log-behind"));
    await node.kill();
    node = await startProcess(party);
    await assert.rejects(desk(party).tell(movementRequest("a second history")), coded("log-behind"));
  } finally {
    await node.kill();
    line.remove();
  }
});

test("a restored node says nothing before every other party has said how far its log went", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  let node = await startProcess(party);
  const [southern, relief] = [new Hostile(line, "southern"), new Hostile(line, "relief")];
  try {
    await desk(party).tell(movementRequest("before"));
    const file = join(line.dir, "northern.backup");
    assert.equal((await parley(["backup", file, "--dir", party.dir])).status, 0);
    const altered = readFileSync(file);
    altered[altered.length - 100] = (altered.at(-100) as number) ^ 1;
    writeFileSync(`${file}.altered`, altered);
    const elsewhere = join(line.dir, "elsewhere");
    const [bad, over] = await Promise.all([
      parley(["restore", `${file}.altered`, "--dir", elsewhere]),
      parley(["restore", file, "--dir", party.dir]),
    ]);
    assert.match(bad.stderr, /backup-not-opened/);
    assert.throws(() => statSync(elsewhere), /ENOENT/, "nothing half-done");
    assert.match(over.stderr, /file-exists/);
    await desk(party).tell(movementRequest("after"));
    const { heads, segments } = await southern.send("northern");
    const before = [southern.parcel("northern"), relief.parcel("northern")] as const;
    await node.stop();
    rmSync(party.dir, { recursive: true });
    assert.equal((await parley(["restore", file, "--dir", party.dir])).status, 0);
    node = await startProcess(party);
    await assert.rejects(desk(party).tell(movementRequest("too early")), coded("log-behind"));
    for (let round = 0; round < 6; round++) await relief.send("northern");
    await assert.rejects(desk(party).tell(movementRequest("still too early")), coded("log-behind"));
    for (let round = 0; round < 6; round++) {
      for (const parcel of before) await southern.post("northern", parcel);
    }
    await assert.rejects(desk(party).tell(movementRequest("on old words")), coded("log-behind"));
    await until("its own entries", async () => {
      await southern.send("northern", { heads, segments });
      await relief.send("northern");
      const { messages } = await (await desk(party).as("watch-1")).messages();
      return messages.some(({ subject }) => subject === "after") && !existsSync(nodePaths(party.dir).restored);
    });
    assert.equal((await desk(party).tell(movementRequest("now"))).length, 1);
  } finally {
    await node.kill();
    line.remove();
  }
});
