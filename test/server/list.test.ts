/** A list is released, read, answered and replaced as one unit, and each of its members shows it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DraftRequest } from "../../src/api/index.ts";
import { keyFingerprint } from "../../src/crypto/index.ts";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { verifyEvidence } from "../../src/line/index.ts";
import { parleyJson } from "../cli/run.ts";
import { makeLine } from "../support/line.ts";
import { desk, startNodes, startProcess, until } from "../support/nodes.ts";
import { sayRegardless } from "../support/regardless.ts";

const COUNT = 40;
const site = (i: number, lat: number): DraftRequest["items"][number] => ({
  kind: "site",
  subject: `School ${i}`,
  body: { category: "school", footprint: { type: "point", at: { lat, lon: 43 + i / 100 } } },
});

const withdrawal = (hash: string, scope: "message" | "list") => ({
  items: [
    {
      kind: "withdrawal" as const,
      subject: "closed",
      body: { scope, reason: "Closed." },
      re: { relation: "withdraws" as const, message: hash },
    },
  ],
});

test("forty sites are told, read and answered as one list; one is replaced, one withdrawn, and then all", async () => {
  const line = await makeLine({ passphrase: "correct horse" });
  const nodes = await startNodes(line);
  const [relief, north] = [desk(line.party("relief")), line.party("northern")];
  const as = (officer: string) => ["--dir", north.dir, "--as", officer];
  try {
    const author = await relief.as("watch-1");
    const items = Array.from({ length: COUNT }, (_, i) => site(i, 36.2));
    const hashes = await relief.tell({ items, list_name: "Schools" });
    const watch = await desk(north).as("watch-1");
    const waits = async () => (await watch.inbox()).items.map(({ messages, needs }) => [messages, needs.join(" ")]);
    await until("all of it", async () => (await waits())[0]?.[0] === COUNT);
    assert.deepEqual(await waits(), [[COUNT, "read answer"]], "it waits as one row");

    const [first, middle, last] = [hashes[0], hashes[20], hashes.at(-1)] as [string, string, string];
    await parleyJson(["read", first, "--list", ...as("watch-1")]);
    assert.deepEqual(await waits(), [[COUNT, "answer"]]);
    const { draft } = await parleyJson<{ draft: string }>([
      "answer",
      first,
      "LISTED",
      "--list",
      "-y",
      ...as("watch-1"),
    ]);
    const { released } = await parleyJson<{ released: string[] }>(["release", draft, "-y", ...as("watch-2")]);
    assert.deepEqual(await waits(), []);

    const rungs = async (hash: string, party: string) => {
      const { ladder } = await author.message({ params: { hash } });
      const found = ladder.find((each) => each.party === party)?.rungs ?? [];
      return found.filter(({ rung, at }) => at !== null && (rung === "read" || rung === "answered"));
    };
    await until("the answer", async () => (await rungs(last, "northern")).length === 2);
    for (const hash of hashes) {
      const [read, answered] = await rungs(hash, "northern");
      assert.ok(read !== undefined && answered !== undefined, hash);
      assert.deepEqual([answered.says, answered.message], ["LISTED", released[0]]);
      assert.deepEqual(await rungs(hash, "southern"), []);
    }
    const pins = line.line.charter.parties.map(({ id, identity }) => {
      return { party: id, fingerprint: keyFingerprint(suite, identity) };
    });
    const report = verifyEvidence(suite, await author.messageEvidence({ params: { hash: middle } }), pins);
    assert.deepEqual(report.faults, []);
    assert.deepEqual(
      report.messages.find(({ hash }) => hash === middle)?.replies.map(({ kind, says }) => [kind, says]),
      [
        ["read", null],
        ["answer", "LISTED"],
      ],
    );

    const supersedes = { relation: "supersedes" as const, message: middle };
    const [newer] = (await relief.tell({ items: [{ ...site(20, 36.3), re: supersedes }] })) as [string];
    const replaced = await until("its newer version", async () => {
      return (await watch.messages()).messages.find(({ hash }) => hash === newer);
    });
    assert.deepEqual([replaced.list?.name, replaced.list?.index, replaced.list?.count], ["Schools", 20, COUNT]);
    assert.deepEqual(await waits(), [[1, "read answer"]], "it is open anew, and nothing else is");

    const states = async () => {
      const { messages } = await watch.messages({ query: { kind: "site" } });
      const of = (wanted: string) => messages.filter(({ state }) => state === wanted).length;
      return { "in-force": of("in-force"), superseded: of("superseded"), withdrawn: of("withdrawn") };
    };
    await relief.tell(withdrawal(first, "message"));
    await until("one withdrawn", async () => (await states()).withdrawn === 1);
    assert.deepEqual(await states(), { "in-force": COUNT - 1, superseded: 1, withdrawn: 1 });

    const planner = await desk(north).as("planner-1");
    const window = { start: null, end: null };
    const footprint = { type: "circle" as const, centre: { lat: 36.2, lon: 43.1 }, radius_m: 100 };
    const plan = { id: "P-1", name: "Plan", category: "airstrike", remarks: "" };
    const { conflicts } = await planner.putPlans({
      body: { items: [{ ...plan, volumes: [{ footprint, height: null, window }] }] },
    });
    assert.ok(conflicts.length > 0);
    await relief.tell(withdrawal(last, "list"));
    await until("all of it withdrawn", async () => (await states())["in-force"] === 0);
    assert.deepEqual(await states(), { "in-force": 0, superseded: 1, withdrawn: COUNT });
    assert.deepEqual((await planner.conflicts()).conflicts, []);
    assert.deepEqual(await waits(), []);

    // Another side cannot put its own into the list, to have it answered with the rest.
    await nodes["southern"]?.stop();
    const list = (await author.message({ params: { hash: first } })).summary.list;
    const body = { category: "school", footprint: { type: "point", at: { lat: 36.4, lon: 43 } } };
    const foreign = await sayRegardless(line.party("southern"), { kind: "site", subject: "Ours", list, body });
    nodes["southern"] = await startProcess(line.party("southern"));
    await until("it", async () => (await watch.messages()).messages.some(({ hash }) => hash === foreign));
    assert.deepEqual(await waits(), [[1, "read answer"]]);
    const { summary } = await watch.message({ params: { hash: foreign } });
    assert.deepEqual([summary.state, summary.closed], ["in-force", false]);
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});
