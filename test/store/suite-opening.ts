/** What of a line's logs is still to be looked at, and in which order. */
import assert from "node:assert/strict";
import { emptyFrontier } from "../../src/log/index.ts";
import type { EntryType, LineStore, LineWrite } from "../../src/store/index.ts";
import { type LogOrigin, logOrigin } from "../../src/wire/id.ts";
import { appendOf, growth, LINE, NOW, openLog, ORIGIN, SOUTH } from "./made-log.ts";
import type { WithStore } from "./suite.ts";

/** A log of six entries, and another one of so many: that one's origin. */
function besideAnother(store: LineStore, count: number): LogOrigin {
  const other = logOrigin(LINE, SOUTH, 0);
  const { entries, nodes } = growth(emptyFrontier(), count);
  store.commit([
    openLog,
    { write: "log", origin: other, party: SOUTH, generation: 0 },
    appendOf(emptyFrontier(), 6),
    { write: "append", origin: other, expect: 0, entries, nodes, at: NOW, carrier: null },
  ]);
  return other;
}

export function openingSuite(withStore: WithStore): void {
  withStore(
    "what is to be opened comes from every log, the shortest first: nobody waits for another's flood",
    (store) => {
      const other = besideAnother(store, 2);
      const found = (limit: number) => store.entriesToOpen(limit).map(({ origin, index }) => [origin, index]);
      const short = [0, 1].map((index) => [other, index]);
      assert.deepEqual(found(4), [...short, [ORIGIN, 0], [ORIGIN, 1]]);
      assert.deepEqual(found(100).length, 8);
      const rest = store.entriesToOpen(100, new Set([other])).map(({ origin }) => origin);
      assert.deepEqual(
        rest,
        Array.from({ length: 6 }, () => ORIGIN),
      );
    },
  );

  withStore(
    "what follows on the last that nobody has looked at is of its log alone, and nothing follows on others",
    (store) => {
      besideAnother(store, 9);
      const after = (last: number, limit = 10) =>
        store.entriesToOpenAfter(ORIGIN, last, limit).map(({ origin, index, type }) => [origin, index, type]);
      const unseen = (...indexes: number[]) => indexes.map((index) => [ORIGIN, index, null]);
      assert.deepEqual(after(1), unseen(2, 3, 4, 5));
      assert.deepEqual(after(1, 2), unseen(2, 3));
      assert.deepEqual(after(5), []);
      store.commit([{ write: "looked-at", origin: ORIGIN, index: 2, type: "notice", cause: "newer-version" }]);
      assert.deepEqual([after(1), after(2)], [[], []], "that one was looked at, or one beyond it");
      assert.deepEqual(after(3), unseen(4, 5));
      store.commit([{ write: "look-again" }]);
      assert.deepEqual([after(0), after(2)], [[], []], "what is to be read again is found by the other look");
    },
  );

  withStore(
    "what was passed over is opened before what follows, and so is what is to be read again",
    (store, again) => {
      store.commit([openLog, appendOf(emptyFrontier(), 6)]);
      const looked = (index: number, cause: string | null): LineWrite => {
        return { write: "looked-at", origin: ORIGIN, index, type: "notice", cause };
      };
      store.commit([looked(0, "newer-version"), looked(3, null)]);
      const left = (of: LineStore) => of.entriesToOpen(10).map(({ index, type }) => [index, type]);
      const unseen = (...indexes: number[]) => indexes.map((index) => [index, null]);
      assert.deepEqual(left(store), unseen(1, 2, 4, 5));
      assert.deepEqual(store.openedUpTo(ORIGIN), { size: 1, unopened: 0 });
      assert.deepEqual(
        store.lookedAt(ORIGIN, 0, 10).map(({ index }) => index),
        [0],
      );
      store.commit([{ write: "look-again" }]);
      const opened = again();
      assert.deepEqual(left(opened), unseen(0, 1, 2, 4, 5));
      opened.commit([0, 1, 2, 4, 5].map((index) => looked(index, null)));
      assert.deepEqual(left(opened), []);
      assert.deepEqual(opened.openedUpTo(ORIGIN), { size: 6, unopened: 0 });
      assert.equal(opened.entry(ORIGIN, 3)?.type, "notice");
    },
  );

  withStore("of what does not open each log's newest are listed, without their bytes, and all are counted", (store) => {
    const other = logOrigin(LINE, SOUTH, 0);
    const { entries, nodes } = growth(emptyFrontier(), 3);
    store.commit([
      { write: "log", origin: other, party: SOUTH, generation: 0 },
      appendOf(emptyFrontier(), 8),
      { write: "append", origin: other, expect: 0, entries, nodes, at: NOW, carrier: null },
    ]);
    const looked = (origin: LogOrigin, index: number, type: EntryType, cause: string): LineWrite => {
      return { write: "looked-at", origin, index, type, cause };
    };
    store.commit([0, 1, 2, 3, 4, 5].map((index) => looked(ORIGIN, index, "unopened", "no-share")));
    store.commit([looked(ORIGIN, 6, "notice", "newer-version"), looked(ORIGIN, 7, "notice", "wrong-line")]);
    store.commit([looked(other, 0, "unopened", "content"), looked(other, 1, "message", "repeated-id")]);
    const listed = store.unopened(2);
    assert.deepEqual(
      listed.map(({ origin, index, cause }) => [origin, index, cause]),
      [
        [ORIGIN, 4, "no-share"],
        [ORIGIN, 5, "no-share"],
        [other, 0, "content"],
        [ORIGIN, 6, "newer-version"],
      ],
    );
    assert.ok(listed.every((entry) => !("bytes" in entry)));
    assert.equal(store.countUnopened(), 8);
    assert.equal(store.unopened(100).length, 8);
  });
}
