/** The two words of an entry against the comparison of each number by itself, and vectors against the plain formula. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { writeVectors } from "../../src/deconflict/live/globe.ts";
import {
  guarded,
  GUARDS,
  guardsLeft,
  heightLane,
  heightMark,
  LAST_HEIGHT,
  LAST_PLACE,
  LAST_TIME,
  mayMeet,
  MOST_SLOTS,
  placeLanes,
  PLACE_AND_TIME,
  placeMark,
  slotOf,
  timeLane,
  withDatum,
} from "../../src/deconflict/live/marks.ts";
import { toVector } from "../../src/geo/geodesic.ts";
import { between, pick, type Random, randomFrom } from "../geo/shapes.ts";

interface Marks {
  readonly east: number;
  readonly north: number;
  readonly time: number;
  readonly height: number;
}

/** Often the ends of a lane, where one that borrowed from its neighbour would be found out. */
function randomMark(random: Random, last: number): number {
  return pick(random, [0, 1, last >> 1, last - 1, last, Math.floor(random() * (last + 1))]);
}

function randomMarks(random: Random): Marks {
  const [east, north] = [randomMark(random, LAST_PLACE), randomMark(random, LAST_PLACE)];
  return { east, north, time: randomMark(random, LAST_TIME), height: randomMark(random, LAST_HEIGHT) };
}

const lanesOf = ({ east, north, time, height }: Marks) => placeLanes(east, north) | timeLane(time) | heightLane(height);

test("two words are compared as their numbers are, whatever stands beside them", () => {
  const random = randomFrom(71);
  let near = 0;
  for (let i = 0; i < 200_000; i++) {
    const [begins, ends, most, least] = [0, 1, 2, 3].map(() => randomMarks(random)) as [Marks, Marks, Marks, Marks];
    const [slot, datum, other] = [
      Math.floor(random() * MOST_SLOTS),
      Math.floor(random() * 7),
      Math.floor(random() * 7),
    ];
    const word = withDatum(slot, datum);
    const left = guardsLeft(lanesOf(begins), guarded(lanesOf(ends)), guarded(lanesOf(most)), lanesOf(least));
    const isWithin = (["east", "north", "time"] as const).every(
      (at) => begins[at] <= most[at] && ends[at] >= least[at],
    );
    const isAtHeight = begins.height <= most.height && ends.height >= least.height;
    assert.equal((left & PLACE_AND_TIME) === PLACE_AND_TIME, isWithin, `pair ${i}`);
    assert.equal((left & GUARDS) === GUARDS, isWithin && isAtHeight, `pair ${i}`);
    assert.equal(mayMeet(left, word, other), isAtHeight || datum !== other, `pair ${i}`);
    assert.equal(slotOf(word), slot);
    if (isWithin) near += 1;
  }
  assert.ok(near > 1000, "hardly any pair is near");
});

test("marks rise with what they stand for, to the ends of their lanes and never beyond", () => {
  const heights = [-1e9, -1001, -1000, -936.1, -936, 0, 15_000, 1e9, Number.POSITIVE_INFINITY].map(heightMark);
  assert.deepEqual(heights, [0, 0, 0, 0, 1, 15, 250, LAST_HEIGHT, LAST_HEIGHT]);
  assert.deepEqual([-1, 0, 0.015, 0.016, 0.999, 1, 7].map(placeMark), [0, 0, 0, 1, LAST_PLACE, LAST_PLACE, LAST_PLACE]);
});

test("vectors near the first one are those of the plain formula", () => {
  const random = randomFrom(72);
  for (let i = 0; i < 2000; i++) {
    const first = { lat: pick(random, [between(random, -90, 90), 90, -90, 0]), lon: between(random, -180, 180) };
    const reach = 10 ** between(random, -9, 2);
    const all = Array.from({ length: 5 }, (_, k) =>
      k === 0
        ? first
        : {
            lat: Math.min(90, Math.max(-90, first.lat + between(random, -reach, reach))),
            lon: Math.min(180, Math.max(-180, first.lon + between(random, -reach, reach))),
          },
    );
    const vectors = new Float64Array(15);
    writeVectors(Float64Array.from(all.flatMap(({ lat, lon }) => [lat, lon])), 5, vectors);
    for (const [k, position] of all.entries()) {
      const off = toVector(position).map((value, axis) => Math.abs(value - (vectors[3 * k + axis] as number)));
      assert.ok(
        Math.max(...off) < 5e-9,
        `${position.lat} ${position.lon} from ${first.lat} ${first.lon}: ${off.join(" ")}`,
      );
    }
  }
});
