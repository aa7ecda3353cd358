/** Whoever reaches the node's port: strangers, hostile pages, an officer who asks for more than his roles. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { createClient, PERMISSIONS, type Route, ROUTES } from "../../src/api/index.ts";
import { type Signer, signCose } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { directCarrier } from "../../src/server/carriers/direct.ts";
import { tlsIdentity } from "../../src/server/carriers/tls.ts";
import { toBase64 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { makeLine, type MadeLine } from "../support/line.ts";
import { type Desk, desk, movementRequest, type NodeProcess, rungAt, startProcess, until } from "../support/nodes.ts";
import { Hostile } from "./hostile.ts";

let line: MadeLine;
let node: NodeProcess;
let northern: Desk;

before(async () => {
  line = await makeLine();
  node = await startProcess(line.party("northern"));
  northern = desk(line.party("northern"));
});
after(async () => {
  await node.stop();
  line.remove();
});

const JSON_TYPE = { "content-type": "application/json" };

async function ask(method: string, path: string, body: string | null = null, headers: Record<string, string> = {}) {
  const response = await fetch(node.url + path, { method, body, headers: { ...JSON_TYPE, ...headers } });
  const text = await response.text();
  const code = text.startsWith('{"error"') ? (JSON.parse(text) as { error: { code: string } }).error.code : null;
  return { status: response.status, code, text, headers: response.headers };
}

async function tokenOf(officer: string): Promise<string> {
  const client = createClient({ baseUrl: node.url, fetch: (url, init) => fetch(url, init), token: () => null });
  const { challenge } = await client.challenge({ body: { officer } });
  const signer = line.party("northern").officers[officer]?.signer as Signer;
  const signature = toBase64(await signCose("parley/v1/session", Buffer.from(challenge, "base64"), signer));
  return (await client.openSession({ body: { officer, challenge, signature } })).token;
}

/** Bytes as they are, for what no HTTP client would send. */
async function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(node.url);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.on("data", (part) => void (answer += part.toString("latin1")));
  socket.write(text);
  await once(socket, "close");
  return answer;
}

const challenge = () => ask("POST", "/api/session/challenge", '{"officer":"watch-1"}');
const asks = (token: string | undefined) => ask("GET", "/api/session", null, { authorization: `Bearer ${token}` });

test("whoever floods the node with sign-ins keeps no officer out, and a challenge serves once, for one officer, here", async () => {
  for (let i = 0; i < 21; i++) {
    const answers = await Promise.all(Array.from({ length: 50 }, challenge));
    assert.ok(answers.every(({ status }) => status === 200));
  }
  assert.equal((await tokenOf("watch-1")).length, 64);
  const signer = line.party("northern").officers["watch-1"]?.signer as Signer;
  const asked = JSON.parse((await challenge()).text) as { challenge: string };
  const sign = async (text: string) =>
    toBase64(await signCose("parley/v1/session", Buffer.from(text, "base64"), signer));
  const open = async (officer: string, text: string) =>
    ask("POST", "/api/session", JSON.stringify({ officer, challenge: text, signature: await sign(text) }));
  const forged = Buffer.from(asked.challenge, "base64");
  forged[forged.length - 1] = (forged.at(-1) as number) ^ 1;
  assert.equal((await open("watch-1", forged.toString("base64"))).code, "challenge-unknown");
  assert.equal((await open("watch-1", "AAAA")).code, "challenge-unknown");
  assert.equal((await open("watch-2", asked.challenge)).code, "challenge-unknown", "for another officer");
  assert.equal((await open("watch-1", asked.challenge)).status, 200);
  assert.equal((await open("watch-1", asked.challenge)).code, "challenge-unknown", "a second time");
});

test("one officer who signs in again and again ends his own oldest session, and nobody else's", async () => {
  const other = await tokenOf("watch-2");
  const tokens: string[] = [];
  for (let i = 0; i < 40; i++) tokens.push(await tokenOf("planner-1"));
  assert.equal((await asks(tokens[0])).code, "not-signed-in");
  assert.equal((await asks(tokens.at(-1))).status, 200);
  assert.equal((await asks(other)).status, 200);
});

