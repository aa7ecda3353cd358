import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, rungAt, startNodes, until } from "../support/nodes.ts";

test("a movement goes the whole way between three nodes", async () => {
  const line = await makeLine();
  const nodes = await startNodes(line);
  try {
    const relief = desk(line.party("relief"));
    const northern = desk(line.party("northern"));
    const [hash] = (await relief.tell(movementRequest())) as [string];
    const params = { hash };

    const heard = await until("the movement", async () => {
      const { items } = await (await northern.as("watch-1")).inbox();
      return items.find(({ message }) => message.hash === hash);
    });
    assert.deepEqual(heard.needs, ["read", "readback", "answer"]);

    const one = { drafter: null, releaser: "watch-1" };
    const re = (relation: "reads" | "answers" | "reads-back") => ({ relation, message: hash });
    await northern.tell({ items: [{ kind: "read", subject: "read", body: {}, re: re("reads") }] }, one);
    const answer = { answer: "NOTED", scope: "message", reason: "", words: "", until: null, at: null };
    await northern.tell({ items: [{ kind: "answer", subject: "noted", body: answer, re: re("answers") }] }, one);

    const author = await relief.as("watch-1");
    const detail = await until("every rung", async () => {
      const seen = await author.message({ params });
      return rungAt(seen, "northern", "answered") !== null && rungAt(seen, "southern", "opened") !== null ? seen : null;
    });
    for (const rung of ["released", "sent", "stored", "opened", "read", "answered"]) {
      assert.notEqual(rungAt(detail, "northern", rung), null, `northern: ${rung}`);
    }
    for (const rung of ["read", "readback", "answered", "reached"]) {
      assert.equal(rungAt(detail, "southern", rung), null, `southern: ${rung}`);
    }
    assert.equal(detail.signers.length, 2);
    assert.equal(detail.thread.length, 2);
    const { items } = await (await northern.as("watch-1")).inbox();
    assert.deepEqual(
      items.map(({ needs }) => needs),
      [["readback"]],
    );
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});
