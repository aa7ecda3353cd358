/** Rules for pairs that the parties agreed on: in force on every node, and loosened by none. */
import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { parseRules, rulesHash, verifyCertificateFile } from "../../src/deconflict/index.ts";
import type { PairRule } from "../../src/line/index.ts";
import { rulesInForce } from "../../src/server/plans/rules.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startNodes, until } from "../support/nodes.ts";

const AGREED: PairRule = {
  plan: "airstrike",
  against: "movement:*",
  lateral_m: 40_000,
  vertical_m: 1_000_000,
  time_s: 0,
  grave: "high",
  reason: "Agreed: convoys are not to see them.",
};
const LOOSER = { default: { lateral_m: 0 }, pairs: [{ plan: "airstrike", against: "movement:*", lateral_m: 1 }] };

test("two nodes find by the charter's rule what no other asks for, and the one that would loosen it finds it too", async () => {
  const line = await makeLine({ terms: { separation_m: 500, rules: [AGREED] } });
  const { charter } = line.line;
  const { dir } = line.party("southern");
  writeFileSync(join(dir, "rules.json"), JSON.stringify(LOOSER));
  appendFileSync(join(dir, "parley.toml"), 'rules = "rules.json"\n');
  const nodes = await startNodes(line);
  try {
    const start = Date.now() + 7_200_000;
    const footprint = { type: "circle" as const, centre: { lat: 36.47, lon: 43.57 }, radius_m: 500 };
    const volumes = [{ footprint, height: null, window: { start: start - 60_000, end: start + 7_200_000 } }];
    const strike = { id: "MSN-1", name: "Strike", category: "airstrike", remarks: "", volumes };
    const patrol = { ...strike, id: "MSN-2", category: "patrol" };
    const planners = await Promise.all(
      ["northern", "southern"].map(async (party) => desk(line.party(party)).as("planner-1")),
    );
    for (const planner of planners) await planner.putPlans({ body: { items: [strike, patrol] } });
    const [hash] = await desk(line.party("relief")).tell(movementRequest("Convoy", start));
    const pins = charter.parties.map(({ id, identity }) => ({
      party: id,
      fingerprint: keyFingerprint(suite, identity),
    }));
    for (const [i, planner] of planners.entries()) {
      const found = await until("the conflict", async () => {
        const { conflicts } = await planner.conflicts();
        return conflicts.length > 0 ? conflicts : null;
      });
      assert.deepEqual(
        found.map(({ own, against, grave, why }) => [own.id, against.id, grave, why?.set, why?.rule, why?.reason]),
        [["MSN-1", hash, "high", "charter", { plan: AGREED.plan, against: AGREED.against }, AGREED.reason]],
      );
      const text = await planner.planCertificate({ params: { id: "MSN-1" }, query: {} });
      const own = i === 0 ? null : parseRules(LOOSER);
      const { certificate, faults } = verifyCertificateFile(suite, text, pins);
      assert.deepEqual(faults, []);
      assert.equal(certificate?.rules, rulesHash(suite, rulesInForce(charter, own).layers));
      assert.equal(certificate.outcome.outcome, "conflicts");
    }
  } finally {
    for (const node of Object.values(nodes)) await node.kill();
    line.remove();
  }
});

test("the hash of the rules covers those of the charter; without any it is what it was", () => {
  const terms = { separation_m: 2000, time_separation_s: 900 };
  const hashOf = (rules?: readonly PairRule[]) =>
    rulesHash(suite, rulesInForce(rules === undefined ? terms : { ...terms, rules }, null).layers);
  assert.equal(hashOf([]), hashOf());
  const all = [[], [AGREED], [{ ...AGREED, lateral_m: 39_999.999 }], [{ ...AGREED, reason: "Another." }]].map(hashOf);
  assert.equal(new Set(all).size, all.length);
});
