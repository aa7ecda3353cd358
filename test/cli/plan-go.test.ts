/** A planner at the command line: GO, refused, overridden, and the certificate that a stranger verifies. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Plan, PlanStateReply, Suggestions } from "../../src/api/index.ts";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startNodes } from "../support/nodes.ts";
import { eventually } from "./line.ts";
import { parley, parleyJson, start } from "./run.ts";

test("plan go: clear, refused with a breach, overridden; its certificate verifies with a fingerprint alone", async () => {
  const line = await makeLine({ passphrase: "correct horse", terms: { separation_m: 1000 } });
  const nodes = await startNodes(line);
  const cwd = line.dir;
  try {
    const south = line.party("southern");
    const as = ["--dir", south.dir, "--as", "planner-1"];
    const place = ["--circle", "36.27 43.57 / 500 m"];
    const first = await parley(["plan", "add", "CANARY-1", "--category", "airstrike", ...place, ...as], { cwd });
    assert.match(
      first.stderr,
      /No rule names the category "airstrike" \(1 plan\): .* Rules name firing, strike, flight,/,
    );
    // A route with times, flight levels and hours of each day; several polygons are a volume each.
    const route = {
      times: ["2031-11-24T06:00:00Z", "2031-11-24T07:00:00Z"],
      tolerance_s: 60,
      height: { datum: "FL", lower_fl: 50, upper_fl: 60 },
    };
    const ring = (lon: number) => [
      [lon, 20],
      [lon + 0.1, 20],
      [lon, 20.1],
      [lon, 20],
    ];
    const features = [
      {
        type: "Feature",
        id: "R",
        properties: route,
        geometry: {
          type: "LineString",
          coordinates: [
            [3, 20],
            [3.5, 20],
          ],
        },
      },
      {
        type: "Feature",
        id: "M",
        properties: { recurs: "daily 0600Z to 1000Z", kind: "movement" },
        geometry: { type: "MultiPolygon", coordinates: [[ring(4)], [ring(5)]] },
      },
    ];
    writeFileSync(join(cwd, "plans.geojson"), JSON.stringify({ type: "FeatureCollection", features }));
    const added = await parley(["plan", "add", "plans.geojson", ...as], { cwd });
    assert.match(added.stderr, /\(movement\).*the kind was left out/);
    const { items } = await parleyJson<{ items: Plan[] }>(["plan", "list", ...as], { cwd });
    const volumesOf = (id: string) => items.find((plan) => plan.id === id)?.volumes ?? [];
    assert.deepEqual(volumesOf("R")[0]?.height, { datum: "FL", lower_m: 1524, upper_m: 1828.8 });
    assert.equal(volumesOf("R")[0]?.motion?.times.length, 2);
    assert.deepEqual(
      volumesOf("M").map(({ recurs }) => recurs?.for_ms),
      [14_400_000, 14_400_000],
    );
    const none = await parley(["plan", "go", "CANARY-2", ...as], { cwd });
    assert.match(none.stderr, /code: not-found/);

    await eventually("GO", async () => (await parley(["plan", "go", "CANARY-1", ...as], { cwd })).status === 0);
    const shown = await parley(["plan", "state", "CANARY-1", ...as], { cwd });
    assert.equal(shown.status, 0);
    assert.match(shown.stdout, /CANARY-1: GO by planner-1 at .*Z/);
    assert.match(shown.stdout, /EXERCISE Certificate of a check, by the node of southern \(self-attested\)/);
    assert.match(shown.stdout, /Outcome +clear/);

    const watching = start(["plan", "watch", ...as], { cwd });
    let watched = "";
    watching.stdout?.on("data", (piece: Buffer) => void (watched += piece.toString()));
    const ended = new Promise<number | null>((resolve) => watching.once("close", resolve));
    // Both sign in; the second has waited as long as the first needs.
    for (let i = 0; i < 2; i++) {
      assert.match((await parley(["plan", "why", "CANARY-1", ...as], { cwd })).stdout, /^Nothing is too near CANARY-1/);
    }

    const [hash] = (await desk(line.party("relief")).tell(movementRequest("Convoy"))) as [string];
    await eventually(
      "the conflict",
      async () => (await parley(["plan", "state", "CANARY-1", ...as], { cwd })).status === 1,
    );
    const lapsed = await parley(["plan", "state", "CANARY-1", ...as], { cwd });
    assert.match(lapsed.stdout, /LAPSED at .*: it is no GO any more; 1 breach that nobody has overridden/);
    const why = await parley(["plan", "why", "CANARY-1", ...as], { cwd });
    assert.equal(why.status, 1);
    assert.match(
      why.stdout,
      /CANARY-1 against Convoy \([0-9a-f]{8}…?\), \w+\n.*\n +By the charter: The default rule counts as too near/,
    );
    const refused = await parley(["plan", "go", "CANARY-1", ...as], { cwd });
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /No GO for CANARY-1: .*Convoy.*\n +next: .*plan override.*\n +code: plan-breach/);

    await eventually("the lapse", async () => /Z {2}1 certificate lapsed, and 1 GO with it/.test(watched));
    watching.kill("SIGINT");
    assert.equal(await ended, 0);
    assert.match(watched, /Z {2}began {4}(?:low|high|critical) +plan CANARY-1 against [0-9a-f]{8}/);

    const suggest = ["plan", "suggest", "CANARY-1", ...as];
    const advice = await parleyJson<Suggestions>(suggest, { cwd });
    assert.deepEqual(
      advice.troubles.map(({ against }) => against),
      [hash],
    );
    assert.ok(advice.suggestions.some(({ change }) => change.type === "shift"));

    const reason = "Agreed by voice.";
    const override = ["plan", "override", "CANARY-1", hash.slice(0, 8), "--reason", reason, ...as];
    // What a script left empty names no conflict, though there is but one.
    const empty = await parley(override.with(3, ""), { cwd });
    assert.deepEqual([empty.status, /code: id-unknown/.test(empty.stderr)], [2, true], empty.stderr);
    const { state } = await parleyJson<PlanStateReply>(override, { cwd });
    assert.deepEqual([state.breaches, state.overrides[0]?.reason], [0, reason]);
    const went = await parley(["plan", "go", "CANARY-1", ...as], { cwd });
    assert.equal(went.status, 0, went.stderr);
    assert.match(went.stdout, /Outcome +1 conflict, the gravest/);

    await parleyJson(["plan", "certificate", "CANARY-1", "-o", "closed", ...as], { cwd });
    await parleyJson(["plan", "certificate", "CANARY-1", "--opened", "-o", "opened", ...as], { cwd });
    assert.ok(!readFileSync(join(cwd, "closed"), "utf8").includes("CANARY"));
    const identity = line.line.charter.parties.find(({ id }) => id === south.id)?.identity ?? new Uint8Array(32);
    const pin = ["--fingerprint", `southern=${keyFingerprint(suite, identity)}`];
    const verified = await parley(["verify", "closed", ...pin], { cwd });
    assert.equal(verified.status, 0, verified.stderr);
    assert.match(verified.stdout, /^OK {2}signed by the node of southern\.\n[\s\S]*Self-attested/);
    assert.match((await parley(["verify", "opened", ...pin], { cwd })).stdout, /The plan that was checked: CANARY-1/);
    const text = readFileSync(join(cwd, "opened"), "utf8");
    writeFileSync(join(cwd, "altered"), text.replace("CANARY-1", "CANARY-9"));
    const altered = await parleyJson<{ faults: { code: string }[] }>(["verify", "altered", ...pin], { cwd, status: 1 });
    assert.deepEqual(
      altered.faults.map(({ code }) => code),
      ["certificate-opening"],
    );

    const beyond = await parley([...suggest, "--apply", String(advice.suggestions.length + 1)], { cwd });
    assert.equal(beyond.status, 2);
    assert.match(beyond.stderr, /--apply \d+: CANARY-1 has the suggestions 1 to \d+\.[^]*code: usage/);
    const applied = await parley([...suggest, "--apply", "1"], { cwd });
    assert.equal(applied.status, 0, applied.stderr);
    assert.match(applied.stdout, /^Applied: "CANARY-1" is clear of all if .* No conflict\.$/m);
    const clear = await parleyJson<PlanStateReply>(["plan", "state", "CANARY-1", ...as], { cwd });
    assert.deepEqual([clear.conflicts, clear.state.decision?.lapsed_at === null], [[], false]);
    const list = await parleyJson<{ items: Plan[] }>(["plan", "list", ...as], { cwd });
    const changed = list.items.find((plan) => plan.id === "CANARY-1");
    assert.deepEqual(changed?.volumes, advice.suggestions[0]?.volumes);
    assert.equal(changed?.category, "airstrike");

    const no = await parley(["plan", "no-go", "CANARY-1", "--reason", "Not today.", ...as], { cwd });
    assert.match(no.stdout, /CANARY-1: NO GO by planner-1 at .*Z \(Not today\.\)/);
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});
