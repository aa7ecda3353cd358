/** Files that GDAL, GPSBabel and LibreOffice made are read with nothing lost. `npm run formats -- --keep` makes them anew. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { importText } from "../../src/intake/index.ts";
import { RECIPES } from "../../tools/formats/theirs.ts";
import { differences, OUTSIDE } from "./outside.ts";

const NOW = Date.UTC(2031, 10, 24);

for (const { file, seed, without } of RECIPES) {
  test(`${file} is read with nothing lost`, () => {
    const result = importText(new Uint8Array(readFileSync(join(OUTSIDE, file))), { now: NOW });
    assert.deepEqual(differences(seed, without, result), []);
  });
}

test("every file that is kept has the commands that made it", () => {
  const kept = readdirSync(OUTSIDE).filter((name) => name !== "seed" && !name.endsWith(".md"));
  assert.deepEqual(kept.toSorted(), RECIPES.map(({ file }) => file).toSorted());
});
