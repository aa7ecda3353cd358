import assert from "node:assert/strict";
import { test } from "node:test";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { verifyEvidence } from "../../src/line/index.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { desk, movementRequest, rungAt, startNodes, startProcess, until } from "../support/nodes.ts";

const noted = { answer: "NOTED", scope: "message", reason: "", words: "", until: null, at: null };
const alone = (releaser: string) => ({ drafter: null, releaser });

function pinsOf(line: MadeLine) {
  return line.line.charter.parties.map(({ id, identity }) => ({
    party: id,
    fingerprint: keyFingerprint(suite, identity),
  }));
}

test("a movement goes the whole way between three nodes, and its evidence verifies", async () => {
  const line = await makeLine();
  const nodes = await startNodes(line);
  try {
    const relief = desk(line.party("relief"));
    const northern = desk(line.party("northern"));
    const [hash] = (await relief.tell(movementRequest())) as [string];
    const params = { hash };
    const watch = await northern.as("watch-1");

    const heard = await until("the movement", async () => {
      const { items } = await watch.inbox();
      return items.find(({ message }) => message.hash === hash);
    });
    assert.deepEqual(heard.needs, ["read", "readback", "answer"]);

    const re = (relation: "reads" | "answers") => ({ relation, message: hash });
    await northern.tell({ items: [{ kind: "read", subject: "read", body: {}, re: re("reads") }] }, alone("watch-1"));
    await northern.tell(
      { items: [{ kind: "answer", subject: "noted", body: noted, re: re("answers") }] },
      alone("watch-1"),
    );

    const author = await relief.as("watch-1");
    const detail = await until("every rung", async () => {
      const seen = await author.message({ params });
      // A node's notices are a second apart: "opened" may come after the answer.
      const awaited = [
        ["northern", "answered"],
        ["northern", "opened"],
        ["southern", "opened"],
      ] as const;
      return awaited.every(([party, rung]) => rungAt(seen, party, rung) !== null) ? seen : null;
    });
    for (const rung of ["released", "sent", "stored", "opened", "read", "answered"]) {
      assert.notEqual(rungAt(detail, "northern", rung), null, `northern: ${rung}`);
    }
    for (const rung of ["read", "readback", "answered", "reached"]) {
      assert.equal(rungAt(detail, "southern", rung), null, `southern: ${rung}`);
    }
    assert.equal(detail.signers.length, 2);
    assert.equal(detail.thread.length, 2);
    const { items } = await watch.inbox();
    assert.deepEqual(
      items.map(({ needs }) => needs),
      [["readback"]],
    );

    for (const file of [await watch.messageEvidence({ params }), await watch.export()]) {
      const report = verifyEvidence(suite, file, pinsOf(line));
      assert.deepEqual(report.faults, []);
      assert.ok(report.ok);
      assert.ok(report.messages.some((message) => message.hash === hash));
      const altered = Uint8Array.from(file);
      altered[Math.floor(file.length / 2)] = (altered[Math.floor(file.length / 2)] as number) ^ 1;
      assert.ok(!verifyEvidence(suite, altered, pinsOf(line)).ok);
    }
    const { ok, steps } = await (await relief.as("admin-1")).doctor();
    assert.ok(ok, JSON.stringify(steps.filter(({ outcome }) => outcome !== "ok")));
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});

test("a plan that comes too near what is told is warned of, on its own node only, before and after", async () => {
  const line = await makeLine({ terms: { separation_m: 1000 } });
  const nodes = await startNodes(line);
  try {
    const southern = desk(line.party("southern"));
    const relief = desk(line.party("relief"));
    const planner = await southern.as("planner-1");
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
    const before = await planner.putPlans({ body: { items: [plan("near", 36.27), plan("far", 34)] } });
    assert.deepEqual(before.conflicts, []);
    const [hash] = (await relief.tell(movementRequest("Convoy", start))) as [string];
    const found = await until("the conflict", async () => {
      const { conflicts } = await planner.conflicts();
      return conflicts.length > 0 ? conflicts : null;
    });
    assert.deepEqual(
      found.map(({ own, against }) => [own.id, against.id]),
      [["near", hash]],
    );
    const after = await planner.putPlans({ body: { items: [plan("later", 36.28)] } });
    assert.deepEqual(
      after.conflicts.map(({ own }) => own.id),
      ["later"],
    );
    const watch = await southern.as("watch-1");
    assert.equal((await watch.message({ params: { hash } })).conflicts.length, 2);
    const auditor = await southern.as("admin-1");
    assert.deepEqual((await auditor.message({ params: { hash } })).conflicts, []);

    const withdrawal = { kind: "withdrawal" as const, subject: "called off", body: { reason: "Called off." } };
    await relief.tell({ items: [{ ...withdrawal, re: { relation: "withdraws", message: hash } }] });
    await until("no conflict", async () => (await planner.conflicts()).conflicts.length === 0);
    for (const node of Object.values(nodes)) assert.ok(!node.log().includes("CANARY"));
    assert.ok(!Buffer.from(await watch.export()).includes("CANARY"));
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});

test("nodes that are killed at any moment lose nothing and say nothing twice", async () => {
  const line = await makeLine();
  const nodes = await startNodes(line);
  try {
    const told: string[] = [];
    for (let round = 0; round < 4; round++) {
      const relief = desk(line.party("relief"));
      told.push(...(await relief.tell(movementRequest(`Convoy ${round}`))));
      const victim = (["relief", "northern", "southern", "relief"] as const)[round] as string;
      await new Promise((resolve) => setTimeout(resolve, round * 15));
      await nodes[victim]?.kill();
      nodes[victim] = await startProcess(line.party(victim));
    }
    const author = await desk(line.party("relief")).as("watch-1");
    for (const hash of told) {
      await until(`${hash} opened by both`, async () => {
        const detail = await author.message({ params: { hash } });
        return ["northern", "southern"].every((party) => rungAt(detail, party, "opened") !== null);
      });
    }
    for (const party of ["northern", "southern"]) {
      const { messages } = await (await desk(line.party(party)).as("watch-1")).messages();
      assert.deepEqual(messages.map(({ hash }) => hash).toSorted(), told.toSorted());
      const file = await (await desk(line.party(party)).as("watch-1")).export();
      assert.deepEqual(verifyEvidence(suite, file, pinsOf(line)).faults, []);
    }
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});
