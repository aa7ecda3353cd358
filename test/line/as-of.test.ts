/** What was known at a moment is what a replay of the history up to that moment shows, whatever the signers' clocks say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Known, ladderFactsAsOf, type LadderHistory, ladderOf } from "../../src/line/index.ts";
import type { Kind, Standing } from "../../src/message/index.ts";
import { parseMessageHash, parseOfficerId, parsePartyId } from "../../src/wire/id.ts";

const parties = ["northern", "southern"].map((id) => parsePartyId(id));
const hash = parseMessageHash("ab".repeat(32));
const releaser = parseOfficerId("watch-1");
const unanswered: Standing = { state: "unanswered" };

type Event =
  | { readonly type: "sent"; readonly fact: LadderHistory["sent"][number] }
  | { readonly type: "receipts"; readonly fact: LadderHistory["receipts"][number] }
  | { readonly type: "notices"; readonly fact: LadderHistory["notices"][number] }
  | { readonly type: "replies"; readonly fact: LadderHistory["replies"][number] };

const empty: LadderHistory = {
  from: parsePartyId("relief"),
  hash,
  index: 3,
  releaser,
  releasedAt: 0,
  expires: 500,
  recipients: parties.map((id) => ({ id, name: id })),
  sent: [],
  receipts: [],
  notices: [],
  replies: [],
  reached: [],
  due: () => 400,
  standing: () => unanswered,
};

const time = fc.nat({ max: 1000 });
const known = { party: fc.constantFrom(...parties), at: time, known_at: time };
const size = fc.integer({ min: 1, max: 8 });
const carrier = fc.constantFrom("direct" as const, null);
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ type: fc.constant("sent" as const), fact: fc.record({ ...known, size, carrier }) }),
  fc.record({ type: fc.constant("receipts" as const), fact: fc.record({ ...known, size, carrier }) }),
  fc.record({
    type: fc.constant("notices" as const),
    fact: fc.record({
      ...known,
      code: fc.constantFrom("opened" as const, "unopened" as const, "refused" as const),
      why: fc.constant(null),
    }),
  }),
  fc.record({
    type: fc.constant("replies" as const),
    fact: fc.record({
      ...known,
      kind: fc.constantFrom<Kind>("read", "readback", "answer"),
      hash: fc.constant(hash),
      releaser: fc.constant(releaser),
      says: fc.constant(null),
    }),
  }),
);

const add = (history: LadderHistory, { type, fact }: Event): LadderHistory => ({
  ...history,
  [type]: [...(history[type] as readonly Known<unknown>[]), fact],
});

test("a ladder as of any moment is the ladder of a replay up to that moment", () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), time, (events, at) => {
      const whole = events.reduce(add, empty);
      const replayed = events.filter(({ fact }) => fact.known_at <= at).reduce(add, empty);
      assert.deepEqual(ladderOf(ladderFactsAsOf(whole, at), at), ladderOf(replayed, at));
    }),
  );
});

test("a receipt whose time lies before it came is not known before it came", () => {
  const early = { party: parties[0] as (typeof parties)[number], size: 9, at: 10, known_at: 300, carrier: null };
  const history: LadderHistory = { ...empty, receipts: [early] };
  const stored = (at: number) =>
    ladderOf(ladderFactsAsOf(history, at), at)[0]?.rungs.find(({ rung }) => rung === "stored")?.at;
  assert.deepEqual([stored(299), stored(300)], [null, 10]);
});
