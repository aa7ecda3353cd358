import assert from "node:assert/strict";
import { test } from "node:test";
import { destination, type Position } from "../../src/geo/index.ts";
import {
  compareReadBack,
  decodeMessage,
  encodeMessage,
  judgeReadBack,
  type MessageOf,
  type ReadBackEntry,
  readBackOf,
} from "../../src/message/index.ts";
import { AT, sample } from "./samples.ts";

const HOUR = 3_600_000;
const movement = sample("movement");
const right: readonly ReadBackEntry[] = [
  entry("route.0.position", { position: { lat: 36.8663, lon: 43.0021 } }),
  entry("route.0.at", { at: AT + 2 * HOUR }),
  entry("route.1.position", { position: { lat: 36.6, lon: 43.05 } }),
  entry("route.2.position", { position: { lat: 36.34, lon: 43.13 } }),
  entry("route.2.at", { at: AT + 4 * HOUR }),
];

function entry(field: string, value: Partial<ReadBackEntry>): ReadBackEntry {
  return { field, position: null, at: null, height_m: null, ...value };
}

test("what is asked for holds no value", () => {
  assert.deepEqual(
    readBackOf(movement),
    right.map(({ field, at }) => ({ field, type: at === null ? "position" : "at" })),
  );
  const fields = readBackOf(sample("activity")).map(({ field }) => field);
  assert.deepEqual(fields, [
    "volumes.0.footprint.centre",
    "volumes.0.window.start",
    "volumes.0.window.end",
    "volumes.0.height.upper_m",
    "volumes.1.footprint.rings.0.0",
    "volumes.1.footprint.rings.0.2",
    "volumes.1.window.start",
  ]);
  assert.deepEqual(readBackOf(sample("text")), []);
});

test("entered again as it was told, in any notation's rounding, it is the same", () => {
  assert.equal(compareReadBack(movement, right).result, "same");
  const rounded = { position: destination({ lat: 36.8663, lon: 43.0021 }, 45, 30) };
  assert.equal(compareReadBack(movement, right.with(0, entry("route.0.position", rounded))).result, "same");
});

test("a digit heard wrong shows as metres on the ground, a time as seconds", () => {
  const heard: Position = { lat: 36.8463, lon: 43.0021 };
  const entered = [
    entry("route.0.position", { position: heard }),
    entry("route.0.at", { at: AT + 3 * HOUR }),
    ...right.slice(2),
  ];
  const { result, differences } = compareReadBack(movement, entered);
  assert.equal(result, "different");
  assert.deepEqual(differences[1], { field: "route.0.at", distance_m: null, seconds: 3600, height_m: null });
  assert.ok(Math.abs((differences[0]?.distance_m ?? 0) - 2219) < 5, String(differences[0]?.distance_m));
});

test("a field left out is a difference of unknown size", () => {
  const { result, differences } = compareReadBack(movement, right.slice(1));
  assert.equal(result, "different");
  assert.deepEqual(differences, [{ field: "route.0.position", distance_m: null, seconds: null, height_m: null }]);
});

test("the comparison is a body that can be released as it is", () => {
  const wrong = right.with(0, entry("route.0.position", { position: { lat: -36.8663, lon: 43.0021 } }));
  const body = compareReadBack(movement, wrong);
  const told: MessageOf<"readback"> = sample("readback", { body });
  assert.deepEqual(decodeMessage(encodeMessage(told)).body, body);
});

test("a claim is judged by what was entered, and what is wrong with it is said in numbers", () => {
  const far = right.with(
    0,
    entry("route.0.position", { position: destination({ lat: 36.8663, lon: 43.0021 }, 90, 11_200) }),
  );
  const late = far.with(1, entry("route.0.at", { at: AT + 3 * HOUR }));
  const honest = (entries: readonly ReadBackEntry[]) => judgeReadBack(movement, compareReadBack(movement, entries));
  const claiming = (entries: readonly ReadBackEntry[], of: readonly ReadBackEntry[]) =>
    judgeReadBack(movement, { ...compareReadBack(movement, of), entries }).says;
  assert.deepEqual(honest(right), { claimed: "same", found: "same", agrees: true, says: "same" });
  assert.deepEqual(honest(far), { claimed: "different", found: "different", agrees: true, says: "different" });
  assert.equal(claiming(far, right), "says same; what was entered differs by 11.2 km");
  assert.equal(claiming(late, right), "says same; what was entered differs by 11.2 km and 60 min");
  assert.equal(
    claiming(late.slice(0, 3), right),
    "says same; what was entered differs by 11.2 km, 60 min and 2 fields not entered",
  );
  assert.equal(claiming(right, far), "says different (11.2 km); what was entered is the same");
  assert.equal(claiming(late, far), "says different (11.2 km); what was entered differs by 11.2 km and 60 min");
  const [one] = compareReadBack(movement, far).differences;
  const rounded = [{ ...one, distance_m: (one?.distance_m ?? 0) + 0.1 }] as never;
  assert.ok(judgeReadBack(movement, { entries: far, result: "different", differences: rounded }).agrees);
  const claim = compareReadBack(movement, right);
  assert.equal(judgeReadBack(null, claim).says, "says same; what was told is not at hand to compare it with");
  assert.equal(judgeReadBack(sample("text"), claim).says, "says same; nothing of it is read back");
});
