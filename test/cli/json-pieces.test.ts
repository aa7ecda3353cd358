import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import fc from "fast-check";
import { jsonPieces } from "../../src/cli/json-pieces.ts";

async function piecesOf(value: unknown): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of jsonPieces(value)) pieces.push(piece);
  return pieces;
}

test("pieces are together what JSON.stringify makes of the whole", async () => {
  const list = fc.array(fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)), { maxLength: 5 });
  const value = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.string(), fc.oneof(list, fc.jsonValue(), fc.constant(undefined))),
  );
  await fc.assert(
    fc.asyncProperty(value, async (one) => assert.equal((await piecesOf(one)).join(""), JSON.stringify(one))),
  );
  for (const length of [0, 1, 999, 1000, 1001, 2000, 2001]) {
    const rows = { rows: Array.from({ length }, (_, i) => ({ i })), rest: length };
    const pieces = await piecesOf(rows);
    assert.equal(pieces.join(""), JSON.stringify(rows));
    assert.ok(pieces.every((piece) => piece.length < 20_000));
    const coming = { ...rows, rows: Readable.from(rows.rows) };
    assert.equal((await piecesOf(coming)).join(""), JSON.stringify(rows));
  }
});
