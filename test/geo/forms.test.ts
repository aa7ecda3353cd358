/** What files and plans hold beyond messages: several polygons, flight levels, recurrence, motion; and the geoid. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type AnyVolume,
  APART,
  circleRound,
  compactNearness,
  destination,
  distanceM,
  type Footprint,
  footprintFault,
  formatRecurrence,
  GEO_ERRORS,
  geoidWithin,
  isMoving,
  legVolumes,
  movingVolume,
  NEAR,
  occurrenceFrom,
  occurrenceUntil,
  parseRecurrence,
  pointDistanceM,
  rowOf,
  validAnyVolume,
} from "../../src/geo/index.ts";
import { isParleyError, ParleyError } from "../../src/wire/error.ts";
import { awkwardCentre, between, latticePair, randomFootprint, randomFrom, randomPair, star } from "./shapes.ts";

const HERE = { lat: 36.34, lon: 43.13 };
const DAY = 86_400_000;
const HOUR = 3_600_000;

test("rows of numbers say near, apart or unsure, and are never wrong", () => {
  let sure = 0;
  let pairs = 0;
  for (let i = 0; i < 1500; i++) {
    const random = randomFrom(41_000_000 + i);
    const [a, b] = i % 3 === 0 ? latticePair(random) : randomPair(random);
    if (footprintFault(a) !== null || footprintFault(b) !== null) continue;
    const { distance_m } = distanceM(a, b);
    const limit =
      random() < 0.3 ? 0 : Math.max(0, distance_m * between(random, 0.5, 1.5) + between(random, -0.05, 0.05));
    for (const [p, q] of [
      [a, b],
      [b, a],
    ] as const) {
      const verdict = compactNearness(rowOf(p), 0, rowOf(q), 0, limit);
      if (verdict === NEAR) assert.ok(distance_m <= limit + 1e-6, `pair ${i}`);
      if (verdict === APART) assert.ok(distance_m > limit - 1e-6, `pair ${i}`);
      sure += Number(verdict === NEAR || verdict === APART);
      pairs += 1;
    }
  }
  assert.ok(sure > pairs / 2, `${sure} of ${pairs}`);
});

test("a circle round a footprint holds it", () => {
  for (let i = 0; i < 200; i++) {
    const random = randomFrom(42_000_000 + i);
    const footprint = randomFootprint(random, awkwardCentre(random), 10 ** between(random, 0.5, 6));
    const { centre, radius_m } = circleRound(footprint);
    const line =
      footprint.type === "polygon" ? (footprint.rings[0] ?? []) : footprint.type === "corridor" ? footprint.line : [];
    for (const vertex of line) assert.ok(pointDistanceM(centre, vertex) <= radius_m + 1e-6, `footprint ${i}`);
  }
});

test("several polygons are as far as the nearest of them, also where they overlap or one holds another", () => {
  for (let i = 0; i < 150; i++) {
    const random = randomFrom(43_000_000 + i);
    const centre = awkwardCentre(random);
    const size = 10 ** between(random, 1, 5);
    const at = () => destination(centre, between(random, 0, 360), size * between(random, 0, 3));
    const polygons = Array.from({ length: 3 }, () => [star(random, at(), size * between(random, 0.1, 1), 6)]);
    const other = randomFootprint(random, at(), size * between(random, 0.05, 1));
    const whole = distanceM({ type: "multipolygon", polygons }, other).distance_m;
    const parts = polygons.map((rings) => distanceM({ type: "polygon", rings }, other).distance_m);
    assert.ok(Math.abs(whole - Math.min(...parts)) < 1e-6, `footprint ${i}: ${whole} and ${parts.join(" ")}`);
  }
});

const route = (times: readonly (number | null)[], tolerance_s = 60) => {
  const fixes = times.map((at, i) => ({ position: destination(HERE, 90, i * 1000), at }));
  return movingVolume(fixes, { tolerance_s, width_m: 20, height: null });
};

test("volumes of every form are read back as they were, and with any fault refused by a code of the list", () => {
  const still = { footprint: { type: "point", at: HERE }, height: null, window: { start: 0, end: DAY } };
  const ring = star(randomFrom(1), HERE, 500, 5);
  const forms: readonly unknown[] = [
    still,
    { ...still, footprint: { type: "multipolygon", polygons: [[ring]] } },
    { ...still, height: { datum: "FL", lower_m: 3048, upper_m: null } },
    { ...still, recurs: { every_days: 1, from_ms: 6 * HOUR, for_ms: 4 * HOUR } },
    route([0, null, 120_000]),
  ];
  for (const form of forms) assert.deepEqual(validAnyVolume(JSON.parse(JSON.stringify(form))), form);
  const wrong: readonly (readonly [unknown, keyof typeof GEO_ERRORS])[] = [
    [{ ...still, recurs: { every_days: 0, from_ms: 0, for_ms: 1 } }, "recurrence-malformed"],
    [{ ...still, recurs: { every_days: 1, from_ms: DAY, for_ms: 1 } }, "recurrence-malformed"],
    [{ ...still, recurs: { every_days: 1, from_ms: 0, for_ms: DAY + 1 } }, "recurrence-malformed"],
    [{ ...still, motion: { times: [0], tolerance_s: 1 } }, "motion-malformed"],
    [{ ...route([0, 1000]), motion: { times: [0], tolerance_s: 60 } }, "motion-malformed"],
    [{ ...route([0, 1000]), motion: { times: [1000, 0], tolerance_s: 60 } }, "motion-malformed"],
    [{ ...route([0, 1000]), motion: { times: [0, 1000], tolerance_s: -1 } }, "motion-malformed"],
    [{ ...route([0, 1000]), window: { start: 0, end: 1000 } }, "motion-malformed"],
    [{ ...still, footprint: { type: "multipolygon", polygons: [] } }, "volume-malformed"],
    [{ ...still, height: { datum: "FL", lower_m: 5, upper_m: 4 } }, "height-upside-down"],
  ];
  for (const [value, code] of wrong) {
    assert.throws(
      () => validAnyVolume(value),
      (error) => isParleyError(error, code),
      `${code}: ${JSON.stringify(value).slice(0, 120)}`,
    );
  }
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      try {
        validAnyVolume(value);
      } catch (error) {
        assert.ok(error instanceof ParleyError && error.code in GEO_ERRORS);
      }
    }),
  );
});

test("a route's window takes in its tolerance, and an end without a time is unbounded", () => {
  assert.deepEqual(route([0, null, 120_000]).window, { start: -60_000, end: 180_000 });
  assert.deepEqual(route([null, 1000, 2000]).window, { start: null, end: 62_000 });
  assert.deepEqual(route([null, null]).window, { start: null, end: null });
  const legs = legVolumes(route([0, null, 120_000, 180_000]));
  assert.deepEqual(
    legs.map(({ window }) => window),
    [
      { start: -60_000, end: 180_000 },
      { start: -60_000, end: 180_000 },
      { start: 60_000, end: 240_000 },
    ],
  );
  assert.ok(isMoving(route([0, 1000])) && !legs.some((leg: AnyVolume) => isMoving(leg)));
});

test("what recurs is read as people write it, and written again", () => {
  assert.deepEqual(parseRecurrence("daily 0600Z to 1000Z"), { every_days: 1, from_ms: 6 * HOUR, for_ms: 4 * HOUR });
  assert.deepEqual(parseRecurrence("DAILY 2200Z TO 0400Z"), { every_days: 1, from_ms: 22 * HOUR, for_ms: 6 * HOUR });
  for (const text of ["daily 0600Z to 1000Z", "daily 2200Z to 0400Z", "every 7 days 0015Z to 0016Z"]) {
    assert.equal(formatRecurrence(parseRecurrence(text)), text);
  }
  for (const text of [
    "",
    "daily",
    "daily 0600 to 1000",
    "daily 2400Z to 0100Z",
    "daily 0660Z to 1000Z",
    "every 0 days 0000Z to 0100Z",
  ]) {
    assert.throws(
      () => parseRecurrence(text),
      (error) => isParleyError(error, "recurrence-malformed"),
    );
  }
});

test("occurrences are found from either side, and cut to the window", () => {
  const recurs = parseRecurrence("daily 0600Z to 1000Z");
  const window = { start: 7 * HOUR, end: 3 * DAY + 8 * HOUR };
  assert.deepEqual(occurrenceFrom(recurs, window, -DAY), { start: 7 * HOUR, end: 10 * HOUR });
  assert.deepEqual(occurrenceFrom(recurs, window, 10 * HOUR + 1), { start: DAY + 6 * HOUR, end: DAY + 10 * HOUR });
  assert.deepEqual(occurrenceUntil(recurs, window, 9 * DAY), { start: 3 * DAY + 6 * HOUR, end: 3 * DAY + 8 * HOUR });
  assert.equal(occurrenceFrom(recurs, window, 3 * DAY + 8 * HOUR + 1), null);
  assert.equal(occurrenceUntil(recurs, window, 7 * HOUR - 1), null);
});

test("the geoid lies where it is known to lie", () => {
  // Heights of EGM96 as the National Geospatial-Intelligence Agency gives them for these places.
  for (const [lat, lon, height_m] of [
    [38.628155, 269.779155, -31.628],
    [-14.621217, 305.021114, -2.969],
    [46.874319, 102.448729, -43.575],
    [-23.617446, 133.874712, 15.871],
    [38.625473, 359.9995, 50.066],
    [-0.466744, 0.0023, 17.329],
  ] as const) {
    const centre = { lat, lon: lon > 180 ? lon - 360 : lon };
    const { least_m, most_m } = geoidWithin(centre, 10);
    assert.ok(least_m <= height_m && height_m <= most_m, `${lat}, ${lon}: ${least_m} to ${most_m}`);
    assert.ok(most_m - least_m < 25, `${lat}, ${lon}: ${least_m} to ${most_m}`);
  }
  for (const lat of [90, -90, 89.5]) {
    for (const lon of [-180, 0, 179.9, 180]) {
      const { least_m, most_m } = geoidWithin({ lat, lon }, 1000);
      assert.ok(least_m < most_m && most_m - least_m < 60);
    }
  }
  assert.deepEqual(geoidWithin(HERE, 2_000_000), { least_m: -110, most_m: 89 });
});

test("a wider circle never knows more of the geoid", () => {
  for (let i = 0; i < 300; i++) {
    const random = randomFrom(44_000_000 + i);
    const centre = awkwardCentre(random);
    const radius = 10 ** between(random, 1, 5.8);
    const wide = geoidWithin(centre, radius);
    const inner = geoidWithin(destination(centre, between(random, 0, 360), radius * random()), 1);
    assert.ok(wide.least_m <= inner.least_m && inner.most_m <= wide.most_m, `circle ${i}`);
  }
});

test("a footprint of a type that nobody knows is refused", () => {
  const fault = footprintFault({ type: "sphere" } as unknown as Footprint);
  assert.equal(fault?.code, "volume-malformed");
});
