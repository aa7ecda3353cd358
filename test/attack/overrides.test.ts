/** Ways to a GO that rests on what somebody overrode when it was something else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { override, planState } from "../../src/server/plans/decisions.ts";
import { at, BY, coded, goNow, item, MSN, NEVER, open, withLine } from "../server/plan-clock.ts";

test("a holding that is moved takes the overrides against it along, and the GO that rested on them", () =>
  withLine(async (line) => {
    const desk = open(line, at(8));
    const { node } = desk;
    const team = (metres: number) => item("TEAM", "team", at(10), at(14), metres);
    const OVERRIDE = { against: "holding:TEAM", reason: "They are in the cellar, nearly two kilometres away." };
    node.plans.put("holding", [team(1900)], BY);
    node.plans.put("plan", [item("MSN-1", "firing", at(12), at(14))], BY);
    override(node, MSN, BY, OVERRIDE);
    assert.equal(goNow(desk).state.decision?.decision, "GO");
    // Files of holdings are put again and again: the same one changes nothing.
    node.plans.put("holding", [team(1800), team(1900)], BY);
    assert.deepEqual([planState(node, MSN).state.breaches, planState(node, MSN).state.decision?.lapsed_at], [0, null]);
    // As grave as before, by its rule, and now where the shells fall.
    desk.events.length = 0;
    node.plans.put("holding", [team(0)], BY);
    const { state } = planState(node, MSN);
    assert.deepEqual([state.breaches, state.overrides.length, state.decision?.lapsed_at], [1, 0, at(8)]);
    assert.ok(desk.events.some((event) => event.type === "certificate" && event.go_lapsed === 1));
    assert.throws(() => goNow(desk), coded("plan-breach"));
    // Nor does one that was taken away come back overridden.
    override(node, MSN, BY, OVERRIDE);
    node.plans.remove("holding", team(0).id);
    node.plans.put("holding", [team(100)], BY);
    assert.throws(() => goNow(desk), coded("plan-breach"));
    await node.close();
  }));

test("the gravest stands first, and No GO names it, whichever came first", () =>
  withLine(async (line) => {
    const desk = open(line, at(8));
    const { node } = desk;
    const against = (metres: number) => item(`TEAM-${metres}`, "team", at(10), at(14), metres);
    node.plans.put("plan", [item("MSN-1", "firing", at(12), at(14)), item("MSN-2", "firing", at(12), at(14))], BY);
    node.plans.put("holding", [against(1900), against(300), against(1000)], BY);
    const order = ["TEAM-300", "TEAM-1000", "TEAM-1900"];
    const ids = (conflicts: ReturnType<typeof node.plans.conflicts>) => conflicts.map((each) => each.against.id);
    assert.deepEqual(ids(node.plans.conflictsOfPlan(MSN)), order);
    assert.deepEqual(
      ids(node.plans.conflicts()),
      order.flatMap((id) => [id, id]),
    );
    assert.throws(() => goNow(desk), /comes within 100 m of "The TEAM-300".* And 2 more\./);
    await node.close();
  }));

test("a node that died after a holding was moved, and before it ended the GO, ends it when it starts", () =>
  withLine(async (line) => {
    const before = open(line, at(8));
    const team = (metres: number) => item("TEAM", "team", at(10), at(14), metres);
    before.node.plans.put("holding", [team(1900)], BY);
    before.node.plans.put("plan", [item("MSN-1", "firing", at(12), at(14))], BY);
    override(before.node, MSN, BY, { against: "holding:TEAM", reason: "They are in the cellar." });
    goNow(before);
    before.node.privateStore.commit([
      { write: "put", kind: "holding", items: [team(0)], by: BY, at: at(8) },
      { write: "overrides-against-ended", against: "holding:TEAM", at: at(8) },
    ]);
    await before.node.close();
    const after = open(line, at(8, 5));
    await after.node.plans.prepare(NEVER);
    after.node.certificates.recheck();
    const { state } = planState(after.node, MSN);
    assert.deepEqual([state.breaches, state.decision?.lapsed_at], [1, at(8, 5)]);
    await after.node.close();
  }));
