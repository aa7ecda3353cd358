import assert from "node:assert/strict";
import { test } from "node:test";
import geographiclib from "geographiclib-geodesic";
import {
  type Conflict,
  createIndex,
  findConflict,
  NO_SEPARATION,
  prepare,
  type Separation,
  type Subject,
  uniformRules,
  withinSeparation,
} from "../../src/deconflict/index.ts";
import {
  type AnyHeightBand,
  type AnyVolume,
  destination,
  type Footprint,
  formatTime,
  movingVolume,
  parseRecurrence,
  type Position,
} from "../../src/geo/index.ts";
import { between, pick, randomFootprint, randomFrom } from "../geo/shapes.ts";
import { routeAndSite, twoRoutes } from "../../tools/oracle/routes.ts";

const { WGS84 } = geographiclib.Geodesic;
const HERE = { lat: 36.34, lon: 43.13 };
const NOON = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function subject(id: string, ...volumes: readonly AnyVolume[]): Subject {
  return { id, name: null, category: null, volumes };
}

const asked = (lateral_m: number, time_s = 0, vertical_m = 0): Separation => ({
  ...NO_SEPARATION,
  lateral_m,
  vertical_m,
  time_s,
});

/** A straight road to the east, a kilometre a minute. */
function eastward(from: Position, start: number, tolerance_s = 60, kilometres = 30): AnyVolume {
  const fixes = [0, kilometres].map((km) => ({ position: destination(from, 90, km * 1000), at: start + km * MINUTE }));
  return movingVolume(fixes, { tolerance_s, width_m: 50, height: null });
}

function northward(across: Position, start: number): AnyVolume {
  const from = destination(across, 180, 15_000);
  const fixes = [0, 30].map((km) => ({ position: destination(from, 0, km * 1000), at: start + km * MINUTE }));
  return movingVolume(fixes, { tolerance_s: 60, width_m: 50, height: null });
}

const CROSSING = destination(HERE, 90, 15_000);

test("two routes that cross an hour apart do not conflict, and at the same hour do", () => {
  const east = subject("east", eastward(HERE, NOON));
  assert.equal(findConflict(east, subject("north", northward(CROSSING, NOON + HOUR)), asked(500)), null);
  const found = findConflict(east, subject("north", northward(CROSSING, NOON)), asked(500)) as Conflict;
  assert.equal(found.distance_m, 0);
  assert.equal(found.grave, "critical");
  assert.ok(Math.abs((found.moment ?? 0) - (NOON + 15 * MINUTE)) < MINUTE);
  const { start, end } = found.time;
  assert.ok(start !== null && end !== null && start > NOON + 11 * MINUTE && end < NOON + 19 * MINUTE);
  assert.match(found.because, /nearest at 2026-11-23 12:1[456]/);
});

test("the moment that the sentence says is the one that lists show, cut to the second in both", () => {
  let halves = 0;
  for (let i = 0; i < 8; i++) {
    const start = NOON + i * 137;
    const pair = [subject("east", eastward(HERE, start)), subject("north", northward(CROSSING, start + 61))] as const;
    const found = findConflict(...pair, asked(500)) as Conflict;
    const moment = found.moment ?? 0;
    const shown = formatTime(Math.floor(moment / 1000) * 1000);
    assert.ok(found.because.includes(`nearest at ${shown}`), `${found.because} ${moment}`);
    halves += Number(moment % 1000 >= 500);
  }
  assert.ok(halves > 0);
});

test("two convoys that meet head-on conflict where and when they meet", () => {
  const away = destination(HERE, 90, 30_000);
  const fixes = [away, HERE].map((position, i) => ({ position, at: NOON + i * 30 * MINUTE }));
  const west = subject("west", movingVolume(fixes, { tolerance_s: 0, width_m: 0, height: null }));
  const found = findConflict(subject("east", eastward(HERE, NOON, 0)), west, asked(100)) as Conflict;
  assert.equal(found.distance_m, 0);
  assert.ok(Math.abs((found.moment ?? 0) - (NOON + 15 * MINUTE)) < 1000);
});

