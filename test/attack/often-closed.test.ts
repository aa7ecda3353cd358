/** A party that closes its log again and again, and says that it stands by more than there is of any: the others go on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { seedSigner } from "../../src/crypto/index.ts";
import { newest, nextRoster, rosterHash, signClosing, type SignedClosing, signRoster } from "../../src/line/index.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { sayBefore } from "../support/backlog.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";
import { Hostile, suite } from "./hostile.ts";

const quiet = { logger: silentLogger };
/** A parcel names 64 logs, and 256 closings are taken up. */
const CLOSINGS = 300;
const MOST_TAKEN = 256;
/** More than one parcel takes. */
const MESSAGES = 1300;

async function closingsBy({ party }: Hostile, { line }: MadeLine): Promise<SignedClosing[]> {
  const by = seedSigner(suite, party.identity);
  const history = line.histories.get(party.id);
  assert.ok(history !== undefined);
  const { officers, units, node, address, carriers, issued_at } = newest(history).roster;
  const roster = await signRoster(nextRoster(history, { officers, units, node, address, carriers, issued_at }), by);
  const same = { line: line.line, party: party.id, size: 1_000_000_000, root: new Uint8Array(32), issued_at };
  const closings: SignedClosing[] = [];
  for (let generation = 0; generation < CLOSINGS; generation++) {
    const ends = {
      generation,
      next: generation + 1,
      cause: "node-lost",
      roster: rosterHash(suite, roster.bytes),
    } as const;
    closings.push(await signClosing({ ...same, ...ends }, roster, by));
  }
  return closings;
}

test("logs that one party has closed, and never wrote, crowd out nothing that two others say to each other", async () => {
  const terms = { quota_bytes_per_day: 1_000_000_000 };
  const line = await makeLine({ terms });
  const hostile = new Hostile(line, "northern");
  const closings = await closingsBy(hostile, line);
  const [south, relief] = [line.party("southern"), line.party("relief")];
  await sayBefore(south, MESSAGES);
  for (const { id, dir } of [south, relief]) {
    const node = openNode(dir, quiet);
    for (let i = 0; i < closings.length; i += 4) {
      node.exchange.take(hostile.parcel(id, { closings: closings.slice(i, i + 4) }), "direct");
    }
    assert.equal(node.state.closings().length, MOST_TAKEN);
    await node.close();
  }
  const nodes = [await startNode(south.dir, quiet), await startNode(relief.dir, quiet)];
  try {
    const client = await desk(relief).as("watch-1");
    await until("all of southern's log", async () => {
      const { peers } = await client.status();
      return peers.some(({ party, size }) => party === "southern" && size >= MESSAGES);
    });
  } finally {
    for (const node of nodes) await node.stop();
    line.remove();
  }
});
