/** The desk of what was said is made a little at a time; whatever happens meanwhile, it holds what counts in the end. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Message } from "../../src/message/index.ts";
import type { Fact } from "../../src/server/book.ts";
import { saidDesk } from "../../src/server/map/said.ts";

const hashOf = (i: number) => String(i).padStart(64, "0") as Fact["hash"];

function telling(i: number): { readonly fact: Fact; readonly message: Message } {
  const volumes = [
    { footprint: { type: "point", at: { lat: 36, lon: 40 } }, height: null, window: { start: null, end: null } },
  ];
  const fact = { hash: hashOf(i), kind: "activity", storedAt: i, expires: null, re: null };
  const message = { kind: "activity", subject: `${i}`, body: { category: "firing", volumes } };
  return { fact: fact as unknown as Fact, message: message as unknown as Message };
}

/** Reading one takes a millisecond, so that others have their turn before all are read. */
function slowBook(count: number) {
  const told = new Map(Array.from({ length: count }, (_, i) => [hashOf(i), telling(i)]));
  let read = 0;
  const message = (hash: Fact["hash"]): Message => {
    const until = performance.now() + 1;
    while (performance.now() < until);
    read++;
    return told.get(hash)?.message ?? assert.fail("what is gone is not read");
  };
  const facts = function* () {
    for (const { fact } of told.values()) yield fact;
  };
  const book = { facts, message, targetsOf: () => [] };
  const plans = { onChanged: () => undefined, items: () => [], conflicts: () => [] };
  return { told, desk: saidDesk({ book, plans }), read: () => read };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("others have their turn while it is made, and it is made once for all who ask", async () => {
  const { desk, read } = slowBook(60);
  const [first, second] = [desk.open(), desk.open()];
  await turn();
  assert.ok(read() > 0 && read() < 60, `${read()} of 60 were read at once`);
  assert.equal(await first, await second);
  assert.equal(read(), 60);
});

test("what comes while it is made is in it once", async () => {
  const { told, desk } = slowBook(40);
  const making = desk.open();
  await turn();
  const late = telling(40);
  told.set(late.fact.hash, late);
  desk.add([late, telling(41)]);
  const made = await making;
  assert.deepEqual(
    Array.from(made.all(), ({ subject }) => Number(subject)).toSorted((a, b) => a - b),
    Array.from({ length: 42 }, (_, i) => i),
  );
  assert.equal(made.columns.size(), 42);
});

test("what is taken away while it is made is not in it", async () => {
  const { told, desk } = slowBook(40);
  const making = desk.open();
  await turn();
  told.delete(hashOf(0));
  told.delete(hashOf(39));
  desk.forget();
  const made = await making;
  assert.equal(made.get(hashOf(0)), null);
  assert.equal(made.columns.size(), 38);
});
