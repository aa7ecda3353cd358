import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Connection } from "../../src/store/driver.ts";
import { after, before, test } from "node:test";
import { createClient, type DraftRequest } from "../../src/api/index.ts";
import { type Signer, signCose } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { type Message, signDrafted, signReleased, toBeSigned } from "../../src/message/index.ts";
import { type RunningNode, silentLogger, startNode } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { openLineStore, storeError } from "../../src/store/index.ts";
import { toBase64, toHex } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parseMessageId } from "../../src/wire/id.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const quiet = { logger: silentLogger };
const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));

let line: MadeLine;
let nodes: RunningNode[] = [];
const dirOf = (party: string) => line.party(party).dir;

before(async () => {
  line = await makeLine();
  nodes = await Promise.all(["northern", "southern"].map((party) => startNode(dirOf(party), quiet)));
});
after(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  line.remove();
});

async function faultOf(response: Response): Promise<string> {
  const body = (await response.json()) as { error: { code: string; next: string } };
  assert.ok(body.error.next.length > 10, "every fault says what to do next");
  return body.error.code;
}

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(line.party("northern").url + path, { method: "POST", body, headers });

test("a body of a wrong type, none, and one that is too large are refused before anything is done", async () => {
  const json = { "content-type": "application/json" };
  const path = "/api/session/challenge";
  const cases: [BodyInit, Record<string, string>, number, string][] = [
    ["{}", { "content-type": "text/plain" }, 400, "request-malformed"],
    ["", json, 400, "request-malformed"],
    ["{", json, 400, "request-malformed"],
    ['{"officer":"watch-1","more":1}', json, 400, "request-malformed"],
    ['{"officer":"WATCH 1"}', json, 400, "request-malformed"],
    ['{"officer":"nobody"}', json, 404, "officer-unknown"],
    [`"${"x".repeat(2 << 20)}"`, json, 413, "request-too-large"],
  ];
  for (const [body, headers, status, code] of cases) {
    const response = await post(path, body, headers);
    assert.deepEqual([response.status, await faultOf(response)], [status, code]);
  }
});

test("a garbled, cut or altered parcel is refused with its code and changes nothing", async () => {
  const relief = openNode(dirOf("relief"), quiet);
  const { sealed } = relief.exchange.next(line.party("northern").id, null);
  const { sealed: other } = relief.exchange.next(line.party("southern").id, null);
  await relief.close();
  const altered = Uint8Array.from(sealed);
  altered[sealed.length - 9] = (altered[sealed.length - 9] as number) ^ 1;
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(0), "parcel-truncated"],
    [new TextEncoder().encode("not a parcel at all"), "parcel-malformed"],
    [sealed.slice(0, sealed.length - 1), "parcel-truncated"],
    [altered, "parcel-altered"],
    [other, "parcel-not-for-us"],
  ];
  for (const [bytes, code] of cases) {
    assert.equal(await faultOf(await post("/line/v1/exchange", bytes as BodyInit)), code);
  }
  assert.equal((await post("/line/v1/exchange", sealed as BodyInit)).status, 200);
});

test("another site's page and another name for the node are refused; every answer bears the policy", async () => {
  const { url } = line.party("northern");
  const foreign = await fetch(`${url}/api/node`, { headers: { origin: "https://example.org" } });
  assert.deepEqual([foreign.status, await faultOf(foreign)], [403, "origin-refused"]);
  const { status, text } = await rawGet(url, "rebound.example.org");
  assert.equal(status, 403);
  assert.match(text, /host-refused/);
  const page = await fetch(`${url}/api/docs`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'none'/);
  assert.doesNotMatch(await page.text(), /<script|https?:\/\/(?!127)/);
  const document = (await (await fetch(`${url}/api/openapi.json`)).json()) as { openapi: string; paths: object };
  assert.equal(document.openapi, "3.1.0");
  assert.ok(Object.keys(document.paths).length > 30);
});

