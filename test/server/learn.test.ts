/** Of all that was told only what may say the same is compared with a draft; nothing that does is overlooked. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { released } from "../../bench/line/made.ts";
import { formatCoordinate } from "../../src/geo/index.ts";
import type { BodyOf, Message } from "../../src/message/index.ts";
import type { Book } from "../../src/server/book.ts";
import type { SignedRoster } from "../../src/line/index.ts";
import { type LearnDesk, learnIndex } from "../../src/server/drafts/learn.ts";
import { silentLogger } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import type { MessageHash } from "../../src/wire/id.ts";
import { sample } from "../message/samples.ts";
import { makeLine, PARTIES } from "../support/line.ts";

const OLD = "a".repeat(64) as MessageHash;
const bookOf = (message: Message) =>
  ({
    get: (hash: MessageHash) => (hash === OLD ? {} : null),
    message: () => message,
  }) as unknown as Book;
const NOTHING_TOLD = { messages: () => [], held: () => [] };

function siteAt(lat: number, lon: number, subject: string): Message {
  const site = sample("site");
  const body: BodyOf<"site"> = {
    ...site.body,
    footprint: { type: "point", at: { lat, lon } },
    source_id: null,
  };
  return { ...site, subject, body };
}

test("a place that is written the same is found, on whichever side of a cell's edge its digits fall", () => {
  // Nanodegrees, as the bytes hold them; the second position differs by less than is written out.
  const near = fc.tuple(
    fc.integer({ min: -80_000_000_000, max: 80_000_000_000 }),
    fc.integer({ min: -179_000_000_000, max: 179_000_000_000 }),
    fc.integer({ min: -6000, max: 6000 }),
  );
  let same = 0;
  fc.assert(
    fc.property(near, ([lat, lon, step]) => {
      const [a, b] = [siteAt(lat / 1e9, lon / 1e9, "One"), siteAt((lat + step) / 1e9, (lon + step) / 1e9, "Another")];
      const index = learnIndex(bookOf(a), NOTHING_TOLD);
      index.add(OLD, a);
      const found = index
        .deskNow([])
        .learn(b)
        .find(({ field }) => field === "footprint");
      const written = [a, b].map(({ body }) => {
        const { at } = (body as BodyOf<"site">).footprint as { at: { lat: number; lon: number } };
        return `${formatCoordinate(at, "decimal")} ${formatCoordinate(at, "mgrs")}`;
      });
      if (written[0] !== written[1]) return;
      same += 1;
      assert.deepEqual([found?.known, found?.where], ["told", OLD]);
    }),
    { numRuns: 500 },
  );
  assert.ok(same > 20, `only ${same} were written the same`);
});

test("the same topic is found whatever its case, and what is about something else is new", () => {
  const told = siteAt(36, 43, "Al-Noor School");
  const index = learnIndex(bookOf(told), NOTHING_TOLD);
  index.add(OLD, told);
  const learn = (draft: Message) => index.deskNow([]).learn(draft);
  const category = (draft: Message) => learn(draft).find(({ field }) => field === "category")?.known;
  assert.equal(category(siteAt(10, 10, "AL-NOOR school ")), "told");
  assert.equal(category(siteAt(10, 10, "Another school")), "new");
});

test("what was told before a start is known to every draft that waits for it; what cannot wait is answered at once", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const north = openNode(line.party("northern").dir, { logger: silentLogger });
  try {
    const roster = north.state.foundingRosters.get(north.state.self) as SignedRoster;
    north.outbound.append([{ type: "charter" }, { type: "roster", roster }]);
    const told = Array.from({ length: 250 }, (_, i) => released(north, line.party("northern"), i));
    north.outbound.append(told);
    const index = learnIndex(north.book, north.store);
    const loading = index.load(new AbortController().signal);
    const draft = (told.at(-1) as (typeof told)[number]).released.message;
    const known = (desk: LearnDesk) => [...new Set(desk.learn(draft).map((each) => each.known))];
    assert.deepEqual(known(index.deskNow([])), ["new"]);
    assert.deepEqual(known(await index.desk([])), ["told"]);
    await loading;
    // Nobody has taken it up beforehand.
    assert.deepEqual(known(await learnIndex(north.book, north.store).desk([])), ["told"]);
  } finally {
    await north.close();
    line.remove();
  }
});
