/** What is kept in large pieces of memory is what a map would keep, also where names fall into one place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { Kept } from "../../src/line/evidence/kept.ts";
import { Names } from "../../src/line/evidence/names.ts";
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
  const [own, map] = [new Kept(suite), new Map<string, Uint8Array>()];
  const numbers = Array.from({ length: 3000 }, (_, i) => (i * 7919) % 2500);
  for (const number of numbers) {
    const [name, value] = [nameOf(number), new Uint8Array(number % 700).fill(number)];
    own.put(name, value);
    if (!map.has(toHex(name))) map.set(toHex(name), value);
    name.fill(1);
  }
  for (const number of numbers) assert.deepEqual(own.get(nameOf(number)), map.get(toHex(nameOf(number))));
  assert.equal(own.get(nameOf(5000)), null);
  assert.equal(own.get(new Uint8Array(32)), null);
});

test("more than one piece holds", () => {
  const own = new Kept(suite);
  const large = new Uint8Array(400_000).fill(3);
  for (let i = 0; i < 40_000; i++) own.put(apart(i), i < 5 ? large : Uint8Array.of(i));
  for (let i = 0; i < 40_000; i += 997) assert.deepEqual(own.get(apart(i)), i < 5 ? large : Uint8Array.of(i));
});

test("names have numbers in their order, and keep them", () => {
  const names = new Names(suite, 16);
  for (let i = 0; i < 40_000; i++) assert.equal(names.put(apart(i)), i);
  for (let i = 0; i < 40_000; i += 997) {
    assert.equal(names.put(apart(i)), i);
    assert.equal(names.find(apart(i)), i);
  }
  assert.equal(names.count, 40_000);
  assert.equal(names.find(apart(40_000)), -1);
});

test("names that were chosen to begin alike are not all looked for in one place", () => {
  const names = new Names(suite, 16);
  // What a file's author reaches by trying: of each the first 20 bits are zeros.
  const chosen = (i: number): Uint8Array => {
    const name = new Uint8Array(16);
    new DataView(name.buffer).setUint32(0, i & 0xfff);
    new DataView(name.buffer).setUint32(4, Math.imul(i, 2_654_435_761));
    return name;
  };
  for (let i = 0; i < 20_000; i++) names.put(chosen(i));
  let looks = 0;
  for (let i = 0; i < 20_000; i += 20) {
    const watched = new Proxy(chosen(i), {
      get: (name, key) => {
        looks += 1;
        return Reflect.get(name, key) as unknown;
      },
    });
    assert.equal(names.find(watched), i);
  }
  // Where it begins, all of it once, and the beginnings of a few others; in one place it would be those of 10,000.
  assert.ok(looks / 1000 < 200, `${looks / 1000} looks at each name`);
});
