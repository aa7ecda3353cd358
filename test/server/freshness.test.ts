/** A party that sends very much, and one whose parcels were recorded: what a node still knows of which came before. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { freshness } from "../../src/server/exchange/freshness.ts";
import { silentLogger } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { Hostile } from "../attack/hostile.ts";
import { makeLine } from "../support/line.ts";

const [SOUTH, RELIEF] = [parsePartyId("southern"), parsePartyId("relief")];

test("one party's flood makes the node forget nothing of another's parcels, nor what it asked another", () => {
  const fresh = freshness(() => "done", 4);
  fresh.asked(SOUTH, "the question");
  fresh.took(SOUTH, "recorded", null);
  for (let i = 0; i < 10; i++) {
    fresh.asked(RELIEF, `question ${i}`);
    fresh.took(RELIEF, `parcel ${i}`, null);
  }
  assert.deepEqual([fresh.isRepeated(SOUTH, "recorded"), fresh.isAsked(SOUTH, "the question")], [true, true]);
  const kept = Array.from({ length: 10 }, (_, i) => i).filter((i) => fresh.isRepeated(RELIEF, `parcel ${i}`));
  assert.deepEqual(kept, [6, 7, 8, 9], "and its own memory has its bound");
  assert.ok(!fresh.isRepeated(RELIEF, "recorded") && !fresh.isAsked(RELIEF, "the question"));
});

test("what was asked in one round is not what is asked in the next", () => {
  let round = "asking";
  const fresh = freshness(() => round);
  fresh.asked(SOUTH, "the question");
  round = "promising";
  assert.ok(!fresh.isAsked(SOUTH, "the question"));
});

test("what was asked is answered once, and not by each parcel that repeats it", async () => {
  const line = await makeLine();
  const north = openNode(line.party("northern").dir, { logger: silentLogger });
  try {
    const southern = new Hostile(line, "southern");
    const { ask: answer } = north.exchange.next(SOUTH, null, { asks: true });
    const parcels = [0, 1].map(() => southern.parcel("northern", { answer }));
    const taken = [...parcels, ...parcels].map((parcel) => north.exchange.take(parcel, "direct"));
    assert.deepEqual(
      taken.map(({ answers, repeated }) => [answers, repeated]),
      [
        [true, false],
        [false, false],
        [false, true],
        [false, true],
      ],
    );
  } finally {
    await north.close();
    line.remove();
  }
});
