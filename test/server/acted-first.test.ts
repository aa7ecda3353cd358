/** Two officers on one item: the second is told who was first, and loses nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const first = (says: RegExp) => (error: unknown) => {
  assert.ok(isParleyError(error, "acted-first"), String(error));
  assert.match(error.message, says);
  assert.equal(typeof error.detail["by"], "string");
  return true;
};

test("who comes second to a draft, or to an answer, is told who was first", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [north, south] = [line.party("northern"), line.party("southern")];
  const nodes = await Promise.all([north, south].map(({ dir }) => startNode(dir, { logger: silentLogger })));
  try {
    const [one, two] = [await desk(south).as("watch-1"), await desk(south).as("watch-2")];
    const draft = await one.createDraft({ body: movementRequest() });
    const params = { id: draft.id };
    await two.refuseDraft({ params, body: { reason: "Not tonight." } });
    await assert.rejects(
      one.refuseDraft({ params, body: { reason: "Nor tomorrow." } }),
      first(/^watch-2 refused this draft at /),
    );
    await assert.rejects(two.refuseDraft({ params, body: { reason: "Again." } }), (error) =>
      isParleyError(error, "draft-not-open"),
    );

    const [hash] = (await desk(north).tell(movementRequest())) as [string];
    await until("the movement", async () => (await one.inbox()).items.length > 0);
    const item = {
      kind: "answer" as const,
      subject: "answer",
      body: { answer: "NOTED", scope: "message", reason: "", words: "", until: null, at: null },
      re: { relation: "answers" as const, message: hash },
      seen_answer: null,
    };
    const [told = null] = await desk(south).tell({ items: [item] }, { drafter: null, releaser: "watch-1" });
    await assert.rejects(two.createDraft({ body: { items: [item] } }), first(/^watch-1 answered this message at /));
    await two.createDraft({ body: { items: [{ ...item, seen_answer: told }] } });
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});
