import assert from "node:assert/strict";
import { test } from "node:test";
import { comparePositions, compareReKeyed, type Message, reKeyedOf } from "../../src/message/index.ts";

test("a second entry: the same in another notation, a slip with where it is and how far, and its tolerance", () => {
  const same = comparePositions("36.34000 43.13000", `36°20'24"N 43°07'48"E`);
  assert.equal(same.same, true);
  assert.deepEqual(same.differences, [], "two notations have no digits to compare");
  const slip = comparePositions("36.34000 43.13000", "36.34000 43.18000");
  assert.equal(slip.same, false);
  assert.equal(Math.round(slip.distance_m / 10), 449);
  assert.deepEqual(slip.differences, [{ at: 13, first: "3", second: "8" }]);
  assert.equal(
    comparePositions("36.34000 43.13000", "36.34040 43.13000").same,
    true,
    "44 m: whole seconds say no more",
  );
  assert.equal(comparePositions("36.34000 43.13000", "36.34050 43.13000").same, false, "55 m");
  assert.throws(() => comparePositions("36.34000 43.13000", "36.34000"));
});

test("digits that were left out, doubled or exchanged are shown where they stand", () => {
  const of = (second: string) => comparePositions("36.34125 43.13877", second).differences;
  assert.deepEqual(of("36.3412 43.13877"), [{ at: 7, first: "5", second: "" }]);
  assert.deepEqual(of("36.334125 43.13877"), [{ at: 4, first: "", second: "3" }]);
  assert.equal(of("36.34125 43.18377").length > 0, true);
  assert.deepEqual(of("36.34125 43.13877"), []);
});

test("a releaser's second entry of a site: the same, elsewhere, and not entered at all", () => {
  const footprint = { type: "point", at: { lat: 36.34, lon: 43.13 } };
  const site = { kind: "site", body: { footprint } } as unknown as Message;
  const [field] = reKeyedOf(site);
  assert.deepEqual(field, { field: "footprint.at", type: "position" });
  const entry = (lat: number) => [{ field: "footprint.at", position: { lat, lon: 43.13 }, at: null, height_m: null }];
  assert.deepEqual(compareReKeyed(site, entry(36.3403)), []);
  assert.equal(compareReKeyed(site, entry(36.43)).length, 1);
  assert.equal(compareReKeyed(site, []).length, 1, "what was not entered is a difference");
});
