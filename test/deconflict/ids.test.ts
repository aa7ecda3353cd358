/** The live index's table of ids: as a `Map` would have it, however many come and go, and whoever chooses them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOf } from "../../src/deconflict/live/hash.ts";
import { createIds } from "../../src/deconflict/live/ids.ts";
import { pick, randomFrom } from "../geo/shapes.ts";

test("ids are found by their numbers and numbers by their ids while many come and go", () => {
  const random = randomFrom(1);
  const ids = createIds();
  const known = new Map<string, number>();
  const free: number[] = [];
  let next = 0;
  const names = Array.from({ length: 3000 }, (_, i) => pick(random, ["", "a", "ü€", "site-"]).repeat(i % 5) + i);
  for (let step = 0; step < 60_000; step++) {
    const id = pick(random, names);
    const number = known.get(id);
    assert.equal(ids.find(id), number ?? -1);
    // Few at first, then many, then few again: the table grows, and rows move up into the holes.
    const wanted = step < 20_000 ? 0.3 : step < 40_000 ? 0.9 : 0.1;
    if (number === undefined && random() < wanted) {
      const given = free.pop() ?? next++;
      ids.add(id, given);
      known.set(id, given);
    } else if (number !== undefined && random() >= wanted) {
      ids.remove(id, number);
      known.delete(id);
      free.push(number);
    }
    assert.equal(ids.size, known.size);
  }
  assert.ok(known.size > 50);
  for (const name of names) assert.equal(ids.find(name), known.get(name) ?? -1);
  for (const [id, number] of known) assert.equal(ids.of(number), id);
});

test("ids chosen to stand in each other's way under one key do not under another", () => {
  const home = (text: string, low: number, high: number) => hashOf(text, low, high) & 0xff;
  const chosen: string[] = [];
  for (let i = 0; chosen.length < 256; i++) if (home(`id-${i}`, 1, 2) === 7) chosen.push(`id-${i}`);
  const homes = new Set(chosen.map((id) => home(id, 3, 4)));
  // Of 256 thrown at random into 256 places 162 are hit on average, with a deviation of 5.
  assert.ok(homes.size > 130, String(homes.size));
});

test("no unit of a text is left out of its hash, nor its length", () => {
  const text = "plan-1234567";
  const hash = hashOf(text, 5, 6);
  for (let i = 0; i < text.length; i++) {
    const other = text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ 0x100) + text.slice(i + 1);
    assert.notEqual(hashOf(other, 5, 6), hash);
  }
  assert.notEqual(hashOf("a\0", 5, 6), hashOf("a", 5, 6));
  assert.notEqual(hashOf("\0", 5, 6), hashOf("", 5, 6));
});
