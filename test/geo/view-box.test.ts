/** The quick boxes of the map hold all that the exact ones hold, and what is drawn stays where it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { boundingBox, type GeoBox, type Position, simplified, viewBoxes } from "../../src/geo/index.ts";
import { awkwardCentre, between, randomFootprint, randomFrom, star } from "./shapes.ts";

const SLACK = 1e-9;
const holds = (boxes: readonly GeoBox[], { lat, lon }: Position): boolean =>
  boxes.some(
    ({ west, south, east, north }) =>
      lat >= south - SLACK && lat <= north + SLACK && lon >= west - SLACK && lon <= east + SLACK,
  );

test("whatever the exact boxes hold, the quick ones hold", () => {
  const random = randomFrom(41);
  for (let i = 0; i < 600; i++) {
    const footprint = randomFootprint(random, awkwardCentre(random), 10 ** between(random, 1, 5));
    const quick = viewBoxes(footprint);
    for (const { west, south, east, north } of boundingBox(footprint, 0)) {
      for (const part of [0, 0.3, 0.5, 0.8, 1]) {
        for (const lat of [south, (south + north) / 2, north]) {
          const at = { lat, lon: west + (east - west) * part };
          assert.ok(holds(quick, at), `${i}: ${JSON.stringify({ at, quick, footprint })}`);
        }
      }
    }
  }
});

test("a simplified outline keeps to its tolerance, at least three vertices, and nothing that it had not", () => {
  const random = randomFrom(7);
  for (let i = 0; i < 200; i++) {
    const ring = star(random, { lat: 36, lon: 43 }, 5000, 3 + Math.floor(random() * 200));
    const drawn = simplified({ type: "polygon", rings: [ring] }, 300);
    assert.ok(drawn.type === "polygon");
    const [outline] = drawn.rings as [Position[]];
    assert.ok(outline.length >= 3 && outline.length <= ring.length);
    assert.ok(outline.every((at) => ring.includes(at)));
  }
  const [outer, hole] = [star(random, { lat: 36, lon: 43 }, 9000, 12), star(random, { lat: 36, lon: 43 }, 50, 5)];
  const drawn = simplified({ type: "polygon", rings: [outer, hole] }, 400);
  assert.equal(drawn.type === "polygon" ? drawn.rings.length : 0, 1, "a hole that nobody can see is not drawn");
});
