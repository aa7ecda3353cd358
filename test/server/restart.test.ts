import assert from "node:assert/strict";
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import type { Client } from "../../src/api/index.ts";
import type { Carrier } from "../../src/server/carriers/carrier.ts";
import { serverError } from "../../src/server/errors.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { backupStore } from "../../src/store/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, movementRequest, rungAt, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };

test("a node restored from an old backup takes its own entries back before it says a word, and nobody sees a split", async () => {
  const line = await makeLine();
  const { dir } = line.party("northern");
  const southern = await startNode(line.party("southern").dir, quiet);
  let northern = await startNode(dir, quiet);
  try {
    const north = desk(line.party("northern"));
    const south = await desk(line.party("southern")).as("watch-1");
    await north.tell(movementRequest("before the backup"));
    const copy = join(line.dir, "copy.sqlite");
    backupStore(join(dir, "line.sqlite"), copy);
    const [lost] = (await north.tell(movementRequest("after the backup"))) as [string];
    const client = await north.as("watch-1");
    await until("it", async () => rungAt(await client.message({ params: { hash: lost } }), "southern", "opened"));
    await northern.stop();
    for (const end of ["", "-wal", "-shm"]) rmSync(join(dir, `line.sqlite${end}`), { force: true });
    cpSync(copy, join(dir, "line.sqlite"));

    northern = await startNode(dir, quiet);
    const again = desk(line.party("northern"));
    await again.tell(movementRequest("after the restore"));
    const { messages } = await (await again.as("watch-1")).messages();
    assert.deepEqual(messages.map(({ subject }) => subject).toSorted(), [
      "after the backup",
      "after the restore",
      "before the backup",
    ]);
    await until("all of it at the other side", async () => (await south.messages()).messages.length === 3);
    assert.ok((await south.status()).peers.every(({ split }) => !split));
  } finally {
    await Promise.all([northern.stop(), southern.stop()]);
    line.remove();
  }
});

test("two parties that cannot reach each other still hear each other by way of the third", async () => {
  const line = await makeLine();
  const without = (other: string) => (own: readonly Carrier[]) =>
    own.map((carrier): Carrier => ({
      ...carrier,
      carry: async (peer, sealed, signal) => {
        if (peer.party === other) throw serverError("peer-unreachable", "The link is cut.");
        return carrier.carry(peer, sealed, signal);
      },
    }));
  const cutFrom: Record<string, string> = { northern: "southern", southern: "northern" };
  const nodes = await Promise.all(
    Object.values(line.parties).map(({ id, dir }) => {
      const other = cutFrom[id];
      return startNode(dir, { ...quiet, ...(other === undefined ? {} : { carriers: without(other) }) });
    }),
  );
  try {
    const [hash] = (await desk(line.party("northern")).tell(movementRequest())) as [string];
    const south = await desk(line.party("southern")).as("watch-1");
    await until("it, by way of relief", async () =>
      (await south.messages()).messages.some((each) => each.hash === hash),
    );
    const client = await desk(line.party("northern")).as("watch-1");
    await until("the receipt, the same way back", async () => {
      return rungAt(await client.message({ params: { hash } }), "southern", "opened") !== null;
    });
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

test("events tell what has changed, until the node stops", async () => {
  const line = await makeLine();
  const nodes = await Promise.all(["northern", "southern"].map((party) => startNode(line.party(party).dir, quiet)));
  const client = await desk(line.party("southern")).as("watch-1");
  const seen: string[] = [];
  const listening = (async () => {
    for await (const event of await client.events()) seen.push(event.type);
  })();
  await desk(line.party("northern")).tell(movementRequest());
  await until("a message and an exchange", async () => seen.includes("message") && seen.includes("exchange"));
  await Promise.all(nodes.map((node) => node.stop()));
  await listening.catch((error: unknown) => assert.ok(!isParleyError(error)));
  line.remove();
});

test("an answer that does not come in time is a fact in the author's log, told once", async () => {
  const line = await makeLine({ terms: { deadlines_ms: { text: 1000 } } });
  const nodes = await Promise.all(["northern", "southern"].map((party) => startNode(line.party(party).dir, quiet)));
  try {
    const north = desk(line.party("northern"));
    const [hash] = (await north.tell({ items: [{ kind: "text", subject: "Words", body: { words: "Words." } }] })) as [
      string,
    ];
    const south = await desk(line.party("southern")).as("watch-1");
    const overdue = await until("the notice", async () => {
      const { notices } = await south.notices();
      return notices.find(({ detail }) => JSON.stringify(detail).includes("overdue"));
    });
    assert.equal(overdue.from, "northern");
    assert.deepEqual(
      overdue.about.map(({ message }) => message),
      [hash],
    );
    const { ladder } = await (await north.as("watch-1")).message({ params: { hash } });
    const beside = ladder.find(({ party }) => party === "southern")?.beside ?? [];
    assert.ok(beside.some(({ state }) => state === "overdue"));
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

test("a node that is stopped while it asks the others does nothing more with what it has closed", async () => {
  const deaf = createServer(() => undefined);
  await new Promise<void>((resolve) => deaf.listen(0, "127.0.0.1", resolve));
  const { port } = deaf.address() as AddressInfo;
  const line = await makeLine({ front: async () => port });
  const said: string[] = [];
  const say = (event: string) => void said.push(event);
  const node = await startNode(line.party("northern").dir, { logger: { info: say, warn: say, error: say } });
  await node.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok(said.includes("stopped"));
  assert.deepEqual(
    said.filter((event) => event === "start-incomplete" || event === "log-begun"),
    [],
  );
  deaf.close();
  line.remove();
});

test("what a restored node had told of an answer that did not come, it does not tell again", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2), terms: { deadlines_ms: { movement: 1000 } } });
  const { dir } = line.party("northern");
  const file = (end: string): string => join(dir, `line.sqlite${end}`);
  let southern = await startNode(line.party("southern").dir, quiet);
  let northern = await startNode(dir, quiet);
  const overdue = async (client: Client) => {
    const { notices } = await client.notices();
    return notices.filter(({ detail }) => JSON.stringify(detail).includes('"overdue"')).length;
  };
  try {
    const north = desk(line.party("northern"));
    const [hash] = (await north.tell(movementRequest())) as [string];
    const client = await north.as("watch-1");
    await until("it", async () => rungAt(await client.message({ params: { hash } }), "southern", "opened"));
    const copy = join(line.dir, "copy.sqlite");
    backupStore(file(""), copy);
    await until("it is told", async () => (await overdue(client)) === 1, 20_000);
    const own = (await client.status()).log.size;
    await until("southern has it", async () =>
      (await client.status()).peers.every(({ they_hold }) => they_hold >= own),
    );
    await Promise.all([northern.stop(), southern.stop()]);
    for (const end of ["", "-wal", "-shm"]) rmSync(file(end), { force: true });
    cpSync(copy, file(""));
    writeFileSync(join(dir, "restored"), "");
    northern = await startNode(dir, quiet);
    // It looks while the other party, from whom alone it can hear what it has said, is away.
    await new Promise((resolve) => setTimeout(resolve, 5500));
    southern = await startNode(line.party("southern").dir, quiet);
    await until("its own log is back", () => Promise.resolve(!existsSync(join(dir, "restored"))), 30_000);
    await new Promise((resolve) => setTimeout(resolve, 7000));
    assert.equal(await overdue(await desk(line.party("northern")).as("watch-1")), 1);
  } finally {
    await Promise.all([northern.stop(), southern.stop()]);
    line.remove();
  }
});
