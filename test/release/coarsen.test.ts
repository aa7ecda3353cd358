import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { destination, distanceM, type Footprint, pointDistanceM, type Position } from "../../src/geo/index.ts";
import { coarseFootprint, coarsen, finerThanFloor } from "../../src/release/index.ts";
import { decodeMessage, encodeMessage, type Message } from "../../src/message/index.ts";
import { sample } from "../message/samples.ts";

const FLOOR = 1000;
const position: fc.Arbitrary<Position> = fc.record(
  { lat: fc.double({ min: -89.5, max: 89.5, noNaN: true }), lon: fc.double({ min: -180, max: 180, noNaN: true }) },
  { noNullPrototype: true },
);
const offsets = fc.array(
  fc.tuple(fc.double({ min: 0, max: 360, noNaN: true }), fc.double({ min: 0, max: 5000, noNaN: true })),
  {
    minLength: 2,
    maxLength: 6,
  },
);

/** Positions spread over a footprint, its edges among them. */
function within(footprint: Footprint): Position[] {
  switch (footprint.type) {
    case "point":
      return [footprint.at];
    case "circle":
      return [0, 90, 180, 270].map((bearing) => destination(footprint.centre, bearing, footprint.radius_m));
    case "polygon":
      return footprint.rings.flat();
    case "corridor":
      return footprint.line.flatMap((at) =>
        [0, 120, 240].map((bearing) => destination(at, bearing, footprint.width_m / 2)),
      );
  }
}

const footprint: fc.Arbitrary<Footprint> = fc.oneof(
  position.map((at) => ({ type: "point", at }) as const),
  fc
    .tuple(position, fc.integer({ min: 1, max: 9000 }))
    .map(([centre, radius_m]) => ({ type: "circle", centre, radius_m }) as const),
  fc.tuple(position, offsets).map(([from, around]) => {
    const line = [from, ...around.map(([bearing, metres]) => destination(from, bearing, metres))];
    return { type: "corridor", line, width_m: 100 } as const;
  }),
  fc.tuple(position, fc.integer({ min: 10, max: 20_000 })).map(([from, size]) => {
    const ring = [0, 100, 200].map((bearing) => destination(from, bearing, size));
    return { type: "polygon", rings: [ring] } as const;
  }),
);

test("what was covered stays covered", () => {
  fc.assert(
    fc.property(footprint, (fine) => {
      const coarse = coarseFootprint(fine, FLOOR);
      for (const at of within(fine)) {
        const { distance_m } = distanceM({ type: "point", at }, coarse);
        assert.ok(distance_m < 0.01, `${JSON.stringify(at)} lies ${distance_m} m outside of ${JSON.stringify(coarse)}`);
      }
    }),
    { numRuns: 200 },
  );
});

test("two places in one cell become the same place", () => {
  const at = { lat: 36.86, lon: 43.002 };
  const near = destination(at, 30, 20);
  assert.deepEqual(coarseFootprint({ type: "point", at }, FLOOR), coarseFootprint({ type: "point", at: near }, FLOOR));
  const coarse = coarseFootprint({ type: "point", at }, FLOOR);
  assert.ok(coarse.type === "circle" && coarse.radius_m === FLOOR && pointDistanceM(coarse.centre, at) <= 750);
});

test("a coarse body is labelled, and coarsening it again changes nothing", () => {
  for (const kind of ["activity", "site", "movement", "presence", "report"] as const) {
    const fine: Message = sample(kind);
    assert.equal(finerThanFloor(fine, FLOOR), true);
    const coarse = { ...fine, body: coarsen(fine, FLOOR) } as Message;
    assert.equal("precision_m" in coarse.body && coarse.body.precision_m, FLOOR);
    assert.equal(finerThanFloor(coarse, FLOOR), false);
    assert.equal(coarsen(coarse, FLOOR), coarse.body);
    assert.deepEqual(decodeMessage(encodeMessage(coarse)), coarse, kind);
  }
});

test("alerts are told as exactly as they are known, and a floor of zero asks for nothing", () => {
  assert.equal(finerThanFloor(sample("alert"), FLOOR), false);
  assert.equal(finerThanFloor(sample("site"), 0), false);
});
