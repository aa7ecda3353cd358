/** The direct way over mutual TLS: who holds another key than the roster names gets nothing, on either side. */
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { connect as connectTcp, type Socket } from "node:net";
import { after, before, test } from "node:test";
import { connect } from "node:tls";
import { selfSignedCertificate } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { directCarrier } from "../../src/server/carriers/direct.ts";
import { mutualTls, tlsIdentity } from "../../src/server/carriers/tls.ts";
import { readCarriers, readNodeConfig, type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { readNodeSeeds } from "../../src/server/node-dir.ts";
import { fromHex, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { Hostile } from "../attack/hostile.ts";
import { freePort, makeLine, type MadeLine } from "../support/line.ts";
import { desk, type NodeProcess, rungAt, startProcess, until } from "../support/nodes.ts";

const TEXT = { items: [{ kind: "text", subject: "Words", body: { words: "Over TLS." } }] } as never;
const never = new AbortController().signal;
const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));

let line: MadeLine;
let north: NodeProcess;
let south: RunningNode;
before(async () => {
  line = await makeLine({ direct: "tls" });
  north = await startProcess(line.party("northern"));
  south = await startNode(line.party("southern").dir, { logger: silentLogger });
});
after(async () => {
  await Promise.all([north.stop(), south.stop()]);
  line.remove();
});

const carriersOf = (party: string) => readCarriers(suite, line.party(party).dir);
const peerOf = (party: string) => ({
  party: line.party(party).id,
  address: line.party(party).lineAddress,
  carriers: carriersOf(party),
  tlsKeys: [carriersOf(party).tls],
});
const ownOf = (party: string) => {
  const identity = tlsIdentity(suite, readNodeSeeds(line.party(party).dir).tls);
  return directCarrier(() => identity);
};

test("two nodes in processes of their own speak over TLS, and the ladder names the carrier", async () => {
  const [hash] = (await desk(line.party("northern")).tell(TEXT)) as [string];
  const client = await desk(line.party("northern")).as("watch-1");
  await until("opened", async () => rungAt(await client.message({ params: { hash } }), "southern", "opened") !== null);
  const { ladder } = await client.message({ params: { hash } });
  const rungs = ladder.find(({ party }) => party === "southern")?.rungs ?? [];
  assert.deepEqual(
    rungs.filter(({ rung }) => rung === "sent" || rung === "stored").map(({ says }) => says),
    ["direct", "direct"],
  );
  const theirs = await desk(line.party("southern")).as("watch-1");
  assert.equal((await theirs.message({ params: { hash } })).came_by, "direct");
  const ways = (await client.status()).peers.find(({ party }) => party === "southern")?.ways ?? [];
  const direct = ways.find(({ carrier }) => carrier === "direct");
  assert.ok(direct?.reaches && direct.last_fault === null && direct.last_heard_at !== null);
  const doctor = await (await desk(line.party("northern")).as("admin-1")).doctor();
  const answers = doctor.steps.find(({ step }) => step === "southern answers");
  assert.match(answers?.message ?? "", /TLS key/);
});

test("a caller with another key, or with none, is cut off before a byte of his is answered", async () => {
  const other = tlsIdentity(suite, suite.randomBytes(32));
  const stranger = directCarrier(() => other);
  await assert.rejects(stranger.carry(peerOf("northern"), new Uint8Array(10), never), coded("peer-unreachable"));
  stranger.close();
  const { port } = new URL(line.party("northern").lineAddress ?? "");
  const bare = connect({ host: "127.0.0.1", port: Number(port), rejectUnauthorized: false });
  bare.on("error", () => undefined);
  bare.on("secureConnect", () => bare.write("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"));
  let said = "";
  bare.on("data", (part: Buffer) => void (said += part.toString("latin1")));
  await new Promise((resolve) => bare.once("close", resolve));
  assert.equal(said, "");
});

test("whoever answers at a party's address with another key is sent nothing", async () => {
  const port = await freePort();
  let heard = 0;
  const evil = createServer(mutualTls(tlsIdentity(suite, suite.randomBytes(32))), (request, response) => {
    heard += 1;
    request.resume();
    response.end();
  });
  evil.on("secureConnection", (socket) => socket.on("data", () => (heard += 1)));
  await new Promise<void>((resolve) => evil.listen(port, "127.0.0.1", resolve));
  const own = ownOf("southern");
  const peer = { ...peerOf("northern"), address: `https://127.0.0.1:${port}` };
  await assert.rejects(own.carry(peer, new Uint8Array(3000), never), coded("peer-other-key"));
  await assert.rejects(own.probe(peer), coded("peer-other-key"));
  assert.equal(heard, 0);
  own.close();
  evil.close();
});

