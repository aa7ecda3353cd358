/** A peer that is away for a week costs a knock at each try, and not its whole backlog sealed anew for every message. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Carrier } from "../../src/server/carriers/carrier.ts";
import { serverError } from "../../src/server/errors.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const MESSAGES = 40;
/** No entry fits into it, and whatever a parcel without any holds does. */
const KNOCK_BYTES = 4096;

test("while a peer does not answer it is only knocked at, and when it does all that it missed comes", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [northern, southern] = [line.party("northern"), line.party("southern")];
  const sizes: number[] = [];
  const watched = (own: readonly Carrier[]) =>
    own.map((carrier): Carrier => ({
      ...carrier,
      carry: (peer, sealed, signal) => {
        sizes.push(sealed.length);
        return carrier.carry(peer, sealed, signal);
      },
    }));
  const nodes = [await startNode(northern.dir, { ...quiet, carriers: watched })];
  try {
    const text = (i: number) => ({
      items: [{ kind: "text" as const, subject: `${i}`, body: { words: "x".repeat(1024) } }],
    });
    const say = (i: number) => desk(northern).tell(text(i));
    for (let i = 0; i < MESSAGES; i++) {
      const tried = sizes.length;
      await say(i);
      await until("it is tried at once", async () => sizes.length > tried);
    }
    assert.deepEqual(
      sizes.filter((size) => size > KNOCK_BYTES),
      [],
      "nothing but knocks",
    );
    nodes.push(await startNode(southern.dir, quiet));
    await say(MESSAGES);
    const watch = await desk(southern).as("watch-1");
    await until("all of them", async () => (await watch.messages()).messages.length === MESSAGES + 1);
    // It goes away again: what was being said then is said once, and after that it is knocked at.
    await nodes.pop()?.stop();
    const before = sizes.length;
    for (let i = 1; i <= 3; i++) {
      const tried = sizes.length;
      await say(MESSAGES + i);
      await until("it is tried at once", async () => sizes.length > tried);
    }
    assert.ok(sizes.slice(before).filter((size) => size > KNOCK_BYTES).length <= 1);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

test("a peer that answers knocks and takes nothing else is tried more and more seldom", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [northern, southern] = [line.party("northern"), line.party("southern")];
  let refused = 0;
  const narrow = (own: readonly Carrier[]) =>
    own.map((carrier): Carrier => ({
      ...carrier,
      carry: (peer, sealed, signal) => {
        if (sealed.length <= KNOCK_BYTES) return carrier.carry(peer, sealed, signal);
        refused += 1;
        throw serverError("peer-refused", "Something on the way takes nothing that large.");
      },
    }));
  const nodes = [await startNode(northern.dir, { ...quiet, carriers: narrow })];
  try {
    const items = [{ kind: "text" as const, subject: "Large", body: { words: "x".repeat(4000) } }];
    await desk(northern).tell({ items });
    // Its own calls would bring it what it lacks.
    nodes.push(await startNode(southern.dir, { ...quiet, carriers: () => [] }));
    await until("it is tried", async () => refused > 0);
    await setTimeout(4000);
    assert.ok(refused <= 7, `${refused} times in four seconds`);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});
