/** The columns and the choice of what is drawn against the same said simply, over whatever may come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { GeoBox } from "../../src/geo/index.ts";
import { choose, MARK, type Seen } from "../../src/server/map/choose.ts";
import { columns } from "../../src/server/map/columns.ts";
import { simpleExtent, simplyChosen, simplySeen, type SimplePlace, type SimpleShape } from "./map-simple.ts";

const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const anywhere = fc.tuple(degrees(180), degrees(180), degrees(90), degrees(90));
/** Of a place: its west is never greater than its east. */
const box = anywhere.map(([a, b, c, d]): GeoBox => ({
  west: Math.min(a, b),
  east: Math.max(a, b),
  south: Math.min(c, d),
  north: Math.max(c, d),
}));
/** Every second one crosses the antimeridian. */
const view = anywhere.map(([west, east, c, d]): GeoBox => ({
  west,
  east,
  south: Math.min(c, d),
  north: Math.max(c, d),
}));
const time = fc.option(fc.integer({ min: 0, max: 9 }));
const place = fc.record({
  boxes: fc.array(box, { minLength: 1, maxLength: 3 }),
  window: fc.record({ start: time, end: time }),
  isGone: fc.boolean(),
});
const times = fc.record({
  since: fc.constantFrom(-Infinity, 3, 5),
  until: fc.constantFrom(Infinity, 5, 7),
});

test("the columns find what the simple look finds, and where it stands", () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 60 }), view, times, (made, where, when) => {
      const places: SimplePlace[] = made.map((each, number) => ({ ...each, number }));
      const held = columns();
      for (const { number, boxes, window } of places) held.add(number, boxes, window);
      for (const { number, isGone } of places) if (isGone) held.drop(number);
      const found: { number: number; lat: number; lon: number }[] = [];
      held.each(where, when, (number, lat, lon) => found.push({ number, lat, lon }));
      assert.deepEqual(found, simplySeen(places, where, when));
      assert.deepEqual(
        held.extent(() => true),
        simpleExtent(places),
      );
      const odd = places.filter(({ number }) => number % 2 === 1);
      assert.deepEqual(
        held.extent((owner) => owner % 2 === 1),
        simpleExtent(odd),
      );
    }),
  );
});

/** Close together, so that cells hold more than one. */
const shape = fc.record({
  lat: fc.oneof(degrees(89), fc.double({ min: 35, max: 37, noNaN: true })),
  lon: fc.oneof(degrees(180), fc.double({ min: 42, max: 44, noNaN: true })),
  isPrivate: fc.boolean(),
  inConflict: fc.boolean(),
  isUrgent: fc.boolean(),
});

function asColumns(shapes: readonly SimpleShape[]): Seen {
  return {
    count: shapes.length,
    lat: Float64Array.from(shapes, ({ lat }) => lat),
    lon: Float64Array.from(shapes, ({ lon }) => lon),
    marks: Uint8Array.from(
      shapes,
      ({ isPrivate, inConflict, isUrgent }) =>
        (isPrivate ? MARK.private : 0) | (inConflict ? MARK.inConflict : 0) | (isUrgent ? MARK.urgent : 0),
    ),
  };
}

test("what is drawn singly and what is counted is what the simple choice says, and nothing is left out", () => {
  fc.assert(
    fc.property(
      fc.array(shape, { maxLength: 400 }),
      fc.double({ min: 0, max: 22, noNaN: true }),
      fc.integer({ min: 0, max: 60 }),
      (shapes, zoom, most) => {
        const { single, cells } = choose(asColumns(shapes), zoom, most);
        const simple = simplyChosen(shapes, zoom, most);
        assert.deepEqual(
          single.map((at) => shapes[at]),
          simple.single,
        );
        assert.deepEqual(cells, simple.cells);
        assert.ok(single.length <= most && new Set(single).size === single.length);
        const counted = cells.reduce((sum, cell) => sum + cell.told + cell.private, 0);
        assert.equal(single.length + counted, shapes.length);
      },
    ),
  );
});
