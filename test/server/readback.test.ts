import assert from "node:assert/strict";
import { test } from "node:test";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { verifyEvidence } from "../../src/line/index.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";
import { sayRegardless } from "../support/regardless.ts";

const quiet = { logger: silentLogger };
const SAYS = "says same; what was entered differs by 11.2 km";

const entry = (field: string, value: object) => ({ field, position: null, at: null, height_m: null, ...value });

test("a receiver who says that he entered the same, and did not, convinces nobody", async () => {
  const line = await makeLine();
  const [north, south] = [line.party("northern"), line.party("southern")];
  const northern = await startNode(north.dir, quiet);
  let southern = await startNode(south.dir, quiet);
  try {
    const start = Date.now() + 7_200_000;
    const [hash] = (await desk(north).tell(movementRequest("Convoy", start))) as [string];
    const receiver = await desk(south).as("watch-1");
    await until("it", async () => (await receiver.messages()).messages.some((each) => each.hash === hash));
    const body = {
      entries: [
        entry("route.0.position", { position: { lat: 36.19, lon: 44.01 } }),
        entry("route.0.at", { at: start }),
        entry("route.1.position", { position: { lat: 36.451, lon: 43.13 } }),
        entry("route.1.at", { at: start + 3_600_000 }),
      ],
      result: "same",
      differences: [],
    };
    const re = { relation: "reads-back" as const, message: hash };
    const request = { items: [{ kind: "readback" as const, subject: "read back", body, re }] };
    await assert.rejects(desk(south).tell(request, { drafter: null, releaser: "watch-1" }), (error) => {
      assert.ok(isParleyError(error, "readback-untrue"), String(error));
      return error.message.includes(SAYS);
    });
    await southern.stop();
    const untrue = await sayRegardless(south, { kind: "readback", re, body });
    southern = await startNode(south.dir, quiet);

    const author = await desk(north).as("watch-1");
    const rung = await until("the rung", async () => {
      const { ladder } = await author.message({ params: { hash } });
      const found = ladder.find(({ party }) => party === "southern")?.rungs.find((each) => each.rung === "readback");
      return found?.at == null ? null : found;
    });
    assert.equal(rung.says, SAYS);
    assert.equal((await author.message({ params: { hash: untrue } })).compared, SAYS);
    assert.equal((await author.message({ params: { hash } })).compared, null);
    const pins = line.line.charter.parties.map(({ id, identity }) => {
      return { party: id, fingerprint: keyFingerprint(suite, identity) };
    });
    const report = verifyEvidence(suite, await author.messageEvidence({ params: { hash } }), pins);
    assert.deepEqual(report.faults, []);
    const told = report.messages.find((message) => message.hash === hash);
    assert.deepEqual(
      told?.replies.map(({ kind, says }) => [kind, says]),
      [["readback", SAYS]],
    );
    assert.equal(report.messages.find((message) => message.hash === untrue)?.says, SAYS);
  } finally {
    await Promise.all([northern.stop(), southern.stop()]);
    line.remove();
  }
});
