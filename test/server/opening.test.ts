/** While the backlog of one log is opened, nothing of another waits for its end. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { emptyFrontier } from "../../src/log/index.ts";
import { givingWay } from "../../src/server/messages/giving-way.ts";
import { openThreads } from "../../src/server/messages/open-threads.ts";
import { opening } from "../../src/server/messages/opening.ts";
import { type LineWrite, openLineStore } from "../../src/store/index.ts";
import { logOrigin } from "../../src/wire/id.ts";
import { appendOf, growth, IDENTITY, LINE, NORTH, NOW, openLog, ORIGIN, SOUTH } from "../store/made-log.ts";

const OTHER = logOrigin(LINE, SOUTH, 0);
const LONG = 6000;
/** A thousand are handed to the threads at once, and half of that after them. */
const AT_MOST = 2048;

/** How much of the long log was opened when the other one was opened whole, of which `late` come after some of the long one. */
async function openedBefore(early: number, late: number): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "parley-opening-"));
  const store = openLineStore(join(dir, "line.sqlite"), IDENTITY);
  const threads = openThreads(suite);
  try {
    const other = growth(emptyFrontier(), early);
    const append = (expect: number, { entries, nodes }: typeof other): LineWrite => {
      return { write: "append", origin: OTHER, expect, entries, nodes, at: NOW, carrier: null };
    };
    store.commit([openLog, { write: "log", origin: OTHER, party: SOUTH, generation: 0 }]);
    store.commit([appendOf(emptyFrontier(), LONG), ...(early > 0 ? [append(0, other)] : [])]);
    const next = new Map([
      [ORIGIN, 0],
      [OTHER, 0],
    ]);
    let at = -1;
    let isLate = false;
    const step = opening({
      state: { suite, self: NORTH, keys: { archive: new Uint8Array(32), sealing: () => [] } },
      store,
      threads,
      storing: givingWay(),
      isStopped: () => false,
      take: (entries) => {
        for (const { origin, index } of entries) {
          assert.equal(index, next.get(origin), "each once, in its order");
          next.set(origin, index + 1);
        }
        store.commit(
          entries.map(({ origin, index }) => ({
            write: "looked-at",
            origin,
            index,
            type: "unopened",
            cause: "content",
          })),
        );
        const long = next.get(ORIGIN) ?? 0;
        if (at < 0 && next.get(OTHER) === early + late) at = long;
        if (isLate || long < 128) return;
        isLate = true;
        store.commit([append(early, growth(other.frontier, late))]);
      },
    });
    while ((await step()) !== "done");
    assert.deepEqual([...next.values()], [LONG, early + late]);
    return at;
  } finally {
    threads.close();
    store.close();
    rmSync(dir, { recursive: true });
  }
}

for (const [name, early, late] of [
  ["one entry of a log of which some were opened before", 300, 1],
  ["one entry of a log that had none", 0, 1],
  ["a second long log", 0, 700],
] as const) {
  test(`${name} is opened while another's backlog is, and not after it`, async () => {
    const before = await openedBefore(early, late);
    assert.ok(before >= 0 && before <= AT_MOST, `${before} of ${LONG} came first`);
  });
}
