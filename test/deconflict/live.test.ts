/** The live index against comparing everything with everything. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Conflict,
  createIndex,
  findConflict,
  type LiveIndex,
  parseRules,
  ruleFor,
  type SeparationRules,
  type Subject,
  uniformRules,
} from "../../src/deconflict/index.ts";
import { createProbe, ready, spansToSearch } from "../../src/deconflict/live/probe.ts";
import {
  type AnyFootprint,
  type AnyVolume,
  destination,
  distanceM,
  footprintFault,
  movingVolume,
  pointDistanceM,
  type Position,
} from "../../src/geo/index.ts";
import {
  between,
  farPair,
  latticePair,
  pick,
  type Random,
  randomFootprint,
  randomFrom,
  randomPair,
  star,
} from "../geo/shapes.ts";

const ALWAYS = { start: null, end: null };
const HOUR_MS = 3_600_000;

const RULES: SeparationRules = parseRules({
  default: { lateral_m: 1500, vertical_m: 50, time_s: 600 },
  pairs: [
    { plan: "strike", against: "*", lateral_m: 4000 },
    { plan: "*", against: "camp", lateral_m: 100_000, vertical_m: 1000, time_s: 0 },
    { plan: "convoy", against: "convoy" },
  ],
});

function subject(id: string, volumes: readonly AnyVolume[], category: string | null = null): Subject {
  return { id, name: null, category, volumes };
}

function randomWindow(random: Random) {
  const kind = random();
  if (kind < 0.15) return ALWAYS;
  const start = Math.floor(between(random, 0, 4 * HOUR_MS));
  if (kind < 0.2) return { start, end: null };
  if (kind < 0.25) return { start: null, end: start };
  return { start, end: start + Math.floor(between(random, 0, random() < 0.1 ? 4000 * HOUR_MS : HOUR_MS)) };
}

function randomHeight(random: Random): AnyVolume["height"] {
  if (random() < 0.3) return null;
  const lower_m = between(random, 0, 500);
  const datum = pick(random, ["AGL", "AMSL", "AMSL", "WGS84", "FL"] as const);
  return { datum, lower_m: random() < 0.1 ? null : lower_m, upper_m: random() < 0.1 ? null : lower_m + 100 };
}

function randomVolume(random: Random, around: Position): AnyVolume {
  const size = 10 ** between(random, 1, random() < 0.1 ? 5.5 : 3.7);
  const centre = destination(around, between(random, 0, 360), 30_000 * Math.sqrt(-Math.log(1 - random())));
  const [height, window, kind] = [randomHeight(random), randomWindow(random), random()];
  if (kind < 0.05) return randomRoute(random, centre, size);
  if (kind < 0.1) return { footprint: latticePair(random)[0], height, window };
  if (kind < 0.15) {
    const polygons = [star(random, centre, size, 5), star(random, around, size, 4)].map((ring) => [ring]);
    return { footprint: { type: "multipolygon", polygons }, height, window };
  }
  const footprint: AnyFootprint =
    kind < 0.2 ? { type: "polygon", rings: [star(random, centre, size, 300)] } : randomFootprint(random, centre, size);
  if (kind < 0.8) return { footprint, height, window };
  const recurs = { every_days: 1, from_ms: Math.floor(between(random, 0, 4 * HOUR_MS)), for_ms: HOUR_MS / 4 };
  return { footprint, height, window, recurs };
}

function randomRoute(random: Random, from: Position, size: number): AnyVolume {
  let [position, at] = [from, Math.floor(between(random, 0, 3 * HOUR_MS))];
  const fixes = [{ position, at }];
  for (let i = 0; i < 5; i++) {
    position = destination(position, between(random, 0, 360), size * between(random, 0.1, 1));
    at += Math.floor(between(random, 1, HOUR_MS / 4));
    fixes.push({ position, at });
  }
  return movingVolume(fixes, { tolerance_s: 60, width_m: 100, height: null });
}

function randomSubject(random: Random, id: string, around: Position): Subject {
  const volumes = Array.from({ length: Math.floor(random() * random() * 5) + (random() < 0.95 ? 1 : 0) }, () =>
    randomVolume(random, around),
  );
  const category = pick(random, ["strike", "convoy", "camp", null]);
  return { id, name: random() < 0.5 ? null : `The ${id}`, category, volumes };
}

const idOf = (side: "plan" | "against", { plan, against }: { plan: string; against: string }) =>
  side === "plan" ? against : plan;

/** All that comparing everything finds, in order. */
function everything(asking: Subject, live: readonly Subject[], side: "plan" | "against", rules: SeparationRules) {
  const all = live.map((other) => {
    const [plan, against] = side === "plan" ? [asking, other] : [other, asking];
    return findConflict(plan, against, ruleFor(rules, plan, against));
  });
  return {
    conflicts: all.filter((one) => one?.outcome === "conflict"),
    undecided: all.filter((one) => one?.outcome === "undecided"),
  };
}

