import assert from "node:assert/strict";
import { test } from "node:test";
import {
  distanceM,
  distanceWithin,
  type Footprint,
  footprintFault,
  pointDistanceM,
  type Position,
  validFootprint,
} from "../../src/geo/index.ts";
import { oracleDistance } from "./oracle.ts";
import {
  awkwardCentre,
  between,
  farPair,
  go,
  latticePair,
  type Random,
  randomFootprint,
  randomFrom,
  randomPair,
  star,
} from "./shapes.ts";

const RIGHT_M = 0.001;

function forPairs(count: number, seed: number, check: (a: Footprint, b: Footprint, random: Random) => void): void {
  for (let i = 0; i < count; i++) {
    const random = randomFrom(seed * 1_000_000 + i);
    const [a, b] = randomPair(random);
    try {
      check(a, b, random);
    } catch (cause) {
      throw new Error(`pair ${i} of seed ${seed}: ${JSON.stringify([a, b])}`, { cause });
    }
  }
}

test("distances agree with brute force, and the closest places are as far apart as is said", () => {
  forPairs(250, 11, (a, b) => {
    const { distance_m, closest } = distanceM(a, b);
    assert.ok(Math.abs(distance_m - oracleDistance(a, b)) < RIGHT_M);
    assert.ok(Math.abs(pointDistanceM(...closest) - distance_m) < 1e-6);
    for (const [place, footprint] of [
      [closest[0], a],
      [closest[1], b],
    ] as const) {
      assert.ok(oracleDistance({ type: "point", at: place }, footprint) < RIGHT_M, "a closest place is not in place");
    }
  });
});

test("on a lattice, where everything touches or lies in line, and at the poles, brute force agrees", () => {
  let measured = 0;
  for (let i = 0; i < 500; i++) {
    const [a, b] = latticePair(randomFrom(31_000_000 + i));
    if (footprintFault(a) !== null || footprintFault(b) !== null) continue;
    measured += 1;
    const { distance_m, closest } = distanceM(a, b);
    const said = `pair ${i}: ${JSON.stringify([a, b])}`;
    assert.ok(Math.abs(distance_m - oracleDistance(a, b)) < RIGHT_M, said);
    assert.ok(Math.abs(pointDistanceM(...closest) - distance_m) < 1e-6, said);
  }
  assert.ok(measured > 200);
});

test("half the Earth apart, brute force agrees", () => {
  for (let i = 0; i < 20; i++) {
    const [a, b] = farPair(randomFrom(32_000_000 + i));
    assert.ok(Math.abs(distanceM(a, b).distance_m - oracleDistance(a, b)) < 0.01, `pair ${i}`);
  }
});

test("A to B is B to A, to the last bit", () => {
  forPairs(400, 12, (a, b) => {
    const there = distanceM(a, b);
    const back = distanceM(b, a);
    assert.equal(there.distance_m, back.distance_m);
    assert.deepEqual(there.closest, back.closest.toReversed());
  });
});

test("it does not matter where a ring starts, which way it turns, or whether an edge is split on its geodesic", () => {
  forPairs(400, 13, (a, b, random) => {
    const { distance_m } = distanceM(a, b);
    for (const same of [rotated(a, random), reversed(a), split(a)]) {
      assert.ok(Math.abs(distanceM(same, b).distance_m - distance_m) < 1e-5);
    }
  });
});

function mapLines(footprint: Footprint, change: (line: readonly Position[], closed: boolean) => Position[]): Footprint {
  if (footprint.type === "corridor") return { ...footprint, line: change(footprint.line, false) };
  if (footprint.type !== "polygon") return footprint;
  return { ...footprint, rings: footprint.rings.map((ring) => change(ring, true)) };
}

function rotated(footprint: Footprint, random: Random): Footprint {
  return mapLines(footprint, (line, closed) => {
    const start = closed ? Math.floor(random() * line.length) : 0;
    return [...line.slice(start), ...line.slice(0, start)];
  });
}

function reversed(footprint: Footprint): Footprint {
  return mapLines(footprint, (line) => line.toReversed());
}