test("two that meet head-on meet, also where they are a little nearer to each other's road half an hour apart", () => {
  const legs = (lat: number, lons: readonly number[]) =>
    subject(
      "convoy",
      movingVolume(
        lons.map((lon, i) => ({ position: { lat, lon }, at: NOON + i * HOUR })),
        { tolerance_s: 600, width_m: 50, height: null },
      ),
    );
  // Of two such parallels' geodesics the ends are nearer than the middle.
  const found = findConflict(legs(36, [43, 43.5]), legs(36.001, [43.5, 43]), asked(1000, 1800)) as Conflict;
  assert.ok(found.distance_m < 100, String(found.distance_m));
  assert.deepEqual([found.time_gap_ms, found.below.time_s], [0, 1800]);
  assert.doesNotMatch(found.because, /between the two/);
});

test("of two routes the same moment is told whichever is the plan, also where they are as near for an hour", () => {
  const route = (id: string, places: readonly Position[], times: readonly (number | null)[]) => {
    const fixes = places.map((position, i) => ({ position, at: times[i] ?? null }));
    return subject(id, movingVolume(fixes, { tolerance_s: 0, width_m: 0, height: null }));
  };
  const waits = route("waits", [HERE, HERE], [NOON, NOON + HOUR]);
  const road = [destination(HERE, 0, 1000), destination(HERE, 90, 20_000), destination(HERE, 180, 1400)];
  const anywhere = route("anywhere", road, [null, NOON + DAY, NOON + DAY]);
  const [there, back] = [
    findConflict(waits, anywhere, asked(2000, 1800)),
    findConflict(anywhere, waits, asked(2000, 1800)),
  ];
  assert.ok(there?.outcome === "conflict" && back?.outcome === "conflict");
  assert.deepEqual([there.moment, there.time, there.distance_m], [back.moment, back.time, back.distance_m]);
  assert.deepEqual(there.closest, back.closest.toReversed());
});

test("a site that is open daily is near a route of unsaid times only on the legs that may be driven in its hours", () => {
  const [west, east] = [HERE, destination(HERE, 90, 30_000)];
  const route = (...times: readonly (number | null)[]) => {
    const positions = [destination(HERE, 180, 30_000), west, east, destination(east, 0, 30_000)];
    const fixes = positions.map((position, i) => ({ position, at: times[i] ?? null }));
    return subject("route", movingVolume(fixes, { tolerance_s: 0, width_m: 0, height: null }));
  };
  const site = (at: Position, text: string, start: number | null, end: number | null): Subject =>
    subject("site", { ...daily(text, start, end), footprint: { type: "point", at } });
  const morning = "daily 0600Z to 1000Z";
  for (const [start, end] of [
    [null, null],
    [NOON - 900 * DAY, null],
    [null, NOON + 900 * DAY],
  ] as const) {
    // The middle leg is driven from noon to one, and what lies on it is open in the morning only.
    const timed = route(null, NOON, NOON + HOUR, null);
    assert.equal(findConflict(timed, site(CROSSING, morning, start, end), asked(100)), null);
    assert.equal(
      findConflict(timed, site(CROSSING, "daily 1200Z to 1300Z", start, end), asked(100))?.outcome,
      "conflict",
    );
    // The first may be driven at any time before, and the last at any time after.
    for (const at of [destination(HERE, 180, 10_000), destination(east, 0, 10_000)]) {
      assert.equal(findConflict(timed, site(at, morning, start, end), asked(100))?.outcome, "conflict");
    }
  }
  const before = destination(HERE, 180, 10_000);
  const [first, last] = [route(NOON, null, null, null), route(null, null, null, NOON)];
  const [early, late] = [site(before, morning, null, NOON - 90 * DAY), site(before, morning, NOON + 90 * DAY, null)];
  assert.equal(findConflict(first, early, asked(100)), null);
  assert.equal(findConflict(first, late, asked(100))?.outcome, "conflict");
  assert.equal(findConflict(last, early, asked(100))?.outcome, "conflict");
  assert.equal(findConflict(last, late, asked(100)), null);
  for (const one of [early, late, site(before, morning, NOON, NOON + 3000 * DAY)]) {
    assert.equal(findConflict(route(null, null, null, null), one, asked(100))?.outcome, "conflict");
  }
});

