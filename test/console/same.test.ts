import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isSame } from "../../src/console/live/same.ts";

test("two replies are the same where and only where their JSON says the same, in whatever order", () => {
  const value = fc.jsonValue();
  fc.assert(
    fc.property(value, value, (a, b) => {
      assert.equal(isSame(a, structuredClone(a)), true);
      let isEqual = true;
      try {
        assert.deepStrictEqual(a, b);
      } catch {
        isEqual = false;
      }
      assert.equal(isSame(a, b), isEqual);
    }),
  );
  assert.equal(isSame({ a: 1, b: [null] }, { b: [null], a: 1 }), true);
  for (const other of [{ a: 1 }, { a: 1, b: [0] }, { a: 1, b: {} }, { a: 1, b: [null, null] }, null, "x"]) {
    assert.equal(isSame({ a: 1, b: [null] }, other), false);
  }
});
