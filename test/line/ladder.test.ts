import assert from "node:assert/strict";
import { test } from "node:test";
import { type LadderFacts, ladderOf, RUNG_WORDS, RUNGS } from "../../src/line/index.ts";
import type { Standing } from "../../src/message/index.ts";
import { parseMessageHash, parseOfficerId, parsePartyId } from "../../src/wire/id.ts";

const [relief, north, south] = ["relief", "northern", "southern"].map(parsePartyId) as [never, never, never];
const hash = parseMessageHash("ab".repeat(32));
const answerHash = parseMessageHash("cd".repeat(32));
const officer = parseOfficerId("watch-1");
const unanswered: Standing = { state: "unanswered" };
const noted: Standing = { state: "closed", answer: "NOTED", hash: answerHash, contradicts: false, crossed: false };

const facts: LadderFacts = {
  from: relief,
  hash,
  index: 7,
  releaser: parseOfficerId("releaser-1"),
  releasedAt: 1000,
  expires: null,
  recipients: [
    { id: north, name: "Northern Command" },
    { id: south, name: "Southern Command" },
  ],
  sent: [
    { party: north, size: 7, at: 900, carrier: "direct" },
    { party: north, size: 8, at: 1100, carrier: "direct" },
    { party: north, size: 9, at: 1150, carrier: "courier" },
  ],
  receipts: [
    { party: north, size: 7, at: 950, carrier: "direct" },
    { party: north, size: 12, at: 1300, carrier: "direct" },
    { party: north, size: 8, at: 1200, carrier: "go-between" },
  ],
  notices: [{ party: north, code: "opened", why: null, at: 1400 }],
  replies: [
    { kind: "read", party: north, at: 1500, hash: answerHash, releaser: officer, says: null },
    { kind: "readback", party: north, at: 1600, hash: answerHash, releaser: officer, says: "same" },
    { kind: "answer", party: north, at: 1700, hash: answerHash, releaser: officer, says: "NOTED" },
  ],
  reached: [],
  due: () => 2000,
  standing: (party) => (party === north ? noted : unanswered),
};

test("each rung has its own time, signer and sentences, and none stands for another", () => {
  const [first, second] = ladderOf(facts, 1800);
  assert.deepEqual(
    first?.rungs.map(({ rung, at }) => [rung, at]),
    [
      ["released", 1000],
      ["sent", 1100],
      ["stored", 1200],
      ["opened", 1400],
      ["read", 1500],
      ["readback", 1600],
      ["answered", 1700],
      ["reached", null],
    ],
  );
  assert.equal(first?.rungs.find(({ rung }) => rung === "answered")?.says, "NOTED");
  assert.equal(first?.rungs.find(({ rung }) => rung === "sent")?.says, "direct, courier");
  assert.equal(first?.rungs.find(({ rung }) => rung === "stored")?.says, "go-between");
  assert.equal(first?.rungs.find(({ rung }) => rung === "stored")?.by, "the node of northern");
  assert.equal(first?.rungs.find(({ rung }) => rung === "read")?.by, "watch-1 of northern");
  assert.deepEqual(
    second?.rungs.filter(({ at }) => at !== null).map(({ rung }) => rung),
    ["released"],
  );
  assert.ok(!JSON.stringify(first).toLowerCase().includes("acknowledged"));
  for (const rung of RUNGS) assert.ok(RUNG_WORDS[rung].proves !== "" && RUNG_WORDS[rung].does_not_prove !== "");
});

test("a higher rung without the lower ones is shown as it is", () => {
  const [, second] = ladderOf(
    { ...facts, replies: [{ kind: "read", party: south, at: 5, hash, releaser: officer, says: null }] },
    1800,
  );
  assert.deepEqual(
    second?.rungs.filter(({ at }) => at !== null).map(({ rung }) => rung),
    ["released", "read"],
  );
});

test("beside it: refused, unopened, expired, overdue; a closing answer ends what is owed", () => {
  const notices = [
    { party: south, code: "refused", why: "role", at: 1400 },
    { party: south, code: "unopened", why: "no-share", at: 1450 },
  ] as const;
  const receipts = [...facts.receipts, { party: south, size: 8, at: 1350, carrier: null }];
  const [first, second] = ladderOf({ ...facts, receipts, notices, expires: 1900 }, 2001);
  assert.deepEqual(first?.beside, [{ state: "expired", at: 1900, code: null }]);
  assert.deepEqual(second?.beside, [
    { state: "refused", at: 1400, code: "role" },
    { state: "unopened", at: 1450, code: "no-share" },
    { state: "expired", at: 1900, code: null },
    { state: "overdue", at: 2000, code: null },
  ]);
  assert.deepEqual(ladderOf(facts, 2000)[1]?.beside, [], "at its time it is not yet overdue");
});

test("what a notice says of a place is about this entry only where its author's receipt is over it", () => {
  const notices = (["opened", "unopened", "refused", "held"] as const).map((code) => {
    return { party: south, code, why: null, at: 1400 };
  });
  const [, shown] = ladderOf({ ...facts, notices }, 1800);
  assert.equal(shown?.rungs.find(({ rung }) => rung === "opened")?.at, null);
  assert.deepEqual(shown?.beside, [{ state: "held", at: 1400, code: null }], "that one names the message");
});

test("STANDBY moves the time to its own, and no further", () => {
  const standby: Standing = {
    state: "standby",
    until: 3000,
    answer: "STANDBY",
    hash: answerHash,
    contradicts: false,
    crossed: false,
  };
  const at = (now: number) =>
    ladderOf({ ...facts, standing: () => standby }, now)[0]?.beside.map(({ state, at: when }) => [state, when]);
  assert.deepEqual(at(2500), []);
  assert.deepEqual(at(3001), [["overdue", 3000]]);
});
