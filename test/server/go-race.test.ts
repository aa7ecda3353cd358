/** Attacks on GO between real nodes: what arrives while it is said, a node that dies in between, another's opening. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Client } from "../../src/api/index.ts";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { verifyCertificateFile } from "../../src/deconflict/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startNodes, startProcess, until } from "../support/nodes.ts";

const start = Date.now() + 7_200_000;
const plan = (id: string, lat: number) => ({
  id,
  name: id,
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

const NEAR = { params: { id: "MSN-1" } };
const FAR = { params: { id: "MSN-2" } };
const GO = { body: { although_behind: null } };
type Went = Awaited<ReturnType<Client["goPlan"]>>;

/** GO, again and again as fast as the node answers, until one is refused for a breach. */
async function goUntilBreach(planner: Client, went: Went[]): Promise<void> {
  await until("the breach", async () => {
    try {
      went.push(await planner.goPlan({ ...NEAR, ...GO }));
      return null;
    } catch (error) {
      if (isParleyError(error, "plan-breach")) return true;
      // It has heard of what it has not got yet: no GO either.
      if (isParleyError(error, "certificate-behind")) return null;
      throw error;
    }
  });
}

test("a movement that arrives while GO is said is in the certificate, or ends it; a death in between changes nothing", async () => {
  const line = await makeLine({ terms: { separation_m: 1000 } });
  const nodes = await startNodes(line);
  try {
    const southern = desk(line.party("southern"));
    const planner = await southern.as("planner-1");
    await planner.putPlans({ body: { items: [plan("MSN-1", 36.27), plan("MSN-2", 34)] } });
    await until("GO", () => planner.goPlan({ ...NEAR, ...GO }).catch(() => null));

    const went: Went[] = [];
    const racing = goUntilBreach(planner, went);
    const telling = desk(line.party("relief")).tell(movementRequest("Convoy", start));
    const [[hash]] = (await Promise.all([telling, racing])) as [[string], void];
    // Each GO that was given stood on a certificate of what was known at its moment, and that was clear.
    for (const { state, conflicts } of went) {
      assert.deepEqual([state.certificate?.outcome, conflicts.length, state.breaches], [{ outcome: "clear" }, 0, 0]);
      assert.equal(state.decision?.certificate, state.certificate?.hash);
    }
    const { state, conflicts } = await planner.planState(NEAR);
    assert.deepEqual(
      conflicts.map(({ against }) => against.id),
      [hash],
    );
    assert.notEqual(state.decision?.lapsed_at, null, "the GO that was given last is one no more");

    await nodes["southern"]?.kill();
    nodes["southern"] = await startProcess(line.party("southern"));
    const again = await desk(line.party("southern")).as("planner-1");
    const after = (await again.planState(NEAR)).state;
    assert.deepEqual(
      [after.decision, after.certificate?.outcome, after.breaches],
      [state.decision, state.certificate?.outcome, 1],
    );
    const refused: Went[] = [];
    await goUntilBreach(again, refused);
    assert.deepEqual(refused, []);

    // What a stranger is shown: the opening of another plan, and one from which the conflict was struck.
    const pins = line.line.charter.parties.map(({ id, identity }) => {
      return { party: id, fingerprint: keyFingerprint(suite, identity) };
    });
    const file = async (of: typeof NEAR) =>
      JSON.parse(await again.planCertificate({ ...of, query: { opened: "yes" } }));
    const [near, far] = [await file(NEAR), await file(FAR)];
    const codes = (shown: unknown) =>
      verifyCertificateFile(suite, `${JSON.stringify(shown, null, 2)}\n`, pins).faults.map(({ code }) => code);
    assert.deepEqual([codes(near), codes(far)], [[], []]);
    assert.equal(near.opening.findings.length, 1);
    const swapped = [
      { ...near, opening: far.opening },
      { ...near, opening: { ...near.opening, findings: [] } },
      { ...near, opening: { ...near.opening, salt: far.opening.salt } },
      { ...near, opening: { ...near.opening, plan: far.opening.plan } },
      { ...far, opening: { ...far.opening, findings: near.opening.findings } },
    ];
    for (const shown of swapped) assert.deepEqual(codes(shown), ["certificate-opening"]);
    assert.deepEqual(codes({ ...near, certificate: far.certificate }).length > 0, true);
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});
