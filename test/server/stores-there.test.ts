/** A node of which a store was lost does not begin anew: that would be a second history. */
import assert from "node:assert/strict";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { closeGeneration } from "../../src/server/exchange/close-generation.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest } from "../support/nodes.ts";

test("a node whose store is missing says so and starts no log, whichever it is; with the file back it goes on", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  const start = () => startNode(party.dir, { logger: silentLogger });
  try {
    const first = await start();
    await desk(party).tell(movementRequest("before"));
    await first.stop();
    for (const name of ["line.sqlite", "private.sqlite"]) {
      const path = join(party.dir, name);
      renameSync(path, `${path}.away`);
      const isMissing = (error: unknown): boolean =>
        isParleyError(error, "store-missing") && error.message.includes(name) && /restore/.test(error.next);
      await assert.rejects(start(), isMissing);
      assert.ok(!existsSync(path), "and none is made in its place");
      if (name === "line.sqlite") {
        const never = () => assert.fail("nothing is asked");
        const closing = { cause: "node-lost", next: null, now: Date.now(), confirm: never, signer: never } as const;
        await assert.rejects(closeGeneration(suite, party.dir, closing), isMissing);
      }
      renameSync(`${path}.away`, path);
    }
    const again = await start();
    await desk(party).tell(movementRequest("after"));
    const { messages } = await (await desk(party).as("watch-1")).messages();
    assert.equal(messages.length, 2);
    await again.stop();
  } finally {
    line.remove();
  }
});
