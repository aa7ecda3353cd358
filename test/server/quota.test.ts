import assert from "node:assert/strict";
import { test } from "node:test";
import { allowance } from "../../src/server/exchange/quota.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { Hostile } from "../attack/hostile.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

test("a flood is taken up to the charter's quota and no further, people are told, and the next day goes on", async () => {
  const line = await makeLine({ terms: { quota_bytes_per_day: 1_048_576 } });
  let ahead = 0;
  const quiet = { logger: silentLogger, now: () => Date.now() + ahead };
  const node = await startNode(line.party("northern").dir, quiet);
  try {
    const flood = new Hostile(line, "relief");
    const words = "flood ".repeat(600);
    const more = async (count: number) => {
      const from = flood.history.size;
      while (flood.history.size < from + count) await flood.say({ body: { words } as never });
      return flood.history.segment(from);
    };
    const watch = await desk(line.party("northern")).as("watch-1");
    const held = async () => (await watch.log({ params: { party: "relief" } })).size;
    await flood.send("northern", { segments: [flood.history.segment(0)] });
    for (let i = 0; i < 6; i++) await flood.send("northern", { segments: [await more(40)] });
    const taken = await held();
    assert.ok(taken > 2 && taken < flood.history.size, `${taken} of ${flood.history.size}`);
    await flood.send("northern", { segments: [flood.history.segment(taken)] });
    assert.equal(await held(), taken);
    const notices = await until("the notice", async () => {
      const own = (await watch.notices()).notices.filter(({ detail }) => JSON.stringify(detail).includes("quota"));
      return own.length > 0 ? own : null;
    });
    assert.equal(notices.length, 1);
    assert.equal(notices[0]?.from, "northern");
    // Another party's words, and our own, are not held back by it.
    await desk(line.party("northern")).tell(movementRequest("still told"));
    const southern = new Hostile(line, "southern");
    await southern.say();
    await southern.send("northern", { segments: [southern.history.segment(0)] });
    assert.equal((await watch.log({ params: { party: "southern" } })).size, 3);
    ahead += 86_400_000;
    await flood.send("northern", { segments: [flood.history.segment(taken)] });
    const later = await desk(line.party("northern")).as("watch-2");
    assert.equal((await later.log({ params: { party: "relief" } })).size, flood.history.size);
  } finally {
    await node.stop();
    line.remove();
  }
});

test("whoever was away has the days in between as well, and whoever was here has one", () => {
  assert.equal(allowance(10, 100, 99, 1), 10);
  assert.equal(allowance(10, 100, 93, 1), 70);
  assert.equal(allowance(10, 100, null, 100), 10, "a line's first day");
  assert.equal(allowance(10, 100, null, 91), 100, "a node that comes late to a line");
  assert.equal(allowance(10, 100, 101, 1), 10, "a clock that was set back");
});
