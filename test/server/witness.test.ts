/** Real nodes: one asks, another is the witness, and a third kind never answers. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import {
  type Checkpoint,
  cosignatureFrom,
  formatAddCheckpoint,
  formatVkey,
  parsePolicy,
  parseVkey,
  rootFromLeaves,
  leafHash,
  signCheckpoint,
} from "../../src/log/index.ts";
import { verifyEvidence } from "../../src/line/index.ts";
import { parseConfig, formatConfig, silentLogger, startNode } from "../../src/server/index.ts";
import { openWitnessMemory } from "../../src/server/witness/memory.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { freePort, makeLine, type MadeLine } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const LOG = { name: "example.com/log", seed: new Uint8Array(32).fill(3) };
const LOG_KEY = { name: LOG.name, publicKey: suite.ed25519PublicKey(LOG.seed) };
const WITNESS = "witness.example/southern";

/** The verifier key of a party's log, from the line's file, as its own officers would give it away. */
function logVkey(line: MadeLine, party: string): string {
  const [founding] = line.line.histories.get(line.party(party).id) ?? [];
  assert(founding !== undefined);
  const name = `parley/${line.line.line}/${party}/0`;
  return formatVkey(suite, "note", { name, publicKey: founding.roster.node.log });
}

/** The vkey of the witness that will run in `dir`: its key is there from its first start on. */
function witnessVkey(dir: string): string {
  const memory = openWitnessMemory(suite, join(dir, "witness.sqlite"));
  const vkey = formatVkey(suite, "cosignature", { name: WITNESS, publicKey: suite.ed25519PublicKey(memory.seed) });
  memory.close();
  return vkey;
}

function configure(dir: string, toml: string): void {
  const path = join(dir, "parley.toml");
  // Tables come last in TOML.
  appendFileSync(path, `\n${toml}\n`);
  parseConfig(readFileSync(path, "utf8"));
}

const asks = (url: string, key: string) => `[[witnesses]]\nurl = "${url}"\nkey = "${key}"\n`;
const serves = (port: number, logs: readonly string[]) =>
  `[witness]\nlisten = "127.0.0.1:${port}"\nname = "${WITNESS}"\nlogs = ${JSON.stringify(logs)}\n`;

