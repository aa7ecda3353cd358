/** What a bench reports: ratios, goals, misses, and its last line. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { ASKED, complete } from "../../bench/deconflict/goals.ts";
import { besideBound, besidePeer, jsonOf, missed, number, type Report, tableOf } from "../../bench/report.ts";
import { batches, timesOf } from "../../bench/statistics.ts";

const FIGURE = { measure: "check-p50", unit: "µs", value: 10, better: "lower", peer: "PostGIS", times: 20 } as const;

test("a ratio is above 1 where we are better, whether more or less is better", () => {
  const faster = besidePeer({ ...FIGURE, peerValue: 300 });
  assert.deepEqual([faster.ratio, faster.met, faster.goal], [30, true, "at least 20 times"]);
  const more = besidePeer({ ...FIGURE, better: "higher", value: 300, peerValue: 10 });
  assert.equal(more.ratio, 30);
  const slower = besidePeer({ ...FIGURE, peerValue: 5 });
  assert.deepEqual([slower.ratio, slower.met], [0.5, false]);
});

test("a peer that is not here leaves the goal untried and says why", () => {
  const measure = besidePeer({ ...FIGURE, peer: null, peerValue: null, why: "PostGIS is not here" });
  assert.deepEqual(
    [measure.value, measure.peer, measure.peer_value, measure.ratio, measure.met, measure.why],
    [10, null, null, null, null, "PostGIS is not here"],
  );
});

test("a bound is kept at its very value, and a bound of zero has no ratio", () => {
  const at = besideBound({ measure: "index-build", unit: "s", value: 10, atMost: 10 });
  assert.deepEqual([at.peer, at.ratio, at.met], ["bound", 1, true]);
  const zero = besideBound({ measure: "check-ids-differing", unit: "ids", value: 0, atMost: 0 });
  assert.deepEqual([zero.ratio, zero.met], [null, true]);
  assert.equal(besideBound({ measure: "check-ids-differing", unit: "ids", value: 1, atMost: 0 }).met, false);
});

test("what a dead stage did not tell is missed, in the table's place", () => {
  const [first] = complete([], "it ran out of memory");
  assert.deepEqual([first?.measure, first?.value, first?.met], ["check-throughput", null, false]);
  const withGoals = Object.values(ASKED).filter((asked) => "times" in asked || "atMost" in asked);
  assert.equal(complete([], "").length, withGoals.length);
});

test("the table shows value, peer and ratio, and tells the misses below", () => {
  const measures = [
    besidePeer({ ...FIGURE, peerValue: 5 }),
    missed("route-p99", "ms", "at most 5 ms", "it ended early"),
  ];
  const table = tableOf({ bench: "deconflict", measures, broken: null });
  assert.match(table, /check-p50 +10 µs +PostGIS +5 µs +0\.5 x +at least 20 times +NO/);
  assert.match(table, /^route-p99: it ended early$/m);
  const told = JSON.parse(jsonOf({ bench: "deconflict", measures, broken: null })) as {
    measures: { measure: string }[];
  };
  assert.deepEqual(
    told.measures.map(({ measure }) => measure),
    ["check-p50", "route-p99"],
  );
});

test("figures are shown with three digits", () => {
  assert.deepEqual([0.012345, 12.345, 999.9, 1_234_567].map(number), ["0.0123", "12.3", "1000", "1,234,567"]);
});

test("percentiles are of the nearest rank", () => {
  const times = timesOf(Array.from({ length: 100 }, (_, i) => 100 - i));
  assert.deepEqual([times.p50, times.p99, times.count], [50, 99, 100]);
  assert.throws(() => timesOf([]));
  assert.deepEqual(batches([1, 2, 3], 2), [[1, 2], [3]]);
});

test("the bench of deconfliction runs, and its last line is its report", () => {
  const main = join(import.meta.dirname, "../../bench/main.ts");
  const run = spawnSync(process.execPath, [main, "deconflict", "--quick", "--no-peer", "--volumes", "500", "--json"], {
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  const { bench, measures } = JSON.parse(run.stdout.trimEnd().split("\n").at(-1) as string) as Report;
  assert.equal(bench, "deconflict");
  const untold = measures.filter(({ value }) => value === null).map(({ measure }) => measure);
  assert.deepEqual(untold, ["check-ids-differing"]);
  assert.ok(measures.filter(({ met }) => met === null).every(({ goal, why }) => goal === null || why !== undefined));
});

test("a part of the bench runs by itself, and the goals of the others are said not to have been tried", () => {
  const main = join(import.meta.dirname, "../../bench/main.ts");
  const asked = ["deconflict", "--quick", "--no-peer", "--volumes", "500", "--json", "--only", "memory,polygons"];
  const run = spawnSync(process.execPath, [main, ...asked], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  const { measures } = JSON.parse(run.stdout.trimEnd().split("\n").at(-1) as string) as Report;
  const told = measures.filter(({ value }) => value !== null).map(({ measure }) => measure);
  const asPolygons = ["polygon-10000", "polygon-10000-beside-peer"];
  assert.deepEqual(told, ["volumes", ...asPolygons, "memory-a-volume", "index-build"]);
  const rest = measures.filter(({ value }) => value === null);
  assert.ok(rest.length > 10 && rest.every(({ met, why }) => met === null && why !== undefined));
});

test("a wrong name or number is refused with the usage", () => {
  const main = join(import.meta.dirname, "../../bench/main.ts");
  for (const wrong of [["nothing"], ["deconflict", "--volumes", "many"], ["deconflict", "--only", "all"], []]) {
    const run = spawnSync(process.execPath, [main, ...wrong], { encoding: "utf8" });
    assert.equal(run.status, 2);
    assert.match(run.stderr, /npm run bench/);
  }
});
