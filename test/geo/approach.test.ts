/** The search for where two routes come nearest, against the listing of every pair of legs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  closestApproach,
  destination,
  firstMoment,
  legsOf,
  type Moments,
  type MovingVolume,
  movingVolume,
  type Position,
} from "../../src/geo/index.ts";
import { EPOCH_MS, randomRoute, twoRoutes } from "../../tools/oracle/routes.ts";
import { between, pick, type Random, randomFrom } from "./shapes.ts";

const HERE = { lat: 36.34, lon: 43.13 };
const FINE_MS = 1000;

/** Each leg as a route of its own, so that a search over two of them has nothing to leave out. */
function legByLeg(volume: MovingVolume): readonly MovingVolume[] {
  const { height, footprint, motion } = volume;
  return legsOf(volume).map(({ piece, from, to, free }) => {
    // Times that run backwards, or are not said, leave it anywhere on the way.
    const said = [from, to].map((time) => (Number.isFinite(time) ? time : null));
    const times = free && from !== to && said.every((time) => time !== null) ? said.toReversed() : said;
    const line = [piece.a, piece.b];
    return movingVolume(
      line.map((position, i) => ({ position, at: times[i] ?? null })),
      { ...motion, width_m: footprint.width_m, height },
    );
  });
}

interface Answers {
  readonly distance_m: number | null;
  readonly first: number | null;
  readonly last: number | null;
}

const FIRST: Moments = { earliest: ([p], [q]) => Math.max(p, q), fine_ms: FINE_MS };
const LAST: Moments = { earliest: ([, p], [, q]) => -Math.min(p, q), fine_ms: FINE_MS };

function answers(a: MovingVolume, b: MovingVolume, within_ms: number, limit_m: number): Answers {
  const distance_m = closestApproach(a, b, within_ms, limit_m)?.distance_m ?? null;
  const [first, last] = [FIRST, LAST].map((moments) => firstMoment(a, b, within_ms, limit_m, moments)) as [
    number,
    number,
  ];
  return { distance_m, first, last };
}

function least(values: readonly (number | null)[]): number | null {
  const said = values.filter((value) => value !== null);
  return said.length === 0 ? null : Math.min(...said);
}

/** Every pair of legs, one after the other. */
function listed(a: MovingVolume, b: MovingVolume, within_ms: number, limit_m: number): Answers {
  const others = legByLeg(b);
  const all = legByLeg(a).flatMap((p) => others.map((q) => answers(p, q, within_ms, limit_m)));
  const of = (name: keyof Answers) => least(all.map((one) => one[name]));
  return { distance_m: of("distance_m"), first: of("first"), last: of("last") };
}

/** Some of its times not said, or all of them, or running backwards. */
function freed(random: Random, route: MovingVolume): MovingVolume {
  const { times } = route.motion;
  const changed = pick(random, [
    times.map((at) => (random() < 0.4 ? null : at)),
    times.map(() => null),
    times.toReversed(),
    times,
  ]);
  return { ...route, motion: { ...route.motion, times: changed } };
}

function isNear(a: number | null, b: number | null, by: number): boolean {
  return a === b || (a !== null && b !== null && Math.abs(a - b) <= by);
}

function assertSame(a: MovingVolume, b: MovingVolume, within_ms: number, limit_m: number, which: string): boolean {
  const [found, oracle] = [answers(a, b, within_ms, limit_m), listed(a, b, within_ms, limit_m)];
  const said = `${which}: ${JSON.stringify({ found, oracle, within_ms, limit_m })}`;
  // Of two pairs equally near to the last millimetre, or to the second, either may be told.
  assert.ok(isNear(found.distance_m, oracle.distance_m, 0.005), said);
  assert.ok(isNear(found.first, oracle.first, FINE_MS) && isNear(found.last, oracle.last, FINE_MS), said);
  return found.distance_m !== null;
}

