/** A few thousand pairs of the long run (`npm run oracle`), some of every class. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkGeodesics } from "../../tools/oracle/geodesics.ts";
import { emptyTally, type Kind, KINDS, runOne } from "../../tools/oracle/run.ts";
import { runTracks } from "../../tools/oracle/tracks.ts";

const COUNTS: Readonly<Record<Kind, number>> = {
  random: 300,
  "random-at-limit": 30,
  circles: 1500,
  "centimetre-gaps": 40,
  antimeridian: 80,
  "round-a-pole": 120,
  "edges-of-1000-km": 60,
  slivers: 40,
  identical: 40,
  lattice: 150,
  "far-apart": 30,
  "shared-moments": 800,
  heights: 500,
  recurring: 800,
  "two-routes": 120,
  "route-and-site": 40,
};

for (const kind of KINDS) {
  test(`oracle: ${kind}: nothing is missed, and what is false is within a centimetre and a millisecond`, () => {
    const tally = emptyTally();
    for (let i = 0; i < COUNTS[kind]; i++) runOne(kind, 50_000 + i, tally);
    const { missed, unsymmetric, unlike, changed, false: wrong, worst_m, worst_ms, seeds } = tally;
    const none = { missed: 0, unsymmetric: 0, unlike: 0, changed: 0 };
    assert.deepEqual({ missed, unsymmetric, unlike, changed }, none, seeds.join(" "));
    assert.ok(wrong * 1000 <= tally.pairs && worst_m <= 0.01 && worst_ms <= 1, seeds.join(" "));
    assert.ok(tally.conflicts > 0 && tally.conflicts <= tally.pairs, `${tally.conflicts} of ${tally.pairs}`);
  });
}

/** What the long run once found wrong, and what of it was. */
const ONCE_WRONG: readonly (readonly [Kind, number, string])[] = [
  ["two-routes", 4_260_922_062, "the engine: 678 km apart, a metre outside the limit, and called near"],
  ["route-and-site", 2_983_960_767, "the simulation: a halt hid the quick leg beside it"],
];

for (const [kind, seed, what] of ONCE_WRONG) {
  test(`oracle: ${kind}:${seed} is right now (${what})`, () => {
    const tally = emptyTally();
    runOne(kind, seed, tally);
    assert.deepEqual([tally.missed, tally.false, tally.unlike], [0, 0, 0]);
  });
}

test("GeographicLib's own values", () => {
  const { checked, wrong, worst_m } = checkGeodesics();
  assert.deepEqual({ checked, wrong }, { checked: 20, wrong: 0 }, `${worst_m} m off`);
});

test("real tracks against their simulation", (t) => {
  const tally = runTracks(60);
  if (tally === null) {
    t.skip("../shared/data/movement is not here: no real track was run");
    return;
  }
  assert.deepEqual([tally.missed, tally.false, tally.unlike], [0, 0, 0], tally.seeds.join(" "));
  assert.ok(tally.conflicts > 5 && tally.conflicts < tally.pairs);
});
