/** Whatever can be found, and whatever cannot be decided, has words of its own: no officer reads another's language at night. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as english from "../../src/console/words/en/index.ts";
import { FINDINGS } from "../../src/intake/index.ts";

test("every finding of intake and of the node has words", () => {
  const codes = [
    ...Object.keys(FINDINGS),
    "precision-too-fine",
    "outside-area",
    "contradicts-public",
    "narrow-too-long",
  ];
  assert.deepEqual(
    codes.filter((code) => !Object.hasOwn(english.finding, code)),
    [],
  );
});