/** The same finding; the nearest places may be others that are as near. */
function sameFinding(found: Conflict, expected: Conflict, subjects: readonly [Subject, Subject]): void {
  const { closest, ...rest } = found;
  const { closest: others, ...exact } = expected;
  assert.deepEqual(rest, exact);
  if (closest.every((place, i) => pointDistanceM(place, others[i] as Position) < 0.001)) return;
  if (rest.distance_m === 0) assert.equal(closest[0], closest[1]);
  const apart = pointDistanceM(...(closest as [Position, Position]));
  if (rest.distance_m < rest.asked.lateral_m) assert.ok(Math.abs(apart - rest.distance_m) < 0.001, String(apart));
  subjects.forEach(({ volumes }, i) => {
    const at = { type: "point", at: closest[i] as Position } as const;
    const off = Math.min(...volumes.map(({ footprint }) => distanceM(footprint, at).distance_m));
    assert.ok(off < 0.006, `a nearest place lies ${off} m beside the footprint`);
  });
}

function agrees(index: LiveIndex, asking: Subject, live: readonly Subject[], rules: SeparationRules): number {
  for (const side of ["plan", "against"] as const) {
    const expected = everything(asking, live, side, rules);
    const found = index.query(asking, side, rules);
    assert.deepEqual(found.undecided, expected.undecided);
    assert.equal(found.conflicts.length, expected.conflicts.length);
    found.conflicts.forEach((conflict, i) => {
      const other = live.find(({ id }) => id === idOf(side, conflict)) as Subject;
      sameFinding(conflict, expected.conflicts[i] as Conflict, side === "plan" ? [asking, other] : [other, asking]);
    });
    const hits = index.hits(asking, side, rules);
    const ids = (all: readonly { plan: string; against: string }[]) => all.map((one) => idOf(side, one)).toSorted();
    assert.deepEqual(hits.conflicts.toSorted(), ids(found.conflicts));
    assert.deepEqual(hits.undecided.toSorted(), ids(found.undecided));
  }
  return index.hits(asking, "plan", rules).conflicts.length;
}

for (const [where, centre] of [
  ["in open country", { lat: 36.34, lon: 43.13 }],
  ["over the antimeridian", { lat: -17, lon: 179.9 }],
  ["round the north pole", { lat: 89.95, lon: 20 }],
  ["at the south pole", { lat: -89.9999, lon: 0 }],
  ["where the equator meets the antimeridian", { lat: 0, lon: -180 }],
] as const) {
  test(`the live index finds what comparing everything finds, ${where}`, () => {
    const random = randomFrom(Math.round(centre.lat * 1000) + 11);
    const index = createIndex();
    const live = new Map<string, Subject>();
    let conflicts = 0;
    for (let step = 0; step < 260; step++) {
      const id = `s${Math.floor(between(random, 0, 120))}`;
      if (random() < 0.25) assert.equal(index.remove(id), live.delete(id));
      else {
        const one = randomSubject(random, id, centre);
        index.add(one);
        // What is changed comes last.
        live.delete(id);
        live.set(id, one);
      }
      assert.equal(index.size, live.size);
      if (step % 8 > 0) continue;
      conflicts += agrees(index, randomSubject(random, `q${step}`, centre), [...live.values()], RULES);
    }
    for (const [id, one] of live) assert.deepEqual(index.get(id), one);
    assert.ok(conflicts > 50, String(conflicts));
    for (const id of live.keys()) assert.ok(index.remove(id));
    assert.equal(index.size, 0);
    assert.deepEqual(index.hits(randomSubject(random, "q", centre), "plan", RULES).conflicts, []);
  });
}