/** Every edge in two at its geodesic middle. */
function split(footprint: Footprint): Footprint {
  return mapLines(footprint, (line, closed) =>
    line.flatMap((from, i) => {
      const to = line[i + 1] ?? (closed ? line[0] : undefined);
      return to === undefined ? [from] : [from, middle(from, to)];
    }),
  );
}

function middle(from: Position, to: Position): Position {
  const metres = pointDistanceM(from, to);
  let [best, least] = [from, Number.POSITIVE_INFINITY];
  // By the bearing at which one arrives: found here by trying, to stay apart from the code under test.
  let [low, high] = [-180, 180];
  for (let round = 0; round < 60; round++) {
    for (let i = 0; i <= 8; i++) {
      const azimuth = low + ((high - low) * i) / 8;
      const end = go(from, azimuth, metres);
      const off = pointDistanceM(end, to);
      if (off < least) [best, least] = [{ lat: azimuth, lon: 0 }, off];
    }
    const width = (high - low) / 4;
    [low, high] = [best.lat - width, best.lat + width];
  }
  return go(from, best.lat, metres / 2);
}

test("overlaps and gaps of a centimetre are told apart", () => {
  for (let i = 0; i < 300; i++) {
    const random = randomFrom(14_000_000 + i);
    const centre = awkwardCentre(random);
    const size = 10 ** between(random, 1, 5);
    const footprint = randomFootprint(random, centre, size);
    const from = go(centre, between(random, 0, 360), size * 3);
    const apart = oracleDistance({ type: "point", at: from }, footprint);
    if (apart < 1) continue;
    const circle = (radius_m: number): Footprint => ({ type: "circle", centre: from, radius_m });
    assert.equal(distanceM(circle(apart + 0.01), footprint).distance_m, 0, `overlap ${i}`);
    const gap = distanceM(circle(apart - 0.01), footprint).distance_m;
    assert.ok(Math.abs(gap - 0.01) < RIGHT_M, `gap ${i}: ${gap}`);
  }
});

test("a limit changes nothing but that what is beyond it is null", () => {
  forPairs(300, 15, (a, b, random) => {
    const { distance_m } = distanceM(a, b);
    const limit = distance_m * between(random, 0.5, 1.5);
    const near = distanceWithin(a, b, limit);
    if (distance_m > limit) assert.equal(near, null);
    else assert.ok(Math.abs((near?.distance_m ?? Number.NaN) - distance_m) < 1e-6);
  });
});

test("identical, nested and touching shapes are at distance 0", () => {
  for (let i = 0; i < 200; i++) {
    const random = randomFrom(16_000_000 + i);
    const centre = awkwardCentre(random);
    const size = 10 ** between(random, 1, 6);
    const outline = star(random, centre, size, 7);
    const whole: Footprint = { type: "polygon", rings: [outline] };
    const inner: Footprint = { type: "polygon", rings: [star(random, centre, size * 0.05, 5)] };
    assert.equal(distanceM(whole, { type: "polygon", rings: [outline] }).distance_m, 0, `identical ${i}`);
    assert.equal(distanceM(whole, inner).distance_m, 0, `nested ${i}`);
    assert.equal(distanceM(inner, whole).distance_m, 0, `nested ${i}`);
    const [a, b] = [outline[0] as Position, outline[1] as Position];
    assert.equal(distanceM(whole, { type: "point", at: b }).distance_m, 0, `vertex ${i}`);
    const onEdge: Footprint = { type: "point", at: middle(a, b) };
    assert.equal(distanceM(whole, onEdge).distance_m, 0, `edge ${i}`);
  }
});

test("a ring of ten thousand vertices is read and measured", () => {
  const centre = { lat: 36, lon: 43 };
  const [a, b] = [cog(centre), cog(go(centre, 90, 10_600))].map((outline) =>
    validFootprint({ type: "polygon", rings: [outline] }),
  ) as [Footprint, Footprint];
  const { distance_m } = distanceM(a, b);
  assert.ok(distance_m > 50 && distance_m < 200, String(distance_m));
});

function cog(centre: Position): Position[] {
  return Array.from({ length: 10_000 }, (_, i) => {
    const radius = 5000 * (1 + 0.05 * Math.sin(i * 0.37));
    return go(centre, (i * 360) / 10_000, radius);
  });
}