/** What a page hears until it is quiet for a moment. */
function listen(token: string) {
  const heard = { types: new Set<string>(), ended: false };
  const stop = new AbortController();
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  void (async () => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${node.url}/api/events`, { headers, signal: stop.signal });
    open();
    for await (const part of response.body ?? []) {
      for (const [, type] of new TextDecoder().decode(part).matchAll(/^event: (.*)$/gm))
        heard.types.add(type as string);
    }
    heard.ended = true;
  })().catch(() => (heard.ended = true));
  return { heard, opened, stop: () => stop.abort() };
}

test("events tell an officer only what the roles of the moment let him see, and end with his session", async () => {
  const [planner, admin, leaving] = await Promise.all(["planner-1", "admin-1", "watch-1"].map(tokenOf));
  const listeners = [planner, admin, leaving].map((token) => listen(token as string));
  const [plans, health, left] = listeners.map(({ heard }) => heard);
  await Promise.all(listeners.map(({ opened }) => opened));
  await ask("DELETE", "/api/session", null, { authorization: `Bearer ${leaving}` });
  await northern.tell(movementRequest());
  const near = { footprint: { type: "circle", centre: { lat: 36.19, lon: 44.01 }, radius_m: 500 } } as const;
  const volumes = [{ ...near, height: null, window: { start: null, end: null } }];
  const item = { id: "CANARY-1", name: "CANARY", category: "CANARY", volumes, remarks: "CANARY" };
  await (await northern.as("planner-1")).putPlans({ body: { items: [item] } });
  await until("the planner's events", async () => plans?.types.has("plan") && plans.types.has("conflict"));
  await until("the end of the other's", async () => left?.ended);
  assert.ok(plans?.types.has("message"));
  assert.ok(!left?.types.has("message"), "he had signed out");
  assert.ok(health?.types.has("message"));
  for (const type of ["plan", "conflict", "draft"]) assert.ok(!health?.types.has(type), type);
  for (const { stop } of listeners) stop();
});

const text = (subject: string, rest = "") => `{"kind":"text","subject":${subject},"body":{"words":"Words."}${rest}}`;

test("no body of a wrong kind, no number out of range and no odd name does anything but a named fault", async () => {
  const token = await tokenOf("watch-1");
  const signed = { authorization: `Bearer ${token}` };
  const draft = (item: string) => ask("POST", "/api/drafts", `{"items":[${item}]}`, signed);
  const bodies = [
    text('"\\ud800"'),
    text('"a\\udfffb"'),
    text('"\\u202edesrever"'),
    text('"\\u0000"'),
    text("1e400"),
    text("null"),
    text('"x"', ',"lang":"\\ud800x"'),
    text('"x"', ',"expires_at":-1'),
    text('"x"', ',"expires_at":1e400'),
    text('"x"', ',"expires_at":8640000000000000'),
    text(
      '"x"',
      ',"findings":[{"code":"a","gravity":"warn","field":null,"message":"m","suggestion":' +
        '{"a":'.repeat(20_000) +
        "1" +
        "}".repeat(20_000) +
        ',"because":null}]',
    ),
    '{"kind":"text","subject":"x","body":{"constructor":1}}',
    '{"kind":"constructor","subject":"x","body":{}}',
    '{"kind":"presence","subject":"x","body":{"claim":"none","volumes":[{"footprint":{"type":"point","at":{"lat":1e400,"lon":0}},"height":null,"window":{"start":null,"end":null}}]}}',
    '{"kind":"presence","subject":"x","body":{"claim":"none","volumes":[{"footprint":{"type":"circle","centre":{"lat":91,"lon":-0},"radius_m":-1},"height":null,"window":{"start":null,"end":null}}]}}',
    `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
  ];
  for (const body of bodies) {
    const { status, code } = await draft(body);
    assert.ok(status >= 400 && status < 500 && code !== null, `${body.slice(0, 90)}: ${status} ${code}`);
  }
  const named = [
    '{"items":[{"kind":"text","subject":"x","body":{"words":"w"}}],"list_name":"\\udc00"}',
    '{"items":[{"kind":"text","subject":"x","body":{"words":"w"}}],"sole_reason":"\\udc00"}',
    '{"items":[],"__proto__":{}}',
    "null",
    "[]",
    '"text"',
  ];
  for (const body of named) {
    const { status, code } = await ask("POST", "/api/drafts", body, signed);
    assert.ok(status >= 400 && status < 500 && code !== null, `${body}: ${status} ${code}`);
  }
  const inherited = await draft('{"kind":"text","subject":"x","body":{"words":"a","__proto__":{"words":"b"}}}');
  assert.match(inherited.text, /"value":"a"/);
  assert.equal(({} as { words?: string }).words, undefined);
  assert.doesNotMatch(node.log(), /"event":"internal"/);
});

