/** What is kept in large pieces of memory is what a map would keep, also where names fall into one place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Kept } from "../../src/line/evidence/kept.ts";
import { toHex } from "../../src/wire/bytes.ts";

/** A name of 32 bytes; many share their first four. */
function nameOf(number: number): Uint8Array {
  const name = new Uint8Array(32);
  new DataView(name.buffer).setUint32(0, number % 3 === 0 ? 0xffff_ffff : number % 1000);
  new DataView(name.buffer).setUint32(28, number);
  return name;
}

/** A name far from all others, as hashes are. */
function apart(number: number): Uint8Array {
  const name = nameOf(number);
  new DataView(name.buffer).setUint32(0, Math.imul(number, 2_654_435_761) >>> 0);
  return name;
}

test("each value under its name, the first that was put there, however many there are", () => {
  const [own, map] = [new Kept(), new Map<string, Uint8Array>()];
  const numbers = Array.from({ length: 3000 }, (_, i) => (i * 7919) % 2500);
  for (const number of numbers) {
    const [name, value] = [nameOf(number), new Uint8Array(number % 700).fill(number)];
    const isNew = !map.has(toHex(name));
    assert.equal(own.put(name, value), isNew);
    if (isNew) map.set(toHex(name), value);
    name.fill(1);
  }
  for (const number of numbers) assert.deepEqual(own.get(nameOf(number)), map.get(toHex(nameOf(number))));
  assert.equal(own.get(nameOf(5000)), null);
  assert.equal(own.get(new Uint8Array(32)), null);
});

test("more than one piece holds", () => {
  const own = new Kept();
  const large = new Uint8Array(400_000).fill(3);
  for (let i = 0; i < 40_000; i++) assert.ok(own.put(apart(i), i < 5 ? large : Uint8Array.of(i)));
  for (let i = 0; i < 40_000; i += 997) assert.deepEqual(own.get(apart(i)), i < 5 ? large : Uint8Array.of(i));
});
