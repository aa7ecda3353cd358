/** A stance is restated, not meant, restated and confirmed; what was known at each moment can be asked afterwards. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { type WhoKnows, whoKnowsCsv } from "../../src/api/index.ts";
import { parley, parleyJson } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, until } from "../support/nodes.ts";

const coded = (code: string) => (error: unknown) => isParleyError(error, code) || assert.fail(String(error));
const answer = { scope: "message", reason: "", words: "", until: null, at: null };

test("the table: a stance, what each understood, what its author meant, and what he says in public", async () => {
  const line = await makeLine({ passphrase: "correct horse" });
  const [north, south] = [line.party("northern"), line.party("southern")];
  const nodes = await Promise.all(
    ["northern", "southern"].map((id) => startNode(line.party(id).dir, { logger: silentLogger })),
  );
  try {
    const [author, receiver] = [await desk(north).as("watch-1"), await desk(south).as("watch-1")];
    const said_at = Date.now() - 86_400_000;
    const note = {
      party: "northern",
      said_at,
      source: "Press briefing",
      subject: "The bridge",
      kind: "stance" as const,
    };
    const register = { ...note, body: { topic: "The bridge", stands: "off-the-table" } };
    await assert.rejects(author.addStatement({ body: { ...register, party: "nobody" } }), coded("not-found"));
    await assert.rejects(author.addStatement({ body: { ...note, body: { stands: "maybe" } } }), coded("body-invalid"));
    await assert.rejects(author.addStatement({ body: { ...note, body: {} } }), coded("request-malformed"));
    await assert.rejects((await desk(north).as("admin-1")).addStatement({ body: register }), coded("role-missing"));
    const statement = await author.addStatement({ body: register });
    await receiver.addStatement({ body: register });

    const body = { topic: "the bridge", stands: "on-the-table", words: "We would open it by day.", said: "only-here" };
    const draft = await author.createDraft({ body: { items: [{ kind: "stance", subject: "Bridge", body }] } });
    const [finding] = draft.items[0]?.findings ?? [];
    assert.deepEqual([finding?.code, finding?.gravity], ["contradicts-public", "warn"]);
    assert.equal(draft.items[0]?.learn.find(({ field }) => field === "topic")?.known, "new");
    const [hash] = (await desk(north).tell({ items: [{ kind: "stance", subject: "Bridge", body }] })) as [string];
    const mine = async () => (await author.stances()).topics.find(({ topic }) => topic.toLowerCase() === "the bridge");
    const stance = async () => (await mine())?.parties.find(({ party }) => party === "northern")?.history[0];
    const southern = async () => (await stance())?.receivers.find(({ party }) => party === "southern");
    assert.equal((await stance())?.contradicts, statement.id);
    assert.equal((await mine())?.statements.length, 1);

    const say = async (from: typeof north, re: string, more: object) => {
      const item = { kind: "answer" as const, subject: "answer", body: { ...answer, ...more } };
      return (await desk(from).tell({ items: [{ ...item, re: { relation: "answers", message: re } }] }))[0] as string;
    };
    const moments: { at: number; state: string | undefined }[] = [];
    const reach = async (state: string) => {
      await until(state, async () => (await southern())?.state === state);
      moments.push({ at: Date.now(), state });
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    await reach("unanswered");
    await until("the stance", async () =>
      (await receiver.stances()).topics.some(({ parties }) => parties.some(({ now }) => now === hash)),
    );
    assert.equal(
      (await receiver.stances()).topics[0]?.parties.find(({ party }) => party === "northern")?.history[0]
        ?.contradicts !== null,
      true,
    );
    const first = await say(south, hash, { answer: "RESTATED", words: "You open it for good." });
    await reach("restated");
    await say(north, first, { answer: "NOT MEANT", reason: "By day only." });
    await reach("not-meant");
    const re = { relation: "answers" as const, message: hash };
    await until("the word", async () =>
      (await receiver.stances()).topics[0]?.parties[0]?.history[0]?.receivers.some(
        ({ state }) => state === "not-meant",
      ),
    );
    const second = await say(south, re.message, { answer: "RESTATED", words: "You open it from sunrise to sunset." });
    await reach("restated");
    await say(north, second, { answer: "CONFIRMED" });
    await reach("confirmed");
    assert.deepEqual(
      (await southern())?.rounds.map(({ restated, reply }) => [restated.words, reply?.answer]),
      [
        ["You open it for good.", "NOT MEANT"],
        ["You open it from sunrise to sunset.", "CONFIRMED"],
      ],
    );
    for (const { at, state } of moments) {
      const { topics } = await author.stances({ query: { as_of: at } });
      const then = topics[0]?.parties.find(({ party }) => party === "northern")?.history[0];
      assert.equal(then?.receivers.find(({ party }) => party === "southern")?.state, state);
    }
    assert.deepEqual((await author.stances({ query: { as_of: said_at } })).topics, []);

    const as = ["--dir", north.dir, "--as", "watch-1"];
    const shown = await parley(["table", ...as]);
    assert.match(
      shown.stdout,
      /The bridge[\s\S]*northern[\s\S]*on the table[\s\S]*southern: confirmed[\s\S]*In public[\s\S]*Press briefing/i,
    );
    await parleyJson(["public", "remove", statement.id, ...as]);
    assert.deepEqual((await author.statements()).statements, []);
    const added = [
      "public",
      "add",
      "The bridge",
      "--party",
      "southern",
      "--stands",
      "decided",
      "--said-at",
      "2026-11-20T10:00Z",
    ];
    await parleyJson([...added, "--source", "Speech in the assembly", ...as]);
    const list = await parley(["public", "list", ...as]);
    assert.match(list.stdout, /southern +The bridge +decided +Speech in the assembly/);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});

test("who knows what: each moment as it was seen then, filtered, and as CSV that no spreadsheet runs", async () => {
  const line = await makeLine();
  const nodes = await Promise.all(
    Object.values(line.parties).map(({ dir }) => startNode(dir, { logger: silentLogger })),
  );
  try {
    const relief = desk(line.party("relief"));
    const author = await relief.as("watch-1");
    const northern = await desk(line.party("northern")).as("watch-1");
    const seen: { at: number; rows: WhoKnows["rows"]; detail: unknown }[] = [];
    const [hash] = (await relief.tell(movementRequest("=HYPERLINK(1) convoy"))) as [string];
    const words = { kind: "text" as const, subject: "Other", body: { words: "No place." } };
    const reached = (rows: WhoKnows["rows"], party: string) =>
      rows
        .find(({ message }) => message.hash === hash)
        ?.cells.find((cell) => cell.party === party)
        ?.rungs.map(({ rung }) => rung) ?? [];
    const look = async (rung: string, party: string) => {
      await until(`${rung} by ${party}`, async () =>
        reached((await author.whoKnows()).rows, party).includes(rung as never),
      );
      // Nothing may change between the two looks and the moment that is remembered.
      const still = await until("a still moment", async () => {
        const [a, b] = [(await author.whoKnows()).rows, await author.message({ params: { hash } })];
        const at = Date.now();
        await new Promise((resolve) => setTimeout(resolve, 10));
        const { rows } = await author.whoKnows();
        return JSON.stringify(rows) === JSON.stringify(a) ? { at, rows, detail: b.ladder } : null;
      });
      seen.push(still);
    };
    await look("opened", "northern");
    await look("opened", "southern");
    await until("it", async () => (await northern.inbox()).items.length > 0);
    const read = {
      kind: "read" as const,
      subject: "read",
      body: {},
      re: { relation: "reads" as const, message: hash },
    };
    await desk(line.party("northern")).tell({ items: [read] }, { drafter: null, releaser: "watch-1" });
    await look("read", "northern");
    const [other] = await relief.tell({ items: [words] });
    await look("read", "northern");
    for (const { at, rows, detail } of seen) {
      const then = await author.whoKnows({ query: { as_of: at } });
      assert.deepEqual(then.rows, rows, `as of ${at}`);
      assert.deepEqual((await author.message({ params: { hash }, query: { as_of: at } })).ladder, detail);
    }
    const hashes = async (query: object) => (await author.whoKnows({ query })).rows.map(({ message }) => message.hash);
    assert.deepEqual(await hashes({}), [other, hash]);
    assert.deepEqual(await hashes({ kinds: "movement" }), [hash]);
    assert.deepEqual(await hashes({ west: 43, south: 36, east: 45, north: 37 }), [hash]);
    assert.deepEqual(await hashes({ west: 0, south: 0, east: 1, north: 1 }), []);
    assert.deepEqual(await hashes({ text: "other" }), [other]);
    assert.deepEqual(await hashes({ as_of: seen[0]?.at }), [hash]);
    const only = await author.whoKnows({ query: { to: "southern", limit: 1 } });
    assert.deepEqual(
      [only.rows.length, only.total, only.rows[0]?.cells.map(({ party }) => party)],
      [1, 2, ["southern"]],
    );
    const next = await author.whoKnows({ query: { limit: 1, before: only.more ?? "" } });
    assert.deepEqual(
      next.rows.map(({ message }) => message.hash),
      [hash],
    );

    const csv = whoKnowsCsv(await author.whoKnows());
    const lines = csv.trimEnd().split("\r\n");
    assert.equal(lines.length, 5, "a head, and two recipients of two messages");
    assert.ok(csv.includes(",'=HYPERLINK(1) convoy,"), "a cell is never a formula");
    await assert.rejects(
      author.message({ params: { hash: other as string }, query: { as_of: seen[0]?.at } }),
      coded("not-found"),
    );
    const past = await author.messages({ query: { as_of: seen[1]?.at } });
    assert.deepEqual(
      past.messages.map((message) => message.hash),
      [hash],
    );
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
    line.remove();
  }
});
