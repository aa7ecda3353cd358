import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { keyFingerprint, signCose } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { verifyEvidence } from "../../src/line/index.ts";
import { fromBase64, toBase64 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { freePort, makeLine } from "../support/line.ts";
import { desk, movementRequest, rungAt, startProcess, until } from "../support/nodes.ts";
import { startOnSmallDisk, whyNoRoom } from "../support/room.ts";

/** More than what SQLite's write-ahead log may already have set aside on the disk. */
const COUNT = 1100;
const skip = whyNoRoom() ?? false;

test(
  "a release onto a disk that is really full says so, half-does nothing, and goes through when there is room",
  { skip },
  async () => {
    const line = await makeLine();
    const north = line.party("northern");
    const port = await freePort();
    appendFileSync(join(north.dir, "parley.toml"), `metrics_listen = "127.0.0.1:${port}"\n`);
    const ready = async () => {
      const reply = await fetch(`http://127.0.0.1:${port}/ready`);
      return [reply.status, (await reply.text()).trim()];
    };
    const disk = await startOnSmallDisk(north, "64m");
    const southern = await startProcess(line.party("southern"));
    try {
      const northern = desk(north);
      const [drafter, releaser] = [await northern.as("watch-1"), await northern.as("watch-2")];
      const items = Array.from({ length: COUNT }, (_, i) => ({
        kind: "site" as const,
        subject: `School ${i}`,
        body: { category: "school", footprint: { type: "point", at: { lat: 36.2, lon: 43 + i / 1000 } } },
      }));
      const draft = await drafter.createDraft({ body: { items, list_name: "Schools" } });
      const params = { id: draft.id };
      const signed = async (label: "parley/v1/drafted" | "parley/v1/released", officer: string) => {
        const signer = north.officers[officer]?.signer;
        assert.ok(signer);
        const bytes = draft.items.map((item) => fromBase64(item.bytes));
        return Promise.all(bytes.map(async (each) => toBase64(await signCose(label, each, signer))));
      };
      await drafter.signDraft({ params, body: { signatures: await signed("parley/v1/drafted", "watch-1") } });
      const body = { signatures: await signed("parley/v1/released", "watch-2") };
      const south = desk(line.party("southern"));
      await until("the first exchange", async () => (await drafter.status()).peers.some(({ size }) => size > 1));

      disk.fill();
      const before = (await drafter.status()).log;
      await assert.rejects(releaser.releaseDraft({ params, body }), (error) => {
        assert.ok(isParleyError(error, "disk-full"), String(error));
        assert.equal(error.http, 507);
        assert.match(error.next, /Free space/);
        return true;
      });
      const after = await drafter.status();
      // A notice is small, and may have found room in what the store had set aside.
      assert.ok(after.log.size < before.size + COUNT);
      assert.deepEqual((await drafter.messages({ query: { kind: "site" } })).messages, []);
      assert.equal((await drafter.draft({ params })).state, "signed", "the draft waits as it was");
      await assert.rejects(releaser.releaseDraft({ params, body }), (error) => isParleyError(error, "disk-full"));
      const [heard] = (await south.tell(movementRequest("meanwhile"))) as [string];

      // Health is asked for again and again: that a small write found room means nothing.
      for (let i = 0; i < 3; i++) assert.deepEqual(await ready(), [503, "disk-full"]);

      disk.free();
      assert.deepEqual(await ready(), [200, "ok"], "it is tried, and nobody has to write first");
      const { released } = await releaser.releaseDraft({ params, body });
      assert.equal(released.length, COUNT);
      const indices = released.map(({ index }) => index);
      assert.deepEqual(
        indices,
        indices.map((_, i) => (indices[0] as number) + i),
      );
      const other = await south.as("watch-1");
      const last = { hash: released.at(-1)?.hash ?? "" };
      await until("all of it at the other side", async () => {
        return (await other.messages({ query: { kind: "site", limit: 5000 } })).messages.length === COUNT;
      });
      await until("its receipt", async () => rungAt(await drafter.message({ params: last }), "southern", "stored"));
      await until("what was said meanwhile", async () => {
        return (await drafter.messages({ query: { kind: "movement" } })).messages.some(({ hash }) => hash === heard);
      });
      const pins = line.line.charter.parties.map(({ id, identity }) => {
        return { party: id, fingerprint: keyFingerprint(suite, identity) };
      });
      const report = verifyEvidence(suite, await drafter.messageEvidence({ params: last }), pins);
      assert.deepEqual(report.faults, []);
      assert.equal(await disk.stop(), 0);
    } finally {
      await Promise.all([disk.stop(), southern.stop()]);
      line.remove();
    }
  },
);
