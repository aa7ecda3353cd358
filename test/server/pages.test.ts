import assert from "node:assert/strict";
import { test } from "node:test";
import { allDrafts, allMessages } from "../../src/api/index.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));

test("every list route says that there is more, and its pages hold all of it once", async () => {
  const line = await makeLine();
  const nodes = await Promise.all(["northern", "southern"].map((id) => startNode(line.party(id).dir, quiet)));
  try {
    const northern = desk(line.party("northern"));
    const client = await northern.as("watch-1");
    const told: string[] = [];
    for (const i of [0, 1, 2]) {
      const [hash] = (await northern.tell(movementRequest(`Convoy ${i}`))) as [string];
      told.push(hash);
      await until("its notice", async () => (await client.notices()).notices.length >= told.length);
    }
    await client.createDraft({ body: movementRequest("Not signed") });

    // A node says something by itself now and then: what the pages hold is compared with one moment.
    const placeOf = ({ origin, index }: { origin: string; index: number }) => `${origin} ${index}`;
    await until("pages of one moment", async () => {
      const whole = await client.notices();
      assert.equal(whole.more, null);
      const seen: string[] = [];
      for (let before: string | null = ""; before !== null;) {
        const page: typeof whole = await client.notices({ query: { limit: 1, ...(before === "" ? {} : { before }) } });
        assert.equal(page.notices.length, 1);
        seen.push(...page.notices.map(placeOf));
        before = page.more;
      }
      assert.equal(new Set(seen).size, seen.length, "each once");
      return seen.join() === whole.notices.map(placeOf).join();
    });

    const { drafts, more } = await client.drafts({ query: { limit: 3 } });
    assert.equal(drafts.length, 3);
    assert.notEqual(more, null);
    const last = await client.drafts({ query: { limit: 3, before: more as string } });
    assert.equal(last.more, null);
    const all = await allDrafts(client);
    assert.deepEqual(
      all.map(({ id }) => id),
      [...drafts, ...last.drafts].map(({ id }) => id),
    );
    assert.equal((await client.status()).counts.drafts, 1);

    const messages: string[] = [];
    for await (const { hash } of allMessages(client)) messages.push(hash);
    assert.deepEqual(messages, told.toReversed());

    for (const before of ["x", "1.2.nowhere", `1.2.parley/${"0".repeat(64)}/northern/0`]) {
      await assert.rejects(client.notices({ query: { before } }), coded("request-malformed"), before);
    }
    await assert.rejects(client.drafts({ query: { before: "x" } }), coded("request-malformed"));
    await assert.rejects(client.drafts({ query: { limit: 0 } }), coded("request-malformed"));
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});
