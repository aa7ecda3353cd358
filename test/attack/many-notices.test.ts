/** A party that says nothing by itself for days but notices, and then something: that is said to be opened all the same. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { makeLine } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";
import { Hostile } from "./hostile.ts";

/** More than a node looks at in one go. */
const COUNT = 5001;
const AT_ONCE = 900;

test("a message behind thousands of notices in a row is said to be opened", async () => {
  const line = await makeLine();
  const node = await startNode(line.party("northern").dir, { logger: silentLogger });
  try {
    const southern = new Hostile(line, "southern");
    let sent = 0;
    const hand = async (): Promise<void> => {
      await southern.send("northern", { segments: [southern.history.segment(sent)] });
      sent = southern.history.size;
    };
    for (let i = 0; i < COUNT; i++) {
      southern.notice([{ code: "test-call", id: "00".repeat(16), echo: false, at: Date.now() }]);
      if (southern.history.size - sent >= AT_ONCE) await hand();
    }
    await hand();
    await southern.say({ subject: "after the notices" });
    const end = southern.history.size;
    await hand();
    const watch = await desk(line.party("northern")).as("watch-1");
    const isSaid = async (): Promise<boolean> => {
      const { notices } = await watch.notices();
      const own = notices.filter(({ from }) => from === "northern").map(({ detail }) => JSON.stringify(detail));
      return own.some((text) => text.includes('"opened"') && text.includes(`"to":${end}`));
    };
    await until("it is said", isSaid, 60_000);
    assert.equal((await watch.status()).counts.unopened, 0);
  } finally {
    await node.stop();
    line.remove();
  }
});