test("every route refuses an odd id with a named fault, and nothing outside of the console's folder is served", async () => {
  const signed = { authorization: `Bearer ${await tokenOf("admin-1")}` };
  const odd = [
    "..%2f..%2fnode.keys",
    "%2e%2e",
    "%00",
    "..%5c..",
    "northern%2f..%2fsouthern",
    "%ff",
    "a".repeat(5000),
    "__proto__",
    "%F0%9F%92%A3",
  ];
  for (const { method, path } of Object.values(ROUTES) as Route[]) {
    const names = path.match(/\{[a-z]+\}/g) ?? [];
    if (names.length === 0) continue;
    for (const id of odd) {
      const asked = names.reduce((text, name) => text.replace(name, id), path);
      // Every reader of URLs walks up from "%2e%2e"; what then lies outside of the routes is looked at below.
      if (!new URL(asked, node.url).pathname.startsWith("/api/")) continue;
      const { status, code } = await ask(method.toUpperCase(), asked, method === "post" ? "{}" : null, signed);
      assert.ok(status >= 400 && status < 500 && code !== null, `${method} ${asked.slice(0, 90)}: ${status} ${code}`);
    }
  }
  const files = [
    "/api/lists/%2e%2e/%2e%2e/package.json",
    "/..%2fserver/main.js",
    "/%2e%2e/%2e%2e/package.json",
    "/assets/..%2f..%2f..%2fpackage.json",
    "/%00.html",
    "/..%5c..%5cpackage.json",
    "//etc/hosts.txt",
    "/%ff.txt",
  ];
  for (const path of files) {
    const { status, text } = await ask("GET", path);
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
    assert.doesNotMatch(text, /"dependencies"|localhost/);
  }
  assert.doesNotMatch(node.log(), /"event":"internal"/);
});

