/** A file beside the list that was told: added, changed, removed; and what cannot be known is not taken for gone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { itemsOfDifference } from "../../src/api/index.ts";
import { importText, listDifference, type ToldMember } from "../../src/intake/index.ts";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly lat: string;
}

const file = (rows: readonly Row[]) =>
  importText(
    ["id,name,lat,lon,category", ...rows.map(({ id, name, lat }) => `${id},${name},${lat},43.1,school`)].join("\n"),
    {
      as: "site",
    },
  );
const told = (rows: readonly Row[]): ToldMember[] =>
  file(rows).rows.flatMap(({ draft }, i) => (draft === null ? [] : [{ hash: String(i).padStart(64, "0"), ...draft }]));
const row = (i: number, lat = 36 + i / 100): Row => ({ id: `S-${i}`, name: `School ${i}`, lat: lat.toFixed(4) });
const many = Array.from({ length: 40 }, (_, i) => row(i));

test("what a file adds, changes and no longer has, by the list's own numbers and in any order", () => {
  const now = [row(40), ...many.slice(2).toReversed(), { ...row(1), name: "School one" }];
  const moved = now.map((each) => (each.id === "S-5" ? row(5, 36.0512) : each));
  const difference = listDifference(told(many), file(moved).rows);
  assert.deepEqual(
    difference.added.map(({ draft }) => draft.subject),
    ["School 40"],
  );
  assert.deepEqual(
    difference.changed.map(({ member, moved_m }) => [member.subject, moved_m]),
    [
      ["School 5", 133],
      ["School 1", 0],
    ],
  );
  assert.deepEqual(
    difference.removed.map(({ subject }) => subject),
    ["School 0"],
  );
  assert.deepEqual([difference.same, difference.refused, difference.findings], [37, 0, []]);
  const items = itemsOfDifference(difference, "Closed.");
  assert.deepEqual(
    items.map(({ kind, re }) => [kind, re?.relation ?? "added"]),
    [
      ["site", "supersedes"],
      ["site", "supersedes"],
      ["site", "added"],
      ["withdrawal", "withdraws"],
    ],
  );
  assert.ok(
    items[0]?.findings?.some(({ code }) => code === "moved-since"),
    "a move is warned of where it is",
  );
  assert.equal(itemsOfDifference(difference, null).length, 3, "nothing is withdrawn unless somebody says so");
});

test("many that moved alike, and many that are gone, are warned of at the head of the draft", () => {
  const shifted = many.map((each, i) => (i % 4 === 0 ? row(i, 36.002 + i / 100) : each));
  const moved = listDifference(told(many), file(shifted).rows);
  assert.deepEqual(
    moved.findings.map(({ code }) => code),
    ["list-moved"],
  );
  const shrunk = listDifference(told(many), file(many.slice(0, 30)).rows);
  assert.deepEqual(
    shrunk.findings.map(({ code }) => code),
    ["list-shrunk"],
  );
  assert.equal(itemsOfDifference(shrunk, "Closed.")[0]?.findings?.[0]?.code, "list-shrunk");
});

test("a row that cannot be read is counted: what it may have been is not said to be the same or added", () => {
  const broken = many.map((each, i) => (i === 3 ? { ...each, lat: "no" } : each));
  const difference = listDifference(told(many), file(broken).rows);
  assert.deepEqual([difference.refused, difference.removed.map(({ subject }) => subject)], [1, ["School 3"]]);
});

test("whatever the file: every member is the same, changed or removed, and every row the same, changed or added", () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
  fc.assert(
    fc.property(ids, ids, fc.boolean(), (before, after, renamed) => {
      const members = told(before.map((i) => row(i)));
      const rows = file(after.map((i) => (renamed ? { ...row(i), name: `Renamed ${i}` } : row(i)))).rows;
      const { added, changed, removed, same } = listDifference(members, rows);
      const both = before.filter((i) => after.includes(i)).length;
      assert.deepEqual(
        [added.length, changed.length + same, removed.length, renamed ? same : changed.length],
        [after.length - both, both, before.length - both, 0],
      );
    }),
    { numRuns: 50 },
  );
});