test("pairs at their own distance, and a hair beside it, are told as the exact comparison tells them", () => {
  const random = randomFrom(5);
  const told = { conflict: 0, apart: 0 };
  for (let i = 0; i < 200; i++) {
    const [a, b] = pick(random, [randomPair, randomPair, latticePair, farPair])(random);
    if (footprintFault(a) !== null || footprintFault(b) !== null) continue;
    const { distance_m } = distanceM(a, b);
    const index = createIndex();
    const [one, other] = [a, b].map((footprint, k) => subject(`${k}`, [{ footprint, height: null, window: ALWAYS }]));
    index.add(other as Subject);
    for (const beside of [0, 1e-9, -1e-9, 1e-6, -1e-6, 1e-4, -1e-4, 0.01, -0.01, 1, -1]) {
      for (const rounding of [0, -0.001]) {
        const rules = uniformRules({ lateral_m: Math.max(0, distance_m + rounding + beside) });
        const expected = findConflict(one as Subject, other as Subject, rules.default);
        const found = index.hits(one as Subject, "plan", rules);
        assert.equal(
          found.conflicts.length,
          expected === null ? 0 : 1,
          `pair ${i}, ${beside} m beside ${distance_m} m`,
        );
        told[expected === null ? "apart" : "conflict"] += 1;
      }
    }
  }
  assert.ok(told.conflict > 500 && told.apart > 300, JSON.stringify(told));
});

test("the one that is named is passed over, and only that", () => {
  const index = createIndex();
  const here: AnyVolume = { footprint: { type: "point", at: { lat: 1, lon: 2 } }, height: null, window: ALWAYS };
  for (const id of ["a", "b", "c"]) index.add(subject(id, [here]));
  assert.deepEqual(index.hits(subject("a", [here]), "plan", RULES).conflicts.toSorted(), ["a", "b", "c"]);
  assert.deepEqual(index.hits(subject("a", [here]), "plan", RULES, "a").conflicts.toSorted(), ["b", "c"]);
});

test("the short legs of a route are sought together, and what is sought holds each of them", () => {
  const start = Date.UTC(2026, 10, 23, 12);
  const route = (metres: number, tolerance_s: number) => {
    const from = { lat: 36.34, lon: 43.13 };
    const fixes = Array.from({ length: 10_000 }, (_, i) => ({
      position: destination(from, 30, metres * i),
      at: start + i * 1000,
    }));
    return movingVolume(fixes, { tolerance_s, width_m: 10, height: null });
  };
  const probe = createProbe();
  for (const [metres, tolerance_s, most] of [
    [0, 60, 90],
    [0, 604_800, 1],
    [15, 60, 3000],
    [5000, 60, 9999],
  ] as const) {
    ready(probe, route(metres, tolerance_s));
    const sought = spansToSearch(probe);
    assert.ok(sought.length <= most, `${sought.length} of ${metres} m`);
    let at = 0;
    for (const leg of probe.spans) {
      const holds = ({ x, y, z, radius, start: from, end: to }: (typeof sought)[number]) =>
        Math.hypot(leg.x - x, leg.y - y, leg.z - z) + leg.radius <= radius + 1e-6 && leg.start >= from && leg.end <= to;
      while (at < sought.length && !holds(sought[at] as (typeof sought)[number])) at += 1;
      assert.ok(at < sought.length, `a leg of ${metres} m is not sought`);
    }
  }
});
