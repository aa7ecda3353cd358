/**
 * The exchange against every order of events that a small line can meet: parcels lost, repeated, late and out of order,
 * nodes that die between two writes, backups restored while what was said since is still on its way.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Real } from "./model/disk.ts";
import { explore, wander } from "./model/explore.ts";
import { type Budget, start, type State } from "./model/state.ts";
import { Broken, Steps, type Weakness } from "./model/steps.ts";
import { newWorld } from "./world.ts";

const world = await newWorld();
const two = new Real(world, 2);
const three = new Real(world, 3);
const [a = "", b = "", c = ""] = three.parties;

const NOTHING: Budget = { append: {}, crash: 0, restore: {} };
const find = (real: Real, budget: Partial<Budget>, weak: readonly Weakness[] = []) =>
  explore(new Steps(real, weak), start(real.parties, { ...NOTHING, ...budget }), 50_000);

const CASES: readonly (readonly [what: string, real: Real, budget: Partial<Budget>])[] = [
  ["one party says two things", two, { append: { [a]: 2 } }],
  ["both say something", two, { append: { [a]: 1, [b]: 1 } }],
  ["a node dies at any moment", two, { append: { [a]: 1 }, crash: 1 }],
  ["three parties, one of whom speaks", three, { append: { [a]: 1 } }],
  ["the speaker is restored", two, { append: { [a]: 1 }, restore: { [a]: 1 } }],
];

for (const [what, real, budget] of CASES) {
  test(`in every order: ${what}`, (t) => {
    const { states, broken, exhaustive } = find(real, budget);
    assert.deepEqual(broken, null);
    assert.ok(exhaustive);
    t.diagnostic(`${states} states`);
  });
}

test("without the rounds after a restore, or with a receipt too early, the model finds what breaks", () => {
  const restored = { append: { [a]: 2 }, restore: { [a]: 1 } };
  for (const [weak, budget, law] of [
    [["no-rounds"], restored, /knows of|split record/],
    [["receipt-before-disk"], { append: { [a]: 1 } }, /not on its disk/],
  ] as const) {
    const { broken } = find(two, budget, weak);
    assert.match(broken?.at(-1) ?? "nothing was found", law, weak.join());
  }
});

test("with the rounds but without terms, what was still on its way comes up after a restore, and the model finds it", () => {
  const steps = new Steps(two, ["no-terms"]);
  const first = start(two.parties, { append: { [a]: 2 }, crash: 0, restore: { [a]: 1 } });
  // Too many orders to go through each: the 96th walk meets it, and a later one would, should the steps be sorted anew.
  const found = Array.from({ length: 300 }, (_, i) => i + 96).some((seed) => isBroken(steps, first, seed));
  assert.ok(found, "no walk met it");
});

function isBroken(steps: Steps, first: State, seed: number): boolean {
  let chance = seed;
  const pick = (below: number): number => {
    chance = (Math.imul(chance, 1_103_515_245) + 12_345) >>> 0;
    return (chance >>> 8) % below;
  };
  try {
    wander(steps, first, 45, pick);
    return false;
  } catch (error) {
    if (error instanceof Broken) return true;
    throw error;
  }
}

/** Restores and deaths at random: too many orders to go through each. */
const HARD: readonly (readonly [Real, Budget])[] = [
  [two, { append: { [a]: 3, [b]: 1 }, crash: 1, restore: { [a]: 1 } }],
  [two, { append: { [a]: 2, [b]: 2 }, crash: 0, restore: { [a]: 1, [b]: 1 } }],
  [three, { append: { [a]: 3, [c]: 1 }, crash: 1, restore: { [a]: 1, [b]: 1 } }],
];

test("at random: nothing breaks, and once the links work everybody holds everything, with everybody's receipt", () => {
  const steps = HARD.map(([real]) => new Steps(real));
  fc.assert(
    fc.property(fc.nat(HARD.length - 1), fc.infiniteStream(fc.nat(1_000_000)), (which, chance) => {
      const [real, budget] = HARD[which] as (typeof HARD)[number];
      const at = steps[which] as Steps;
      const end = wander(at, start(real.parties, budget), 40, (below) => (chance.next().value ?? 0) % below);
      const { nodes } = at.settle(end, 12);
      for (const author of real.parties) {
        const word = nodes[author]?.disk.logs[author]?.word ?? "";
        for (const holder of real.parties) {
          assert.equal(nodes[holder]?.disk.mark, false, `${holder} still asks`);
          assert.equal(nodes[holder]?.disk.logs[author]?.word, word, `${holder} on ${author}`);
          // Of more, where all who held the rest were restored: it is lost to everybody, and its author knows what it was.
          const receipt = `${holder} ${author} ${word}`;
          const isReceipted = nodes[author]?.disk.receipts.some((each) => each.startsWith(receipt)) === true;
          if (holder !== author && word !== "") assert.ok(isReceipted, receipt);
        }
      }
    }),
    { numRuns: Number(process.env["PARLEY_MODEL_RUNS"] ?? 8) },
  );
});
