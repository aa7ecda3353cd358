/** An alert at 03:12Z that nobody answers: who is called, who takes it, what sounds without an open page, how it ends. */
import assert from "node:assert/strict";
import { appendFileSync, chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { parseConfig, silentLogger, startNode } from "../../src/server/index.ts";
import { siren, type SirenNeeds } from "../../src/server/watch/siren.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";

const MINUTE = 60_000;
const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));
const alone = (releaser: string) => ({ drafter: null, releaser });
const stop = {
  kind: "alert" as const,
  subject: "CANARY under fire at the bridge",
  body: {
    alert: "STOP",
    volumes: [
      { footprint: { type: "point", at: { lat: 36, lon: 44 } }, height: null, window: { start: null, end: null } },
    ],
    remarks: "CANARY",
  },
};
const ceased = { answer: "CEASED", scope: "message", reason: "", words: "", until: null };
const unable = { ...ceased, answer: "UNABLE", reason: "No reach to the battery.", at: null };

test("STOP at night: unanswered, escalating, taken, passed on, UNABLE, and at last CEASED", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [north, south] = [line.party("northern"), line.party("southern")];
  const script = join(line.dir, "siren.sh");
  const heard = join(line.dir, "heard");
  writeFileSync(script, `#!/bin/sh\nenv >> ${heard}\n`);
  chmodSync(script, 0o755);
  appendFileSync(
    join(south.dir, "parley.toml"),
    `[watch]\nescalation = ["watch", "chief of watch, ext. 112"]\nstep_minutes = 2\nunattended_minutes = 30\n` +
      `[siren]\ncommand = ["${script}"]\nevery_seconds = 5\n`,
  );
  let ahead = 0;
  const options = { logger: silentLogger, now: () => Date.now() + ahead };
  const northern = await startNode(north.dir, options);
  let southern = await startNode(south.dir, options);
  const words = () => (existsSync(heard) ? readFileSync(heard, "utf8") : "");
  try {
    const [hash] = (await desk(north).tell({ items: [stop] }, alone("watch-1"))) as [string];
    const params = { hash };
    const watch = await desk(south).as("watch-1");
    const second = await desk(south).as("watch-2");
    const stateOf = async () => (await watch.alerts()).alerts.find(({ message }) => message.hash === hash);
    const first = await until("the alert", stateOf);
    assert.equal(first.alert, "STOP");
    assert.ok(first.sounds);
    assert.deepEqual(
      first.parties.map(({ party, state, next }) => [party, state, next?.who]),
      [["southern", "unanswered", "watch"]],
    );
    await until("the siren", async () => words().includes("PARLEY_SIREN=alert\n"));
    assert.ok(!readFileSync(heard, "utf8").includes("CANARY"), "the siren is told nothing of what was said");

    await assert.rejects(
      (await desk(south).as("admin-1")).takeAlert({ params, body: { expects: null } }),
      coded("role-missing"),
    );
    ahead += 2 * MINUTE + 1000;
    const late = await until("the first call", async () => {
      const found = await stateOf();
      return found?.parties[0]?.called?.who === "watch" ? found : null;
    });
    assert.equal(late.parties[0]?.state, "escalating");
    assert.equal(late.parties[0]?.next?.who, "chief of watch, ext. 112");
    await until("the siren again", async () => words().includes("PARLEY_SIREN=overdue\n"));

    const taken = await watch.takeAlert({ params, body: { expects: null } });
    assert.deepEqual([taken.parties[0]?.state, taken.sounds], ["taken", false]);
    await assert.rejects(second.takeAlert({ params, body: { expects: null } }), (error) => {
      assert.ok(isParleyError(error, "acted-first"), String(error));
      return error.message.startsWith("watch-1 took this alert at ");
    });
    await second.takeAlert({ params, body: { expects: "watch-1" } });
    await second.passAlert({ params });
    const passed = await until("the second call", async () => {
      const found = await stateOf();
      return found?.parties[0]?.called?.who === "chief of watch, ext. 112" ? found : null;
    });
    assert.ok(passed.sounds);

    await southern.stop();
    southern = await startNode(south.dir, options);
    const again = await desk(south).as("watch-1");
    const re = { relation: "answers" as const, message: hash };
    const answer = (body: object) =>
      desk(south).tell({ items: [{ kind: "answer", subject: "answer", body: { ...body }, re }] }, alone("watch-1"));
    await again.takeAlert({ params, body: { expects: "watch-2" } });
    await answer(unable);
    const pressed = (await again.alerts()).alerts[0]?.parties[0];
    assert.deepEqual(
      [pressed?.state, pressed?.answer, pressed?.called?.who],
      ["escalating", "UNABLE", "chief of watch, ext. 112"],
    );
    const author = await desk(north).as("watch-1");
    const told = await until("the author knows", async () => {
      const found = (await author.alerts()).alerts[0];
      return found?.parties[0]?.answer === "UNABLE" && found.sounds ? found : null;
    });
    assert.equal(told.parties[0]?.state, "escalating");
    await answer({ ...ceased, at: Date.now() + ahead - 1000 });
    const over = (await again.alerts()).alerts[0];
    assert.deepEqual([over?.parties[0]?.state, over?.parties[0]?.answer, over?.sounds], ["answered", "CEASED", false]);
    await assert.rejects(again.takeAlert({ params, body: { expects: null } }), coded("alert-over"));
    await until("the author hears CEASED", async () => (await author.alerts()).alerts[0]?.sounds === false);
  } finally {
    await Promise.all([northern.stop(), southern.stop()]);
    line.remove();
  }
});

