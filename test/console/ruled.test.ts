/** The form for plans names the categories that rules name: it does not load the engine for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RULED_CATEGORIES } from "../../src/console/draft/ruled.ts";
import { DEFAULT_RULES, planWords } from "../../src/deconflict/index.ts";

test("the form's hint names just the categories by which Parley's own rules name plans", () => {
  assert.deepEqual(RULED_CATEGORIES, planWords([DEFAULT_RULES]));
});
