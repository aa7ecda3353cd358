/** A watch is handed over: one officer signs what is open, another person takes it, and both can be shown. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { signCose } from "../../src/crypto/index.ts";
import { HANDOVER_GIVEN, HANDOVER_TAKEN } from "../../src/line/index.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parley, parleyJson } from "../cli/run.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { makeLine, OFFICERS, PARTIES } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));

test("the watch is handed over: signed by one, taken by another person, kept, listed and exported", async () => {
  const twin = { id: "watch-3", person: "person-1", roles: ["watch" as const] };
  const parties = PARTIES.slice(0, 2).map((party) => ({ ...party, officers: [...OFFICERS, twin] }));
  const line = await makeLine({ passphrase: "correct horse", parties });
  const [north, south] = [line.party("northern"), line.party("southern")];
  const nodes = await Promise.all([north, south].map(({ dir }) => startNode(dir, { logger: silentLogger })));
  try {
    await desk(north).tell(movementRequest("Convoy at dawn"));
    const as = (officer: string) => desk(south).as(officer);
    const sign = async (label: typeof HANDOVER_GIVEN | typeof HANDOVER_TAKEN, officer: string, bytes: string) => {
      const { signer } = south.officers[officer] ?? assert.fail(officer);
      return toBase64(await signCose(label, fromBase64(bytes), signer));
    };
    const one = await as("watch-1");
    await until("the movement", async () => (await one.inbox()).items.length > 0);
    const composed = await one.composeHandover({ body: { words: "CANARY-words: the liaison rings at 0500Z." } });
    assert.deepEqual(
      composed.facts.waiting.map(({ subject, from }) => [subject, from]),
      [["Convoy at dawn", "northern"]],
    );
    assert.deepEqual(
      composed.facts.lines.map(({ party }) => party),
      ["northern"],
    );
    const params = { id: composed.id };
    const given = await sign(HANDOVER_GIVEN, "watch-1", composed.bytes);
    await assert.rejects(
      one.giveHandover({ params: { id: "ab".repeat(32) }, body: { signature: given } }),
      coded("not-found"),
    );
    const wrong = await sign(HANDOVER_TAKEN, "watch-1", composed.bytes);
    await assert.rejects(one.giveHandover({ params, body: { signature: wrong } }), coded("handover-signature"));
    const other = await sign(HANDOVER_GIVEN, "watch-2", composed.bytes);
    await assert.rejects(
      (await as("watch-2")).giveHandover({ params, body: { signature: other } }),
      coded("same-person"),
    );
    await one.giveHandover({ params, body: { signature: given } });

    for (const self of ["watch-1", "watch-3"]) {
      const signature = await sign(HANDOVER_TAKEN, self, composed.bytes);
      await assert.rejects((await as(self)).takeHandover({ params, body: { signature } }), coded("same-person"));
    }
    await assert.rejects((await as("planner-1")).handovers(), coded("role-missing"));

    const second = ["--dir", south.dir, "--as", "watch-2"];
    await parleyJson(["watch", "handover", "take", "last", "-y", ...second]);
    const { taken } = await one.handover({ params });
    assert.equal(taken?.by, "watch-2");
    const shown = await parley(["watch", "handover", "show", "last", ...second]);
    assert.match(shown.stdout, /Convoy at dawn[\s\S]*CANARY-words[\s\S]*taken by watch-2/);
    const again = await parleyJson(["watch", "handover", "give", "--words", "Quiet.", "-y", ...second]);
    assert.equal((again as { given_by: string }).given_by, "watch-2");
    const list = await parley(["watch", "handover", "list", ...second]);
    assert.match(list.stdout, /watch-2 +NOBODY YET[\s\S]*watch-1 +watch-2/);
    const file = join(line.dir, "shift.json");
    await parley(["watch", "handover", "export", composed.id, "-o", file, ...second]);
    const written = JSON.parse(readFileSync(file, "utf8")) as { parley: string; bytes: string; given: string };
    assert.deepEqual([written.parley, written.bytes, written.given], ["parley-handover/v1", composed.bytes, given]);
    assert.ok(!Buffer.from(await one.export()).includes("CANARY"), "a handover is in no export of the line");
    assert.ok(!readFileSync(join(south.dir, "line.sqlite")).includes("CANARY"));
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

test("the health of a line: heard, receipted on both sides, and what is owed while a node is gone", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [north, south] = [line.party("northern"), line.party("southern")];
  const northern = await startNode(north.dir, { logger: silentLogger });
  const ahead = 90_000;
  const southern = await startNode(south.dir, { logger: silentLogger, now: () => Date.now() + ahead });
  try {
    const watch = await desk(north).as("watch-1");
    const healthy = await until("receipts on both sides", async () => {
      const [found] = (await watch.lineHealth()).lines;
      return found?.last_heard_at != null && found.receipts_owed_to_us + found.receipts_owed_by_us === 0 ? found : null;
    });
    assert.deepEqual([healthy.party, healthy.state, healthy.to_fetch, healthy.fault], ["southern", "active", 0, null]);
    assert.ok(Math.abs((healthy.clock_ahead_ms ?? 0) - ahead) < 20_000, `${healthy.clock_ahead_ms} ms ahead`);
    await southern.stop();
    await desk(north).tell(movementRequest("while it is gone"));
    const alone = await until("the fault", async () => {
      const [found] = (await watch.lineHealth()).lines;
      return found?.fault === null ? null : found;
    });
    assert.equal(alone?.fault?.code, "peer-unreachable");
    assert.ok((alone?.receipts_owed_to_us ?? 0) >= 1);
  } finally {
    await Promise.all([northern.stop(), southern.stop()]);
    line.remove();
  }
});