test("over random routes, halts and legs without times it finds what listing every pair of legs finds", () => {
  let near = 0;
  const count = 300;
  for (let i = 0; i < count; i++) {
    const random = randomFrom(91_000 + i);
    const [a, b] = twoRoutes(random).map((route) => (i % 3 === 0 ? freed(random, route) : route)) as [
      MovingVolume,
      MovingVolume,
    ];
    const within_ms = pick(random, [0, 60_000, 1_200_000, 7 * 86_400_000, Number.POSITIVE_INFINITY]);
    near += Number(assertSame(a, b, within_ms, 10 ** between(random, 0, 5), `pair ${i}`));
  }
  assert.ok(near > count / 10 && near < (count * 9) / 10, String(near));
});

test("over routes of some forty legs too, which are halved several times", () => {
  let near = 0;
  for (let i = 0; i < 20; i++) {
    const random = randomFrom(92_000 + i);
    const long = (): MovingVolume => {
      const parts = Array.from({ length: 8 }, (_, k) => randomRoute(random, HERE, EPOCH_MS + k * 7_200_000));
      const line = parts.flatMap(({ footprint }) => footprint.line);
      const times = parts.flatMap(({ motion }) => motion.times).toSorted((p, q) => Number(p) - Number(q));
      const fixes = line.map((position, k) => ({ position, at: times[k] ?? null }));
      return movingVolume(fixes, { tolerance_s: 0, width_m: 0, height: null });
    };
    const within_ms = pick(random, [0, 60_000, 1_200_000]);
    near += Number(assertSame(long(), long(), within_ms, 10 ** between(random, 0, 3.5), `pair ${i}`));
  }
  assert.ok(near > 0, String(near));
});

const LEGS = 9_999;

function longRoute(place: (i: number) => Position, step_ms = 1000): MovingVolume {
  const fixes = Array.from({ length: LEGS + 1 }, (_, i) => ({ position: place(i), at: EPOCH_MS + i * step_ms }));
  return movingVolume(fixes, { tolerance_s: 0, width_m: 0, height: null });
}

const WEEK_MS = 7 * 86_400_000;
const AT_HERE = longRoute(() => HERE);
/** Round and round, as a patrol does. */
const round = (metres: number, laps: number) => longRoute((i) => destination(HERE, (360 * laps * i) / LEGS, metres));
const north = (metres: number, from: number, each: number) =>
  longRoute((i) => destination({ lat: from, lon: HERE.lon + metres / 90_000 }, 0, i * each));

/** Two routes, how far apart they may be, and whether that is near. */
const LONG: readonly (readonly [string, MovingVolume, MovingVolume, number, boolean])[] = [
  ["both stand in one place", AT_HERE, longRoute(() => HERE), 1, true],
  ["both stand, just too far apart", AT_HERE, longRoute(() => destination(HERE, 90, 101)), 100, false],
  ["one stands, the other goes round it a hundred times, just too far away", AT_HERE, round(101, 100), 100, false],
  ["one stands, the other goes round it a hundred times, near enough", AT_HERE, round(99, 100), 100, true],
  ["one follows the other a mile aside", north(0, 30, 100), north(1100, 30, 100), 1200, true],
  ["side by side for 1,000 km", north(0, 30, 100), north(1100, 30, 100), 1000, false],
  ["both go round, one within the other", round(1000, 10), round(1150, 7), 120, false],
];

for (const [what, a, b, limit_m, isFound] of LONG) {
  test(`two routes of ten thousand legs cost far less than their hundred million pairs: ${what}`, () => {
    for (const within_ms of [0, 120_000, WEEK_MS]) {
      const work = { cells: 0 };
      const found = closestApproach(a, b, within_ms, limit_m, work);
      assert.equal(found !== null, isFound, `${within_ms} ms`);
      for (const moments of [FIRST, LAST]) {
        assert.equal(firstMoment(a, b, within_ms, limit_m, moments, work) !== null, isFound, `${within_ms} ms`);
      }
      assert.ok(work.cells < 400_000, `${work.cells} cells at ${within_ms} ms`);
    }
  });
}
