import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Conflict,
  DEFAULT_RULES,
  findConflict,
  type Ruled,
  ruleFor,
  type SeparationRules,
  type Subject,
  type Suggestion,
  suggestions,
  troubles,
  uniformRules,
  whyFired,
} from "../../src/deconflict/index.ts";
import { type AnyVolume, destination, type Footprint, movingVolume } from "../../src/geo/index.ts";
import { between, pick, randomFootprint, randomFrom } from "../geo/shapes.ts";

const HERE = { lat: 36.34, lon: 43.13 };
const NOON = Date.UTC(2026, 10, 23, 12);
const HOUR = 3_600_000;
const MINUTE = 60_000;

function subject(id: string, volumes: readonly AnyVolume[], category: string | null = null): Subject {
  return { id, name: null, category, volumes };
}

function circle(azimuth: number, metres: number, radius_m: number): Footprint {
  return { type: "circle", centre: destination(HERE, azimuth, metres), radius_m };
}

const volume = (footprint: Footprint, from: number, to: number): AnyVolume => ({
  footprint,
  height: { datum: "AMSL", lower_m: 0, upper_m: 1000 },
  window: { start: NOON + from, end: NOON + to },
});

const alone = (rules: SeparationRules) => (plan: Subject, other: Subject) => [
  { asked: ruleFor(rules, plan, other), turned: false },
];
const RULES = uniformRules({ lateral_m: 1000, vertical_m: 100, time_s: 600 });
const PLAN = subject("plan", [volume(circle(0, 0, 500), 0, HOUR)]);
const CAMP = subject("camp", [volume(circle(90, 1200, 200), -HOUR, 2 * HOUR)]);

function changeOf(found: readonly Suggestion[], type: Suggestion["change"]["type"]): Suggestion["change"] | undefined {
  return found.find(({ change }) => change.type === type)?.change;
}

test("the earliest later start, the smallest shift and the next free height clear a plan", () => {
  const found = suggestions(PLAN, [CAMP], alone(RULES));
  assert.deepEqual(changeOf(found, "later"), { type: "later", delay_ms: 131 * MINUTE, start: NOON + 131 * MINUTE });
  assert.deepEqual(changeOf(found, "shift"), { type: "shift", bearing_deg: 270, metres: 510 });
  assert.deepEqual(changeOf(found, "height"), { type: "height", datum: "AMSL", lower_m: 1101, upper_m: 2101 });
  for (const { says } of found) assert.match(says, /^"plan" is clear of all .*\.$/u);
});

test("a plan that is clear needs no change, and where nothing clears it none is made", () => {
  const far = subject("far", [volume(circle(90, 90_000, 200), 0, HOUR)]);
  assert.deepEqual(suggestions(PLAN, [far], alone(RULES)), []);
  const whole: AnyVolume = {
    footprint: circle(0, 0, 400_000),
    height: null,
    window: { start: null, end: null },
  };
  assert.deepEqual(suggestions(PLAN, [subject("all", [whole])], alone(RULES)), []);
});

test("a gap between two windows is found, and one that is too short is passed over", () => {
  const busy = (from: number, to: number) => volume(circle(0, 0, 200), from * MINUTE, to * MINUTE);
  const others = [subject("busy", [busy(0, 60), busy(100, 200), busy(400, 500)])];
  const later = changeOf(suggestions(PLAN, others, alone(RULES)), "later");
  assert.ok(later?.type === "later" && later.delay_ms === 211 * MINUTE, JSON.stringify(later));
});

test("what cannot be decided is trouble too, and never passed over in silence", () => {
  const ground = subject("ground", [
    { ...volume(circle(0, 0, 200), 0, HOUR), height: { datum: "AGL", lower_m: 0, upper_m: 9 } },
  ]);
  const [trouble, ...more] = troubles(PLAN, [ground], alone(RULES));
  assert.ok(trouble?.found.outcome === "undecided" && more.length === 0);
  assert.deepEqual([trouble.at, trouble.where], [NOON, HERE]);
});

