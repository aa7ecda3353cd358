/** A party that holds a right key and means ill: it crawls, says nothing, and takes every connection that it can. */
import assert from "node:assert/strict";
import { once } from "node:events";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { connect, type TLSSocket } from "node:tls";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { lineDoor } from "../../src/server/carriers/line-door.ts";
import { tlsIdentity } from "../../src/server/carriers/tls.ts";
import { silentLogger } from "../../src/server/index.ts";
import { equalBytes } from "../../src/wire/bytes.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { until } from "../support/nodes.ts";

const HEALTH = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
const [own, ill, good] = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array, Uint8Array];
const isOf = (seed: Uint8Array, key: Uint8Array): boolean => equalBytes(suite.ed25519PublicKey(seed), key);
let door: Server;

before(async () => {
  const identity = tlsIdentity(suite, own);
  door = lineDoor({
    identity: () => identity,
    holders: (key) => (isOf(ill, key) || isOf(good, key) ? [parsePartyId("southern")] : []),
    exchange: (sealed) => sealed,
    logger: silentLogger,
    times: { head: 400, request: 1500, idle: 1000, look: 50 },
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
});
after(() => {
  door.closeAllConnections();
  door.close();
});

interface Call {
  readonly socket: TLSSocket;
  readonly said: () => string;
  /** From the beginning on: on a laden machine it may be over before anybody asks. */
  readonly gone: Promise<void>;
}

async function call(seed: Uint8Array): Promise<Call> {
  const { port } = door.address() as AddressInfo;
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false, ...tlsIdentity(suite, seed) });
  socket.on("error", () => undefined);
  let said = "";
  socket.on("data", (part: Buffer) => void (said += part.toString("latin1")));
  const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  await Promise.race([once(socket, "secureConnect"), gone]);
  return { socket, said: () => said, gone };
}

async function isAnswered(seed: Uint8Array): Promise<boolean> {
  const { socket, said } = await call(seed);
  socket.write(HEALTH);
  await until("an answer", async () => said().includes("\r\n\r\n") || socket.destroyed);
  socket.destroy();
  return said().startsWith("HTTP/1.1 200");
}

test("a head that comes byte by byte, a body that never ends and a caller who says nothing are cut", async () => {
  const slow = await call(ill);
  const head = setInterval(() => slow.socket.write("G"), 60);
  const body = await call(ill);
  body.socket.write("POST /line/v1/exchange HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n");
  const drip = setInterval(() => body.socket.write("x"), 60);
  const silent = await call(ill);
  assert.ok(await isAnswered(good), "meanwhile another is answered");
  await Promise.all([slow, body, silent].map(({ gone }) => gone));
  clearInterval(head);
  clearInterval(drip);
  assert.ok(await isAnswered(ill), "and so is he, when he asks as he should");
});

test("whoever takes more connections than his share loses his own oldest, and nobody else any", async () => {
  const { socket: kept } = await call(good);
  const many: TLSSocket[] = [];
  for (let i = 0; i < 40; i++) many.push((await call(ill)).socket);
  await until("his oldest are gone", async () => many.filter((socket) => socket.destroyed).length >= 24);
  assert.ok(await isAnswered(good));
  kept.destroy();
  for (const socket of many) socket.destroy();
});
