/** The one suite that every implementation of LineStore passes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { emptyFrontier, frontierFrom, rootOf } from "../../src/log/index.ts";
import type { DraftRecord, LineStore, LineWrite, MessageRecord } from "../../src/store/index.ts";
import { type Bytes, toHex, utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { logOrigin, parseDraftId, parseMessageHash, parseMessageId, parseOfficerId } from "../../src/wire/id.ts";
import { appendOf, growth, LINE, NORTH, NOW, openLog, ORIGIN, SOUTH } from "./made-log.ts";
import { openingSuite } from "./suite-opening.ts";

export interface StoreFactory {
  readonly name: string;
  /** Opens the same store again and again. */
  readonly place: () => { readonly open: () => LineStore; readonly end: () => void };
}

function messageRecord(index: number, change: Partial<MessageRecord> = {}): MessageRecord {
  const hex = toHex(suite.sha256(utf8(`message ${index}`)));
  return {
    origin: ORIGIN,
    index,
    hash: parseMessageHash(hex),
    from: NORTH,
    id: parseMessageId(hex.slice(0, 32)),
    kind: "text",
    re: null,
    list: null,
    at: NOW,
    expires: null,
    storedAt: NOW + index,
    bytes: utf8(`bytes ${index}`),
    drafted: null,
    released: utf8("cose"),
    drafter: null,
    releaser: parseOfficerId("watch-1"),
    fault: null,
    ...change,
  };
}

const DRAFT: DraftRecord = {
  id: parseDraftId("0f".repeat(16)),
  state: "unsigned",
  createdAt: NOW,
  draftedBy: parseOfficerId("watch-1"),
  needs: 2,
  listName: null,
  soleReason: null,
  refused: null,
  items: [0, 1].map((i) => ({
    hash: parseMessageHash(toHex(suite.sha256(utf8(`draft ${i}`)))),
    bytes: utf8(`to be signed ${i}`),
    findings: "[]",
    drafted: null,
  })),
};

function refuses(work: () => void, code: string): void {
  assert.throws(work, (error) => isParleyError(error, code));
}

/** A test of the suite; `again` closes the store and opens it anew. */
export type WithStore = (what: string, run: (store: LineStore, again: () => LineStore) => void) => void;