test("the right key opens the door, and what comes in must still be a parcel of the line", async () => {
  const own = ownOf("southern");
  await own.probe(peerOf("northern"));
  await assert.rejects(own.carry(peerOf("northern"), new Uint8Array(100), never), coded("peer-refused"));
  const relief = openNode(line.party("relief").dir, { logger: silentLogger });
  const { sealed } = relief.exchange.next(line.party("northern").id, null);
  await relief.close();
  // Another party's parcel proves itself, whoever carries it.
  assert.ok(((await own.carry(peerOf("northern"), sealed, never)) ?? []).length > 1000);
  own.close();
});

test("what another party brings of a party's parcels is taken, and is no call of its, nor anything sent to it", async () => {
  const relief = new Hostile(line, "relief");
  const [hash] = (await desk(line.party("northern")).tell(TEXT)) as [string];
  const client = await desk(line.party("northern")).as("watch-1");
  const seen = async () => {
    const peer = (await client.status()).peers.find(({ party }) => party === "relief");
    const direct = peer?.ways.find(({ carrier }) => carrier === "direct");
    const sent = rungAt(await client.message({ params: { hash } }), "relief", "sent");
    return [peer?.last_exchange_at, direct?.last_heard_at, direct?.last_sent_at, sent].map((at) => at !== null);
  };
  const nothing = [false, false, false, false];
  const [southern, own] = [ownOf("southern"), ownOf("relief")];
  const said = await southern.carry(peerOf("northern"), relief.parcel("northern"), never);
  // It is written to the store with the next parcel that is taken.
  await southern.carry(peerOf("northern"), relief.parcel("northern"), never);
  assert.deepEqual(await seen(), nothing);
  assert.ok(relief.open(said as Uint8Array).segments.length > 0, "whoever brings it may take the answer back");
  await relief.send("northern");
  await relief.send("northern");
  assert.deepEqual(await seen(), nothing, "in the clear nobody calls a node whose address is https");

  await own.carry(peerOf("northern"), relief.parcel("northern"), never);
  await own.carry(peerOf("northern"), relief.parcel("northern"), never);
  assert.deepEqual(await seen(), [true, true, true, true]);
  southern.close();
  own.close();
});

test("callers who never end a handshake do not keep the others out", async () => {
  const { port } = new URL(line.party("northern").lineAddress ?? "");
  const idle: Socket[] = [];
  for (let i = 0; i < 300; i++) {
    const socket = connectTcp(Number(port), "127.0.0.1");
    socket.on("error", () => undefined);
    socket.on("connect", () => socket.write(Uint8Array.of(0x16, 0x03)));
    idle.push(socket);
  }
  const own = ownOf("southern");
  await own.probe(peerOf("northern"));
  own.close();
  idle.forEach((socket) => socket.destroy());
});

test("parcels are taken in the clear on loopback alone, and a roster names no plain address elsewhere", async () => {
  const dir = line.party("northern").dir;
  assert.equal(readNodeConfig(dir).listen.host, "127.0.0.1");
  const own = ownOf("southern");
  const clear = { ...peerOf("northern"), address: "http://192.0.2.1:7101", carriers: null, tlsKeys: [] };
  await assert.rejects(own.carry(clear, new Uint8Array(1), never), coded("peer-no-address"));
  own.close();
});

test("vectors/direct.json: the certificate is made out of the key alone, and others can read it", () => {
  const page = JSON.parse(readFileSync(new URL("../../vectors/direct.json", import.meta.url), "utf8")) as {
    certificates: { seed: string; public_key: string; der: string }[];
  };
  for (const { seed, public_key, der } of page.certificates) {
    const made = selfSignedCertificate(suite, fromHex(seed, 32));
    assert.equal(toHex(made), der);
    const read = new X509Certificate(made);
    assert.equal(toHex(new Uint8Array(read.publicKey.export({ format: "raw-public" }))), public_key);
    assert.ok(read.verify(read.publicKey), "self-signed");
    assert.equal(read.subject, "CN=parley");
  }
});
