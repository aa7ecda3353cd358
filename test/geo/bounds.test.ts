import assert from "node:assert/strict";
import { test } from "node:test";
import { boundingBox, type GeoBox, pointDistanceM, type Position } from "../../src/geo/index.ts";
import { between, go, randomFrom, randomPair } from "./shapes.ts";

function holds(boxes: readonly GeoBox[], { lat, lon }: Position): boolean {
  const slack = 1e-9;
  return boxes.some(
    (box) => lat >= box.south - slack && lat <= box.north + slack && lon >= box.west - slack && lon <= box.east + slack,
  );
}

test("what lies within the margin of a footprint's vertices and middles lies in its boxes", () => {
  for (let i = 0; i < 400; i++) {
    const random = randomFrom(18_000_000 + i);
    const margin = 10 ** between(random, 0, 5);
    for (const footprint of randomPair(random)) {
      const boxes = boundingBox(footprint, margin);
      assert.ok(boxes.length === 1 || boxes.length === 2);
      for (const box of boxes) assert.ok(box.west <= box.east && box.south <= box.north);
      const [places, reach] = placesOf(footprint);
      for (const place of places) {
        const off = go(place, between(random, 0, 360), (reach + margin) * 0.999);
        assert.ok(holds(boxes, off), `${i}: ${JSON.stringify([footprint, boxes, off])}`);
      }
    }
  }
});

function placesOf(footprint: ReturnType<typeof randomPair>[0]): readonly [readonly Position[], number] {
  switch (footprint.type) {
    case "point":
      return [[footprint.at], 0];
    case "circle":
      return [[footprint.centre], footprint.radius_m];
    case "corridor":
      return [footprint.line, footprint.width_m / 2];
    case "polygon":
      return [footprint.rings.flat(), 0];
  }
}

test("over the antimeridian there are two boxes, round a pole all longitudes", () => {
  const over = boundingBox(
    {
      type: "corridor",
      line: [
        { lat: 0, lon: 179 },
        { lat: 0, lon: -179 },
      ],
      width_m: 0,
    },
    0,
  );
  assert.deepEqual(over, [
    { west: 179, south: 0, east: 180, north: 0 },
    { west: -180, south: 0, east: -179, north: 0 },
  ]);
  const [pole] = boundingBox({ type: "circle", centre: { lat: 89.99, lon: 7 }, radius_m: 5000 }, 0);
  assert.deepEqual([pole?.west, pole?.east, pole?.north], [-180, 180, 90]);
});

test("an edge that bulges towards the pole is taken in", () => {
  const line = [
    { lat: 50, lon: 0 },
    { lat: 50, lon: 40 },
  ];
  const [box] = boundingBox({ type: "corridor", line, width_m: 0 }, 0);
  assert.ok((box?.north ?? 0) > 51.7);
  assert.ok(pointDistanceM({ lat: box?.north ?? 0, lon: 20 }, { lat: 50, lon: 20 }) > 180_000);
});