test("one that follows another on the same road is apart by time, and too near where more time is asked", () => {
  const first = subject("first", eastward(HERE, NOON, 0));
  const second = subject("second", eastward(HERE, NOON + 10 * MINUTE, 0));
  assert.equal(findConflict(first, second, asked(100)), null);
  assert.equal(findConflict(first, second, asked(100, 540)), null);
  const found = findConflict(first, second, asked(100, 600)) as Conflict;
  assert.ok(found.time_gap_ms <= 10 * MINUTE && found.time_gap_ms > 9 * MINUTE);
});

test("a route is near a site only while it may be there, and a window at another time is no matter", () => {
  const footprint: Footprint = { type: "circle", centre: destination(CROSSING, 0, 800), radius_m: 200 };
  const site = (start: number | null, end: number | null) =>
    subject("site", { footprint, height: null, window: { start, end } });
  const east = subject("east", eastward(HERE, NOON));
  const found = findConflict(east, site(null, null), asked(1000)) as Conflict;
  assert.ok(Math.abs(found.distance_m - 575) < 2, String(found.distance_m));
  // It is within 1,025 m of the circle for 925 m before and after, at a kilometre a minute and a minute either way.
  const { start, end } = found.time;
  assert.ok(Math.abs(Number(start) - (NOON + 15 * MINUTE - 0.92 * MINUTE - MINUTE)) < 3000, String(start));
  assert.ok(Math.abs(Number(end) - (NOON + 15 * MINUTE + 0.92 * MINUTE + MINUTE)) < 3000, String(end));
  assert.equal(findConflict(east, site(NOON + 25 * MINUTE, NOON + 29 * MINUTE), asked(1000)), null);
  assert.equal(findConflict(east, site(NOON, NOON + 5 * MINUTE), asked(1000)), null);
  const turned = findConflict(site(null, null), east, asked(1000)) as Conflict;
  assert.equal(turned.distance_m, found.distance_m);
  assert.deepEqual(turned.closest, found.closest.toReversed());
});

test("where times are not said, or run backwards, it may be anywhere on the way all the time", () => {
  const fixes = (times: readonly (number | null)[]) =>
    times.map((at, i) => ({ position: destination(HERE, 90, i * 15_000), at }));
  const route = (times: readonly (number | null)[]) =>
    subject("route", movingVolume(fixes(times), { tolerance_s: 0, width_m: 50, height: null }));
  const window = { start: NOON + 29 * MINUTE, end: NOON + 30 * MINUTE };
  const early = subject("early", { footprint: { type: "point", at: HERE }, height: null, window });
  assert.equal(findConflict(route([NOON, NOON + 15 * MINUTE, NOON + 30 * MINUTE]), early, asked(100)), null);
  for (const times of [
    [NOON, null, NOON + 30 * MINUTE],
    [null, null, null],
    [NOON + 30 * MINUTE, NOON, NOON + 30 * MINUTE],
  ]) {
    assert.equal(findConflict(route(times), early, asked(100))?.outcome, "conflict", String(times));
  }
});

test("it makes no difference whether a leg is told in one or in two", () => {
  for (let i = 0; i < 60; i++) {
    const [a, b] = twoRoutes(randomFrom(73_000_000 + i));
    const times = a.motion.times as readonly number[];
    const fixes = a.footprint.line.flatMap((position, k) => {
      const [next, at] = [a.footprint.line[k + 1], times[k] as number];
      if (next === undefined) return [{ position, at }];
      const { s12, azi1 } = WGS84.Inverse(position.lat, position.lon, next.lat, next.lon) as {
        s12: number;
        azi1: number;
      };
      const middle = (at + (times[k + 1] as number)) / 2;
      return [
        { position, at },
        { position: destination(position, azi1, s12 / 2), at: middle },
      ];
    });
    const { tolerance_s } = a.motion;
    const split = movingVolume(fixes, { tolerance_s, width_m: a.footprint.width_m, height: null });
    const [whole, halves] = [a, split].map((one) => findConflict(subject("a", one), subject("b", b), asked(2000)));
    assert.equal(halves?.outcome, whole?.outcome, `pair ${i}`);
    if (whole?.outcome !== "conflict" || halves?.outcome !== "conflict") continue;
    assert.ok(Math.abs(whole.distance_m - halves.distance_m) < 0.01, `pair ${i}`);
  }
});

