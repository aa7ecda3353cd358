/** What PostGIS is allowed beside GeographicLib, and what the oracle may be asked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions } from "../../tools/oracle/options.ts";
import { allowedOf, type ErrorRow } from "../../tools/oracle/peer-error.ts";

const row = (edge_m: number, apart_m: number, worst_m: number): ErrorRow => ({ edge_m, apart_m, pairs: 1, worst_m });
const ROWS = [row(0, 1000, 0), row(1000, 1000, 0.02), row(1000, 10_000, 0.2), row(10_000, 1000, 0.03)];

test("PostGIS is allowed what was measured on edges and distances up to a pair's own, and nothing beyond", () => {
  const about = (edge_m: number, apart_m: number) => Math.round(100 * allowedOf(ROWS, edge_m, apart_m)) / 100;
  assert.equal(about(0, 5), 0);
  assert.equal(about(900, 900), 0.02);
  assert.equal(about(900, 9000), 0.2);
  assert.equal(about(9000, 900), 0.03);
  assert.equal(about(1e8, 900), 0);
  assert.equal(about(900, 1e8), 0);
});

test("the oracle says what is wrong with what it is asked", () => {
  const run = readOptions(["--pairs", "50", "--postgis", "0", "--threads", "1"]);
  assert.deepEqual(run, { want: "run", options: { minutes: 120, pairs: 50, seed: 1, threads: 1, postgis: 0 } });
  assert.deepEqual(readOptions(["-h"]), { want: "help" });
  assert.deepEqual(readOptions(["--again", "circles:7"]), { want: "again", kind: "circles", seed: 7 });
  const wrong = [
    ["--pairs", "1.5"],
    ["--pairs", "0"],
    ["--minutes", "-1"],
    ["--seed", ""],
    ["--again", "circles"],
    ["--again", "squares:1"],
    ["--frobnicate"],
    ["stray"],
  ];
  for (const args of wrong) assert.throws(() => readOptions(args), Error, args.join(" "));
});
