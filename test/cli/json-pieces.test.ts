import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { jsonPieces } from "../../src/cli/json-pieces.ts";

test("pieces are together what JSON.stringify makes of the whole", () => {
  const list = fc.array(fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)), { maxLength: 5 });
  const value = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.string(), fc.oneof(list, fc.jsonValue(), fc.constant(undefined))),
  );
  fc.assert(fc.property(value, (one) => assert.equal([...jsonPieces(one)].join(""), JSON.stringify(one))));
  for (const length of [0, 1, 999, 1000, 1001, 2000, 2001]) {
    const rows = { rows: Array.from({ length }, (_, i) => ({ i })), rest: length };
    assert.equal([...jsonPieces(rows)].join(""), JSON.stringify(rows));
    assert.ok([...jsonPieces(rows)].every((piece) => piece.length < 20_000));
  }
});