test("a convoy waits until the one that comes towards it has passed", () => {
  const stops = Array.from({ length: 5 }, (_, i) => destination(HERE, 90, i * 10_000));
  const route = (places: typeof stops, from: number) =>
    movingVolume(
      places.map((position, i) => ({ position, at: NOON + from + i * 10 * MINUTE })),
      { tolerance_s: 60, width_m: 50, height: null },
    );
  const [plan, other] = [subject("east", [route(stops, 0)]), subject("west", [route(stops.toReversed(), 0)])];
  const [trouble] = troubles(plan, [other], alone(RULES));
  assert.ok(trouble?.found.outcome === "conflict" && trouble.found.distance_m === 0);
  assert.ok(Math.abs((trouble?.at ?? 0) - (NOON + 20 * MINUTE)) < 2 * MINUTE);
  const later = changeOf(suggestions(plan, [other], alone(RULES)), "later");
  assert.ok(later?.type === "later" && later.delay_ms > 40 * MINUTE && later.delay_ms < 60 * MINUTE);
});

test("whatever is suggested is clear by the engine, and a minute or ten metres less is not", () => {
  let made = 0;
  for (let i = 0; i < 40; i++) {
    const random = randomFrom(61_000_000 + i);
    const any = (size: number): AnyVolume => ({
      footprint: randomFootprint(random, destination(HERE, between(random, 0, 360), between(random, 0, 4000)), size),
      height: { datum: "AMSL", lower_m: pick(random, [0, 500, 2000]), upper_m: pick(random, [2100, 3000]) },
      window: {
        start: NOON + Math.round(between(random, -2, 2) * HOUR),
        end: NOON + Math.round(between(random, 2, 4) * HOUR),
      },
    });
    const plan = subject("plan", [any(500), any(300)]);
    const others = Array.from({ length: 6 }, (_, k) => subject(`other ${k}`, [any(1500)]));
    const isClear = (changed: Subject) => others.every((other) => findConflict(changed, other, RULES.default) === null);
    for (const { change, plan: changed } of suggestions(plan, others, alone(RULES))) {
      made += 1;
      assert.ok(isClear(changed), `pair ${i}: ${JSON.stringify(change)}`);
      if (change.type !== "later") continue;
      const sooner = changed.volumes.map((one) => ({
        ...one,
        window: { start: Number(one.window.start) - MINUTE, end: Number(one.window.end) - MINUTE },
      }));
      assert.ok(!isClear({ ...changed, volumes: sooner }), `pair ${i}: a minute sooner is clear too`);
    }
  }
  assert.ok(made > 40, String(made));
});

test("a rule says why it fired", () => {
  const firing = subject("strike 7", PLAN.volumes, "firing");
  const hospital = subject("hospital", [{ ...volume(circle(90, 1700, 0), -HOUR, 2 * HOUR), height: null }], "hospital");
  const conflict = findConflict(firing, hospital, ruleFor(DEFAULT_RULES, firing, hospital)) as Conflict;
  const { rule, below, reason, because } = whyFired(conflict);
  assert.deepEqual(rule, { plan: "firing", against: "site:hospital" });
  assert.equal(conflict.grave, "critical");
  assert.deepEqual(below, { lateral_m: 800, vertical_m: null, time_s: 3600 });
  assert.match(String(reason), /Those inside cannot leave in time/);
  assert.match(because, /^The rule for "firing" against "site:hospital" counts as too near .* found: 1,200 m in place/);
  const plain = findConflict(PLAN, CAMP, RULES.default) as Conflict;
  assert.equal(whyFired(plain).rule, null);
});

const asks = (plan: string, against: Ruled) => ruleFor(DEFAULT_RULES, plan, against).lateral_m;

test("the closer word goes first: a category of a kind, a category, a kind, anything", () => {
  assert.equal(asks("firing", "dangerous-works"), 5000);
  assert.equal(asks("firing", "water"), 2000);
  assert.equal(asks("patrol", "water"), 500);
  assert.equal(asks("patrol", "movement"), 1000);
  assert.equal(asks("patrol", "nothing that is known"), DEFAULT_RULES.default.lateral_m);
  assert.deepEqual(
    [asks("firing", { kind: "site", category: "other" }), asks("firing", { kind: "movement", category: "other" })],
    [2000, 2000],
  );
  for (const pair of DEFAULT_RULES.pairs) assert.ok((pair.reason ?? "").length > 20, `${pair.plan} ${pair.against}`);
});