test("another name, another site, and a request that two readers read differently get nothing", async () => {
  const get = (path: string, host: string, more = "") =>
    raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);
  const host = new URL(node.url).host;
  assert.match(await get("/api/node", host), /^HTTP\/1\.1 200/);
  for (const path of [
    "/api/node",
    "/line/../api/node",
    "/line/v1/../../api/node",
    "/healthz/../api/node",
    "http://127.0.0.1/api/node",
    "/line/%2e%2e/api/node",
  ]) {
    assert.doesNotMatch(await get(path, "rebound.example.org"), /"line_title"/, path);
  }
  for (const name of [
    "",
    "127.0.0.1.example.org",
    "127.0.0.1@example.org",
    "localhost.example.org",
    "[::1].example.org",
    "0x7f.1",
  ]) {
    assert.doesNotMatch(await get("/api/node", name), /"line_title"/, name);
  }
  for (const origin of ["null", "https://example.org", `${node.url}.example.org`, node.url.replace("http:", "ftp:")]) {
    assert.match(await get("/api/node", host, `Origin: ${origin}\r\n`), /origin-refused/, origin);
  }
  const preflight = await raw(
    `OPTIONS /api/drafts HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://example.org\r\nConnection: close\r\n\r\n`,
  );
  assert.doesNotMatch(preflight, /access-control-allow/i);
  const smuggled = await raw(
    `POST /healthz HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/node HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
  );
  assert.doesNotMatch(smuggled, /"line_title"/);
  for (const path of ["/", "/api/node", "/api/docs", "/no-such-page", "/line/v1/exchange"]) {
    const { headers } = await ask("GET", path);
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'.*frame-ancestors 'none'/, path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(headers.get("access-control-allow-origin"), null, path);
  }
});

test("what is asked without a session, and what outsiders send to the line's door, says nothing", async () => {
  for (const [id, route] of Object.entries(ROUTES) as [string, Route][]) {
    if (route.access === "anyone") continue;
    const path = route.path.replace(/\{[a-z]+\}/g, "northern");
    const { status, code } = await ask(route.method.toUpperCase(), path, route.method === "post" ? "{}" : null);
    assert.deepEqual([status, code], [401, "not-signed-in"], id);
  }
  assert.ok(Object.values(PERMISSIONS).every((roles) => roles.length > 0));
  const large = await fetch(`${node.url}/line/v1/exchange`, { method: "POST", body: new Uint8Array(6 << 20) });
  assert.equal(large.status, 413, "no more is read than a parcel has");
});

test("a parcel that is sent once more is not taken for a word of its sender", async () => {
  const southern = new Hostile(line, "southern");
  const client = await northern.as("watch-1");
  const at = async () => {
    const { peers } = await client.status();
    return peers.find(({ party }) => party === "southern")?.last_exchange_at ?? null;
  };
  const parcel = southern.parcel("northern");
  await southern.post("northern", parcel);
  const first = await at();
  assert.ok(first !== null);
  await new Promise((resolve) => setTimeout(resolve, 30));
  await southern.post("northern", parcel);
  assert.equal(await at(), first, "somebody on the way has sent it again");
  await southern.post("northern", southern.parcel("northern"));
  assert.notEqual(await at(), first);
});

test("in the clear, what nobody is known to have got is not sent: an old parcel does not say who brings it", async () => {
  const relief = new Hostile(line, "relief");
  const client = await northern.as("watch-1");
  const [hash] = (await northern.tell(movementRequest("to be sent"))) as [string];
  const sentAt = async () => rungAt(await client.message({ params: { hash } }), "relief", "sent");
  const recorded = [relief.parcel("northern"), relief.parcel("northern")];
  for (const parcel of recorded) await relief.post("northern", parcel);
  assert.equal(await sentAt(), null);
  // It hears what it is asked, repeats it, and so is there.
  for (let i = 0; i < 3; i++) await relief.send("northern");
  assert.notEqual(await sentAt(), null);
});

test("what a peer's answer says cannot write on an officer's screen", async () => {
  const evil = createServer((_, response) => {
    const code = "\u001b]0;owned\u0007\u001b[2Jall is well\u202e";
    const error = { code, message: "", next: "", exit: 1, detail: {} };
    response.writeHead(400, JSON_TYPE).end(JSON.stringify({ error }));
  });
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
  evil.unref();
  const { port } = evil.address() as { port: number };
  const signal = AbortSignal.timeout(5000);
  const identity = tlsIdentity(suite, suite.randomBytes(32));
  const direct = directCarrier(() => identity);
  const peer = { party: parsePartyId("southern"), address: `http://127.0.0.1:${port}`, carriers: null, tlsKeys: [] };
  await assert.rejects(direct.carry(peer, new Uint8Array(1), signal), (error) => {
    assert.ok(isParleyError(error, "peer-refused"));
    assert.match(JSON.stringify([error.message, error.detail]), /^[\x20-\x7e]*$/);
    assert.doesNotMatch(error.message, /well/);
    return true;
  });
  evil.close();
});
