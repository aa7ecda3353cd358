/** What an author that closed its log no longer stands by, as the others show it; and what a fork must not make it believe. */
import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { closeGeneration, silentLogger, startNode } from "../../src/server/index.ts";
import { parley } from "../cli/run.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, movementRequest, rungAt, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };

for (const longer of [false, true]) {
  const which = longer ? "the log that others hold is the longer one" : "both logs are as long";
  test(`after a fork nothing counts as stored or opened that never was, and nobody can tell what is stood by: ${which}`, () =>
    forked(longer ? 4 : 0));
}

/** `more`: what the first of the two says beyond what stands in the same place in both. */
async function forked(more: number): Promise<void> {
  const line = await makeLine({ parties: PARTIES.slice(0, 2), passphrase: "correct horse" });
  const party = line.party("northern");
  const tell = async (subject: string) => (await desk(party).tell(movementRequest(subject)))[0] as string;
  const asNorth = async (hash: string) => (await desk(party).as("watch-1")).message({ params: { hash } });
  const south = () => desk(line.party("southern")).as("watch-1");
  const copy = join(line.dir, "copy");
  let northern = await startNode(party.dir, quiet);
  let southern = await startNode(line.party("southern").dir, quiet);
  try {
    const kept = await tell("before the copy");
    await until("it", async () => rungAt(await asNorth(kept), "southern", "opened"));
    await northern.stop();
    cpSync(party.dir, copy, { recursive: true });
    northern = await startNode(party.dir, quiet);
    const first = await tell("by the first");
    await until("it", async () => rungAt(await asNorth(first), "southern", "opened"));
    const further: string[] = [];
    for (let i = 0; i < more; i++) further.push(await tell("further by the first"));
    for (const hash of further) await until("it", async () => rungAt(await asNorth(hash), "southern", "opened"));
    await northern.stop();
    await southern.stop();

    rmSync(party.dir, { recursive: true });
    cpSync(copy, party.dir, { recursive: true });
    northern = await startNode(party.dir, quiet);
    const second = await tell("by the second, in the same place");
    southern = await startNode(line.party("southern").dir, quiet);
    await until("the split", async () => (await (await south()).status()).peers.some(({ split }) => split));
    await northern.stop();
    await closeGeneration(suite, party.dir, {
      cause: "split",
      next: null,
      now: Date.now(),
      confirm: async () => undefined,
      signer: async () => seedSigner(suite, party.identity),
    });
    northern = await startNode(party.dir, quiet);
    const fresh = await tell("afterwards");
    await until("it", async () => rungAt(await asNorth(fresh), "southern", "opened"));

    const unheard = await asNorth(second);
    assert.equal(unheard.summary.index, (await (await south()).message({ params: { hash: first } })).summary.index);
    assert.deepEqual(
      (["stored", "opened"] as const).map((rung) => rungAt(unheard, "southern", rung)),
      [null, null],
    );
    const { messages } = await (await south()).messages();
    const shown = Object.fromEntries(messages.map(({ hash, disowned }) => [hash, disowned]));
    const unsure = Object.fromEntries([kept, first, ...further].map((hash) => [hash, shown[hash]]));
    assert.deepEqual(
      Object.entries(shown).filter(([hash]) => !(hash in unsure)),
      [[fresh, null]],
    );
    assert.ok([unsure[kept], unsure[first]].every((mark) => mark === "unsure"));
    assert.ok(further.every((hash) => ["unsure", "beyond"].includes(unsure[hash] as string)));
    const as = ["--dir", line.party("southern").dir, "--as", "watch-1"];
    assert.match((await parley(["inbox", ...as])).stdout, /by the first +! its author closed its log$/m);
    assert.match(
      (await parley(["show", first, ...as])).stdout,
      /its author +closed this log .* ask whether it said this/,
    );
  } finally {
    await northern.stop();
    await southern.stop();
    line.remove();
  }
}
