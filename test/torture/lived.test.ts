import assert from "node:assert/strict";
import { test } from "node:test";
import { afterLived, livedMs, livedOf } from "../../tools/torture/lived.ts";

test("patience stands still while the machine runs something else", () => {
  const before = { ran: 1000, waited: 1000 };
  assert.equal(livedOf(1000, before, { ran: 2000, waited: 1000 }), 1000);
  assert.equal(livedOf(1000, before, { ran: 2000, waited: 4000 }), 250);
  assert.equal(livedOf(1000, before, { ran: 1000, waited: 9000 }), 0);
});

test("what was stopped for a while has not lived meanwhile, and what computed all the time has", () => {
  const before = { ran: 0, waited: 0 };
  assert.equal(livedOf(60_000, before, { ran: 1e6, waited: 1e6 }), 250);
  assert.equal(livedOf(60_000, before, { ran: 50e9, waited: 0 }), 60_000);
});

test("where nobody waits, or the kernel does not say, patience goes by as time does", () => {
  assert.equal(livedOf(1000, { ran: 5, waited: 5 }, { ran: 5, waited: 5 }), 1000);
});

test("patience comes to its end", async () => {
  const began = livedMs();
  const { signal, end } = afterLived(300);
  try {
    while (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 50));
  } finally {
    end();
  }
  assert.ok(livedMs() - began >= 300);
});
