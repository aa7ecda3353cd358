/** The pictures of docs/deconfliction.md are made from the engine's output of today. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "../..");

test("the pictures are what the engine draws now, and the page shows each", () => {
  const run = spawnSync(process.execPath, [join(ROOT, "tools/pictures/main.ts"), "--check"], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const page = readFileSync(join(ROOT, "docs/deconfliction.md"), "utf8");
  for (const name of ["conflict", "buffer", "routes", "heights", "suggestion"]) {
    assert.ok(page.includes(`images/deconfliction-${name}.svg`), name);
  }
});
