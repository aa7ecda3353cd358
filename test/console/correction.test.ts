/** A correction changes what was typed and nothing else, whatever the form can show of the message. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { corrected } from "../../src/console/draft/correction.ts";
import { differencesBetween, decodeMessage, encodeMessage, movedBetween } from "../../src/message/index.ts";
import { sortedJson } from "../../src/wire/json.ts";
import { sample } from "../message/samples.ts";

test("what the form does not show stays; what was typed is there; what was taken away is gone", () => {
  const told = {
    route: [
      { at: 1, name: "A" },
      { at: 2, name: "B" },
    ],
    escort: null,
    unseen: 7,
    volumes: [1, 2, 3],
  };
  const shown = {
    route: [
      { at: 1, name: "A" },
      { at: 2, name: "B" },
    ],
    escort: null,
    volumes: [1],
  };
  assert.deepEqual(corrected(told, shown, { ...shown, volumes: [9] }), { ...told, volumes: [9, 2, 3] });
  assert.deepEqual(corrected(told, shown, { ...shown, route: [{ at: 5, name: "A" }] }), {
    ...told,
    route: [{ at: 5, name: "A" }],
  });
  const circle = { type: "circle", centre: 1, radius_m: 5 };
  assert.deepEqual(corrected({ f: circle }, { f: circle }, { f: { type: "point", at: 2 } }), {
    f: { type: "point", at: 2 },
  });
});

test("rounding in a form changes nothing that was not typed", () => {
  fc.assert(
    fc.property(fc.double({ min: -90, max: 90, noNaN: true }), fc.boolean(), (lat, typed) => {
      const round = (value: number) => Math.round(value * 100) / 100;
      const [told, shown] = [
        { lat, lon: 43.123456 },
        { lat: round(lat), lon: 43.12 },
      ];
      const after = corrected(told, shown, typed ? { ...shown, lat: 1 } : shown);
      assert.equal(sortedJson(after), sortedJson(typed && shown.lat !== 1 ? { ...told, lat: 1 } : told));
    }),
  );
});

test("the differences are named field by field, and how far a place moved is said in metres", () => {
  const before = sample("site");
  const at = { lat: 36.25, lon: 43.1 };
  const here = { ...before, body: { ...before.body, footprint: { type: "point", at } as const } };
  const there = { ...here, body: { ...here.body, footprint: { type: "point", at: { ...at, lat: 36.26 } } as const } };
  assert.deepEqual(differencesBetween(here, decodeMessage(encodeMessage(here))), []);
  assert.deepEqual(
    differencesBetween(here, there).map(({ field }) => field),
    ["footprint"],
  );
  assert.deepEqual(
    movedBetween(here, there).map(({ distance_m }) => Math.round((distance_m ?? 0) / 100)),
    [11],
  );
  const barely = {
    ...here,
    body: { ...here.body, footprint: { type: "point", at: { ...at, lat: 36.250000001 } } as const },
  };
  assert.equal(differencesBetween(here, barely).length, 1, "what reads the same and is not, is still a difference");
});
