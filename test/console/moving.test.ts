/** Where a convoy is drawn at a moment: within its tolerance, and nowhere once it has come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { whereAt } from "../../src/console/map/moving.ts";

const LINE = [0, 1, 2, 3].map((lon) => ({ lat: 0, lon }));
const near = (found: number | undefined, wanted: number) =>
  assert.ok(Math.abs((found ?? NaN) - wanted) < 1e-6, `${found}`);

test("it moves evenly between its times, and may be ahead or behind by its tolerance", () => {
  const motion = { times: [0, 100_000, 200_000, 300_000], tolerance_s: 50 };
  const found = whereAt(LINE, motion, 150_000);
  near(found?.at.lon, 1.5);
  assert.deepEqual(
    found?.within.map(({ lon }) => lon),
    [1, 2],
  );
  const late = whereAt(LINE, motion, 320_000);
  near(late?.at.lon, 3);
  near(late?.within[0]?.lon, 2.7);
  assert.equal(whereAt(LINE, motion, 350_001), null, "it has come");
  assert.equal(whereAt(LINE, motion, -50_001), null, "it has not set out");
});

test("where times are not said it may be anywhere between those that are", () => {
  const motion = { times: [0, null, null, 300_000], tolerance_s: 0 };
  const found = whereAt(LINE, motion, 100_000);
  near(found?.at.lon, 1);
  assert.deepEqual(
    found?.within.map(({ lon }) => lon),
    [0, 1, 2, 3],
  );
  assert.equal(whereAt(LINE, { times: [null, null, null, null], tolerance_s: 0 }, 0), null);
});

test("the antimeridian is crossed the short way", () => {
  const line = [
    { lat: 0, lon: 179 },
    { lat: 0, lon: -179 },
  ];
  near(whereAt(line, { times: [0, 100], tolerance_s: 0 }, 50)?.at.lon, 180);
});
