import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type CborValue, decodeCbor, encodeCbor } from "../../src/wire/cbor.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";

const value: fc.Arbitrary<CborValue> = fc.letrec<{ any: CborValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array(),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("any"), { maxKeys: 4 }),
  ),
})).any;

test("what encodes decodes to the same bytes again", () => {
  fc.assert(
    fc.property(value, (original) => {
      const bytes = encodeCbor(original);
      assert.deepEqual(encodeCbor(decodeCbor(bytes, 1 << 20)), bytes);
    }),
  );
});

test("arbitrary bytes decode to themselves or give only the declared errors", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        assert.deepEqual(encodeCbor(decodeCbor(bytes, 64)), bytes);
      } catch (error) {
        assert.ok(isParleyError(error, "cbor-malformed", "cbor-not-canonical", "cbor-too-deep"), String(error));
      }
    }),
    { numRuns: 5000 },
  );
});

const REFUSED: readonly (readonly [string, string, string])[] = [
  ["a float", "fb3ff8000000000000", "cbor-not-canonical"],
  ["a whole number as a float", "f93c00", "cbor-not-canonical"],
  ["a longer head than needed", "1801", "cbor-malformed"],
  ["unsorted keys", "a2616201616101", "cbor-not-canonical"],
  ["a duplicate key", "a2616101616102", "cbor-malformed"],
  ["an indefinite array", "9f01ff", "cbor-malformed"],
  ["a tag", "c11a514b67b0", "cbor-malformed"],
  ["undefined", "f7", "cbor-malformed"],
  ["trailing bytes", "0000", "cbor-malformed"],
  ["a cut text", "6261", "cbor-malformed"],
  ["bad UTF-8", "61ff", "cbor-not-canonical"],
  ["mixed keys", "a2016161616202", "cbor-malformed"],
  ["a huge count", "9b00ffffffffffffff", "cbor-malformed"],
  ["seventeen arrays in each other", "81".repeat(17) + "00", "cbor-too-deep"],
];

for (const [what, hex, code] of REFUSED) {
  test(`${what} is refused with ${code}`, () => {
    assert.throws(
      () => decodeCbor(fromHex(hex), 1024),
      (error) => isParleyError(error, code),
    );
  });
}

test("a million nested arrays are refused without a stack overflow", () => {
  const bytes = new Uint8Array(1_000_001).fill(0x81);
  assert.throws(
    () => decodeCbor(bytes, 1 << 21),
    (error) => isParleyError(error, "cbor-too-deep"),
  );
});

test("floats are never encoded", () => {
  assert.throws(() => encodeCbor(1.5));
  assert.throws(() => encodeCbor({ a: [-0] }));
});

test("a hostile key stays data", () => {
  const bytes = encodeCbor(Object.fromEntries([["__proto__", 1]]));
  const back = decodeCbor(bytes, 100) as Record<string, unknown>;
  assert.equal(Object.getPrototypeOf(back), null);
  assert.equal(toHex(encodeCbor(back as CborValue)), toHex(bytes));
});
