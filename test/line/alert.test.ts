import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { alertClock, type AlertDeed, type AlertFacts, alertState, type AlertTerms } from "../../src/line/index.ts";
import type { Standing } from "../../src/message/index.ts";
import { parseOfficerId } from "../../src/wire/id.ts";

const MINUTE = 60_000;
const watch = parseOfficerId("watch-1");
const terms: AlertTerms = { escalation: ["watch", "chief of watch", "director"], stepMs: 2 * MINUTE };
const last = { hash: "ab".repeat(32), contradicts: false, crossed: false };
const unanswered: Standing = { state: "unanswered" };
const closed: Standing = { state: "closed", answer: "CEASED", ...last };
const unable: Standing = { state: "open", answer: "UNABLE", ...last };
const standby = (until: number): Standing => ({ state: "standby", answer: "STANDBY", until, ...last });
const facts = (more: Partial<AlertFacts> = {}): AlertFacts => ({
  dueAt: 2 * MINUTE,
  standing: unanswered,
  answeredAt: null,
  refusedAt: null,
  deeds: [],
  ...more,
});
const called = (who: string, at: number): AlertDeed => ({ deed: "called", who, at });
const taken = (at: number): AlertDeed => ({ deed: "taken", by: watch, at });

test("silence escalates: when it is due the first is called, then the next, then the first again, ever more slowly", () => {
  assert.equal(alertState(facts(), terms, 1).state, "unanswered");
  assert.deepEqual(alertState(facts(), terms, 1).next, { who: "watch", at: 2 * MINUTE });
  assert.equal(alertState(facts(), terms, 2 * MINUTE).state, "escalating");
  const one = facts({ deeds: [called("watch", 2 * MINUTE)] });
  assert.deepEqual(alertState(one, terms, 3 * MINUTE).next, { who: "chief of watch", at: 4 * MINUTE });
  const round = [called("watch", 2), called("chief of watch", 4), called("director", 6)];
  const again = facts({ dueAt: 1, deeds: round });
  assert.deepEqual(alertState(again, terms, 7).next, { who: "watch", at: 6 + 2 * MINUTE });
  const second = facts({ dueAt: 1, deeds: [...round, called("watch", 8)] });
  assert.deepEqual(alertState(second, terms, 9).next, { who: "chief of watch", at: 8 + 4 * MINUTE });
});

test("who takes it stops the sound and not the time; who takes it late has one step before the next is called", () => {
  const early = facts({ deeds: [taken(MINUTE)] });
  assert.equal(alertState(early, terms, MINUTE + 1).state, "taken");
  assert.equal(alertState(early, terms, 2 * MINUTE).state, "escalating");
  const late = facts({ deeds: [called("watch", 2 * MINUTE), taken(3 * MINUTE)] });
  assert.equal(alertState(late, terms, 4 * MINUTE).state, "taken");
  assert.deepEqual(alertState(late, terms, 4 * MINUTE).next, { who: "chief of watch", at: 5 * MINUTE });
  assert.equal(alertState(late, terms, 5 * MINUTE).state, "escalating");
});

test("a pass, an UNABLE and a refusal call the next one at once; STANDBY moves the time; CEASED ends it", () => {
  const passed = facts({ deeds: [{ deed: "passed", by: watch, at: 10 }] });
  assert.deepEqual(alertState(passed, terms, 11).next, { who: "watch", at: 10 });
  assert.equal(alertState(passed, terms, 11).state, "escalating");
  const could = facts({ standing: unable, answeredAt: 20, deeds: [taken(5)] });
  assert.deepEqual(alertState(could, terms, 21).next, { who: "watch", at: 20 });
  assert.equal(alertState(could, terms, 21).state, "escalating");
  assert.equal(alertState(facts({ refusedAt: 30 }), terms, 31).next?.at, 30);
  const waits = facts({ standing: standby(9 * MINUTE), answeredAt: 1 });
  assert.equal(alertState(waits, terms, 8 * MINUTE).state, "taken");
  assert.equal(alertState(waits, terms, 9 * MINUTE).state, "escalating");
  const over = alertState(facts({ standing: closed, answeredAt: 40, deeds: [called("watch", 1)] }), terms, 50);
  assert.deepEqual([over.state, over.next, over.dueAt, over.answer], ["answered", null, null, "CEASED"]);
});

test("whatever is done, an alert that nobody closes is never left without a next call within an hour and a step", () => {
  const deed = fc.record({
    kind: fc.constantFrom("taken" as const, "passed" as const, "called" as const),
    after: fc.nat({ max: 10 * MINUTE }),
  });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40 }), (list) => {
      let at = 0;
      const deeds = list.map(({ kind, after }): AlertDeed => {
        at += after;
        return kind === "called" ? called("watch", at) : { deed: kind, by: watch, at };
      });
      const found = alertState(facts({ deeds }), terms, at);
      assert.notEqual(found.state, "answered");
      assert.ok(found.next !== null && terms.escalation.includes(found.next.who));
      assert.ok(found.next.at <= Math.max(at, 2 * MINUTE) + 3_600_000);
    }),
  );
});

test("an alert's clock runs from held or its receipt, whichever is earlier, and from its release where neither came", () => {
  const none = { heldAt: null, receiptAt: null };
  assert.equal(alertClock(1000, none, 9000), 1000);
  assert.equal(alertClock(1000, { ...none, heldAt: 4000 }, 9000), 4000);
  assert.equal(alertClock(1000, { ...none, receiptAt: 5000 }, 9000), 5000);
  assert.equal(alertClock(1000, { heldAt: 4000, receiptAt: 5000 }, 9000), 4000);
  assert.equal(alertClock(1000, { heldAt: 6000, receiptAt: 5000 }, 9000), 5000);
  // A node that lies about the time puts nothing off.
  for (const heldAt of [999, 9001, 2 ** 50]) {
    assert.equal(alertClock(1000, { ...none, heldAt }, 9000), 1000);
    assert.equal(alertClock(1000, { heldAt, receiptAt: 5000 }, 9000), 5000);
  }
});
