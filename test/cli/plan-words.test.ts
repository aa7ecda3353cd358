/** What the command line says of conflicts and certificates, where words could mislead. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { PlanState } from "../../src/api/index.ts";
import { againstText } from "../../src/cli/words.ts";
import { planStateText } from "../../src/cli/certificate-text.ts";
import { linesOf } from "../../src/cli/commands/plan-conflicts.ts";

const AT = Date.UTC(2031, 10, 24, 12);
const MSN = "MSN-1" as PlanState["plan"];

test("a GO that ends though its certificate stands is told as that", () => {
  const said = (lapsed: number, go_lapsed: number) =>
    linesOf({ type: "certificate", at: AT, lapsed, go_lapsed, plans: [{ id: MSN, go: go_lapsed > 0 }] });
  assert.deepEqual(said(0, 1), ["2031-11-24 12:00Z  1 GO ended: MSN-1 (GO)"]);
  assert.deepEqual(said(1, 1), ["2031-11-24 12:00Z  1 certificate lapsed, and 1 GO with it: MSN-1 (GO)"]);
  assert.deepEqual(said(1, 0), ["2031-11-24 12:00Z  1 certificate lapsed: MSN-1"]);
});

test("what has no other name than its id is named once", () => {
  const against = { type: "holding", id: "TEAM-7", name: "TEAM-7", from: null } as never;
  assert.equal(againstText(against), "TEAM-7");
  assert.equal(againstText({ ...(against as object), name: "Team seven" } as never), "Team seven (TEAM-7)");
});

test("what was overridden is named as it is asked for, a holding by its whole id; and a breach names the next step", () => {
  const override = (against: string) => ({
    against,
    grave: "high" as const,
    by: "planner-1" as never,
    at: AT,
    reason: "x",
  });
  const state: PlanState = {
    plan: MSN,
    certificate: null,
    lapsed: null,
    decision: null,
    overrides: [override("holding:TEAM-7 north"), override("ab".repeat(32))],
    breaches: 1,
  };
  const text = planStateText({ state, conflicts: [], rendered: null, behind: [] });
  assert.match(text, /^TEAM-7 north {2}planner-1/m);
  assert.match(text, /^abababab {6}planner-1/m);
  assert.match(text, /\nNext: parley plan suggest /);
  assert.doesNotMatch(
    planStateText({ state: { ...state, breaches: 0 }, conflicts: [], rendered: null, behind: [] }),
    /Next/,
  );
});
