/** The book out of the store, before anything was taken up, beside the book in memory: the same answers from both. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { DraftRequest } from "../../src/api/index.ts";
import { KINDS } from "../../src/message/index.ts";
import { type Book, book } from "../../src/server/book.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { openLineStore } from "../../src/store/index.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { desk, until } from "../support/nodes.ts";

type Item = DraftRequest["items"][number];

const COUNT = 5;
const site = (i: number): Item => ({
  kind: "site",
  subject: `School ${i}`,
  body: { category: "school", footprint: { type: "point", at: { lat: 36, lon: 43 + i / 100 } } },
});
const withdrawal = (message: string, scope: "message" | "list"): DraftRequest => {
  const re = { relation: "withdraws" as const, message };
  return { items: [{ kind: "withdrawal", subject: "Closed", body: { scope, reason: "Closed." }, re }] };
};
const answer = (message: string, scope: "message" | "list"): DraftRequest => {
  const re = { relation: "answers" as const, message };
  const body = { answer: "LISTED", scope, until: null, reason: "", words: "" };
  return { items: [{ kind: "answer", subject: "Listed", body, re }] };
};

/** Everything that it says of everything. */
function answersOf(asked: Book, all: Book) {
  const facts = [...all.facts()];
  return {
    kinds: KINDS.map((kind) => [...asked.ofKind(kind)]),
    newest: [...asked.newest()],
    each: facts.map((fact) => ({
      fact: asked.get(fact.hash),
      about: asked.about(fact.hash),
      replies: asked.repliesTo(fact.hash),
      targets: asked.targetsOf(fact),
      endedBy: asked.endedBy(fact.hash),
      listed: fact.list === null ? [] : asked.listed(fact.from, fact.list),
      standings: PARTIES.map(({ id }) => asked.standing(fact.hash, parsePartyId(id))),
    })),
  };
}

test("the book answers the same whether or not it has taken anything into memory", async () => {
  const line = await makeLine();
  const nodes = await Promise.all(PARTIES.map(({ id }) => startNode(line.party(id).dir, { logger: silentLogger })));
  const [relief, north] = [desk(line.party("relief")), desk(line.party("northern"))];
  try {
    const hashes = await relief.tell({ items: Array.from({ length: COUNT }, (_, i) => site(i)), list_name: "Schools" });
    const [first, second, third, ...rest] = hashes as [string, string, string, ...string[]];
    const watch = await north.as("watch-1");
    const held = (hash: string) =>
      until(hash, async () => (await watch.messages()).messages.some((each) => each.hash === hash));
    await held(rest.at(-1) as string);
    await north.tell(answer(first, "list"));
    await north.tell(answer(second, "message"));
    await relief.tell({ items: [{ ...site(2), re: { relation: "supersedes", message: third } }] });
    await relief.tell(withdrawal(second, "message"));
    const [last] = (await relief.tell(withdrawal(first, "list"))) as [string];
    await held(last);
  } finally {
    await Promise.all(nodes.map((node) => node.stop()));
  }
  const { dir, id } = line.party("northern");
  const store = openLineStore(join(dir, "line.sqlite"), { line: line.line.line, party: id });
  try {
    const [lazy, loaded] = [book(store), book(store)];
    await loaded.load(new AbortController().signal);
    assert.deepEqual(answersOf(lazy, loaded), answersOf(loaded, loaded));
    assert.equal(lazy.isComplete(), false, "nothing of that took it into memory");
    assert.equal(loaded.isComplete(), true);
    assert.ok(
      [...loaded.content()].every(({ hash }) => loaded.endedBy(hash) !== null || loaded.get(hash)?.list === null),
    );
    assert.deepEqual([...loaded.newest()].toReversed(), [...loaded.facts()]);
    assert.deepEqual([...lazy.facts()], [...loaded.facts()], "asked for everything, it has everything");
  } finally {
    store.close();
    line.remove();
  }
});
