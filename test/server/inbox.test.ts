/** The inbox is kept up with what is told; whoever starts anew finds the same in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DraftRequest } from "../../src/api/index.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, startProcess, until } from "../support/nodes.ts";

type Item = DraftRequest["items"][number];

const ALONE = { drafter: null, releaser: "watch-1" } as const;

const site = (subject: string): Item => ({
  kind: "site",
  subject,
  body: { category: "school", footprint: { type: "point", at: { lat: 36.2, lon: 43 } } },
});
const text = (subject: string): Item => ({ kind: "text", subject, body: { words: "Words." } });
const stance: Item = {
  kind: "stance",
  subject: "The bridge",
  body: { topic: "The bridge", stands: "on-the-table", words: "We could open it.", said: "only-here" },
};

test("what waits is the same for a node that kept up with it and for one that was just started", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [northern, southern] = [line.party("northern"), line.party("southern")];
  let north = await startProcess(northern);
  const south = await startProcess(southern);
  try {
    const [ours, theirs] = [desk(northern), desk(southern)];
    let watch = await ours.as("watch-1");
    const waiting = async () =>
      (await watch.inbox()).items.map(
        ({ message, messages, needs }) => [message.subject, messages, needs.join(" ")] as const,
      );
    const waits = (what: string, expected: readonly (readonly [string, number, string])[]) =>
      until(what, async () => {
        const found = await waiting();
        try {
          assert.deepEqual(new Set(found), new Set(expected));
          return true;
        } catch (error) {
          throw new Error(JSON.stringify(found), { cause: error });
        }
      });
    await waits("nothing", []);

    const schools = await theirs.tell({ items: ["A", "B", "C", "D"].map(site), list_name: "Schools" });
    const [first, other] = await Promise.all([
      theirs.tell({ items: [text("First")] }),
      theirs.tell({ items: [text("Other")] }),
    ]);
    await waits("all of it", [
      ["A", 4, "read answer"],
      ["First", 1, "read answer"],
      ["Other", 1, "read answer"],
    ]);

    const [a, b, c] = schools as [string, string, string, string];
    const read = (message: string, scope: string): Item => ({
      kind: "read",
      subject: "read",
      body: { scope },
      re: { relation: "reads", message },
    });
    const answers = (answer: string, message: string, words = ""): Item => ({
      kind: "answer",
      subject: answer,
      body: { answer, scope: "message", words },
      re: { relation: "answers", message },
    });
    const withdraws = (message: string): Item => ({
      kind: "withdrawal",
      subject: "withdrawn",
      body: { scope: "message", reason: "Over." },
      re: { relation: "withdraws", message },
    });
    await ours.tell({ items: [read(a, "list")] }, ALONE);
    await ours.tell({ items: [answers("LISTED", a)] });
    await ours.tell({ items: [answers("NOTED", first[0] as string)] });
    await theirs.tell({ items: [withdraws(b)] });
    await waits("what is left of the list", [
      ["C", 2, "answer"],
      ["First", 1, "read"],
      ["Other", 1, "read answer"],
    ]);
    const one = async (message: string) =>
      (await watch.inbox({ query: { message } })).items.map(({ messages }) => messages);
    assert.deepEqual([await one(c), await one(a)], [[2], []], "the row of one message, or none");
    const few = await watch.inbox({ query: { limit: 1 } });
    assert.deepEqual([few.items.length, few.left_out, few.waiting], [1, 2, 4], "what is left out is counted");
    assert.deepEqual(few.items, (await watch.inbox()).items.slice(0, 1), "and the soonest due are shown");

    const [said] = (await ours.tell({ items: [stance] })) as [string];
    await until("the stance", async () => (await (await theirs.as("watch-1")).inbox()).waiting === 1);
    const [restated] = await theirs.tell({ items: [answers("RESTATED", said, "They could open it.")] });
    const restatement = ["RESTATED", 1, "read answer"] as const;
    const before = [
      ["C", 2, "answer"],
      ["First", 1, "read"],
      ["Other", 1, "read answer"],
    ] as const;
    await waits("what was restated", [...before, restatement]);
    assert.equal((await watch.inbox({ query: { message: restated } })).items.length, 1);

    const kept = (await watch.inbox()).items;
    await north.stop();
    north = await startProcess(northern);
    const us = desk(northern);
    watch = await us.as("watch-1");
    assert.deepEqual((await watch.inbox()).items, kept, "a node that was just started finds the same");

    await us.tell({ items: [withdraws(said)] });
    await waits("the restatement to go with its stance", before);
    assert.equal((await watch.inbox({ query: { message: other[0] } })).items.length, 1);
  } finally {
    await Promise.all([north.stop(), south.stop()]);
    line.remove();
  }
});
