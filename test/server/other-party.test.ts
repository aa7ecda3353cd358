/** The wrong party in parley.toml, as a copied file or a slip brings it there. */
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { installLine, nodePaths, rehearse, silentLogger, startNode } from "../../src/server/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parley } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";

const quiet = { logger: silentLogger };

function says(words: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(isParleyError(error, "config-other-party"), String(error));
    assert.match(error.message, words);
    assert.match(error.next, /^Correct `party` in parley\.toml/);
    return true;
  };
}

test("where parley.toml names another party, that is said, and not that the node was replaced", async () => {
  const line = await makeLine();
  const { dir } = line.party("northern");
  const { config, lineStore } = nodePaths(dir);
  const right = readFileSync(config, "utf8");
  const names = (party: string) => writeFileSync(config, right.replace(/^party = "northern"$/m, `party = "${party}"`));
  const anothers = /^`party` in parley\.toml is southern; this directory is northern's, by its node\.keys\.$/;
  const nobodys = /^`party` in parley\.toml is nothern; this directory is northern's, by its node\.keys\.$/;
  try {
    // Before its first start no store is given to the wrong party, and after it none is looked at.
    for (const round of ["before its first start", "after it"]) {
      names("southern");
      await assert.rejects(startNode(dir, quiet), says(anothers), round);
      names("nothern");
      await assert.rejects(startNode(dir, quiet), says(nobodys), round);
      assert.equal(existsSync(lineStore), round === "after it");
      writeFileSync(config, right);
      await (await startNode(dir, quiet)).stop();
    }
    names("southern");
    assert.throws(() => rehearse(suite, dir), says(anothers));
    assert.throws(() => installLine(suite, dir, line.text), says(anothers));
    const { status, stdout } = await parley(["doctor", "--dir", dir, "--as", "watch-1"]);
    assert.equal(status, 1);
    assert.match(stdout, /FAILED +node's address: `party` in parley\.toml is southern; this directory is northern's/);
    // Keys that the line names nowhere say nothing of whose the directory is.
    const strange = join(line.dir, "strange");
    cpSync(dir, strange, { recursive: true });
    const other = await makeLine();
    cpSync(nodePaths(other.party("northern").dir).keys, nodePaths(strange).keys);
    other.remove();
    writeFileSync(nodePaths(strange).config, right);
    await assert.rejects(startNode(strange, quiet), (error) => isParleyError(error, "node-locked"));
    writeFileSync(nodePaths(strange).config, right.replace('"northern"', '"nothern"'));
    await assert.rejects(startNode(strange, quiet), says(/^`party` in parley\.toml is nothern, and the line has only/));
  } finally {
    line.remove();
  }
});
