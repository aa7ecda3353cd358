/** What the shim takes for a write of the node: a power cut that took back anything else would be a fault of nobody. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { seeded } from "../../tools/torture/random.ts";
import { cutPower } from "../../tools/torture/shim/power-cut.ts";
import { buildShim } from "../../tools/torture/shim/shim.ts";

test("a file that got the number of one that was closed unseen is not taken for it", () => {
  const dir = mkdtempSync(join(tmpdir(), "parley-shim-"));
  try {
    const { library } = buildShim(dir);
    if (library === null) throw new Error("the shim needs gcc: apt-get install gcc libc6-dev");
    const [watched, journal] = [join(dir, "watched"), join(dir, "journal")];
    mkdirSync(watched);
    writeFileSync(join(watched, "read"), "what was read");
    // Node closes what it has read with a bare system call; the next file that is opened has its number.
    const program = `
      const { readFileSync, writeFileSync } = require("node:fs");
      readFileSync(${JSON.stringify(join(watched, "read"))}, "utf8");
      writeFileSync(${JSON.stringify(join(dir, "elsewhere"))}, "written");
    `;
    const env = { ...process.env, LD_PRELOAD: library, PARLEY_SHIM_DIR: watched, PARLEY_SHIM_JOURNAL: journal };
    execFileSync(process.execPath, ["-e", program], { env });
    assert.equal(readFileSync(journal).length, 0);
    assert.equal(cutPower(journal, seeded(1)), 0);
    assert.equal(readFileSync(join(watched, "read"), "utf8"), "what was read");
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test("who ends by abort() says from where", () => {
  const dir = mkdtempSync(join(tmpdir(), "parley-shim-"));
  try {
    const { library } = buildShim(dir);
    if (library === null) throw new Error("the shim needs gcc: apt-get install gcc libc6-dev");
    const env = {
      ...process.env,
      LD_PRELOAD: library,
      PARLEY_SHIM_DIR: dir,
      PARLEY_SHIM_JOURNAL: join(dir, "journal"),
    };
    const ended = spawnSync(process.execPath, ["-e", "process.abort()"], { env, encoding: "utf8" });
    assert.equal(ended.signal, "SIGABRT");
    assert.match(ended.stderr, /abort, called from:\n(.*\n)*.*node\[0x/);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
