import assert from "node:assert/strict";
import { test } from "node:test";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { testCallFacts } from "../../src/server/watch/test-calls.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { Hostile } from "../attack/hostile.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const MINUTE = 60_000;

test("test calls are made as the charter says, echoed by the node that opens them, and a missing echo is told", async () => {
  const line = await makeLine({ terms: { test_call_interval_s: 300 } });
  let ahead = 0;
  const quiet = { logger: silentLogger, now: () => Date.now() + ahead };
  const nodes = await Promise.all(["northern", "southern"].map((id) => startNode(line.party(id).dir, quiet)));
  try {
    const healthOf = async (id: string) => {
      const { lines } = await (await desk(line.party("northern")).as("watch-1")).lineHealth();
      return lines.find(({ party }) => party === id)?.test_call.state;
    };
    // Each says something once it is ready to.
    for (const id of ["northern", "southern"]) await desk(line.party(id)).tell(movementRequest());
    assert.equal(await healthOf("southern"), "none");
    ahead += 2 * MINUTE;
    await until("southern's echo", async () => (await healthOf("southern")) === "answered");
    assert.equal(await healthOf("relief"), "waiting");
    // Relief's node was never started; a made-up echo of it would be of a number that nobody gave it.
    const relief = new Hostile(line, "relief");
    relief.notice([{ code: "test-call", id: "ab".repeat(16), echo: true, at: Date.now() + ahead }]);
    await relief.send("northern", { segments: [relief.history.segment(0)] });
    ahead += 3 * MINUTE;
    await until("it is missed", async () => (await healthOf("relief")) === "missed");
    const { steps } = await (await desk(line.party("northern")).as("admin-1")).doctor();
    const codes = steps.filter(({ step }) => step.startsWith("test call")).map(({ party, code }) => [party, code]);
    assert.ok(codes.some(([party, code]) => party === "southern" && code === null));
    // Relief's steps end at the first that fails, which is that nobody is there.
    assert.ok(steps.some(({ party, outcome }) => party === "relief" && outcome === "failed"));
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

test("a call is missed when its time is up, answered by an echo of it alone, and none where nobody goes", () => {
  const party = parsePartyId("southern");
  const [old, fresh] = [
    { id: "1", at: 0 },
    { id: "2", at: 10 * MINUTE },
  ] as const;
  const at = (now: number, echoed: typeof old | typeof fresh | null, reached = true) => {
    const echoes = new Map(echoed === null ? [] : [[party, { call: echoed, at: echoed.at + 1 }]]);
    return testCallFacts({ calls: [fresh, old], echoes }, party, { now, patience: 2 * MINUTE, reached });
  };
  assert.equal(at(11 * MINUTE, fresh).state, "answered");
  assert.equal(at(11 * MINUTE, old).state, "waiting");
  assert.equal(at(13 * MINUTE, old).state, "missed");
  assert.deepEqual(at(13 * MINUTE, null), { state: "missed", calledAt: 0, lastEchoAt: null });
  assert.equal(at(13 * MINUTE, null, false).state, "none");
});
