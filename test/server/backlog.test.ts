/** A long backlog is opened on several threads: what they find is what is found without them, and nothing is left over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import type { SignedRoster } from "../../src/line/index.ts";
import { openNode, type OpenNode } from "../../src/server/node.ts";
import { givingWay } from "../../src/server/messages/giving-way.ts";
import { lookInto, type OpeningKeys } from "../../src/server/messages/open-one.ts";
import { isBacklog, openThreads } from "../../src/server/messages/open-threads.ts";
import { startNode } from "../../src/server/start.ts";
import { type LogOrigin, logOrigin, parseLineId, parsePartyId } from "../../src/wire/id.ts";
import { released } from "../../bench/line/made.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";

const LINE = parseLineId("ab".repeat(32));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const quiet = { logger: silent };
/** More than one parcel takes. */
const MESSAGES = 1200;

/** What `told` replaces stands after it in the log: the reader meets the reply before what it is about. */
function sayBackwards(node: OpenNode, party: Parameters<typeof released>[1]): void {
  const first = released(node, party, 0);
  const second = released(node, party, 1, { relation: "supersedes", message: first.released.hash });
  node.outbound.append([second, first]);
}

test("threads find in every entry what is found without them, also in those that were changed", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [north, south] = ["northern", "southern"].map((id) => openNode(line.party(id).dir, quiet)) as [
    OpenNode,
    OpenNode,
  ];
  const threads = openThreads(suite);
  try {
    const roster = north.state.foundingRosters.get(north.state.self) as SignedRoster;
    north.outbound.append([{ type: "charter" }, { type: "roster", roster }]);
    north.outbound.append(Array.from({ length: 20 }, (_, i) => released(north, line.party("northern"), i)));
    const entries = north.store.entries(north.state.origin, 0, { count: 100, bytes: 1e7 }).map((entry, i) => {
      const bytes = Uint8Array.from(entry.bytes);
      if (i % 4 === 3) bytes[(bytes.length * i) % 97] = 0;
      if (i % 5 === 4) bytes[bytes.length - 200] = (bytes[bytes.length - 200] as number) ^ 1;
      return { ...entry, bytes: i % 7 === 6 ? bytes.subarray(0, 900) : bytes };
    });
    for (const { state } of [north, south]) {
      const keys: OpeningKeys = { self: state.self, archive: state.keys.archive, sealing: state.keys.sealing() };
      const expected = entries.map((entry) => lookInto(suite, keys, entry));
      const [first, second] = await Promise.all([
        threads.open({ keys, entries: entries.slice(0, 9) }),
        threads.open({ keys, entries: entries.slice(9) }),
      ]);
      assert.deepEqual([...first, ...second], expected);
      assert.ok(expected.some(({ opened }) => opened) && expected.some(({ opened }) => !opened));
    }
  } finally {
    threads.close();
    await Promise.all([north.close(), south.close()]);
    line.remove();
  }
});

test("a backlog is opened whole, also what refers to a message that stands after it", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const party = line.party("northern");
  const node = openNode(party.dir, quiet);
  const roster = node.state.foundingRosters.get(node.state.self) as SignedRoster;
  node.outbound.append([{ type: "charter" }, { type: "roster", roster }]);
  sayBackwards(node, party);
  node.outbound.append(Array.from({ length: MESSAGES }, (_, i) => released(node, party, 10 + i)));
  sayBackwards(node, party);
  await node.close();
  assert.ok(isBacklog(MESSAGES));
  const nodes = [await startNode(party.dir, quiet), await startNode(line.party("southern").dir, quiet)];
  try {
    const watch = await desk(line.party("southern")).as("watch-1");
    const total = async () => (await watch.search({ query: { limit: 1 } })).total;
    await until("every message", async () => (await total()) === MESSAGES + 4, 60_000);
  } finally {
    await Promise.all(nodes.map((each) => each.stop()));
    line.remove();
  }
});

test("a log of which more is on its way is no short log, however little of it is here", () => {
  const [north, relief] = ["northern", "relief"].map((party) => logOrigin(LINE, parsePartyId(party), 0)) as [
    LogOrigin,
    LogOrigin,
  ];
  const storing = givingWay();
  assert.deepEqual([...storing.underWay()], []);
  storing.comes([north], true);
  storing.comes([relief], true);
  assert.deepEqual([...storing.underWay()], [north, relief]);
  storing.comes([north], false);
  assert.deepEqual([...storing.underWay()], [relief], "that was the last of it");
  storing.comes([relief], false);
  assert.deepEqual([...storing.underWay()], []);
});
