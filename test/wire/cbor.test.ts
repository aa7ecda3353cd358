import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bytesHead,
  type CborValue,
  decodeCbor,
  decodeCborInPlace,
  decodeGeneral,
  encodeCbor,
  encodeCborOnce,
  encodeGeneral,
} from "../../src/wire/cbor.ts";
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

test("what is encoded to be looked at once is the same, and is written over by the next", () => {
  fc.assert(fc.property(value, (original) => assert.deepEqual(encodeCborOnce(original), encodeCbor(original))));
  const seen = encodeCborOnce("one");
  const kept = encodeCbor("two");
  encodeCbor("three");
  assert.equal(decodeCbor(kept, 9), "two");
  assert.notEqual(seen[1], "o".charCodeAt(0));
});

test("what is read in place is what is read, and sees the bytes that were given", () => {
  fc.assert(
    fc.property(value, (original) => {
      const bytes = encodeCbor(original);
      assert.deepEqual(decodeCborInPlace(bytes, 1 << 20), decodeCbor(bytes, 1 << 20));
    }),
  );
  const bytes = encodeCbor(Uint8Array.of(1, 2, 3));
  const [seen, copy] = [decodeCborInPlace(bytes, 9), decodeCbor(bytes, 9)];
  bytes[1] = 9;
  assert.deepEqual([seen, copy], [Uint8Array.of(9, 2, 3), Uint8Array.of(1, 2, 3)]);
});

test("a byte string's head is what stands before it", () => {
  for (const length of [0, 23, 24, 255, 256, 65_535, 65_536]) {
    const whole = encodeCbor(new Uint8Array(length));
    assert.deepEqual(bytesHead(length), whole.subarray(0, whole.length - length));
  }
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

test("the quick way writes what the library writes, and refuses what it refuses", () => {
  const odd = fc.oneof(
    value,
    fc.double(),
    fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }),
    fc.string({ unit: "binary" }),
    fc.constant("\ud800"),
    fc.maxSafeInteger(),
    fc.string({ minLength: 40, maxLength: 70 }),
    fc.uint8Array({ minLength: 250, maxLength: 260 }),
    fc.array(value, { minLength: 22, maxLength: 26 }),
    fc.dictionary(fc.string({ unit: "binary", maxLength: 3 }), value, { maxKeys: 30 }),
  ) as fc.Arbitrary<CborValue>;
  const result = (encode: (given: CborValue) => Uint8Array, given: CborValue): string => {
    try {
      return toHex(encode(given));
    } catch {
      return "refused";
    }
  };
  fc.assert(
    fc.property(odd, (given) => assert.equal(result(encodeCbor, given), result(encodeGeneral, given))),
    { numRuns: 2000 },
  );
});

test("the quick way reads what the library reads, and refuses what it refuses with the same code", () => {
  const verdict = (decode: (bytes: Uint8Array) => CborValue, bytes: Uint8Array): unknown => {
    try {
      return decode(bytes);
    } catch (error) {
      return isParleyError(error) ? error.code : error;
    }
  };
  const changed = fc.tuple(value, fc.nat(), fc.nat({ max: 255 })).map(([original, place, byte]) => {
    const bytes = encodeGeneral(original);
    bytes[place % bytes.length] = byte;
    return bytes;
  });
  const both = (bytes: Uint8Array) =>
    assert.deepEqual(
      verdict((each) => decodeCbor(each, 1 << 20), bytes),
      verdict(decodeGeneral, bytes),
    );
  fc.assert(fc.property(fc.oneof(value.map(encodeGeneral), changed, fc.uint8Array({ maxLength: 12 })), both), {
    numRuns: 20_000,
  });
  for (const [, hex] of REFUSED) both(fromHex(hex));
  for (const depth of [15, 16, 17]) {
    both(fromHex(`${"81".repeat(depth)}00`));
    both(fromHex(`${"81".repeat(depth)}80`));
    both(fromHex(`${"a1616b".repeat(depth)}00`));
    both(fromHex(`${"a1616b".repeat(depth)}a0`));
  }
  for (const head of [
    "1bffffffffffffffff",
    "3b001fffffffffffff",
    "3b001ffffffffffffe",
    "1b001fffffffffffff",
    "a0",
    "a10102",
  ]) {
    both(fromHex(head));
  }
});

test("bytes that were read are not those of the structure: changing one does not change the other", () => {
  const bytes = encodeCbor([Uint8Array.of(1, 2, 3)]);
  const [read] = decodeCbor(bytes, 100) as [Uint8Array];
  read[0] = 9;
  assert.deepEqual(bytes, Uint8Array.of(0x81, 0x43, 1, 2, 3));
  const fromBuffer = Buffer.from(bytes);
  const [again] = decodeCbor(fromBuffer, 100) as [Uint8Array];
  again[0] = 9;
  assert.equal(fromBuffer[2], 1);
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
