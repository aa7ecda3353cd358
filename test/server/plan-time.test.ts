/** Plans as time passes: what begins and ends by the clock alone, and who tries to make a GO of it. */
import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { destination, movingVolume } from "../../src/geo/index.ts";
import { certificateFile, go, override, planState } from "../../src/server/plans/decisions.ts";
import type { PrivateItem } from "../../src/store/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parsePlanId } from "../../src/wire/id.ts";
import { at, BY, coded, goNow, HERE, item, MINUTE, MSN, NEVER, open, withLine } from "./plan-clock.ts";

test("time alone begins and ends a conflict, ends the certificate and the GO, and tells so", () =>
  withLine(async (line) => {
    const desk = open(line, at(8));
    const { node } = desk;
    node.plans.put("holding", [item("TEAM", "team", at(10), at(12), 1500)], BY);
    const [conflict, ...more] = node.plans.put("plan", [item("MSN-1", "firing", at(12, 20), at(14))], BY);
    assert.equal(more.length, 0);
    assert.deepEqual(conflict?.against, { type: "holding", id: "TEAM", from: null, kind: null, name: "The TEAM" });
    assert.deepEqual([conflict.grave, conflict.phase], ["critical", "ahead"]);
    assert.deepEqual(conflict.why?.rule, { plan: "firing", against: "holding:*" });
    assert.equal(conflict.why.set, "defaults");
    assert.match(conflict.why.because, /at most 2,000 m apart in place, at any height, and 30 min in time/);
    assert.deepEqual(desk.conflictEvents(), [[1, 0, 0]]);
    assert.throws(() => goNow(desk), coded("plan-breach"));
    const overridden = override(node, MSN, BY, { against: "holding:TEAM", reason: "They are in the cellar." });
    assert.equal(overridden.state.breaches, 0);
    assert.equal(goNow(desk).state.decision?.decision, "GO");

    // Nothing happens before its moment, and at it no more than that.
    desk.events.length = 0;
    desk.set(at(12) - 1);
    node.plans.settle();
    assert.deepEqual(desk.conflictEvents(), []);
    desk.set(at(12));
    node.plans.settle();
    assert.deepEqual(desk.conflictEvents(), [[0, 1, 0]]);
    assert.equal(node.plans.conflicts()[0]?.phase, "now");
    assert.equal(planState(node, MSN).state.decision?.lapsed_at, null);
    desk.set(at(12, 20) + 1);
    node.plans.settle();
    assert.deepEqual(desk.conflictEvents(), [[0, 1, 0]]);
    assert.equal(node.plans.conflicts()[0]?.phase, "past");

    // The longest separation of all is an hour: as long may the team be late.
    desk.set(at(13));
    node.plans.settle();
    assert.deepEqual(desk.conflictEvents(), []);
    desk.set(at(13) + 1);
    node.plans.settle();
    const told = desk.events.find(({ type }) => type === "certificate");
    assert.deepEqual(told, {
      type: "certificate",
      at: at(13) + 1,
      lapsed: 1,
      go_lapsed: 1,
      plans: [{ id: MSN, go: true }],
    });
    assert.deepEqual(desk.conflictEvents(), [[0, 0, 1]]);
    const { state } = planState(node, MSN);
    assert.equal(state.certificate?.outcome.outcome, "clear");
    assert.equal(state.decision?.lapsed_at, at(13) + 1);

    // The plan itself is over in the end: that makes nothing clear, and nothing goes any more.
    desk.set(at(15) + 1);
    node.plans.settle();
    assert.throws(() => goNow(desk), coded("plan-over"));
    assert.equal(planState(node, MSN).state.certificate?.at, state.certificate.at);
    await node.close();
  }));

test("a plan that is over when it is put is certified for nothing", () =>
  withLine(async (line) => {
    const { node } = open(line, at(20));
    assert.deepEqual(node.plans.put("plan", [item("MSN-1", "firing", at(8), at(9))], BY), []);
    assert.equal(planState(node, MSN).state.certificate, null);
    assert.throws(() => go(node, MSN, BY, "now"), coded("plan-over"));
    assert.throws(() => certificateFile(node, MSN, false), coded("not-found"));
    await node.close();
  }));

test("what changed between the check and GO is found at GO, by whatever it changed", () =>
  withLine(async (line) => {
    const desk = open(line, at(8));
    const { node } = desk;
    node.plans.put("plan", [item("MSN-1", "firing", at(12), at(14))], BY);
    assert.equal(goNow(desk).state.certificate?.outcome.outcome, "clear");
    const old = certificateFile(node, MSN, false);
    node.plans.put("holding", [item("TEAM", "team", at(12), at(13), 1000)], BY);
    assert.notEqual(planState(node, MSN).state.decision?.lapsed_at, null);
    assert.throws(() => goNow(desk), coded("plan-breach"));
    // An old certificate opens nothing: a GO takes none, but makes its own.
    assert.notEqual(certificateFile(node, MSN, false), old);
    assert.throws(() => goNow(desk), coded("plan-breach"));
    // Nobody was awake when the plan's time ended.
    desk.set(at(23));
    assert.throws(() => goNow(desk), coded("plan-over"));
    await node.close();
  }));

