/** The bench of the line: what it reports where a part of it was not asked for or did not come to its end. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { boundPerSecond } from "../../bench/line/bound.ts";
import { compared, complete } from "../../bench/line/goals.ts";
import { words } from "../../bench/line/said.ts";

test("every goal is in the report: met, missed, not reached, or not asked for", () => {
  const told = [compared("one-beside-prosody", 31, { name: "Prosody", value: 10 })];
  const report = complete(told, ["one"], new Map([["one", "the mail server fell over"]]));
  const of = (name: string) => report.find(({ measure }) => measure === name);
  assert.deepEqual([of("one-beside-prosody")?.met, of("one-beside-prosody")?.ratio], [true, 3.1]);
  assert.deepEqual(
    [of("one-beside-postfix")?.met, of("one-beside-postfix")?.why],
    [false, "the mail server fell over"],
  );
  assert.equal(of("pipelined-beside-prosody")?.met, null);
  assert.match(of("pipelined-beside-prosody")?.why ?? "", /not among the parts/);
});

test("a peer that is not here leaves its goal untried, and says why", () => {
  const measure = compared("one-beside-postfix", 31, { why: "only root may start it" });
  assert.deepEqual([measure.met, measure.peer_value, measure.why], [null, null, "only root may start it"]);
});

test("each message is 1 KiB and like no other", () => {
  assert.equal(words(1).length, 1024);
  assert.notEqual(words(1), words(2));
});

test("the bound signs, seals, keeps, opens and verifies", () => {
  assert.ok(boundPerSecond(3) > 0);
});

test("a part that does not exist is refused with the names of those that do", () => {
  const main = join(import.meta.dirname, "../../bench/main.ts");
  const run = spawnSync(process.execPath, [main, "line", "--only", "large"], { encoding: "utf8" });
  assert.equal(run.status, 2);
  assert.match(run.stderr, /of line: one,pipelined,catch-up,verify,restart,lines/);
});
