/** Rules for pairs in a line's terms: proposed, joined and signed as they were written, or refused before anything is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { invite, type PairRule, parseInvitation } from "../../src/line/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { newSide, pair, suite, TERMS } from "./sides.ts";

const RULE: PairRule = {
  plan: "airstrike",
  against: "site:hospital",
  lateral_m: 5000.125,
  vertical_m: 150,
  time_s: 3600,
  grave: "critical",
  reason: "Nobody inside can leave in time.",
};
const { reason: _, ...BARE } = RULE;

test("rules reach the signed charter as they were proposed, and none at all leave it as it was", async () => {
  const rules = [RULE, { ...BARE, against: "*", grave: null }];
  const { file, texts } = await pair(undefined, { ...TERMS, rules });
  assert.deepEqual(parseInvitation(suite, texts.invitation).terms.rules, rules);
  assert.deepEqual(file.charter.rules, rules);
  const none = await pair(undefined, { ...TERMS, rules: [] });
  assert.ok(!("rules" in none.file.charter));
});

test("a rule that does not hold together is not even proposed", async () => {
  const host = newSide("northern", "Northern Command");
  const many = Array.from({ length: 65 }, (_none, i) => ({ ...BARE, plan: `plan-${i}` }));
  const long = many.slice(1).map((rule) => ({ ...rule, reason: "x".repeat(500) }));
  const faulty: readonly (readonly [string, readonly PairRule[]])[] = [
    ["charter-malformed", [{ ...RULE, lateral_m: 0.0004 }]],
    ["charter-malformed", [{ ...RULE, time_s: 0.5 }]],
    ["charter-malformed", [{ ...RULE, vertical_m: Number.NaN }]],
    ["charter-malformed", [{ ...RULE, lateral_m: -1 }]],
    ["charter-malformed", [{ ...RULE, time_s: 31_622_401 }]],
    ["charter-malformed", [RULE, { ...RULE, lateral_m: 1 }]],
    ["charter-malformed", many],
    ["charter-malformed", [{ ...RULE, plan: " airstrike" }]],
    ["charter-malformed", [{ ...RULE, reason: "Turned \u202eround." }]],
    ["charter-malformed", long],
  ];
  for (const [code, rules] of faulty) {
    await assert.rejects(invite(suite, host, { ...TERMS, rules }, host.identity), (error) => {
      return isParleyError(error, code) || assert.fail(String(error));
    });
  }
});
