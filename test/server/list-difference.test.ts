/** A told list is changed by its difference; what changed since a draft was made is said; what is half-written is kept. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DraftRequest } from "../../src/api/index.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine } from "../support/line.ts";
import { desk, movementRequest, startNodes, startProcess, until } from "../support/nodes.ts";

const site = (name: string, lat = 36.2): DraftRequest["items"][number] => ({
  kind: "site",
  subject: name,
  body: { category: "school", footprint: { type: "point", at: { lat, lon: 43 } } },
});

test("a list grows, changes and shrinks by one difference, and only what is new is open again", async () => {
  const line = await makeLine();
  const nodes = await startNodes(line);
  const [relief, north] = [desk(line.party("relief")), desk(line.party("northern"))];
  try {
    const hashes = await relief.tell({ items: [site("A"), site("B"), site("C")], list_name: "Schools" });
    const [a, b, c] = hashes as [string, string, string];
    const author = await relief.as("watch-1");
    const reader = await north.as("watch-1");
    const list = (await author.message({ params: { hash: a } })).summary.list?.id as string;
    await until("the list", async () => (await reader.search({ query: { kinds: "site" } })).total === 3);
    await north.tell({
      items: [
        {
          kind: "answer",
          subject: "Schools",
          body: { answer: "LISTED", scope: "list" },
          re: { relation: "answers", message: a },
        },
      ],
    });
    const told = await relief.tell({
      list,
      items: [
        { ...site("B moved", 36.3), re: { relation: "supersedes", message: b } },
        {
          kind: "withdrawal",
          subject: "C is closed",
          body: { scope: "message", reason: "Closed." },
          re: { relation: "withdraws", message: c },
        },
        site("D"),
        site("E"),
      ],
    });
    const placesOf = async (wanted: readonly string[]) =>
      Promise.all(wanted.map(async (hash) => (await author.message({ params: { hash } })).summary.list));
    const [moved, , d, e] = await placesOf(told);
    assert.deepEqual([moved?.id, moved?.index], [list, 1], "what replaces a member keeps its place");
    assert.deepEqual([d?.id, d?.name, d?.index, d?.count], [list, "Schools", 3, 5]);
    assert.deepEqual([e?.index, e?.count], [4, 5]);
    await until("the difference", async () => (await reader.message({ params: { hash: told[3] as string } })) !== null);
    const open = (await reader.inbox()).items.filter(({ needs }) => needs.includes("answer"));
    assert.equal(
      open.reduce((sum, item) => sum + item.messages, 0),
      3,
      "B, D and E; A was listed, C is gone",
    );
    const inForce = await reader.search({ query: { kinds: "site", states: "in-force" } });
    assert.deepEqual(inForce.messages.map(({ subject }) => subject).toSorted(), ["A", "B moved", "D", "E"]);

    const mine = await author.list({ params: { from: "relief", id: list }, query: {} });
    assert.deepEqual([mine.list.name, mine.list.in_force, mine.list.ended, mine.list.own], ["Schools", 4, 2, true]);
    assert.deepEqual(
      mine.members.map(({ message }) => message.subject),
      ["A", "B moved", "D", "E"],
    );
    await until(
      "LISTED",
      async () => (await author.lists()).lists[0]?.open === 4 && (await reader.lists()).lists[0]?.open === 3,
    );
    const heard = await reader.list({ params: { from: "relief", id: list }, query: { limit: 1 } });
    assert.deepEqual([heard.members.length, heard.more], [1, "1"]);
    const found = heard.answers.map(({ party, answer, count }) => `${party} ${answer} ${count}`);
    assert.deepEqual(found.toSorted(), ["northern LISTED 1", "northern null 3", "southern null 4"]);
    await north.tell({
      items: [
        {
          kind: "answer",
          subject: "E",
          body: { answer: "NOT LISTED", scope: "message", reason: "It stands empty." },
          re: { relation: "answers", message: told[3] as string },
        },
      ],
    });
    const against = await until("NOT LISTED", async () => {
      const { members } = await author.list({ params: { from: "relief", id: list }, query: {} });
      return members[0]?.matters.length === 1 ? members[0] : null;
    });
    assert.deepEqual([against.message.subject, against.matters], ["E", ["answered-against"]], "it comes first");
    await assert.rejects(author.list({ params: { from: "relief", id: "0".repeat(32) }, query: {} }), (error) =>
      isParleyError(error, "not-found"),
    );

    const refused: [DraftRequest, string][] = [
      [{ list: "0".repeat(32), items: [site("F")] }, "not-found"],
      [{ list, list_name: "Another", items: [site("F")] }, "request-malformed"],
      [{ list, items: [{ kind: "text", subject: "no school", body: { words: "x" } }] }, "target-refused"],
    ];
    for (const [request, code] of refused) {
      await assert.rejects(author.createDraft({ body: request }), (error) => isParleyError(error, code), code);
    }
    const [other] = (await relief.tell({ items: [site("Lone")] })) as [string];
    const stray = { ...site("Lone moved"), re: { relation: "supersedes" as const, message: other } };
    await assert.rejects(author.createDraft({ body: { list, items: [stray] } }), (error) =>
      isParleyError(error, "target-refused"),
    );
    const theirs = await reader
      .createDraft({ body: { list, items: [site("Not theirs")] } })
      .catch((error: unknown) => error);
    assert.ok(isParleyError(theirs, "not-found"), "nobody puts his own into another's list");
  } finally {
    await Promise.all(Object.values(nodes).map((node) => node.stop()));
    line.remove();
  }
});

test("a draft says what has changed since; half-written words are each officer's own and outlive a restart", async () => {
  const line = await makeLine();
  const party = line.party("northern");
  let node = await startProcess(party);
  const north = desk(party);
  try {
    const drafter = await north.as("watch-1");
    const request = movementRequest();
    const draft = await drafter.createDraft({ body: request });
    assert.deepEqual(draft.since, { heard: 0, conflicts: 0, ended: [] });
    const planner = await north.as("planner-1");
    const footprint = { type: "circle" as const, centre: { lat: 36.19, lon: 44.01 }, radius_m: 1000 };
    const window = { start: null, end: null };
    const plan = {
      id: "P-1",
      name: "Flight",
      category: "flight",
      remarks: "",
      volumes: [{ footprint, height: null, window }],
    };
    await new Promise((resolve) => setTimeout(resolve, 5));
    await planner.putPlans({ body: { items: [plan] } });
    const later = await drafter.draft({ params: { id: draft.id } });
    assert.equal(later.since.conflicts, 1);

    const [item] = request.items as [DraftRequest["items"][number]];
    const checked = await drafter.checkDraft({ body: item });
    assert.deepEqual([checked.conflicts.length, checked.conflicts[0]?.against.id], [1, "P-1"]);
    await assert.rejects(drafter.checkDraft({ body: { ...item, body: {} } }), (error) =>
      isParleyError(error, "body-invalid"),
    );
    assert.equal((await drafter.drafts()).drafts.length, 1, "a check keeps nothing");

    const scratch = { id: "ab".repeat(16), kind: "site" as const, subject: "Hosp", form: { name: "Hosp" } };
    await drafter.keepScratch({ body: scratch });
    await drafter.keepScratch({ body: { ...scratch, subject: "Hospital" } });
    await node.kill();
    node = await startProcess(party);
    const again = await desk(party).as("watch-1");
    const other = await desk(party).as("watch-2");
    const kept = (await again.scratches()).items;
    assert.deepEqual(
      kept.map(({ subject, form }) => [subject, form]),
      [["Hospital", { name: "Hosp" }]],
    );
    assert.deepEqual((await other.scratches()).items, [], "another officer does not see it");
    await other.deleteScratch({ params: { id: scratch.id } });
    assert.equal((await again.scratches()).items.length, 1, "nor throw it away");
    const long = { ...scratch, form: { words: "x".repeat(200_001) } };
    await assert.rejects(again.keepScratch({ body: long }), (error) => isParleyError(error, "request-too-large"));
    await again.deleteScratch({ params: { id: scratch.id } });
    assert.deepEqual((await again.scratches()).items, []);
  } finally {
    await node.stop();
    line.remove();
  }
});
