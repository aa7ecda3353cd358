/** What calls and their answers say of who is there, between nodes in this process. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Carrier } from "../../src/server/carriers/carrier.ts";
import { silentLogger } from "../../src/server/index.ts";
import { openNode } from "../../src/server/node.ts";
import { answerParcel } from "../../src/server/routes/carriers.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { makeLine, PARTIES } from "../support/line.ts";

const SOUTH = parsePartyId("southern");

test("a node repeats with its next call what the last answer asked, so that who is only called knows it is there", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const south = openNode(line.party("southern").dir, { logger: silentLogger });
  const answers: boolean[] = [];
  const exchange: typeof south.exchange = {
    ...south.exchange,
    take: (sealed, carrier) => {
      const taken = south.exchange.take(sealed, carrier);
      answers.push(taken.answers);
      return taken;
    },
  };
  const toSouth: Carrier = {
    name: "direct",
    reaches: () => true,
    carry: (_, sealed) => answerParcel({ ...south, exchange }, sealed, "unproven"),
    close: () => undefined,
  };
  const north = openNode(line.party("northern").dir, { logger: silentLogger, carriers: () => [toSouth] });
  try {
    for (let i = 0; i < 3; i++) await north.peers.attempt(SOUTH, "direct");
    assert.equal(answers[0], false, "nothing was asked before the first");
    assert.ok(answers.length >= 3 && answers.slice(1).every(Boolean), answers.join(" "));
  } finally {
    await Promise.all([north, south].map((node) => node.close()));
    line.remove();
  }
});
