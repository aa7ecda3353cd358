/** A life that is forked from a loaded program is a node's process like any other: it serves, ends in order, and dies at a write. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeFleet } from "../../tools/torture/line/fleet.ts";
import { Journal } from "../../tools/torture/line/journal.ts";
import { Officers } from "../../tools/torture/line/officers.ts";
import { prepare } from "../../tools/torture/program.ts";
import { Tally } from "../../tools/torture/tally.ts";

/** Rings in memory by which a process tells the system what it waits for: a fork would share them. */
function ringsOf(pid: number): string[] {
  const dir = `/proc/${pid}/fd`;
  const links = readdirSync(dir).flatMap((fd) => {
    try {
      return readlinkSync(join(dir, fd));
    } catch {
      // It was closed meanwhile.
      return [];
    }
  });
  assert.ok(
    links.some((link) => link.includes("eventpoll")),
    "its descriptors are seen",
  );
  return links.filter((link) => link.includes("io_uring"));
}

test("one loaded program lives, ends in order, dies and lives again", async () => {
  const runDir = mkdtempSync(join(tmpdir(), "parley-torture-"));
  const found: string[] = [];
  const tally = new Tally((text) => void found.push(text));
  try {
    const program = await prepare(runDir, (text) => process.stderr.write(`${text}\n`));
    const fleet = await makeFleet(program, tally, { loadOnce: true });
    try {
      const node = fleet.node("southern");
      const pids = new Set<number | null>();
      const lives = async (): Promise<void> => {
        assert.equal(await node.start(), true);
        const status = await new Officers(node, new Journal()).look((client) => client.status());
        assert.equal(status.party, "southern");
        assert.deepEqual(ringsOf(node.pid as number), [], "what it waits for is its own");
        pids.add(node.pid);
      };
      await lives();
      await node.stop();
      await lives();
      await node.kill();
      node.expected = "kill";
      node.control?.dieAt(1, false);
      assert.equal(await node.start(), false);
      node.control?.reset();
      await lives();
      assert.equal(pids.size, 3);
    } finally {
      await fleet.close();
    }
  } finally {
    rmSync(runDir, { recursive: true, force: true, maxRetries: 5 });
  }
  assert.deepEqual(found, []);
});