export function lineStoreSuite({ name, place }: StoreFactory): void {
  const withStore: WithStore = (what, run) =>
    test(`${name}: ${what}`, () => {
      const { open, end } = place();
      let store = open();
      try {
        store.commit([openLog]);
        run(store, () => {
          store.close();
          store = open();
          return store;
        });
      } finally {
        store.close();
        end();
      }
    });

  withStore("a log grows by exactly what was committed, and is the same after a new start", (store, again) => {
    store.commit([appendOf(emptyFrontier(), 5)]);
    const expected = growth(emptyFrontier(), 7);
    store.commit([appendOf(growth(emptyFrontier(), 5).frontier, 2)]);
    const opened = again();
    assert.equal(opened.log(ORIGIN)?.size, 7);
    const frontier = frontierFrom(7, opened.hashReader(ORIGIN));
    assert.deepEqual(rootOf(suite, frontier), rootOf(suite, expected.frontier));
    const entries = opened.entries(ORIGIN, 2, { count: 100, bytes: 1e6 });
    assert.deepEqual(
      entries.map((entry) => [entry.index, new TextDecoder().decode(entry.bytes)]),
      [2, 3, 4, 5, 6].map((i) => [i, `entry ${i}`]),
    );
    assert.deepEqual(opened.entries(ORIGIN, 0, { count: 100, bytes: 1 }).length, 1, "one at least");
    assert.deepEqual(opened.entries(ORIGIN, 0, { count: 3, bytes: 1e6 }).length, 3);
  });

  withStore("of two writers who believe in the same size, the second is refused and leaves nothing", (store) => {
    store.commit([appendOf(emptyFrontier(), 1)]);
    refuses(() => store.commit([appendOf(emptyFrontier(), 3)]), "store-size-changed");
    assert.equal(store.log(ORIGIN)?.size, 1);
    assert.equal(store.entry(ORIGIN, 1), null);
  });

  withStore("a commit is all or nothing", (store) => {
    const other = logOrigin(LINE, SOUTH, 0);
    refuses(
      () =>
        store.commit([
          { write: "log", origin: other, party: SOUTH, generation: 0 },
          { write: "draft", ...DRAFT },
          { ...appendOf(emptyFrontier(), 2), expect: 9 } as LineWrite,
        ]),
      "store-size-changed",
    );
    assert.equal(store.log(other), null);
    assert.equal(store.draft(DRAFT.id), null);
    refuses(() => store.hashReader(other), "store-failed");
  });

  withStore("checkpoints, receipts and what was sent answer by size", (store) => {
    store.commit([appendOf(emptyFrontier(), 6)]);
    const root = new Uint8Array(32);
    for (const size of [2, 5]) {
      store.commit([
        { write: "checkpoint", origin: ORIGIN, size, root, note: `note ${size}`, seenAt: NOW },
        {
          write: "receipt",
          origin: ORIGIN,
          party: SOUTH,
          size,
          signedAt: NOW + size,
          seenAt: NOW + 100 - size,
          line: `line ${size}`,
          carrier: "direct",
        },
        { write: "sent", origin: ORIGIN, party: SOUTH, size, carrier: "direct", at: NOW + size },
      ]);
    }
    store.commit([{ write: "sent", origin: ORIGIN, party: SOUTH, size: 3, carrier: "direct", at: NOW + 99 }]);
    assert.equal(store.checkpoint(ORIGIN)?.size, 5);
    assert.equal(store.checkpoint(ORIGIN, 4)?.size, 2);
    assert.equal(store.checkpointAt(ORIGIN, 4), null);
    assert.deepEqual(
      store.newestReceipts(ORIGIN).map((receipt) => receipt.size),
      [5],
    );
    assert.deepEqual(
      store.receiptsOver(ORIGIN, 1).map((receipt) => receipt.size),
      [2],
    );
    assert.deepEqual(
      store.receiptsOver(ORIGIN, 2).map((receipt) => receipt.line),
      ["line 5"],
    );
    assert.deepEqual(store.receiptsOver(ORIGIN, 5), []);
    const seenBy = (at: number) => store.receiptsOver(ORIGIN, 1, at).map((receipt) => receipt.size);
    assert.deepEqual([seenBy(NOW + 94), seenBy(NOW + 95), seenBy(NOW + 98)], [[], [5], [2]], "as they were seen");
    assert.deepEqual(
      store.sentOver(ORIGIN, 2),
      [{ party: SOUTH, carrier: "direct", at: NOW + 5 }],
      "a smaller size later means nothing",
    );
    store.commit([
      {
        write: "opening",
        origin: ORIGIN,
        party: SOUTH,
        first: 1,
        last: 3,
        at: NOW,
        code: null,
        notice: 7,
        noticeIn: ORIGIN,
      },
    ]);
    assert.deepEqual(
      store.openingsOf(ORIGIN, 3).map((opening) => opening.party),
      [SOUTH],
    );
    assert.deepEqual(store.openingsOf(ORIGIN, 4), []);
  });

  withStore("messages are found by what they are; a repeated id does not count", (store, again) => {
    store.commit([appendOf(emptyFrontier(), 4)]);
    const first = messageRecord(0);
    store.commit([
      { write: "message", ...first },
      { write: "looked-at", origin: ORIGIN, index: 0, type: "message", cause: null },
      { write: "message", ...messageRecord(1, { kind: "answer", re: { relation: "answers", message: first.hash } }) },
      { write: "message", ...messageRecord(2, { hash: first.hash, id: first.id, fault: "repeated-id" }) },
    ]);
    const opened = again();
    assert.equal(opened.message(first.hash)?.index, 0);
    assert.ok(opened.hasMessageId(NORTH, first.id));
    assert.ok(!opened.hasMessageId(SOUTH, first.id));
    const all = opened.messages({}, { order: "newest-first" });
    assert.deepEqual(
      all.map((message) => message.index),
      [1, 0],
    );
    const beyond = opened.messages({}, { order: "newest-first", beyond: all[0]?.seq, limit: 1 });
    assert.deepEqual(
      beyond.map((message) => message.index),
      [0],
    );
    assert.deepEqual(
      opened.messages({ re: first.hash }, { order: "oldest-first" }).map((m) => m.kind),
      ["answer"],
    );
    assert.equal(opened.messages({ faults: "with" }, { order: "oldest-first" }).length, 3);
    assert.deepEqual(
      opened.entriesToOpen(10).map((entry) => entry.index),
      [1, 2, 3],
    );
    assert.deepEqual(opened.openedUpTo(ORIGIN), { size: 1, unopened: 0 });
    opened.commit(
      [1, 2, 3].map((index) => ({ write: "looked-at", origin: ORIGIN, index, type: "unopened", cause: "no-share" })),
    );
    assert.deepEqual(opened.openedUpTo(ORIGIN), { size: 4, unopened: 3 });
  });

  openingSuite(withStore);

  withStore("notices and drafts come in pages, newest first, and none is left out between two", (store, again) => {
    const other = logOrigin(LINE, SOUTH, 0);
    const { entries, nodes } = growth(emptyFrontier(), 4);
    store.commit([
      { write: "log", origin: other, party: SOUTH, generation: 0 },
      appendOf(emptyFrontier(), 4),
      { write: "append", origin: other, expect: 0, entries, nodes, at: NOW, carrier: null },
      // Four of one moment in two logs, and one later.
      ...[0, 1, 2, 3].map((i): LineWrite => {
        const at = { origin: i % 2 === 0 ? ORIGIN : other, from: i % 2 === 0 ? NORTH : SOUTH };
        return { write: "notice", ...at, index: i, storedAt: NOW, bytes: utf8(`${i}`), signature: utf8("s") };
      }),
      {
        write: "notice",
        origin: other,
        index: 0,
        from: SOUTH,
        storedAt: NOW + 1,
        bytes: utf8("4"),
        signature: utf8("s"),
      },
    ]);
    const opened = again();
    const whole = opened.notices().map(({ bytes }) => bytes);
    assert.equal(whole.length, 5);
    assert.deepEqual(whole[0], utf8("4"));
    const paged: Bytes[] = [];
    for (let page = opened.notices({ limit: 2 }); page.length > 0;) {
      paged.push(...page.map(({ bytes }) => bytes));
      page = opened.notices({ limit: 2, before: page.at(-1) });
    }
    assert.deepEqual(paged, whole);
    const ids = ["1", "2", "3"].map((digit) => parseDraftId(digit.repeat(32)));
    opened.commit(ids.map((id) => ({ write: "draft", ...DRAFT, id })));
    const first = opened.drafts({ limit: 2 });
    const rest = opened.drafts({ limit: 2, before: first.at(-1)?.seq });
    assert.deepEqual(
      [...first, ...rest].map(({ id }) => id),
      ids.toReversed(),
    );
    assert.equal(opened.countOpenDrafts(), 3);
  });

  withStore("what is to be durable soon is read at once, whole or not at all, and in its order", (store, again) => {
    store.commit([appendOf(emptyFrontier(), 2)], "soon");
    assert.equal(store.log(ORIGIN)?.size, 2);
    refuses(
      () => store.commit([{ write: "draft", ...DRAFT }, appendOf(emptyFrontier(), 1)], "soon"),
      "store-size-changed",
    );
    assert.equal(store.draft(DRAFT.id), null);
    store.commit([appendOf(growth(emptyFrontier(), 2).frontier, 1)]);
    assert.equal(again().log(ORIGIN)?.size, 3);
  });

  withStore("a draft moves forward only, and is released once", (store, again) => {
    store.commit([{ write: "draft", ...DRAFT }]);
    assert.deepEqual(store.draft(DRAFT.id), DRAFT);
    store.commit([{ write: "draft-signed", id: DRAFT.id, signatures: [utf8("a"), utf8("b")] }]);
    const opened = again();
    assert.deepEqual(
      opened.draft(DRAFT.id)?.items.map((item) => item.drafted),
      [utf8("a"), utf8("b")],
    );
    opened.commit([{ write: "draft-released", id: DRAFT.id }]);
    refuses(() => opened.commit([{ write: "draft-released", id: DRAFT.id }]), "draft-moved");
    refuses(() => opened.commit([{ write: "draft-deleted", id: DRAFT.id }]), "draft-moved");
    assert.deepEqual(
      opened.drafts({ limit: 5 }).map((draft) => draft.state),
      ["released"],
    );
  });

  withStore("words are taken up in order, found by their beginnings, and only in what counts", (store, again) => {
    store.commit([openLog, appendOf(emptyFrontier(), 3)]);
    const counts = [messageRecord(0), messageRecord(1), messageRecord(2, { fault: "signature-invalid" })];
    store.commit(counts.map((record) => ({ write: "message", ...record })));
    const waiting = store.withoutWords(2);
    assert.deepEqual(
      waiting.map(({ index }) => index),
      [0, 1],
    );
    const words = ["hospital mosul", "school mosul"];
    store.commit(waiting.map(({ seq }, i) => ({ write: "words", seq, words: words[i] as string })));
    const [last] = store.withoutWords(5);
    store.commit([{ write: "words", seq: last?.seq as number, words: "hospital nowhere" }]);
    const opened = again();
    assert.deepEqual(opened.withoutWords(5), []);
    assert.deepEqual(opened.withWords(["mos"]), [counts[1]?.hash, counts[0]?.hash]);
    assert.deepEqual(opened.withWords(["hosp"]), [counts[0]?.hash]);
    assert.deepEqual(opened.withWords(["hosp", "school"]), []);
    assert.deepEqual(opened.withWords(['" OR words : "x']), []);
  });

  withStore("what an officer has begun is kept for that officer, and replaced by its id", (store, again) => {
    const [mine, theirs] = [parseOfficerId("watch-1"), parseOfficerId("watch-2")];
    const scratch = { officer: mine, id: "a", kind: "site", subject: "", savedAt: NOW, form: "{}" } as const;
    store.commit([
      { write: "scratch", ...scratch },
      { write: "scratch", ...scratch, officer: theirs },
    ]);
    store.commit([{ write: "scratch", ...scratch, subject: "Hospital", savedAt: NOW + 1, form: "[1]" }]);
    const opened = again();
    assert.deepEqual(opened.scratches(mine), [{ ...scratch, subject: "Hospital", savedAt: NOW + 1, form: "[1]" }]);
    opened.commit([{ write: "scratch-deleted", officer: mine, id: "a" }]);
    assert.deepEqual([opened.scratches(mine).length, opened.scratches(theirs).length], [0, 1]);
  });
}
