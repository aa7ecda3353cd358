/** Bytes put together, and hexadecimal and base64 as they travel in the API against the platform's own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, concatOnce, fromBase64, fromHex, toBase64, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";

test("base64 is what the platform writes, and reads back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = toBase64(bytes);
      assert.equal(text, Buffer.from(bytes).toString("base64"));
      assert.deepEqual(fromBase64(text), bytes);
    }),
  );
});

test("text that is not the one base64 of its bytes is refused", () => {
  const letters = fc.string({ unit: fc.constantFrom(...Array.from("ABab01+/=-_ \n\u00e9\u0141")), maxLength: 9 });
  const isCanonical = (text: string) => Buffer.from(text, "base64").toString("base64") === text;
  fc.assert(
    fc.property(letters, (text) => {
      try {
        assert.equal(toBase64(fromBase64(text)), text);
        assert.ok(isCanonical(text));
      } catch (error) {
        assert.ok(isParleyError(error, "bytes-not-base64"), String(error));
        assert.ok(!isCanonical(text), text);
      }
    }),
    { numRuns: 20_000 },
  );
});

test("hexadecimal is what the platform writes, and reads back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const text = toHex(bytes);
      assert.equal(text, Buffer.from(bytes).toString("hex"));
      assert.deepEqual(fromHex(text, bytes.length), bytes);
    }),
  );
});

test("text that is not lower-case hexadecimal of whole bytes is refused, and so is another length", () => {
  const letters = fc.string({
    unit: fc.constantFrom(...Array.from("0189afgAF`/:@ -\n\u0130\u0660\ud800")),
    maxLength: 6,
  });
  fc.assert(
    fc.property(letters, (text) => {
      const isHex = /^(?:[0-9a-f]{2})*$/.test(text) && !text.includes("\n");
      if (isHex) assert.equal(toHex(fromHex(text)), text);
      else assert.throws(() => fromHex(text), { code: "bytes-not-hex" }, JSON.stringify(text));
    }),
    { numRuns: 20_000 },
  );
  assert.throws(() => fromHex("00", 2), { code: "bytes-wrong-length" });
});

test("what is put together to be looked at once is the same, and is written over by the next", () => {
  const parts = [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)];
  const seen = concatOnce(...parts);
  assert.deepEqual(seen, concat(...parts));
  concatOnce(Uint8Array.of(9, 9, 9));
  assert.deepEqual([...seen], [9, 9, 9]);
  // A parcel is put together in such memory, too; what is larger than any of them has its own.
  for (const [length, first] of [
    [1_000_003, 9],
    [2 ** 23, 7],
  ] as const) {
    const large = new Uint8Array(length).fill(7);
    const whole = concatOnce(large, Uint8Array.of(1));
    assert.deepEqual(whole, concat(large, Uint8Array.of(1)));
    concatOnce(Uint8Array.of(9));
    assert.equal(whole[0], first);
  }
});