/** Takes every request and answers as it is told, or never. */
async function stranger(answer: ((response: ServerResponse) => void) | null) {
  let asked = 0;
  const server: Server = createServer((request, response) => {
    asked += 1;
    request.resume();
    if (answer !== null) request.once("end", () => answer(response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}/w`, asked: () => asked, close };
}

test("a node's checkpoints are cosigned by another node, and a witness that never answers delays nothing", async () => {
  const line = await makeLine();
  const [northern, southern] = [line.party("northern"), line.party("southern")];
  const port = await freePort();
  const silent = await stranger(null);
  configure(southern.dir, serves(port, [logVkey(line, "northern")]));
  const key = witnessVkey(southern.dir);
  const mute = formatVkey(suite, "cosignature", { name: "mute.example", publicKey: LOG_KEY.publicKey });
  configure(northern.dir, asks(`http://127.0.0.1:${port}`, key) + asks(silent.url, mute));
  const nodes = [await startNode(northern.dir, quiet), await startNode(southern.dir, quiet)];
  try {
    const watch = await desk(northern).as("watch-1");
    await until("the silent witness was asked", async () => silent.asked() > 0);
    await desk(northern).tell(movementRequest());
    // It is released and held by the other side while the silent witness still keeps its request open.
    await until("the receipt", async () => (await watch.status()).peers.some(({ they_hold }) => they_hold >= 3));
    assert.equal(silent.asked(), 1);
    const cosigned = await until("the cosignature", async () => {
      const { witnesses, log } = await watch.status();
      return witnesses[0]?.size === log.size ? witnesses : null;
    });
    assert.equal(cosigned[0]?.name, WITNESS);
    assert.equal(cosigned[0]?.fault, null);
    assert.deepEqual([cosigned[1]?.size, cosigned[1]?.at], [0, null]);
    const steps = (await watch.doctor()).steps.filter(({ step }) => step.startsWith("witness "));
    assert.deepEqual(
      steps.map(({ step }) => step),
      [`witness ${WITNESS}`, "witness mute.example"],
    );
    assert.match(steps[0]?.message ?? "", /entries cosigned at 20/);
  } finally {
    silent.close();
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

test("what a witness says is shown and believed by nobody: refusals, a larger log, another's signature, no end of bytes", async () => {
  const line = await makeLine();
  const { dir } = line.party("northern");
  const plain = { "content-type": "text/plain" };
  const answers: [string, (response: ServerResponse) => void, string][] = [
    ["refuses", (response) => response.writeHead(403, plain).end("no\n"), "witness-refused"],
    ["disagrees", (response) => response.writeHead(422, plain).end("no\n"), "witness-disagrees"],
    ["ahead", (response) => response.writeHead(409, plain).end("1000000\n"), "witness-ahead"],
    ["liar", (response) => response.writeHead(200, plain).end("\u2014 liar AAAAAAAA\n"), "witness-reply-malformed"],
    [
      "redirects",
      (response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      "witness-unanswered",
    ],
    ["endless", (response) => response.writeHead(200, plain).end("x".repeat(200_000)), "witness-unanswered"],
  ];
  const all = await Promise.all(answers.map(([, answer]) => stranger(answer)));
  const keyOf = (name: string) => formatVkey(suite, "cosignature", { name, publicKey: LOG_KEY.publicKey });
  configure(dir, all.map(({ url }, i) => asks(url, keyOf(answers[i]?.[0] as string))).join(""));
  const node = await startNode(dir, quiet);
  try {
    const watch = await desk(line.party("northern")).as("watch-1");
    const found = await until("every fault", async () => {
      const { witnesses } = await watch.status();
      return witnesses.every(({ fault }) => fault !== null) ? witnesses : null;
    });
    assert.deepEqual(
      found.map(({ name, size, fault }) => [name, size, fault?.code]),
      answers.map(([name, , code]) => [name, 0, code]),
    );
    await desk(line.party("northern")).tell(movementRequest());
  } finally {
    all.forEach(({ close }) => close());
    await node.stop();
    line.remove();
  }
});

test("what a witness of the charter cosigned stands in evidence, and a reader asks for a quorum of those he believes", async () => {
  const apart = mkdtempSync(join(tmpdir(), "parley-witness-"));
  const key = witnessVkey(apart);
  const line = await makeLine({ terms: { witnesses: [key] } });
  const [northern, southern] = [line.party("northern"), line.party("southern")];
  copyFileSync(join(apart, "witness.sqlite"), join(southern.dir, "witness.sqlite"));
  const port = await freePort();
  configure(southern.dir, serves(port, [logVkey(line, "northern")]));
  configure(northern.dir, asks(`http://127.0.0.1:${port}`, key));
  const nodes = [await startNode(northern.dir, quiet), await startNode(southern.dir, quiet)];
  try {
    const watch = await desk(northern).as("watch-1");
    const [hash] = await desk(northern).tell(movementRequest());
    await until("the cosignature", async () => {
      const { witnesses, log } = await watch.status();
      return log.size >= 3 && witnesses[0]?.size === log.size;
    });
    const log = `log ${logVkey(line, "northern")}\n`;
    const own = `${log}witness south ${key}\nquorum south\n`;
    const stranger = formatVkey(suite, "cosignature", { name: "stranger.example", publicKey: LOG_KEY.publicKey });
    const both = `${log}witness south ${key}\nwitness far ${stranger}\ngroup all all south far\nquorum all\n`;
    const elsewhere = `log ${formatVkey(suite, "note", LOG_KEY)}\nwitness south ${key}\nquorum south\n`;
    for (const file of [await watch.messageEvidence({ params: { hash: hash as string } }), await watch.export()]) {
      const report = (policy?: string) => {
        const options = policy === undefined ? {} : { policy: parsePolicy(suite, policy) };
        return verifyEvidence(suite, file, line.line.fingerprints, options);
      };
      const codes = (policy: string) => [...new Set(report(policy).faults.map((fault) => fault.code))];
      assert.deepEqual(report().faults, []);
      const [found] = report(own).messages.find((message) => message.hash === hash)?.cosigned ?? [];
      assert.deepEqual([found?.witness, found?.vkey, found?.given], [WITNESS, key, true]);
      assert.ok((found?.at ?? 0) > 0);
      assert.equal(report().messages.find((message) => message.hash === hash)?.cosigned[0]?.given, false);
      assert.deepEqual(codes(own), []);
      assert.deepEqual(codes(both), ["evidence-quorum"]);
      assert.deepEqual(codes(elsewhere), ["evidence-quorum"]);
    }
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
    rmSync(apart, { recursive: true });
  }
});

function checkpointOf(size: number, salt = ""): Checkpoint {
  const leaves = Array.from({ length: size }, (_, i) => leafHash(suite, utf8(`${salt}${i}`)));
  return { origin: LOG.name, size, root: rootFromLeaves(suite, leaves) };
}

test("a witness's door: one log that grows, over a restart, and no room for those who ask badly", async () => {
  const line = await makeLine();
  const { dir } = line.party("southern");
  const port = await freePort();
  configure(dir, serves(port, [formatVkey(suite, "note", LOG_KEY)]));
  const key = parseVkey(suite, witnessVkey(dir));
  const url = `http://127.0.0.1:${port}/add-checkpoint`;
  const post = async (body: string | Uint8Array<ArrayBuffer>) => {
    const response = await fetch(url, { method: "POST", body });
    return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
  };
  const request = (checkpoint: Checkpoint, oldSize: number, seed = LOG.seed) =>
    formatAddCheckpoint({ oldSize, proof: [], note: signCheckpoint(suite, checkpoint, { name: LOG.name, seed }) });
  const warned: unknown[][] = [];
  let node = await startNode(dir, quiet);
  try {
    const first = await post(request(checkpointOf(3), 0));
    assert.equal(first.status, 200);
    assert.ok(cosignatureFrom(suite, checkpointOf(3), first.text, key).at > 0);
    await node.stop();
    node = await startNode(dir, { logger: { ...silentLogger, warn: (...line) => void warned.push(line) } });
    // It remembers: the same again, a fork of the same size, a smaller one, another key, no key, no proof.
    assert.equal((await post(request(checkpointOf(3), 3))).status, 200);
    const refused = { status: 409, type: "text/x.tlog.size", text: "3\n" };
    const forks = ["forked", "forked", "forked once more"].map((salt) => request(checkpointOf(3, salt), 3));
    for (const fork of forks) assert.deepEqual(await post(fork), refused);
    const proofs = forks.slice(1).map((proof) => ["witness-fork", { size: 3, request: proof }]);
    const told = warned.filter(([event]) => event === "witness-fork");
    assert.deepEqual(told, proofs, "each proof once, however often it is shown");
    assert.deepEqual(await post(request(checkpointOf(2), 0)), refused);
    assert.equal((await post(request(checkpointOf(4), 3, new Uint8Array(32).fill(8)))).status, 403);
    assert.equal((await post(request(checkpointOf(4), 3).replaceAll("example.com", "example.org"))).status, 404);
    assert.equal((await post(request(checkpointOf(4), 3))).status, 422);
    assert.equal((await post(Uint8Array.of(0xff, 0xfe))).status, 400);
    assert.equal((await post("x".repeat(1_000_000)).catch(() => ({ status: 413 }))).status, 413);
    assert.equal((await fetch(url)).status, 404);
    assert.equal((await fetch(`http://127.0.0.1:${port}/api/status`, { method: "POST" })).status, 404);
    // One who sends slowly holds his own connection, and no other.
    const crawler: Socket = connect(port, "127.0.0.1");
    crawler.write("POST /add-checkpoint HTTP/1.1\r\nhost: w\r\ncontent-length: 100\r\n\r\nold");
    assert.equal((await post(request(checkpointOf(3), 3))).status, 200);
    crawler.destroy();
  } finally {
    await node.stop();
    line.remove();
  }
});

test("parley.toml: witnesses are named by their keys, and every fault is named", () => {
  const log = formatVkey(suite, "note", LOG_KEY);
  const witness = formatVkey(suite, "cosignature", LOG_KEY);
  const text = `party = "northern"\n${asks("https://w.example/log/", witness)}${serves(7109, [log])}`;
  const config = parseConfig(text);
  assert.equal(config.witnesses[0]?.url, "https://w.example/log");
  assert.deepEqual(parseConfig(formatConfig(config)), config);
  const faulty = [
    asks("http://w.example/", witness),
    asks("https://name:word@w.example/", witness),
    asks("https://w.example/", log),
    asks("https://w.example/", witness) + asks("https://v.example/", witness),
    serves(7109, [witness]),
    serves(7109, []),
    serves(7109, [log]).replace(WITNESS, "two words"),
  ];
  for (const part of faulty) {
    assert.throws(
      () => parseConfig(`party = "northern"\n${part}`),
      (error) => isParleyError(error, "config-malformed") && error.message.includes("witness"),
    );
  }
});