test("a thousand volumes against a thousand say what every pair by itself says, and the index says the same", () => {
  const random = randomFrom(71);
  const many = (id: string, count: number) =>
    subject(
      id,
      ...Array.from({ length: count }, (): AnyVolume => {
        const centre = destination(HERE, between(random, 0, 360), between(random, 0, 60_000));
        const start = NOON + Math.round(between(random, 0, 30 * DAY));
        return { footprint: randomFootprint(random, centre, 400), height: null, window: { start, end: start + HOUR } };
      }),
    );
  const [a, b] = [many("a", 1000), many("b", 1000)];
  const found = findConflict(a, b, asked(500)) as Conflict;
  assert.equal(found.outcome, "conflict");
  const index = createIndex();
  index.add(b);
  const [same, ...others] = index.query(a, "plan", uniformRules({ lateral_m: 500 })).conflicts;
  assert.deepEqual([same?.distance_m, same?.time, same?.because], [found.distance_m, found.time, found.because]);
  assert.deepEqual(others, []);
});

test("the quick test says what the comparison says, of all that moves, recurs or stands", () => {
  const random = randomFrom(72);
  let near = 0;
  for (let i = 0; i < 300; i++) {
    const pair: readonly [AnyVolume, AnyVolume] = i % 2 === 0 ? twoRoutes(random) : routeAndSite(random);
    const height = (): AnyHeightBand | null => {
      const lower_m = between(random, 0, 1000);
      const datum = pick(random, ["AMSL", "WGS84", "AGL", "FL"] as const);
      return random() < 0.5 ? null : { datum, lower_m, upper_m: lower_m + 200 };
    };
    const [a, b] = pair.map((volume) => ({ ...volume, height: height() })) as [AnyVolume, AnyVolume];
    const separation = asked(10 ** between(random, 1, 4), pick(random, [0, 300]), 100);
    const found = findConflict(subject("a", a), subject("b", b), separation);
    assert.equal(withinSeparation(prepare(a), prepare(b), separation), found !== null, `pair ${i}`);
    assert.equal(withinSeparation(prepare(b), prepare(a), separation), found !== null, `pair ${i} turned`);
    near += Number(found !== null);
  }
  assert.ok(near > 30 && near < 270, String(near));
});

const daily = (text: string, start: number | null, end: number | null): AnyVolume => ({
  footprint: { type: "point", at: HERE },
  height: null,
  window: { start, end },
  recurs: parseRecurrence(text),
});

test("windows that recur meet on the day and in the hour in which they do", () => {
  const firing = subject("firing", daily("daily 0600Z to 1000Z", NOON, NOON + 10 * DAY));
  const at = (start: number, end: number) =>
    subject("at", { footprint: { type: "point", at: HERE }, height: null, window: { start, end } });
  assert.equal(findConflict(firing, at(NOON, NOON + 17 * HOUR), asked(0)), null);
  const touch = findConflict(firing, at(NOON, NOON + 18 * HOUR), asked(0)) as Conflict;
  assert.deepEqual(touch.time, { start: NOON + 18 * HOUR, end: NOON + 18 * HOUR });
  assert.equal(findConflict(firing, at(NOON + 23 * HOUR, NOON + 41 * HOUR), asked(0)), null);
  assert.equal(findConflict(firing, at(NOON + 11 * DAY, NOON + 12 * DAY), asked(0)), null);
  const night = subject("night", daily("daily 1000Z to 1200Z", null, null));
  assert.equal(findConflict(firing, night, asked(0))?.outcome, "conflict");
  assert.equal(findConflict(firing, subject("noon", daily("daily 1001Z to 1200Z", null, null)), asked(0)), null);
  assert.equal(
    findConflict(firing, subject("noon", daily("daily 1001Z to 1200Z", null, null)), asked(0, 60))?.outcome,
    "conflict",
  );
  const weekly = subject("weekly", daily("every 7 days 0700Z to 0800Z", null, null));
  const first = findConflict(firing, weekly, asked(0)) as Conflict;
  assert.ok(first.time.start !== null && first.time.start > NOON && first.time.start < NOON + 8 * DAY);
});

