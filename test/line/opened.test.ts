/** When a node first said that it opened an entry is what looking through all that it said comes to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { openedBy } from "../../src/line/evidence/opened.ts";
import type { OpenedRange } from "../../src/line/evidence/state.ts";
import { parseLineId, logOrigin, parsePartyId } from "../../src/wire/id.ts";

const line = parseLineId("ab".repeat(32));
const [north, south] = [parsePartyId("northern"), parsePartyId("southern")];
const range = fc
  .record({
    party: fc.constantFrom(north, south),
    log: fc.constantFrom(north, south),
    from: fc.nat(20),
    length: fc.nat(8),
  })
  .map(({ party, log, from, length }) => ({ party, origin: logOrigin(line, log, 0), from, to: from + length }));

test("the first that is said of an entry, by each party, whatever else it says", () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), (said) => {
      const openedRanges = said.map((each, at): OpenedRange => ({ ...each, at }));
      const opened = openedBy({ openedRanges });
      for (const log of [north, south]) {
        const origin = logOrigin(line, log, 0);
        for (let index = 0; index < 32; index++) {
          const over = openedRanges.filter((each) => each.origin === origin && each.from <= index && index < each.to);
          const expected = [north, south].flatMap((party) => {
            const first = over.find((each) => each.party === party);
            return first === undefined ? [] : { party, at: first.at };
          });
          const byParty = opened(origin, index).toSorted((a, b) => (a.party < b.party ? -1 : 1));
          assert.deepEqual(byParty, expected);
        }
      }
    }),
  );
});

test("ranges over each other, a hundred thousand of them, take no time that grows with their square", () => {
  const many = Array.from({ length: 100_000 }, (_, i): OpenedRange => {
    return { party: south, origin: logOrigin(line, north, 0), from: 100_000 - i, to: 200_000 + i, at: i };
  });
  const opened = openedBy({ openedRanges: many });
  const at = (index: number) => opened(logOrigin(line, north, 0), index).map((each) => each.at);
  assert.deepEqual([at(1), at(100_000), at(150_000), at(250_000), at(299_999)], [[99_999], [0], [0], [50_001], []]);
});
