/** A small torture: a hundred kills, half of them at a write, some with the power cut; and a checker that finds what is wrong. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { prepare } from "../../tools/torture/program.ts";
import { seeded } from "../../tools/torture/random.ts";
import { playKills } from "../../tools/torture/scenarios/kills.ts";
import { FAULTS, Tally } from "../../tools/torture/tally.ts";

const KILLS = 100;

test("nodes killed a hundred times, at a write and with the power cut, lose, double and feign nothing", async () => {
  const runDir = mkdtempSync(join(tmpdir(), "parley-torture-"));
  const found: string[] = [];
  const tally = new Tally((text) => void found.push(text));
  try {
    const program = await prepare(runDir, (text) => process.stderr.write(`${text}\n`));
    await playKills({ program, tally, random: seeded(1), until: Infinity, leftMs: 0, say: () => undefined }, KILLS);
  } finally {
    rmSync(runDir, { recursive: true, force: true, maxRetries: 5 });
  }
  assert.deepEqual(found, []);
  for (const fault of FAULTS) assert.equal(tally.faults[fault], 0, fault);
  assert.ok(tally.kills >= KILLS, `${tally.kills} kills`);
  assert.ok(tally.released > 0);
});
