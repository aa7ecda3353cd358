/** What the live index works out on a plane against the geodesics themselves: how far off it is, beside what it allows for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createFlat, type Flat, flatten, KINDS, middleOf } from "../../src/deconflict/live/flat.ts";
import { type Core, createSeeker, errorOf, isShort } from "../../src/deconflict/live/nearest.ts";
import { createSketch, type Plane, planeAt, sketchOn } from "../../src/deconflict/live/sketch.ts";
import { type AnyFootprint, distanceM } from "../../src/geo/index.ts";
import { between, go, type Random, randomFootprint, randomFrom } from "../geo/shapes.ts";

const PAIRS = 4000;
const TOUCHING_M = 1e-6;

function coreOn(plane: Plane, flat: Flat): Core {
  const sketch = createSketch();
  sketchOn(sketch, plane, flat.vectors, flat.count, flat.ends, flat.kind === KINDS.polygon);
  return { vectors: flat.vectors, count: flat.count, sketch };
}

/** Edges from metres to the ten kilometres that the plane is asked of at most, anywhere on Earth. */
function pairOf(random: Random): readonly [AnyFootprint, AnyFootprint] {
  const centre = { lat: between(random, -90, 90), lon: between(random, -180, 180) };
  const size = 10 ** between(random, 1.5, 4);
  const beside = go(centre, between(random, 0, 360), size * between(random, 0.5, 3));
  return [randomFootprint(random, centre, size), randomFootprint(random, beside, size * between(random, 0.1, 1))];
}

test("what the plane tells of a distance is ten times better than it is taken for", () => {
  const seeker = createSeeker();
  const [a, b] = [createFlat(), createFlat()];
  let [compared, worst] = [0, 0];
  for (let seed = 0; seed < PAIRS; seed++) {
    const pair = pairOf(randomFrom(seed));
    if (!flatten(a, pair[0]) || !flatten(b, pair[1]) || a.ends !== null || b.ends !== null) continue;
    const plane = planeAt(middleOf(a, 0), middleOf(a, 1), middleOf(a, 2));
    const [first, second] = [coreOn(plane, a), coreOn(plane, b)];
    const found = isShort(first) && isShort(second) ? seeker.nearest(first, second, plane) : null;
    if (found === null) continue;
    const apart = found.metres - a.reach_m - b.reach_m;
    const { distance_m } = distanceM(...pair);
    if (apart < TOUCHING_M || distance_m < TOUCHING_M) {
      assert.ok(Math.max(apart, distance_m) < 2 * TOUCHING_M, `seed ${seed}: one says that they touch`);
      continue;
    }
    compared += 1;
    worst = Math.max(worst, Math.abs(apart - distance_m) / errorOf(first, second));
  }
  assert.ok(compared > PAIRS / 2, `only ${compared} were compared`);
  assert.ok(worst < 0.1, `the worst is off by ${worst} of what is allowed for`);
});
