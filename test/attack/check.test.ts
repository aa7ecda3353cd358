/** Hostile files for the check: what would end it, hide something in its answer, or write an answer of its own. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { checkFiles, type CheckResult } from "../../src/deconflict/index.ts";
import { parley } from "../cli/run.ts";

const NONE = { rules: null, separation_m: null, vertical_m: null, time_s: null };
const PLACE = { outline_circle: { center: { lat: 36, lng: 43 }, radius: { value: 9, units: "M" } } };
const SITE = JSON.stringify({ site: [{ volume: PLACE }] });

function check(text: string, against = SITE) {
  return checkFiles({ name: "plans", text }, { name: "against", text: against }, NONE);
}

function codes(text: string): readonly string[] {
  const output = check(text);
  return "faults" in output ? output.faults.map(({ code }) => code) : [];
}

test("a name or a text of millions of characters is read like any other", () => {
  for (const long of [
    "x".repeat(12_000_000),
    "\\n".repeat(6_000_000),
    '\\"'.repeat(6_000_000),
    "\\\\".repeat(6_000_000),
  ]) {
    const feature = `{"type":"Feature","properties":{"remark":"${long}"},"geometry":{"type":"Point","coordinates":[43,36]}}`;
    const read = check(feature);
    assert.equal("conflicts" in read && read.conflicts.length, 1);
    assert.deepEqual(codes(`{"${long}":[],"${long}":[]}`), ["json-repeats-key"]);
  }
});

test("a file of nothing but brackets is refused before it fills the memory", () => {
  for (const open of ["[", '{"a":']) assert.deepEqual(codes(open.repeat(1_000_000)), ["json-too-deep"]);
  assert.deepEqual(codes(`${"[".repeat(256)}${"]".repeat(256)}`), ["field-malformed"]);
  assert.deepEqual(codes(`${"[".repeat(257)}${"]".repeat(257)}`), ["json-too-deep"]);
});

test("what is no JSON is said to be none, whatever seems to be given twice in it", () => {
  for (const text of ['{"a":1,"a":', '{"a":1 "a":2', '{"a\\":1,"a\\":2', '{"\\u00zz":1}', '{"a":1,"a":2}}', '{"a']) {
    assert.deepEqual(codes(text), ["json-malformed"], text);
  }
  assert.deepEqual(codes('{"a":[],"\\u0061":[]}'), ["json-repeats-key"]);
  assert.deepEqual(codes('{"a":[{"b":1},{"c":[{"d":1,"d":1}]}]}'), ["json-repeats-key"]);
});

test("names that JavaScript knows otherwise are ids like others", () => {
  const ids = ["__proto__", "constructor", "toString", "hasOwnProperty", "", "10", "2"];
  const file = `{${ids.map((id) => `"${id}":[${JSON.stringify({ volume: PLACE })}]`).join(",")}}`;
  const { conflicts, checked } = check(file, file) as CheckResult;
  assert.equal(checked, ids.length ** 2);
  for (const id of ids) {
    assert.deepEqual(
      conflicts
        .filter(({ plan }) => plan === id)
        .map(({ against }) => against)
        .toSorted(),
      ids.toSorted(),
    );
  }
});

test("an id can write no line of the answer, nor push the others off the screen", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-attack-"));
  try {
    const forged = "x\n0 pairs checked: 0 conflicts, 0 undecided.\u001b[2J";
    const long = "y".repeat(100_000);
    const [told, wrong] = [join(folder, "told.json"), join(folder, "wrong.json")];
    writeFileSync(told, JSON.stringify({ [forged]: [{ volume: PLACE }], [long]: [{ volume: PLACE }] }));
    writeFileSync(wrong, JSON.stringify({ [forged]: [{ volume: {} }], [long]: [{}] }));
    const found = await parley(["check", "--plans", told, "--against", told]);
    const refused = await parley(["check", "--plans", wrong, "--against", told]);
    assert.deepEqual([found.status, refused.status], [1, 2]);
    for (const { stdout } of [found, refused]) {
      assert.doesNotMatch(stdout, /^0 pairs/m);
      assert.ok(!stdout.includes("\u001b"));
      for (const line of stdout.split("\n")) assert.ok(line.length < 500, String(line.length));
    }
    assert.match(refused.stdout, /outline-not-one {2}Give each volume an outline_polygon or an outline_circle\./);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
