/** What the console's bench reports where a part of it did not come to its end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { complete, measured } from "../../bench/console/goals.ts";

test("each goal is in the report, met, missed or not reached", () => {
  const told = [measured("typing-p95", 49), measured("frame-p99-all", 251), measured("shapes", 100_000)];
  const failures = new Map([["first-page", "the browser ended"]]);
  const report = complete(told, ["first-page", "map", "typing"], failures);
  const of = (name: string) => report.find(({ measure }) => measure === name);
  assert.deepEqual([of("typing-p95")?.met, of("frame-p99-all")?.met, of("shapes")?.met], [true, false, null]);
  assert.deepEqual([of("first-usable-page")?.value, of("first-usable-page")?.why], [null, "the browser ended"]);
  assert.equal(of("first-usable-page")?.goal, "at most 1.5 s");
  assert.equal(of("messages"), undefined, "a figure without a goal is not missed");
  assert.equal(of("tab-memory-growth"), undefined, "nor one that nobody asked for");
});
