/** A go-between, honest and hostile, and the strangers at its door. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { seedSigner } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  decodeCollect,
  decodeCollected,
  decodeOpenMailbox,
  type Mailbox,
  parseGrant,
  signCollect,
} from "../../src/line/index.ts";
import { ask } from "../../src/server/carriers/request.ts";
import { PinnedAgent } from "../../src/server/carriers/tls.ts";
import { goBetweenPaths, readGoBetween } from "../../src/server/go-between/config.ts";
import { goBetweenDoor } from "../../src/server/go-between/door.ts";
import { type Mailboxes, openMailboxes } from "../../src/server/go-between/mailboxes.ts";
import {
  createGoBetween,
  grantMailbox,
  nodePaths,
  openMailbox,
  parseConfig,
  readNodeConfig,
  type RunningNode,
  silentLogger,
  startGoBetween,
  startNode,
} from "../../src/server/index.ts";
import { closed, listen } from "../../src/server/start.ts";
import { type Bytes, toHex, utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { start } from "../cli/run.ts";
import { freePort, makeLine, type MadeLine } from "../support/line.ts";
import { desk, rungAt, startProcess, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const CANARY = "Zanzibar-canary-4711";
const text = (words: string) => ({ items: [{ kind: "text", subject: words, body: { words } }] }) as never;
const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));
/** The fault's code as the go-between said it. */
const said = (code: string) => (error: unknown) =>
  (isParleyError(error, "peer-refused") && error.detail["code"] === code) || assert.fail(String(error));

let dir: string;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), "parley-post-"));
  createGoBetween(suite, dir, `127.0.0.1:${await freePort()}`, null);
});
after(() => rmSync(dir, { recursive: true, force: true }));

const prepare = async (node: string): Promise<void> => {
  await openMailbox(suite, node, grantMailbox(suite, dir, Date.now));
};

test("two nodes without an inbound port speak by way of a go-between, each in a process of its own", async () => {
  const post = start(["go-between", "serve", "--dir", dir, "--json"]);
  await new Promise((resolve) => post.stdout?.once("data", resolve));
  const line = await makeLine({ direct: "none", prepare });
  const nodes = await Promise.all(["northern", "southern"].map((id) => startProcess(line.party(id))));
  try {
    const north = desk(line.party("northern"));
    const [hash] = (await north.tell(text(CANARY))) as [string];
    const client = await north.as("watch-1");
    await until(
      "opened",
      async () => rungAt(await client.message({ params: { hash } }), "southern", "opened") !== null,
    );
    const { ladder } = await client.message({ params: { hash } });
    const rungs = ladder.find(({ party }) => party === "southern")?.rungs ?? [];
    assert.deepEqual(
      rungs.filter(({ rung }) => rung === "sent" || rung === "stored").map(({ says }) => says),
      ["go-between", "go-between"],
    );
    // The go-between dies, and what was said meanwhile arrives when it is back.
    post.kill("SIGKILL");
    const [second] = (await north.tell(text("after"))) as [string];
    const again = start(["go-between", "serve", "--dir", dir, "--json"]);
    await until(
      "it is opened after all",
      async () => rungAt(await client.message({ params: { hash: second } }), "southern", "opened") !== null,
      60_000,
    );
    // Relief's node has never run: what is put into its mailbox is taken all the same, and nobody is called for that.
    const viaGoBetween = async () =>
      (await client.status()).peers.flatMap(({ ways }) => ways.filter(({ carrier }) => carrier === "go-between"));
    await until("no fault is left of a way that works", async () =>
      (await viaGoBetween()).every(({ last_fault }) => last_fault === null),
    );
    again.kill("SIGTERM");
    await new Promise((resolve) => again.once("exit", resolve));
    // It has learnt nothing but sizes and times.
    const kept = Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));
    const words = [CANARY, "northern", "southern", "watch-1", "Northern Command", line.line.line, "Test line"];
    for (const word of words) assert.ok(!kept.includes(word), word);
    for (const { bytes } of line.line.rosters) assert.ok(!kept.includes(Buffer.from(bytes.subarray(0, 64))));
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

interface Hostile {
  readonly line: MadeLine;
  readonly nodes: readonly RunningNode[];
  readonly close: () => Promise<void>;
}

async function behind(change: (real: Mailboxes, all: Bytes[]) => Partial<Mailboxes>): Promise<Hostile> {
  const { config, tlsSeed } = readGoBetween(dir);
  const real = openMailboxes(suite, goBetweenPaths(dir).store, config, Date.now);
  const mailboxes = { ...real, ...change(real, []) };
  const door = goBetweenDoor({ suite, tlsSeed, mailboxes, logger: silentLogger, now: Date.now });
  await listen(door, config.listen);
  const line = await makeLine({ direct: "none", prepare });
  const nodes = await Promise.all(["northern", "southern"].map((id) => startNode(line.party(id).dir, quiet)));
  const close = async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await closed(door);
    real.close();
    line.remove();
  };
  return { line, nodes, close };
}