test("nobody looks while something waits: it is said, and a page in use ends it; two officers see each other", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const [north, south] = [line.party("northern"), line.party("southern")];
  appendFileSync(join(south.dir, "parley.toml"), "[watch]\nunattended_minutes = 5\n");
  let ahead = 0;
  const options = { logger: silentLogger, now: () => Date.now() + ahead };
  const nodes = await Promise.all([startNode(north.dir, options), startNode(south.dir, options)]);
  try {
    const words = { kind: "text" as const, subject: "Hello", body: { words: "Hello." } };
    const [hash] = (await desk(north).tell({ items: [words] })) as [string];
    const [one, two] = [await desk(south).as("watch-1"), await desk(south).as("watch-2")];
    const auditor = await desk(south).as("admin-1");
    await until("it", async () => (await one.inbox()).items.length > 0);
    assert.equal((await one.presence()).attention.unattended_since, null);
    ahead += 6 * MINUTE;
    const noticed = await until("nobody looks", async () => {
      const { attention } = await one.presence();
      return attention.unattended_since === null ? null : attention;
    });
    assert.equal(noticed.waiting, 1);
    const item = { type: "message" as const, id: hash };
    await one.here({ body: { item, doing: "reading", active: false } });
    assert.notEqual((await one.presence()).attention.unattended_since, null, "an open page is nobody who looks");
    await one.here({ body: { item, doing: "writing", active: true } });
    await until("somebody looks", async () => (await one.presence()).attention.unattended_since === null);

    const { present } = await two.here({ body: { item, doing: "reading", active: true } });
    assert.deepEqual(
      present.map(({ officer, item: open, doing }) => [officer, open?.id, doing]),
      [
        ["watch-1", hash, "writing"],
        ["watch-2", hash, "reading"],
      ],
    );
    const draft = { type: "draft" as const, id: "ab".repeat(16) };
    await assert.rejects(
      auditor.here({ body: { item: draft, doing: "reading", active: true } }),
      coded("role-missing"),
    );
    await two.here({ body: { item: draft, doing: "writing", active: true } });
    const seen = (await auditor.presence()).present.find(({ officer }) => officer === "watch-2");
    assert.equal(seen?.item, null, "who may not see drafts is not told of one");
    ahead += 41_000;
    assert.deepEqual((await one.presence()).present, []);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

test("a webhook that fails is tried again, with growing pauses, and says so; a redirect is not followed", async () => {
  const bodies: string[] = [];
  let status = 500;
  const server = createServer((request, response) => {
    request.setEncoding("utf8").on("data", (text: string) => void bodies.push(text));
    request.on("end", () => response.writeHead(status, { location: "http://127.0.0.1:1/" }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  let now = 0;
  const config = parseConfig(`party = "northern"\n[siren]\nwebhook = "http://127.0.0.1:${port}/"\n`).watch.siren;
  const sounding = siren({ config, logger: silentLogger, now: () => now });
  const needs: SirenNeeds = { alert: 2, overdue: 0, unattended: 0, silent: 0 };
  const ring = async (failures: number | null) => {
    sounding.need(needs);
    await until(`${failures} failures`, async () => (sounding.facts().fault?.failures ?? null) === failures);
  };
  try {
    await ring(1);
    sounding.need(needs);
    assert.equal(bodies.length, 1, "not before its pause is over");
    now += 1000;
    status = 302;
    await ring(2);
    now += 2000;
    status = 204;
    await ring(null);
    assert.deepEqual(new Set(bodies), new Set(['{"siren":"alert","count":2}']));
    assert.equal(bodies.length, 3);
    now += 29_000;
    sounding.need(needs);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(bodies.length, 3, "not more often than every 30 s");
  } finally {
    await sounding.stop();
    server.close();
  }
});

test("a siren goes nowhere but where it may: no shell words, no plain HTTP over a network", () => {
  const refused = [
    '[siren]\ncommand = ["siren.sh"]',
    '[siren]\ncommand = "/bin/sh -c true"',
    '[siren]\nwebhook = "http://192.0.2.1/"',
    '[siren]\nwebhook = "https://user:secret@example.org/"',
    '[siren]\nwebhook = "file:///etc/passwd"',
    '[siren]\ncommand = ["/bin/true"]\nwebhook = "https://example.org/"',
    "[siren]\nevery_seconds = 30",
    "[watch]\nescalation = []",
    '[watch]\nescalation = ["two\\nlines"]',
    "[watch]\nstep_minutes = 0",
  ];
  for (const text of refused)
    assert.throws(() => parseConfig(`party = "northern"\n${text}\n`), coded("config-malformed"), text);
});