test("a clock that is set back is no way to a GO, and brings back what it had ended", () =>
  withLine(async (line) => {
    const desk = open(line, at(8));
    const { node } = desk;
    node.plans.put("holding", [item("TEAM", "team", at(10), at(12), 1500)], BY);
    node.plans.put("plan", [item("MSN-1", "firing", at(12, 20), at(14))], BY);
    desk.set(at(13, 30));
    assert.equal(goNow(desk).state.certificate?.outcome.outcome, "clear");
    desk.events.length = 0;
    desk.set(at(11));
    assert.throws(() => goNow(desk), coded("clock-stepped-back"));
    node.plans.settle();
    assert.deepEqual(desk.conflictEvents(), [[1, 0, 0]]);
    const { state } = planState(node, MSN);
    assert.equal(state.certificate?.outcome.outcome, "conflicts");
    assert.notEqual(state.decision?.lapsed_at, null);
    await node.close();
  }));

test("a GO that a clock set forward made is none on the node that starts again with the clock set back", () =>
  withLine(async (line) => {
    const before = open(line, at(8));
    before.node.plans.put("holding", [item("TEAM", "team", at(10), at(12), 1500)], BY);
    before.node.plans.put("plan", [item("MSN-1", "firing", at(12, 20), at(14))], BY);
    assert.throws(() => goNow(before), coded("plan-breach"));
    before.set(at(13, 30));
    assert.equal(goNow(before).state.certificate?.outcome.outcome, "clear");
    await before.node.close();
    const after = open(line, at(8, 5));
    await after.node.plans.prepare(NEVER);
    after.node.certificates.recheck();
    assert.equal(after.node.plans.conflicts().length, 1);
    const { state } = planState(after.node, MSN);
    assert.notEqual(state.decision?.lapsed_at, null);
    assert.equal(state.breaches, 1);
    assert.ok(after.events.some((event) => event.type === "certificate" && event.go_lapsed === 1));
    assert.throws(() => goNow(after), coded("plan-breach"));
    await after.node.close();
  }));

test("a window's last millisecond still counts at GO, and the first after it does not", () =>
  withLine(async (line) => {
    const desk = open(line, at(8));
    const { node } = desk;
    node.plans.put("holding", [item("TEAM", "team", at(10), at(12), 1500)], BY);
    node.plans.put("plan", [item("MSN-1", "firing", at(12, 20), at(14))], BY);
    // Nobody settles: GO itself looks at the clock, and the longest separation in time is an hour.
    desk.set(at(13));
    assert.throws(() => goNow(desk), coded("plan-breach"));
    desk.set(at(13) + 1);
    assert.equal(goNow(desk).state.decision?.decision, "GO");
    desk.set(at(15));
    assert.equal(goNow(desk).state.decision?.decision, "GO");
    desk.set(at(15) + 1);
    assert.throws(() => goNow(desk), coded("plan-over"));
    await node.close();
  }));

test("after a restart everything is as it was, and nobody is told twice; what ended meanwhile is told", () =>
  withLine(async (line) => {
    const before = open(line, at(8));
    before.node.plans.put(
      "holding",
      [item("TEAM", "team", at(10), at(12), 1500), item("POST", "team", at(10), at(18), 900)],
      BY,
    );
    before.node.plans.put("plan", [item("MSN-1", "firing", at(12, 20), at(14))], BY);
    const stood = before.node.plans.conflicts();
    assert.equal(stood.length, 2);
    await before.node.close();
    const after = open(line, at(8, 1));
    await after.node.plans.prepare(NEVER);
    after.node.certificates.recheck();
    assert.deepEqual(after.node.plans.conflicts(), stood);
    assert.deepEqual(after.events, []);
    await after.node.close();
    const late = open(line, at(13, 1));
    await late.node.plans.prepare(NEVER);
    assert.deepEqual(
      late.node.plans.conflicts().map(({ against }) => against.id),
      ["POST"],
    );
    assert.deepEqual(late.conflictEvents(), [[0, 1, 1]]);
    await late.node.close();
  }));