test("a go-between that drops, replays, swaps, invents and forgets to delete delays, and does nothing else", async () => {
  let drop = 0;
  let asked = 0;
  const { line, close } = await behind((real, all) => ({
    deposit: (id, parcel) => {
      all.push(parcel);
      if (drop++ % 3 === 1) return;
      real.deposit(id, parcel);
    },
    parcels: (id, max, maxBytes) => {
      asked += 1;
      const found = real.parcels(id, max, maxBytes);
      const invented = suite.randomBytes(3000);
      const cut = all[0]?.slice(0, 2000) ?? invented;
      // Everybody's parcels to everybody, old ones first, and some that nobody made.
      return { parcels: [...all.slice(-6), invented, cut, ...found.parcels].slice(0, 40), more: true };
    },
    delete: () => undefined,
  }));
  try {
    const north = desk(line.party("northern"));
    const hashes = [...(await north.tell(text("one"))), ...(await north.tell(text("two")))];
    const client = await north.as("watch-1");
    for (const hash of hashes) {
      const opened = async () => rungAt(await client.message({ params: { hash } }), "southern", "opened") !== null;
      await until("opened", opened, 60_000);
    }
    const south = await desk(line.party("southern")).as("watch-1");
    assert.equal((await south.messages()).messages.length, 2);
    assert.ok((await south.status()).peers.every(({ split }) => !split));
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 3000));
    assert.ok(asked - before < 60, `it is asked ever less often: ${asked - before} times in 3 s`);
  } finally {
    await close();
  }
});

test("officers see that a party cannot be heard where this node's own mailbox does not answer", async () => {
  const other = mkdtempSync(join(tmpdir(), "parley-post-"));
  createGoBetween(suite, other, `127.0.0.1:${await freePort()}`, null);
  const [here, there] = [await startGoBetween(dir, quiet), await startGoBetween(other, quiet)];
  const line = await makeLine({
    direct: "none",
    prepare: async (node) => {
      await openMailbox(suite, node, grantMailbox(suite, node.endsWith("southern") ? other : dir, Date.now));
    },
  });
  await there.stop();
  const southern = await startNode(line.party("southern").dir, quiet);
  try {
    const client = await desk(line.party("southern")).as("watch-1");
    const way = await until("a parcel is sent, and the fault shown", async () => {
      const northern = (await client.status()).peers.find(({ party }) => party === "northern");
      const found = northern?.ways.find(({ carrier }) => carrier === "go-between");
      return found !== undefined && found.last_sent_at !== null && found.last_fault !== null && found;
    });
    assert.equal(way && way.last_fault?.code, "peer-unreachable");
  } finally {
    await Promise.all([southern.stop(), here.stop()]);
    rmSync(other, { recursive: true, force: true });
    line.remove();
  }
});

test("one mailbox of this node's that works does not hide that another gives nothing", async () => {
  const other = mkdtempSync(join(tmpdir(), "parley-post-"));
  createGoBetween(suite, other, `127.0.0.1:${await freePort()}`, null);
  const here = await startGoBetween(dir, quiet);
  const there = await startGoBetween(other, quiet);
  const line = await makeLine({
    direct: "none",
    prepare: async (node) => {
      await prepare(node);
      if (node.endsWith("southern")) await openMailbox(suite, node, grantMailbox(suite, other, Date.now));
    },
  });
  await there.stop();
  const works: unknown[] = [];
  const logger: typeof silentLogger = {
    ...silentLogger,
    info: (event, detail) => void (event === "collecting-works" && works.push(detail?.["place"])),
  };
  const nodes = [await startNode(line.party("southern").dir, { logger })];
  try {
    const client = await desk(line.party("southern")).as("watch-1");
    const way = async () => {
      const northern = (await client.status()).peers.find(({ party }) => party === "northern");
      return northern?.ways.find(({ carrier }) => carrier === "go-between");
    };
    await until("the fault", async () => (await way())?.last_fault?.code === "peer-unreachable");
    nodes.push(await startNode(line.party("northern").dir, quiet));
    const heard = await until("northern, by the mailbox that works", async () => {
      const found = await way();
      return found !== undefined && found.last_heard_at !== null && found;
    });
    assert.equal(heard.last_fault?.code, "peer-unreachable");
    assert.deepEqual(works, [], "the log does not say by turns that it fails and that it works");

    nodes.push(await startGoBetween(other, quiet));
    const { address, tls, id, deposit } = readNodeConfig(line.party("southern").dir).mailboxes[1] as Mailbox;
    const place = `${address}/go-between/v1/mailboxes/${toHex(id)}`;
    // It answers the question that waits there at once.
    const agent = new PinnedAgent([tls], null);
    const { signal } = new AbortController();
    const given = { maxBytes: 1000, timeoutMs: 5000, agent, signal, authorization: toHex(deposit) };
    await ask({ url: `${place}/deposit`, body: utf8("no parcel"), ...given });
    agent.destroy();
    await until("no fault, once it answers", async () => (await way())?.last_fault === null);
    assert.deepEqual(works, [place]);
  } finally {
    await Promise.all([...nodes, here].map((node) => node.stop()));
    rmSync(other, { recursive: true, force: true });
    line.remove();
  }
});

