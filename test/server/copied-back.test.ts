/** A disk that was copied back to an earlier moment, and nobody said so: the node does not know what it has said since. */
import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Carrier } from "../../src/server/carriers/carrier.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { parseMessageHash, parsePartyId } from "../../src/wire/id.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, movementRequest, rungAt, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const SOUTHERN = parsePartyId("southern");
const TURNS = 50;

/** Whatever a node does by itself at its start it has done by then. */
async function turns(): Promise<void> {
  for (let i = 0; i < TURNS; i++) await new Promise((resolve) => setImmediate(resolve));
}

test("a node whose disk was copied back says nothing by itself before its peer has answered, and nobody sees a split", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const { dir } = line.party("northern");
  const file = (end: string) => join(dir, `line.sqlite${end}`);
  const south = await startNode(line.party("southern").dir, quiet);
  const southern = desk(line.party("southern"));
  const watch = await southern.as("watch-1");
  try {
    const first = await startNode(dir, quiet);
    await desk(line.party("northern")).tell(movementRequest("before"));
    await until("it", async () => (await watch.messages()).messages.length === 1);
    await first.stop();
    const [hash] = (await southern.tell(movementRequest("while it was down"))) as [string];
    // It fetches that and opens it, and stops before it has said so.
    const fetching = openNode(dir, quiet);
    await fetching.peers.attempt(SOUTHERN);
    await until("it is opened", async () => fetching.book.get(parseMessageHash(hash)) !== null);
    await fetching.close();
    const copy = join(line.dir, "copy.sqlite");
    cpSync(file(""), copy);

    const second = await startNode(dir, quiet);
    const opened = async () => rungAt(await watch.message({ params: { hash } }), "northern", "opened") !== null;
    await until("it says that it opened it", opened);
    await second.stop();
    for (const end of ["", "-wal", "-shm"]) rmSync(file(end), { force: true });
    cpSync(copy, file(""));

    const sizes: number[] = [];
    const watched = (own: readonly Carrier[]) =>
      own.map((carrier): Carrier => ({
        ...carrier,
        carry: async (peer, sealed, signal) => {
          await turns();
          sizes.push(size());
          return carrier.carry(peer, sealed, signal);
        },
      }));
    const third = openNode(dir, { ...quiet, carriers: watched });
    const size = () => third.store.log(third.state.origin)?.size ?? 0;
    const before = size();
    const theirs = third.state.originOf(SOUTHERN);
    const said = third.store.openingsEnd(theirs, third.state.self);
    assert.ok(said + 1 < (third.store.log(theirs)?.size ?? 0), "it has something to say");
    try {
      third.start();
      await third.ready;
      await until("it took back what it had said", async () => size() > before);
      assert.equal(sizes[0], before, "nothing was said before the peer was asked");
    } finally {
      await third.close();
    }
    const last = await startNode(dir, quiet);
    try {
      await desk(line.party("northern")).tell(movementRequest("after"));
      await until("it", async () => (await watch.messages()).messages.length === 3);
      assert.ok((await watch.status()).peers.every(({ split }) => !split));
    } finally {
      await last.stop();
    }
  } finally {
    await south.stop();
    line.remove();
  }
});
