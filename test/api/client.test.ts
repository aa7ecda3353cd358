import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient, type Fetch, formatEvent, type NodeEvent, pathOf, ROUTES } from "../../src/api/index.ts";
import { isParleyError } from "../../src/wire/error.ts";

const HASH = "ab".repeat(32);

function clientOf(fetch: Fetch, token: string | null = "t0ken") {
  return createClient({ baseUrl: "http://127.0.0.1:7101/", fetch, token: () => token });
}

const replies =
  (status: number, body: unknown): Fetch =>
  async () =>
    Response.json(body, { status });

test("a path is built from the route table, and a hostile parameter stays inside its segment", () => {
  assert.equal(pathOf("message", { hash: HASH }), `/api/messages/${HASH}`);
  assert.equal(pathOf("deletePlan", { id: "../session?x=/#" }), "/api/plans/..%2Fsession%3Fx%3D%2F%23");
  assert.equal(pathOf("tile", { party: "northern", tile: "0/x001/234" }), "/api/log/northern/tile/0/x001/234");
  assert.equal(pathOf("messages", {}, { kind: "site", limit: 5, from: undefined }), "/api/messages?kind=site&limit=5");
});

test("every path parameter of a route has a schema, and no two routes meet", () => {
  const seen = new Set<string>();
  for (const [id, route] of Object.entries(ROUTES)) {
    const names = [...route.path.matchAll(/\{([a-z]+)\}/g)].map((match) => match[1]);
    const described = "params" in route ? Object.keys(route.params.shape) : [];
    assert.deepEqual(names, described, id);
    const door = `${route.method} ${route.path}`;
    assert.ok(!seen.has(door), door);
    seen.add(door);
  }
});

test("a request carries the token in a header and its body as JSON", async () => {
  const calls: [string, RequestInit][] = [];
  const client = clientOf(async (url, init) => {
    calls.push([url, init]);
    return Response.json({ challenge: "AAAA", expires_at: 5 });
  });
  assert.deepEqual(await client.challenge({ body: { officer: "watch-1" } }), { challenge: "AAAA", expires_at: 5 });
  const [url, init] = calls[0] as [string, RequestInit];
  assert.equal(url, "http://127.0.0.1:7101/api/session/challenge");
  assert.equal(init.method, "POST");
  assert.equal(init.body, '{"officer":"watch-1"}');
  assert.equal((init.headers as Record<string, string>)["authorization"], "Bearer t0ken");
});

test("the node's own fault comes back with its code and what to do next", async () => {
  const error = { code: "role-missing", message: "No.", next: "Ask.", exit: 2, detail: { role: "releaser" } };
  const outcome = clientOf(replies(403, { error })).inbox();
  await assert.rejects(outcome, (fault) => {
    assert.ok(isParleyError(fault, "role-missing"));
    assert.deepEqual([fault.message, fault.next, fault.exit, fault.http], ["No.", "Ask.", 2, 403]);
    return true;
  });
});

test("no answer, a fault without a reason and a reply of another shape are told apart", async () => {
  const dead = clientOf(async () => {
    throw new TypeError("fetch failed");
  });
  await assert.rejects(dead.node(), (fault) => isParleyError(fault, "node-unreachable"));
  const mute = clientOf(async () => new Response("oops", { status: 500 }));
  await assert.rejects(mute.node(), (fault) => isParleyError(fault, "reply-not-understood"));
  const behind = clientOf(async () => new Response("<h1>Bad Gateway</h1>", { status: 502 }));
  await assert.rejects(behind.node(), (fault) => isParleyError(fault, "node-unreachable"));
  const odd = clientOf(replies(200, { party: "northern", more: 1 }));
  await assert.rejects(odd.node(), (fault) => isParleyError(fault, "reply-not-understood"));
});

test("events come one by one however the bytes are cut, and heartbeats are passed over", async () => {
  const sent: NodeEvent[] = [
    { type: "plan", at: 1, count: 2 },
    { type: "draft", at: 2, id: "0f".repeat(16) as never, state: "signed" },
  ];
  const text = `: heartbeat\n\n${sent.map(formatEvent).join(": heartbeat\n\n")}`;
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
      controller.close();
    },
  });
  const client = clientOf(async () => new Response(body));
  const got: NodeEvent[] = [];
  for await (const event of await client.events()) got.push(event);
  assert.deepEqual(got, sent);
});

test("an event that this client does not know is refused, not passed over", async () => {
  const client = clientOf(async () => new Response('data: {"type":"launch"}\n\n'));
  const events = await client.events();
  await assert.rejects(events[Symbol.asyncIterator]().next(), (fault) => isParleyError(fault, "reply-not-understood"));
});
