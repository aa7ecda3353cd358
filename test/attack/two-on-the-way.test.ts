/** A peer that lies about what it took of a backlog: it gets a few parcels for nothing, and then is left in peace. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { originOf } from "../../src/line/index.ts";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { sayBefore } from "../support/backlog.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { until } from "../support/nodes.ts";
import { Hostile } from "./hostile.ts";

const quiet = { logger: silentLogger };
const MESSAGES = 1400;
/** Nothing comes by the charter's timer. */
const NEVER_S = 3600;
/** What rounds may cost that lead to nothing: each fall-back a few parcels. */
const MOST_PARCELS = 40;
const QUIET_MS = 1500;

/** What it says that it has, of one that got entries from `from` up to `end`; -1 where there were none. */
type Lie = (sent: { readonly from: number; readonly end: number }) => number;

async function parcelsFor(lie: Lie): Promise<number> {
  const terms = { exchange_interval_s: NEVER_S, quota_bytes_per_day: 1_000_000_000 };
  const line = await makeLine({ parties: PARTIES.slice(0, 2), terms });
  const party = line.party("northern");
  await sayBefore(party, MESSAGES);
  const liar = new Hostile(line, "southern");
  const origin = originOf(line.line.line, party.id);
  let [parcels, last] = [0, performance.now()];
  const door = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on("data", (part: Buffer) => parts.push(part));
    incoming.on("end", () => {
      if (incoming.method === "GET") return void outgoing.end("ok\n");
      const parcel = liar.open(new Uint8Array(Buffer.concat(parts)));
      liar.heard.set(origin, parcel);
      [parcels, last] = [parcels + 1, performance.now()];
      const own = parcel.segments.find((segment) => segment.origin === origin);
      const size = lie(
        own === undefined ? { from: -1, end: -1 } : { from: own.from, end: own.from + own.entries.length },
      );
      const have = [
        { origin, size, term: 0 },
        { origin: liar.history.origin, size: liar.history.size, term: 0 },
      ];
      // An answer that comes at once is there before a second parcel was made.
      setTimeout(() => outgoing.end(liar.parcel("northern", { have, answer: parcel.ask })), 20);
    });
  });
  await new Promise<void>((resolve) => {
    door.listen(Number(new URL(line.party("southern").url).port), "127.0.0.1", resolve);
  });
  const north = await startNode(party.dir, quiet);
  try {
    await until("it is left in peace", async () => {
      await sleep(100);
      return parcels > 10 * MOST_PARCELS || (parcels > 0 && performance.now() - last > QUIET_MS);
    });
    return parcels;
  } finally {
    await north.stop();
    door.closeAllConnections();
    door.close();
    line.remove();
  }
}

for (const [name, lie] of [
  ["took the first, and of the next says that it has nothing", ({ from, end }) => (from === 0 ? end : 0)],
  ["never has anything", () => 0],
  ["has one entry more each time", ({ from }) => Math.max(0, from + 1)],
  ["has more than there is", () => 1_000_000],
] satisfies [string, Lie][]) {
  test(`a peer that ${name} is not sent parcel after parcel`, async () => {
    const parcels = await parcelsFor(lie);
    assert.ok(parcels <= MOST_PARCELS, `${parcels} parcels`);
  });
}
