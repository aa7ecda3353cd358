/** A party suspends the line alone: what protects people goes on, everything else waits, and nobody is misled. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Signer, signCose } from "../../src/crypto/index.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import { isParleyError, type ParleyError } from "../../src/wire/error.ts";
import { parley, parleyJson } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startNodes, startProcess, until } from "../support/nodes.ts";
import { sayRegardless } from "../support/regardless.ts";

const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));
const alone = (releaser: string) => ({ drafter: null, releaser });
const stop = {
  kind: "alert" as const,
  subject: "Stop",
  body: {
    alert: "STOP",
    volumes: [
      { footprint: { type: "point", at: { lat: 36, lon: 44 } }, height: null, window: { start: null, end: null } },
    ],
    remarks: "",
  },
};
const site = {
  kind: "site" as const,
  subject: "School",
  body: { category: "school", footprint: { type: "point", at: { lat: 36.2, lon: 43.5 } } },
};

test("a party suspends the line alone, says who and why, and resumes it; what protects people flows throughout", async () => {
  const line = await makeLine({ passphrase: "correct horse" });
  const nodes = await startNodes(line);
  const [southern, northern] = [desk(line.party("southern")), desk(line.party("northern"))];
  const south = ["--dir", line.party("southern").dir, "--as", "admin-1"];
  try {
    const [convoy] = (await northern.tell(movementRequest("before"))) as [string];
    const watch = await northern.as("watch-1");
    const waiting = await watch.createDraft({ body: movementRequest("signed before") });
    const bytes = waiting.items.map((item) => fromBase64(item.bytes));
    const sign = async (label: "parley/v1/drafted" | "parley/v1/released", officer: string) => {
      const { signer } = line.party("northern").officers[officer] as { signer: Signer };
      return Promise.all(bytes.map(async (each) => toBase64(await signCose(label, each, signer))));
    };
    const params = { id: waiting.id };
    await watch.signDraft({ params, body: { signatures: await sign("parley/v1/drafted", "watch-1") } });

    await parleyJson(["pair", "suspend", "--reason", "terms-not-kept", "-y", ...south]);
    const twice = await parley(["pair", "suspend", "-y", ...south]);
    assert.match(twice.stderr, /code: standing-unchanged/);

    await assert.rejects(southern.tell(movementRequest()), coded("line-suspended"));
    const status = await until("northern knows", async () => {
      const found = await watch.status();
      return found.state === "suspended" ? found : null;
    });
    assert.deepEqual(
      status.suspended.map(({ party, reason }) => [party, reason]),
      [["southern", "terms-not-kept"]],
    );
    await assert.rejects(northern.tell(movementRequest()), (error: ParleyError) => {
      assert.equal(error.code, "line-suspended");
      assert.match(
        error.message,
        /Southern Command has suspended the line since .*Z \(the line's terms were not kept\)/,
      );
      return true;
    });
    const releaser = await northern.as("watch-2");
    const released = { signatures: await sign("parley/v1/released", "watch-2"), confirmed_findings: true };
    await assert.rejects(releaser.releaseDraft({ params, body: released }), coded("line-suspended"));
    assert.equal((await watch.draft({ params })).state, "signed", "it waits");
    const said = await parley(["status", "--dir", line.party("northern").dir, "--as", "watch-1"]);
    assert.match(said.stdout, /SUSPENDED\s+by Southern Command since .*the line's terms were not kept/);

    await northern.tell({ items: [stop] }, alone("watch-1"));
    await northern.tell({ items: [site] });
    await southern.tell({ items: [site] });
    const read = {
      kind: "read" as const,
      subject: "read",
      body: {},
      re: { relation: "reads" as const, message: convoy },
    };
    await southern.tell({ items: [read] }, alone("watch-1"));

    await nodes["southern"]?.kill();
    const regardless = await sayRegardless(line.party("southern"));
    nodes["southern"] = await startProcess(line.party("southern"));
    const heard = await until("what was said all the same", async () => {
      return (await watch.messages()).messages.find(({ hash }) => hash === regardless);
    });
    assert.deepEqual(heard.faults, ["line-suspended"]);
    assert.equal((await (await desk(line.party("southern")).as("watch-1")).status()).state, "suspended");

    await parleyJson(["pair", "resume", "-y", ...south]);
    await until("northern knows", async () => (await watch.status()).state === "open");
    const { released: out } = await releaser.releaseDraft({ params, body: released });
    const sent = out[0]?.hash ?? "";
    const again = await desk(line.party("southern")).as("watch-1");
    const there = await until("it", async () => (await again.messages()).messages.find(({ hash }) => hash === sent));
    assert.deepEqual(there.faults, []);
    const [resumed] = (await desk(line.party("southern")).tell(movementRequest("resumed"))) as [string];
    const back = await until("it", async () => (await watch.messages()).messages.find(({ hash }) => hash === resumed));
    assert.deepEqual(back.faults, []);
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});