test("a mailbox that is full says so to who deposits, and takes parcels again once they were collected", async () => {
  const { config } = readGoBetween(dir);
  const tight = { ...config, mailboxParcels: 2 };
  const db = openMailboxes(suite, join(dir, "tight.sqlite"), tight, () => 1000);
  const id = suite.randomBytes(16);
  db.open({ grant: db.grant(), id, collect: suite.randomBytes(32), deposit: suite.randomBytes(32) });
  const parcels = [1, 2, 3].map((byte) => new Uint8Array(2000).fill(byte)) as [Bytes, Bytes, Bytes];
  db.deposit(id, parcels[0]);
  db.deposit(id, parcels[0]);
  db.deposit(id, parcels[1]);
  assert.throws(() => db.deposit(id, parcels[2]), coded("mailbox-full"));
  db.delete(id, [suite.sha256(parcels[0])]);
  db.deposit(id, parcels[2]);
  const other = openMailboxes(suite, join(dir, "tight.sqlite"), tight, () => 1000 + 61 * 86_400_000);
  assert.equal(other.expire(), 2);
  other.close();
  db.close();
});

test("strangers at the door learn nothing, and get nothing", async () => {
  const post = await startGoBetween(dir, quiet);
  const line = await makeLine({ direct: "none", prepare });
  const [mailbox] = readNodeConfig(line.party("northern").dir).mailboxes as [Mailbox];
  const agent = new PinnedAgent([mailbox.tls], null);
  const { signal } = new AbortController();
  const to = (id: Bytes, verb: string, body: Bytes, extra = {}) => {
    const url = `${mailbox.address}/go-between/v1/mailboxes/${toHex(id)}/${verb}`;
    return ask({ url, body, maxBytes: 100_000, timeoutMs: 5000, agent, signal, ...extra });
  };
  const deposit = (id: Bytes, capability: Bytes) => to(id, "deposit", utf8("x"), { authorization: toHex(capability) });
  try {
    await assert.rejects(deposit(mailbox.id, suite.randomBytes(32)), said("mailbox-refused"));
    await assert.rejects(deposit(suite.randomBytes(16), mailbox.deposit), said("mailbox-refused"));
    await assert.rejects(to(mailbox.id, "deposit", utf8("x")), said("mailbox-refused"));
    await deposit(mailbox.id, mailbox.deposit);
    const challenge = await to(mailbox.id, "challenge", new Uint8Array(0));
    assert.equal((await to(suite.randomBytes(16), "challenge", new Uint8Array(0))).length, challenge.length);
    const asked = { tls: mailbox.tls, id: mailbox.id, challenge, deleted: [], waitMs: 0 };
    const stranger = suite.randomBytes(32);
    await assert.rejects(to(mailbox.id, "collect", signCollect(suite, asked, stranger)), said("mailbox-refused"));
    const other = { ...asked, tls: seedSigner(suite, stranger).publicKey };
    await assert.rejects(to(mailbox.id, "collect", signCollect(suite, other, stranger)), said("mailbox-refused"));
    await assert.rejects(to(mailbox.id, "collect", utf8("nothing")), said("mailbox-malformed"));
    const grant = grantMailbox(suite, dir, Date.now);
    const { dir: relief } = line.party("relief");
    const settings = nodePaths(relief).config;
    const had = readFileSync(settings, "utf8");
    const written = `# Ask Haddad before you change this.\nhosts = ["north"] # the tunnel\n${had}`;
    writeFileSync(settings, written);
    await openMailbox(suite, relief, grant);
    assert.ok(readFileSync(settings, "utf8").startsWith(written), "what was there stays, comments and all");
    assert.equal(parseConfig(readFileSync(settings, "utf8")).mailboxes.length, parseConfig(had).mailboxes.length + 1);
    await assert.rejects(openMailbox(suite, relief, grant), coded("mailbox-grant-refused"));
    writeFileSync(settings, `mailbox = []\n${written}`);
    const unused = grantMailbox(suite, dir, Date.now);
    await assert.rejects(openMailbox(suite, relief, unused), coded("config-malformed"));
    writeFileSync(settings, written);
    await openMailbox(suite, relief, unused);
    await assert.rejects(
      openMailbox(suite, line.party("relief").dir, "parley-mailbox/1 x"),
      coded("mailbox-malformed"),
    );
  } finally {
    agent.destroy();
    await post.stop();
    line.remove();
  }
});

test("arbitrary bytes and texts give only the declared errors", () => {
  const refuses = (read: () => unknown) => {
    try {
      read();
    } catch (error) {
      assert.ok(isParleyError(error, "mailbox-malformed"), String(error));
    }
  };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.string({ maxLength: 200 }), (bytes, words) => {
      refuses(() => decodeCollect(bytes));
      refuses(() => decodeOpenMailbox(bytes));
      refuses(() => decodeCollected(bytes));
      refuses(() => parseGrant(words));
      refuses(() => parseGrant(`parley-mailbox/1 https://${words}`));
    }),
    { numRuns: 2000 },
  );
});
