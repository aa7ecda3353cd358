/** A peer that names the highest term there is to a node that was restored: it must not make it the last one. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { originOf } from "../../src/line/index.ts";
import { silentLogger } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { makeLine } from "../support/line.ts";
import { Hostile } from "./hostile.ts";

const quiet = { logger: silentLogger };
const [NORTHERN, SOUTHERN, RELIEF] = ["northern", "southern", "relief"].map((id) => parsePartyId(id)) as [
  ReturnType<typeof parsePartyId>,
  ReturnType<typeof parsePartyId>,
  ReturnType<typeof parsePartyId>,
];
const HIGHEST = 2 ** 32;

test("a restored node believes nobody that it was restored four thousand million times", async () => {
  const line = await makeLine();
  const hostile = new Hostile(line, "southern");
  writeFileSync(join(line.party("northern").dir, "restored"), "");
  const [north, relief] = [openNode(line.party("northern").dir, quiet), openNode(line.party("relief").dir, quiet)];
  const own = originOf(line.line.line, NORTHERN);
  try {
    const exchangeWithRelief = (): void => {
      const { sealed } = north.exchange.next(RELIEF, null, { asks: true });
      const { have, ask } = relief.exchange.take(sealed, "direct");
      north.exchange.take(relief.exchange.next(NORTHERN, have, { answer: ask }).sealed, "direct");
    };
    exchangeWithRelief();
    const { have, ask } = hostile.open(north.exchange.next(SOUTHERN, null, { asks: true }).sealed);
    const lie = have.map((each) => ({ ...each, term: each.origin === own ? HIGHEST : 0 }));
    north.exchange.take(hostile.parcel("northern", { have: lie, answer: ask }), "direct");
    assert.equal(north.restored.round(), "promising");
    assert.equal(north.store.term(NORTHERN), 1);
    exchangeWithRelief();
    assert.equal(relief.store.term(NORTHERN), 1, "relief reads its parcels still");
  } finally {
    await north.close();
    await relief.close();
    line.remove();
  }
});