/** fetch sets the Host header by itself. */
async function rawGet(url: string, host: string): Promise<{ status: number; text: string }> {
  const { get } = await import("node:http");
  return new Promise((resolve, reject) => {
    get(`${url}/api/node`, { headers: { host } }, (response) => {
      let text = "";
      response.on("data", (part: Buffer) => void (text += part.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    }).on("error", reject);
  });
}

async function signed(challenge: string, by: Signer): Promise<string> {
  return toBase64(await signCose("parley/v1/session", Buffer.from(challenge, "base64"), by));
}

test("sign-in takes the officer's own key, a challenge once, and a role for each thing that is asked", async () => {
  const northern = line.party("northern");
  const client = createClient({ baseUrl: northern.url, fetch: (url, init) => fetch(url, init), token: () => null });
  const signer = northern.officers["watch-1"]?.signer as Signer;
  const other = northern.officers["watch-2"]?.signer as Signer;
  const officer = "watch-1";
  const first = await client.challenge({ body: { officer } });
  const wrong = { officer, challenge: first.challenge, signature: await signed(first.challenge, other) };
  await assert.rejects(client.openSession({ body: wrong }), coded("signature-refused"));
  const right = { officer, challenge: first.challenge, signature: await signed(first.challenge, signer) };
  await assert.rejects(client.openSession({ body: right }), coded("challenge-unknown"), "it served already");
  await assert.rejects(client.status(), coded("not-signed-in"));
  const planner = await desk(northern).as("planner-1");
  const params = { id: "0".repeat(32) };
  await assert.rejects(planner.releaseDraft({ params, body: { signatures: ["AA=="] } }), coded("role-missing"));
  await assert.rejects((await desk(northern).as("watch-1")).putPlans({ body: { items: [] } }), coded("role-missing"));
  await planner.closeSession();
  await assert.rejects(planner.status(), coded("not-signed-in"));
});

test("the same officer twice, one without the role, and a missing second officer release nothing", async () => {
  const northern = desk(line.party("northern"));
  const both = { drafter: "watch-2", releaser: "watch-2" };
  await assert.rejects(northern.tell(movementRequest(), both), coded("release-refused"));
  const without = { drafter: "watch-2", releaser: "watch-1" };
  await assert.rejects(northern.tell(movementRequest(), without), coded("release-refused"));
  await assert.rejects(
    northern.tell(movementRequest(), { drafter: null, releaser: "watch-2" }),
    coded("draft-not-signed"),
  );
  const { messages } = await (await northern.as("watch-1")).messages();
  assert.deepEqual(messages, []);
  const malformed: DraftRequest = { items: [{ kind: "movement", subject: "x", body: { phase: "lost" } }] };
  await assert.rejects(northern.tell(malformed), coded("body-invalid"));
});

/** An honest store would not let its own party use an id twice. */
const forgetfulStore: typeof openLineStore = (path, identity) => {
  const store = openLineStore(path, identity);
  return { ...store, commit: (writes) => store.commit(writes.filter(({ write }) => write !== "message")) };
};

test("what a hostile author puts into its log is held, counts for nothing, and is shown with its cause", async () => {
  const relief = line.party("relief");
  const node = openNode(relief.dir, { ...quiet, openStore: forgetfulStore });
  const base = (): Message => ({
    line: line.line.line,
    charter: line.line.charterHash,
    from: relief.id,
    id: parseMessageId(toHex(suite.randomBytes(16))),
    kind: "text",
    version: 1,
    subject: "words",
    re: null,
    list: null,
    heads: [],
    at: Date.now(),
    expires: null,
    lang: "en",
    exercise: true,
    sole_reason: null,
    body: { words: "Words." },
  });
  const signer = (officer: string) => relief.officers[officer]?.signer as Signer;
  const append = async (message: Message, drafter: Signer, releaser: Signer) => {
    const released = await signReleased(suite, await signDrafted(suite, toBeSigned(suite, message), drafter), releaser);
    node.outbound.append([{ type: "message", released, drafter: null, releaser: "watch-2" as never }]);
    return released.hash;
  };
  node.outbound.append([
    { type: "charter" },
    { type: "roster", roster: node.state.foundingRosters.get(relief.id) as never },
  ]);
  const good = base();
  const expected = new Map<string, string[]>();
  const [w1, w2] = [signer("watch-1"), signer("watch-2")];
  const stranger: Signer = {
    publicKey: suite.ed25519PublicKey(new Uint8Array(32)),
    sign: async (m) => suite.ed25519Sign(new Uint8Array(32), m),
  };
  expected.set(await append(good, w1, w2), []);
  expected.set(await append({ ...good, subject: "again" }, w1, w2), ["repeated-id"]);
  expected.set(await append(base(), w2, w2), ["same-person"]);
  expected.set(await append(base(), w1, w1), ["role"]);
  expected.set(await append(base(), w1, stranger), ["unknown-officer"]);
  expected.set(await append({ ...base(), from: line.party("southern").id }, w1, w2), ["not-the-author"]);
  expected.set(await append({ ...base(), charter: "0".repeat(64) }, w1, w2), ["wrong-charter"]);
  expected.set(await append({ ...base(), exercise: false }, w1, w2), ["not-an-exercise"]);
  await node.close();
  nodes.push(await startNode(relief.dir, quiet));
  const client = await desk(line.party("northern")).as("watch-1");
  const messages = await until("all of them", async () => {
    const found = (await client.messages()).messages.filter(({ from }) => from === "relief");
    return found.length === expected.size ? found : null;
  });
  for (const { hash, faults } of messages) assert.deepEqual(faults, expected.get(hash), hash);
  const { items } = await client.inbox();
  assert.deepEqual(
    items.map(({ message }) => message.subject),
    ["words"],
  );
  const codes = await until("the refusals", async () => {
    const { notices } = await (await desk(relief).as("watch-1")).notices();
    const refused = notices.filter(
      ({ from, detail }) => from === "northern" && JSON.stringify(detail).includes("refused"),
    );
    return refused.length > 0 ? refused : null;
  });
  assert.ok(codes.length > 0);
});

test("a full disk is said to whoever asks, nothing is half-done, and it goes on when there is room", async () => {
  const own = await makeLine();
  let full = false;
  const openStore: typeof openLineStore = (path, identity) => {
    const store = openLineStore(path, identity);
    const commit: typeof store.commit = (writes) => {
      if (full && writes.length > 0) throw storeError("disk-full", "The disk is full.");
      store.commit(writes);
    };
    return { ...store, commit };
  };
  const started = [
    await startNode(own.party("northern").dir, { ...quiet, openStore }),
    await startNode(own.party("southern").dir, quiet),
  ];
  try {
    const [northern, southern] = [desk(own.party("northern")), desk(own.party("southern"))];
    const client = await northern.as("watch-1");
    await northern.as("watch-2");
    const [before] = (await northern.tell(movementRequest("before"))) as [string];
    await until("it", async () =>
      (await (await southern.as("watch-1")).messages()).messages.some(({ hash }) => hash === before),
    );
    const size = (await client.status()).log.size;
    full = true;
    await assert.rejects(northern.tell(movementRequest("full")), coded("disk-full"));
    const [heard] = (await southern.tell(movementRequest("meanwhile"))) as [string];
    assert.equal((await client.status()).log.size, size);
    full = false;
    await until("what was said meanwhile", async () =>
      (await client.messages()).messages.some(({ hash }) => hash === heard),
    );
    await northern.tell(movementRequest("room again"));
    const subjects = (await client.messages()).messages.map(({ subject }) => subject);
    assert.deepEqual(subjects.toSorted(), ["before", "meanwhile", "room again"]);
  } finally {
    await Promise.all(started.map((node) => node.stop()));
    own.remove();
  }
});

test("an expired line takes sites, alerts and replies, and says why nothing else", async () => {
  const foundedAt = Date.now() - 86_400_000;
  const own = await makeLine({ foundedAt, terms: { expires_at: Date.now() - 3_600_000 } });
  const node = await startNode(own.party("northern").dir, quiet);
  try {
    const northern = desk(own.party("northern"));
    await assert.rejects(northern.tell(movementRequest()), coded("line-expired"));
    const alert = {
      kind: "alert" as const,
      subject: "Stop",
      body: {
        alert: "STOP",
        volumes: [
          { footprint: { type: "point", at: { lat: 36, lon: 44 } }, height: null, window: { start: null, end: null } },
        ],
        remarks: "",
      },
    };
    const told = await northern.tell({ items: [alert] }, { drafter: null, releaser: "watch-1" });
    assert.equal(told.length, 1);
    assert.equal((await (await northern.as("watch-1")).status()).state, "expired");
  } finally {
    await node.stop();
    own.remove();
  }
});

test("a second node on the directory, a damaged lock, a port in use, a newer store and faults in parley.toml each have their code", async () => {
  const own = await makeLine();
  const { dir, url } = own.party("northern");
  const running = await startNode(dir, quiet);
  await assert.rejects(startNode(dir, quiet), coded("node-running"));
  await running.stop();
  // Where the lock's own file is damaged, nobody is sent to look for another node.
  const lock = join(dir, "node.lock");
  writeFileSync(lock, Buffer.alloc(8192, "damaged "));
  await assert.rejects(startNode(dir, quiet), coded("store-corrupt"));
  rmSync(lock);
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(Number(new URL(url).port), "127.0.0.1", resolve));
  await assert.rejects(startNode(dir, quiet), coded("port-in-use"));
  await new Promise((resolve) => squatter.close(resolve));
  const db = new Connection(join(dir, "line.sqlite"), null);
  db.exec("PRAGMA user_version = 1000");
  db.close();
  await assert.rejects(startNode(dir, quiet), coded("store-newer"));
  await assert.rejects(startNode(join(dir, "officers"), quiet), coded("node-directory-missing"));
  own.remove();
});