test("of two that recur, one over days before the other begins, the last and the first are what lies between", () => {
  const firing = subject("firing", daily("daily 0600Z to 1000Z", NOON - 10 * DAY, NOON));
  const later = subject("later", daily("daily 1000Z to 1200Z", NOON + 9 * DAY + HOUR, null));
  const gap_s = (10 * DAY) / 1000;
  for (const [a, b] of [
    [firing, later],
    [later, firing],
  ] as const) {
    const found = findConflict(a, b, asked(0, gap_s)) as Conflict;
    assert.deepEqual(found.time, { start: NOON - 2 * HOUR, end: NOON + 9 * DAY + 22 * HOUR });
    assert.equal(findConflict(a, b, asked(0, gap_s - 1)), null);
  }
});

test("a route meets what recurs only where it passes in its hours", () => {
  const route = subject("route", eastward(HERE, NOON));
  const on = (text: string) =>
    subject("firing", { ...daily(text, null, null), footprint: { type: "point", at: CROSSING } });
  assert.equal(findConflict(route, on("daily 1214Z to 1216Z"), asked(100))?.outcome, "conflict");
  assert.equal(findConflict(route, on("daily 1200Z to 1212Z"), asked(100)), null);
});

const banded = (height: AnyHeightBand): Subject =>
  subject("h", {
    footprint: { type: "circle", centre: HERE, radius_m: 100 },
    height,
    window: { start: null, end: null },
  });

test("above mean sea level and above the ellipsoid are compared by the geoid, and never too boldly", () => {
  const sea = banded({ datum: "AMSL", lower_m: 0, upper_m: 1000 });
  const ellipsoid = (lower_m: number) => banded({ datum: "WGS84", lower_m, upper_m: lower_m + 100 });
  // The geoid lies some 16 m above the ellipsoid at Mosul: 1,000 m above the sea are about 1,016 m.
  const near = findConflict(sea, ellipsoid(1015), asked(0)) as Conflict;
  assert.equal(near.outcome, "conflict");
  assert.match(near.because, /by the geoid, which lies \d+ m to \d+ m above it there/);
  assert.equal(findConflict(sea, ellipsoid(1040), asked(0)), null);
  assert.equal(findConflict(ellipsoid(1040), sea, asked(0)), null);
  const apart = findConflict(sea, ellipsoid(1040), asked(0, 0, 100)) as Conflict;
  assert.ok(Number(apart.vertical_gap_m) < 24 && Number(apart.vertical_gap_m) > 5, String(apart.vertical_gap_m));
});

function level(lower_m: number): Subject {
  return banded({ datum: "FL", lower_m, upper_m: lower_m + 304.8 });
}

test("where a rule asks at any height nobody needs to know the ground: it is a conflict, and no doubt", () => {
  const data = ["AGL", "AMSL", "WGS84", "FL"] as const;
  for (const one of data) {
    for (const other of data) {
      const [fired, site] = [
        banded({ datum: one, lower_m: 0, upper_m: 3000 }),
        banded({ datum: other, lower_m: 9000, upper_m: 9020 }),
      ];
      const found = findConflict(fired, site, asked(0, 0, 1_000_000));
      assert.equal(found?.outcome, "conflict", `${one} ${other}`);
      const index = createIndex();
      index.add(site);
      assert.equal(index.query(fired, "plan", uniformRules(asked(0, 0, 1_000_000))).conflicts.length, 1);
      const mixed = one !== other && (one === "AGL" || one === "FL" || other === "AGL" || other === "FL");
      if (mixed) assert.equal(findConflict(fired, site, asked(0, 0, 25_999))?.outcome, "undecided");
      if (mixed) assert.equal(findConflict(fired, site, asked(0, 0, 26_000))?.outcome, "conflict");
    }
  }
});

test("flight levels compare with each other, and with nothing else", () => {
  assert.equal(findConflict(level(3048), level(3352.8), asked(0))?.outcome, "conflict");
  assert.equal(findConflict(level(3048), level(3353), asked(0)), null);
  for (const datum of ["AGL", "AMSL", "WGS84"] as const) {
    const found = findConflict(level(3048), banded({ datum, lower_m: 0, upper_m: 10 }), asked(0));
    assert.ok(found?.outcome === "undecided" && found.code === "height-datum", datum);
  }
});
