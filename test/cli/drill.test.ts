import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "../../src/store/driver.ts";
import { test } from "node:test";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";
import { parley, parleyJson } from "./run.ts";

test("a drill says whether a backup can be restored, leaves nothing behind, and finds what is wrong", async () => {
  const line = await makeLine();
  const cwd = mkdtempSync(join(tmpdir(), "parley-drill-"));
  const party = line.party("northern");
  const quiet = { logger: silentLogger };
  const nodes = await Promise.all(["northern", "southern"].map((id) => startNode(line.party(id).dir, quiet)));
  try {
    const [hash] = (await desk(line.party("southern")).tell(movementRequest())) as [string];
    const watch = await desk(party).as("watch-1");
    await until("it", async () => (await watch.messages()).messages.some((each) => each.hash === hash));
    await parleyJson(["backup", "now.backup", "--dir", party.dir], { cwd });
    const found = await parleyJson<{ messages: number; logs: { party: string; entries: number }[] }>(
      ["drill", "now.backup", "--in", cwd],
      { cwd },
    );
    assert.equal(found.messages, 1);
    assert.ok((found.logs.find((log) => log.party === "southern")?.entries ?? 0) >= 3);
    assert.deepEqual(readdirSync(cwd), ["now.backup"], "the copy is gone");

    // Keys of another party.
    const other = join(cwd, "other");
    cpSync(party.dir, other, { recursive: true });
    const keys = join(other, "node.keys");
    const own = readFileSync(keys, "utf8");
    writeFileSync(keys, readFileSync(join(line.party("relief").dir, "node.keys"), "utf8"));
    await parleyJson(["backup", "keys.backup", "--dir", other], { cwd });
    const refused = await parley(["drill", "keys.backup", "--in", cwd], { cwd });
    assert.match(refused.stderr, /config-other-party/);
    // An entry that was taken out of the middle of a log, and nothing that SQLite would notice.
    writeFileSync(keys, own);
    const db = new Connection(join(other, "line.sqlite"), null);
    const [first, second] = db.prepare("SELECT bytes FROM entry ORDER BY log, idx LIMIT 2").all();
    db.prepare("UPDATE entry SET bytes = ? WHERE bytes = ?").run(first?.["bytes"] ?? null, second?.["bytes"] ?? null);
    db.close();
    await parleyJson(["backup", "entry.backup", "--dir", other], { cwd });
    const damaged = await parley(["drill", "entry.backup", "--in", cwd], { cwd });
    assert.notEqual(damaged.status, 0);
    assert.match(damaged.stderr, /store-corrupt/);
    assert.ok(readdirSync(cwd).every((name) => !name.startsWith(".drill-")));
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
    rmSync(cwd, { recursive: true, force: true });
  }
});
