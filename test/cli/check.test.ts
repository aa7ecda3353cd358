/** What `parley check` says to people beside its answer. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parley } from "./run.ts";

const point = (id: string, category: string | null, metres = 0) => ({
  type: "Feature",
  id,
  properties: { category },
  geometry: { type: "Point", coordinates: [43, 36 + metres / 111_000] },
});

test("check: the gravest is on top; a category that no rule names is named, and one that a rule names is not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-check-"));
  try {
    const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
    const collection = (...features: unknown[]) => ({ type: "FeatureCollection", features });
    write("plans.json", collection(point("A", "strikes", 400), point("B", "strike"), point("C", null, 9000)));
    write("sites.json", collection(point("H", "hospital")));
    write("rules.json", {
      default: { lateral_m: 500 },
      pairs: [{ plan: "strike", against: "site:*", lateral_m: 2000, grave: "critical" }],
    });
    write("anything.json", { default: { lateral_m: 500 } });
    const check = ["check", "--plans", "plans.json", "--against", "sites.json"];
    const { status, stdout, stderr } = await parley([...check, "--rules", "rules.json"], { cwd: folder });
    assert.equal(status, 1);
    assert.match(stdout, /^critical {2}B[^]*^low {7}A {5}H {8}400 m /m);
    assert.match(stderr, /No rule names the category "strikes" \(1 plan\): .* Rules name strike\./);
    assert.match(stderr, /No rule names plans without a category \(1 plan\)/);
    assert.doesNotMatch(stderr, /"strike"/);
    for (const more of [["--rules", "anything.json"], []]) {
      assert.equal((await parley([...check, ...more], { cwd: folder })).stderr, "");
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