test("a node's own rules tighten the charter's and never loosen them; a faulty file names every fault", () =>
  withLine(async (line) => {
    const { dir } = line.party("southern");
    const near = [item("MSN-1", "patrol", at(12), at(14))];
    const team = [item("TEAM", "team", at(12), at(14), 2000)];
    const plain = open(line, at(8));
    plain.node.plans.put("holding", team, BY);
    assert.deepEqual(plain.node.plans.put("plan", near, BY), []);
    const hash = planState(plain.node, MSN).state.certificate?.hash;
    await plain.node.close();

    appendFileSync(join(dir, "parley.toml"), 'rules = "rules.json"\n');
    const write = (rules: unknown) => writeFileSync(join(dir, "rules.json"), JSON.stringify(rules));
    assert.throws(() => open(line, at(8)), coded("config-malformed"));
    write({
      default: { lateral_m: -1 },
      pairs: [
        { plan: "*", against: "*", time: 5 },
        { plan: "", against: "*" },
      ],
    });
    assert.throws(
      () => open(line, at(8)),
      (error) => {
        assert.ok(isParleyError(error, "config-malformed"));
        assert.match(error.message, /\/default\/lateral_m.*\/pairs\/0.*\/pairs\/1\/plan/);
        return true;
      },
    );
    write({
      default: { lateral_m: 0 },
      pairs: [{ plan: "patrol", against: "holding:team", lateral_m: 5000, grave: "high", reason: "Mines." }],
    });
    const own = open(line, at(8));
    await own.node.plans.prepare(NEVER);
    own.node.certificates.recheck();
    const [conflict] = own.node.plans.conflicts();
    assert.deepEqual([conflict?.grave, conflict?.why?.set, conflict?.why?.reason], ["high", "own", "Mines."]);
    assert.notEqual(planState(own.node, MSN).state.certificate?.hash, hash);
    // Its default of nothing at all loosens nothing: the charter's 500 m still count.
    const site = { category: "hospital", kind: "site", volumes: item("x", "x", at(12), at(13), 600).volumes };
    const asked = own.node.plans.check({ type: "draft", id: "check", name: "a site" }, site);
    assert.deepEqual(
      asked.map(({ own: { id }, against }) => [id, against.id]),
      [["check", "MSN-1"]],
    );
    await own.node.close();
  }));

test("a plan that moves leaves its legs behind, and one that recurs its days", () =>
  withLine(async (line) => {
    const desk = open(line, at(8));
    const { node } = desk;
    node.plans.put("holding", [item("TEAM", "team", at(0), at(23), 0)], BY);
    const start = destination(HERE, 270, 10_000);
    const fixes = [0, 10_000, 40_000].map((metres, i) => ({ position: destination(start, 90, metres), at: at(9 + i) }));
    const route = movingVolume(fixes, { tolerance_s: 60, width_m: 20, height: null });
    const lift: PrivateItem = { id: MSN, name: "Lift", category: "firing", volumes: [route], remarks: "" };
    const daily = { every_days: 1, from_ms: 8 * 60 * MINUTE, for_ms: 60 * MINUTE };
    const [still] = item("x", "firing", at(0), at(23), 800).volumes;
    assert.ok(still !== undefined);
    const range: PrivateItem = { ...lift, id: parsePlanId("RANGE"), volumes: [{ ...still, recurs: daily }] };
    const found = node.plans.put("plan", [lift, range], BY);
    assert.deepEqual(
      found.map(({ own, phase }) => [own.id, phase]),
      [
        ["MSN-1", "ahead"],
        ["RANGE", "now"],
      ],
    );
    const [passed] = found;
    // It passes the team at ten, and is on its way for another hour.
    assert.equal(passed?.distance_m, 0);
    assert.ok(passed.time.start !== null && passed.time.start > at(9, 45) && passed.time.start < at(10));
    const ids = () => node.plans.conflicts().map(({ own }) => own.id);
    desk.set(at(10) + 1);
    node.plans.settle();
    assert.deepEqual(ids(), ["MSN-1"]);
    // The leg towards the team is over an hour and a tolerance after ten; the one away from it begins there.
    desk.set(at(11, 1) + 1);
    node.plans.settle();
    assert.deepEqual(ids(), ["MSN-1"]);
    desk.set(at(12, 1) + 1);
    node.plans.settle();
    assert.deepEqual(ids(), []);
    await node.close();
  }));

test("a plan that is not kept yet is checked as it would be if it were: against holdings, not against other plans", async () => {
  await withLine(async (line) => {
    const { node } = open(line, at(10));
    const near = item("MSN-2", "strike", at(11), at(13), 100);
    node.plans.put("plan", [near], BY);
    node.plans.put("holding", [item("TEAM-7", "team", at(11), at(13), 200)], BY);
    const { remarks: _, ...asked } = item("MSN-1", "strike", at(12), at(14));
    const found = node.plans.checkPlan(asked);
    assert.deepEqual(
      found.map(({ own, against }) => [own.type, own.id, own.name, against.type, against.id]),
      [["plan", "MSN-1", "The MSN-1", "holding", "TEAM-7"]],
    );
    assert.deepEqual(
      node.plans.items("plan").map(({ id }) => id),
      ["MSN-2"],
    );
    assert.equal(node.plans.conflictsOfPlan(MSN).length, 0);
    // Kept, it conflicts in the same way.
    node.plans.put("plan", [{ ...asked, remarks: "" }], BY);
    assert.deepEqual(
      node.plans.conflictsOfPlan(MSN).map(({ against }) => against.id),
      ["TEAM-7"],
    );
  });
});
