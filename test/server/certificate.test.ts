/** A plan's certificate, from the check to GO and to its end, between real nodes. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Client, DraftRequest, NodeEvent } from "../../src/api/index.ts";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { verifyCertificateFile } from "../../src/deconflict/index.ts";
import { isParleyError, type ParleyError } from "../../src/wire/error.ts";
import { parseMessageHash } from "../../src/wire/id.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startNodes, startProcess, until } from "../support/nodes.ts";

const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));
const start = Date.now() + 7_200_000;
const plan = (id: string, lat: number) => ({
  id,
  name: `CANARY-${id}`,
  category: "airstrike",
  remarks: "",
  volumes: [
    {
      footprint: { type: "circle" as const, centre: { lat, lon: 43.57 }, radius_m: 500 },
      height: null,
      window: { start: start - 60_000, end: start + 7_200_000 },
    },
  ],
});

/** Events as an officer's page hears them. */
async function listen(client: Client): Promise<{ events: NodeEvent[]; stop: () => void }> {
  const stopping = new AbortController();
  const events: NodeEvent[] = [];
  const stream = await client.events({}, { signal: stopping.signal });
  void (async () => {
    try {
      for await (const event of stream) events.push(event);
    } catch {
      // It was stopped.
    }
  })();
  return { events, stop: () => stopping.abort() };
}

test("clear and GO; a movement makes it lapse and the planner is told; overridden with a reason it goes again", async () => {
  const line = await makeLine({ terms: { separation_m: 1000 } });
  const nodes = await startNodes(line);
  try {
    const southern = desk(line.party("southern"));
    const relief = desk(line.party("relief"));
    const planner = await southern.as("planner-1");
    const watch = await southern.as("watch-1");
    const ear = await listen(planner);
    const near = { params: { id: "CANARY near" } };
    const go = { ...near, body: { although_behind: null } };
    await planner.putPlans({ body: { items: [plan("CANARY near", 36.27), plan("CANARY far", 34)] } });

    const first = await until("GO", () => planner.goPlan(go));
    assert.deepEqual(first.state.certificate?.outcome, { outcome: "clear" });
    assert.equal(first.state.decision?.decision, "GO");
    assert.equal(first.state.decision.by, "planner-1");
    assert.equal(first.state.decision.certificate, first.state.certificate?.hash);
    assert.match(first.rendered?.notice ?? "", /^Self-attested/);
    await assert.rejects(watch.goPlan(go), coded("role-missing"));

    const pins = line.line.charter.parties.map(({ id, identity }) => {
      return { party: id, fingerprint: keyFingerprint(suite, identity) };
    });
    const closed = await planner.planCertificate({ ...near, query: {} });
    assert.ok(!closed.includes("CANARY"));
    const report = verifyCertificateFile(suite, closed, pins);
    assert.deepEqual(report.faults, []);
    assert.equal(report.certificate?.heads.length, 3);
    const opened = verifyCertificateFile(
      suite,
      await planner.planCertificate({ ...near, query: { opened: "yes" } }),
      pins,
    );
    assert.equal(opened.opening?.plan.id, "CANARY near");

    const [hash] = (await relief.tell(movementRequest("Convoy", start))) as [string];
    const told = await until("the event", async () => ear.events.find(({ type }) => type === "certificate"));
    const plans = [{ id: "CANARY near", go: true }];
    assert.deepEqual({ ...told, at: 0 }, { type: "certificate", at: 0, lapsed: 1, go_lapsed: 1, plans });
    const lapsed = await watch.planStates({ query: { lapsed: "yes" } });
    assert.deepEqual(
      lapsed.items.map(({ plan }) => plan),
      ["CANARY near"],
    );
    const { state } = await watch.planState(near);
    assert.deepEqual(state.lapsed?.outcome, { outcome: "clear" });
    assert.equal(state.certificate?.outcome.outcome, "conflicts");
    assert.notEqual(state.decision?.lapsed_at, null);
    assert.equal(state.breaches, 1);
    await assert.rejects(planner.goPlan(go), (error: ParleyError) => {
      assert.equal(error.code, "plan-breach");
      assert.equal(error.exit, 1);
      assert.equal(error.detail["against"], hash);
      return true;
    });
    const far = (await planner.planStates()).items.find(({ plan: id }) => id === "CANARY far");
    assert.deepEqual([far?.certificate?.outcome, far?.lapsed], [{ outcome: "clear" }, null]);

    // The node dies; what it knew, it knows again, and tells nobody twice.
    await nodes["southern"]?.kill();
    nodes["southern"] = await startProcess(line.party("southern"));
    const again = await desk(line.party("southern")).as("planner-1");
    await until("the same word", async () => {
      return again.goPlan(go).then(
        () => assert.fail("it went"),
        (error: unknown) => isParleyError(error, "plan-breach"),
      );
    });
    const against = parseMessageHash(hash);
    const reason = "Agreed by voice: the convoy waits at the depot.";
    const other = { against: parseMessageHash("ab".repeat(32)), reason };
    await assert.rejects(again.overridePlan({ ...near, body: other }), coded("override-refused"));
    const overridden = await again.overridePlan({ ...near, body: { against, reason } });
    assert.deepEqual(
      overridden.state.overrides.map(({ by, reason: why }) => [by, why]),
      [["planner-1", reason]],
    );
    assert.equal((await again.goPlan(go)).state.decision?.lapsed_at, null);

    // Put again it is another plan: neither GO nor override is its own.
    await again.putPlans({ body: { items: [plan("CANARY near", 36.271)] } });
    assert.notEqual((await again.planState(near)).state.decision?.lapsed_at, null);
    await assert.rejects(again.goPlan(go), coded("plan-breach"));
    assert.equal((await again.noGoPlan({ ...near, body: { reason: "Not today." } })).state.decision?.decision, "NO GO");

    const withdrawal = { kind: "withdrawal" as const, subject: "called off", body: { reason: "Called off." } };
    await relief.tell({ items: [{ ...withdrawal, re: { relation: "withdraws", message: hash } }] });
    const clear = await until("clear", async () => {
      const seen = (await again.planState(near)).state;
      return seen.certificate?.outcome.outcome === "clear" ? seen : null;
    });
    assert.equal(clear.decision?.decision, "NO GO");

    ear.stop();
    for (const node of Object.values(nodes)) assert.ok(!node.log().includes("CANARY"));
    for (const party of ["southern", "northern", "relief"]) {
      const client = await desk(line.party(party)).as("watch-1");
      assert.ok(!Buffer.from(await client.export()).includes("CANARY"), party);
    }
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    for (const { id, dir } of Object.values(line.parties)) {
      for (const file of readdirSync(dir).filter((name) => name.startsWith("line.sqlite"))) {
        assert.ok(!readFileSync(join(dir, file)).includes("CANARY"), `${id}/${file}`);
      }
    }
    line.remove();
  }
});

