import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DraftItemRequest } from "../../src/api/index.ts";
import { listsOf } from "../../src/cli/lists.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { makeLine } from "../support/line.ts";
import { desk, startProcess } from "../support/nodes.ts";
import { parley, parleyJson } from "./run.ts";

const item = (i: number): DraftItemRequest => ({ kind: "site", subject: `Site ${i}`, body: {} });
const items = Array.from({ length: 7 }, (_, i) => item(i));
const SIZE = JSON.stringify(item(0)).length;

test("what one draft cannot hold becomes several lists, in order, by number and by size", () => {
  const cut = (limits: { items: number; bytes: number }) =>
    listsOf("Sites", items, { ...limits, name: 120 }).map((list) => [list.name, list.items.length]);
  assert.deepEqual(cut({ items: 7, bytes: 10_000 }), [["Sites", 7]]);
  const three = [
    ["Sites (1 of 3)", 3],
    ["Sites (2 of 3)", 3],
    ["Sites (3 of 3)", 1],
  ];
  assert.deepEqual(cut({ items: 3, bytes: 10_000 }), three);
  assert.deepEqual(cut({ items: 100, bytes: 3 * SIZE }), three);
  assert.equal(cut({ items: 100, bytes: 1 }).length, 7, "an item too large for any stays alone, and the node says so");
  const whole = listsOf("Sites", items, { items: 3, bytes: 10_000, name: 120 }).flatMap((list) => list.items);
  assert.deepEqual(whole, items);
  assert.throws(
    () => listsOf("S".repeat(115), items, { items: 3, bytes: 10_000, name: 120 }),
    (error) => isParleyError(error, "usage"),
  );
});

test("a file of more rows than one list holds is drafted whole, as two lists, or not at all", async () => {
  const line = await makeLine({ passphrase: "correct horse" });
  const northern = line.party("northern");
  const node = await startProcess(northern);
  try {
    const rows = Array.from({ length: 10_001 }, (_, i) => {
      return `Site ${i},${(35 + (i % 100) / 50).toFixed(4)},${(42 + i / 4000).toFixed(4)},school`;
    });
    const file = join(line.dir, "many.csv");
    const write = (some: readonly string[]) =>
      writeFileSync(file, `name,latitude,longitude,category\n${some.join("\n")}\n`);
    const args = ["import", file, "--list", "Schools", "--dir", northern.dir, "--officer", "watch-1"];
    write(rows.slice(0, 3));
    const unasked = await parley(args);
    assert.match(unasked.stderr, /code: not-confirmed/);
    const client = await desk(northern).as("watch-1");
    assert.deepEqual((await client.drafts()).drafts, [], "nothing is left behind");
    write(rows);
    const { drafts } = await parleyJson<{ drafts: { list: string; messages: number }[] }>([...args, "-y"]);
    assert.deepEqual(
      drafts.map(({ list, messages }) => [list, messages]),
      [
        ["Schools (1 of 2)", 10_000],
        ["Schools (2 of 2)", 1],
      ],
    );
    assert.deepEqual(
      (await client.drafts()).drafts.map(({ list_name, count, state }) => [list_name, count, state]),
      [
        ["Schools (2 of 2)", 1, "signed"],
        ["Schools (1 of 2)", 10_000, "signed"],
      ],
    );
  } finally {
    await node.stop();
    line.remove();
  }
});

test("a new file of a list that was told drafts its difference, and withdraws what is gone only for a reason", async () => {
  const line = await makeLine({ passphrase: "correct horse" });
  const northern = line.party("northern");
  const node = await startProcess(northern);
  try {
    const row = (i: number, lat = 36 + i / 100) => `S-${i},School ${i},${lat.toFixed(4)},43.1,school`;
    const file = join(line.dir, "schools.csv");
    const write = (rows: readonly string[]) =>
      writeFileSync(file, `id,name,latitude,longitude,category\n${rows.join("\n")}\n`);
    const args = ["import", file, "-y", "--dir", northern.dir, "--officer", "watch-1"];
    const release = (draft: string) =>
      parleyJson(["release", draft, "-y", "--confirm-findings", "--dir", northern.dir, "--as", "watch-2"]);
    write(Array.from({ length: 30 }, (_, i) => row(i)));
    const { draft } = await parleyJson<{ draft: string }>([...args, "--list", "Schools"]);
    await release(draft);
    const into = [...args, "--into", "Schools"];
    const nothing = await parleyJson<{ draft: null; same: number }>(into);
    assert.deepEqual([nothing.draft, nothing.same], [null, 30]);
    write([...Array.from({ length: 29 }, (_, i) => (i === 3 ? row(3, 36.05) : row(i))), row(30)]);
    const change = await parleyJson(into);
    const { added, changed, removed, messages } = change;
    assert.deepEqual({ added, changed, removed, messages }, { added: 1, changed: 1, removed: 1, messages: 2 });
    const gone = await parleyJson<{ draft: string; messages: number }>([...into, "--withdraw", "Closed."]);
    assert.equal(gone.messages, 3);
    await release(gone.draft);
    const client = await desk(northern).as("watch-1");
    const { lists } = await client.lists();
    assert.deepEqual([lists[0]?.name, lists[0]?.in_force, lists[0]?.ended], ["Schools", 30, 2]);
    const unknown = await parley([...args, "--into", "Hospitals"]);
    assert.match(unknown.stderr, /code: id-unknown/);
  } finally {
    await node.stop();
    line.remove();
  }
});
