/** An author whose log was forked, by malice or by a copied disk: what a third party shows and hands on stays true and valid. */
import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { verifyEvidence } from "../../src/line/index.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, rungAt, until } from "../support/nodes.ts";
import { suite } from "./hostile.ts";

const quiet = { logger: silentLogger };

test("a receipt over the other of two logs proves nothing of this one, on a ladder or in evidence", async () => {
  const line = await makeLine();
  const [north, south, relief] = [line.party("northern"), line.party("southern"), line.party("relief")];
  const copy = join(line.dir, "copy");
  const running = new Map<string, Awaited<ReturnType<typeof startNode>>>();
  const start = async (...parties: readonly { readonly dir: string }[]) => {
    for (const { dir } of parties) running.set(dir, await startNode(dir, quiet));
  };
  const stop = async (...parties: readonly { readonly dir: string }[]) => {
    for (const { dir } of parties) await running.get(dir)?.stop();
    for (const { dir } of parties) running.delete(dir);
  };
  const tell = async (subject: string) => (await desk(north).tell(movementRequest(subject)))[0] as string;
  const openedBy = (hash: string, party: string) =>
    until(party, async () => {
      const client = await desk(north).as("watch-1");
      return rungAt(await client.message({ params: { hash } }), party, "opened");
    });
  try {
    await start(north, south, relief);
    const kept = await tell("before the copy");
    for (const party of ["southern", "relief"]) await openedBy(kept, party);
    await stop(relief, north);
    cpSync(north.dir, copy, { recursive: true });
    await start(north);
    for (let i = 0; i < 5; i++) await openedBy(await tell("by the first"), "southern");
    await stop(north, south);
    rmSync(north.dir, { recursive: true });
    cpSync(copy, north.dir, { recursive: true });
    await start(north, relief);
    const second = await tell("by the second, in the same place");
    await openedBy(second, "relief");
    // Relief hears from southern of receipts over the first.
    await stop(north);
    await start(south);
    const rescuer = async () => desk(relief).as("watch-1");
    const known = async () => (await (await rescuer()).status()).peers.find(({ party }) => party === "northern");
    await until("the longer log", async () => ((await known())?.known_size ?? 0) > ((await known())?.size ?? 0));
    await stop(south, relief);
    await start(north);
    for (let i = 0; i < 14; i++) await tell("further by the second");
    await start(relief);
    await until("the split", async () => (await known())?.split);

    const client = await rescuer();
    const shown = await client.message({ params: { hash: second } });
    const rungs = (["stored", "opened"] as const).map((rung) => rungAt(shown, "southern", rung));
    assert.deepEqual(rungs, [null, null]);
    const pins = line.line.charter.parties.map(({ id, identity }) => {
      return { party: id, fingerprint: keyFingerprint(suite, identity) };
    });
    const one = await client.messageEvidence({ params: { hash: second } });
    for (const file of [one, await client.export()]) assert.deepEqual(verifyEvidence(suite, file, pins).faults, []);
  } finally {
    await stop(north, south, relief);
    line.remove();
  }
});