test("a site that is told anew, and still too near, makes a certificate lapse once: in between nothing was clear", async () => {
  const line = await makeLine({ terms: { separation_m: 1000 } });
  const nodes = await startNodes(line);
  try {
    const planner = await desk(line.party("southern")).as("planner-1");
    const relief = desk(line.party("relief"));
    const ear = await listen(planner);
    const site = (lat: number): DraftRequest["items"][number] => ({
      kind: "site",
      subject: "Camp",
      body: { category: "school", footprint: { type: "point", at: { lat, lon: 43.57 } } },
    });
    await planner.putPlans({ body: { items: [plan("CANARY", 36.27)] } });
    const stands = (hash: string) =>
      until(`against ${hash}`, async () => {
        const { state, conflicts } = await planner.planState({ params: { id: "CANARY" } });
        return conflicts.length === 1 && conflicts[0]?.against.id === hash ? state : null;
      });
    const [first] = (await relief.tell({ items: [site(36.271)] })) as [string];
    await stands(first);
    // Nor is what it replaces, or a school beside it, any danger to a site that is drafted; it is to a convoy.
    const anew = { ...site(36.272), re: { relation: "supersedes" as const, message: parseMessageHash(first) } };
    const drafter = await relief.as("watch-1");
    const dangers = async (body: DraftRequest["items"][number]) =>
      (await drafter.checkDraft({ body })).conflicts.length;
    const [convoy] = movementRequest("Convoy", start).items as [DraftRequest["items"][number]];
    const route = [43.5, 43.6].map((lon, i) => ({
      position: { lat: 36.271, lon },
      at: start + i * 3_600_000,
      name: "Camp",
    }));
    assert.deepEqual([await dangers(anew), await dangers(site(36.273))], [0, 0]);
    assert.equal(await dangers({ ...convoy, body: { ...(convoy.body as object), route } }), 1);
    const before = ear.events.length;
    const [second] = (await relief.tell({ items: [anew] })) as [string];
    const state = await stands(second);
    assert.equal(state.lapsed?.outcome.outcome, "conflicts");
    const told = await until("both events", async () => {
      const since = ear.events.slice(before).filter(({ type }) => type === "conflict" || type === "certificate");
      return since.some(({ type }) => type === "certificate") ? since : null;
    });
    assert.deepEqual(
      told.map((event) => (event.type === "conflict" ? [event.began, event.changed, event.ended] : event.type)),
      [[1, 0, 1], "certificate"],
    );
    ear.stop();
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});
