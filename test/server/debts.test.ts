/** Who may owe an answer, taken up bit by bit, beside a look at everything that was ever told. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { dueAfter, type EntryPlace, type Kind, type Message, toBeSigned } from "../../src/message/index.ts";
import { type Book, book, type Fact } from "../../src/server/book.ts";
import { messageRecord } from "../../src/server/records.ts";
import { type Debt, debts } from "../../src/server/watch/debts.ts";
import { openLineStore } from "../../src/store/index.ts";
import { toHex } from "../../src/wire/bytes.ts";
import { type LogOrigin, logOrigin, type MessageHash, parseMessageId, type PartyId } from "../../src/wire/id.ts";
import { AT, LINE, NORTHERN, RELIEF, sample, SOUTHERN } from "../message/samples.ts";
import { seeded } from "../narrow/link.ts";

const OTHERS = [SOUTHERN, RELIEF];
const ORIGINS: Readonly<Record<string, LogOrigin>> = {
  own: logOrigin(LINE, NORTHERN, 0),
  later: logOrigin(LINE, NORTHERN, 1),
  southern: logOrigin(LINE, SOUTHERN, 0),
  relief: logOrigin(LINE, RELIEF, 0),
};

/** A message like that counts from now on, at its place; nothing of it is signed. */
function count(told: Book, place: EntryPlace, like: object): MessageHash {
  const message = { ...like, id: parseMessageId(toHex(suite.randomBytes(16))) } as Message;
  const { bytes, hash } = toBeSigned(suite, message);
  const signed = { bytes, drafted: null, released: bytes };
  const officers = { drafter: null, releaser: null };
  told.add(messageRecord(place, AT, { message, hash, signed }, officers, null), message);
  return hash;
}

/** A book that is told things, and what each party has receipted of each log. */
function desk(told: Book) {
  const next = new Map<LogOrigin, number>();
  const sizes = new Map<string, number>();
  return {
    tell: (origin: LogOrigin, kind: Kind, about: MessageHash | null = null): MessageHash => {
      const index = next.get(origin) ?? 0;
      next.set(origin, index + 1);
      const like = sample(kind);
      const re = about === null || like.re === null ? null : { ...like.re, message: about };
      return count(told, { origin, index }, { ...like, re, list: null });
    },
    receipt: (origin: LogOrigin, party: PartyId) => void sizes.set(`${origin} ${party}`, next.get(origin) ?? 0),
    sizeHeldBy: (origin: LogOrigin, party: PartyId) => sizes.get(`${origin} ${party}`) ?? 0,
  };
}

type Desk = ReturnType<typeof desk>;

/** The simple way: everything, each time. What was settled needs a look only where more was said about it since. */
function simply(told: Book, { sizeHeldBy }: Desk, settled: ReadonlyMap<string, number>): string[] {
  const owing = [...told.facts()].filter(({ from, kind }) => from === NORTHERN && dueAfter(kind) !== Infinity);
  const isHeld = (fact: Fact, party: PartyId) => sizeHeldBy(fact.origin, party) > fact.index;
  return owing
    .flatMap((fact) => OTHERS.filter((party) => isHeld(fact, party)).map((party) => ({ fact, party })))
    .filter((debt) => settled.get(nameOf(debt)) !== saidOf(told, debt))
    .map(nameOf)
    .toSorted();
}

/** What can change whether it is owed: the party's own answers, and its author's word. */
const saidOf = (told: Book, { fact, party }: Debt): number =>
  told.repliesTo(fact.hash).filter(({ from }) => from === party || from === NORTHERN).length;

const nameOf = ({ fact, party }: Debt): string => `${fact.hash} ${party}`;

test("bit by bit the same are looked at as in a look at everything, whatever is told, receipted and said", async () => {
  const dir = mkdtempSync(join(tmpdir(), "parley-debts-"));
  const store = openLineStore(join(dir, "line.sqlite"), { line: LINE, party: NORTHERN });
  try {
    for (let seed = 1; seed <= 40; seed++) {
      const random = seeded(seed);
      const pick = <Of>(of: readonly Of[]): Of => of[Math.floor(random() * of.length)] as Of;
      const told = book(store);
      await told.load(new AbortController().signal);
      const at = desk(told);
      const owing = debts({ book: told, self: NORTHERN, others: OTHERS, sizeHeldBy: at.sizeHeldBy });
      const settled = new Map<string, number>();
      const hashes: MessageHash[] = [];
      for (let step = 0; step < 60; step++) {
        for (let i = Math.floor(random() * 4); i > 0; i--) {
          const about = hashes.length > 0 && random() < 0.5 ? pick(hashes) : null;
          const origin = ORIGINS[
            about === null ? pick(["own", "own", "later"]) : pick(["southern", "relief"])
          ] as LogOrigin;
          hashes.push(
            at.tell(origin, about === null ? pick(["activity", "movement", "text", "site"]) : "answer", about),
          );
        }
        if (random() < 0.6) at.receipt(ORIGINS[pick(["own", "later"])] as LogOrigin, pick(OTHERS));
        await owing.takeUp(() => Promise.resolve(true));
        const now = owing.toLookAt(AT);
        assert.deepEqual(now.map(nameOf).toSorted(), simply(told, at, settled), `seed ${seed}, step ${step}`);
        for (const debt of now) {
          if (random() < 0.3) continue;
          if (random() < 0.5) owing.settle(debt);
          else owing.putOff(debt, Infinity);
          settled.set(nameOf(debt), saidOf(told, debt));
        }
      }
      assert.ok(settled.size > 10);
    }
  } finally {
    store.close();
    rmSync(dir, { recursive: true });
  }
});

test("what is put off is looked at when its time has come, and everything is when it was taken up anew", async () => {
  const dir = mkdtempSync(join(tmpdir(), "parley-debts-"));
  const store = openLineStore(join(dir, "line.sqlite"), { line: LINE, party: NORTHERN });
  try {
    const told = book(store);
    await told.load(new AbortController().signal);
    const at = desk(told);
    const owing = debts({ book: told, self: NORTHERN, others: OTHERS, sizeHeldBy: at.sizeHeldBy });
    const own = ORIGINS["own"] as LogOrigin;
    at.tell(own, "movement");
    at.receipt(own, SOUTHERN);
    const goOn = () => Promise.resolve(true);
    await owing.takeUp(goOn);
    const [debt, ...more] = owing.toLookAt(AT);
    assert.ok(debt?.party === SOUTHERN && more.length === 0);
    owing.putOff(debt, AT + 1000);
    await owing.takeUp(goOn);
    assert.deepEqual([owing.toLookAt(AT + 999).length, owing.toLookAt(AT + 1000).length], [0, 1]);
    owing.settle(debt);
    assert.deepEqual(owing.toLookAt(Infinity), []);
    told.forget();
    await told.load(new AbortController().signal);
    await owing.takeUp(goOn);
    assert.deepEqual(owing.toLookAt(Infinity), [], "the store of this test has none of it");
    at.tell(own, "movement");
    at.receipt(own, SOUTHERN);
    await owing.takeUp(goOn);
    assert.equal(owing.toLookAt(AT).length, 1);
  } finally {
    store.close();
    rmSync(dir, { recursive: true });
  }
});

test("replies to a whole list are taken up once for each member, with pauses, however many there are", async () => {
  const dir = mkdtempSync(join(tmpdir(), "parley-debts-"));
  const store = openLineStore(join(dir, "line.sqlite"), { line: LINE, party: NORTHERN });
  const [members, replies] = [1000, 50];
  try {
    const told = book(store);
    await told.load(new AbortController().signal);
    const list = { id: "cd".repeat(16), name: "Schools", index: 0, count: members };
    const own = ORIGINS["own"] as LogOrigin;
    const hashes = Array.from({ length: members }, (_, i) =>
      count(told, { origin: own, index: i }, { ...sample("site"), re: null, list }),
    );
    let asked = 0;
    const sizeHeldBy = () => {
      asked += 1;
      return members;
    };
    const owing = debts({ book: told, self: NORTHERN, others: OTHERS, sizeHeldBy });
    let pauses = 0;
    const pause = () => {
      pauses += 1;
      return Promise.resolve(true);
    };
    await owing.takeUp(pause);
    for (const debt of owing.toLookAt(AT)) owing.settle(debt);
    [asked, pauses] = [0, 0];
    const answer = sample("answer");
    for (let i = 0; i < replies; i++) {
      const re = { relation: "answers", message: hashes[i] };
      const heads = [{ origin: own, size: members, root: "ab".repeat(32) }];
      const body = { answer: "STANDBY", scope: "list", reason: "", words: "", until: AT + 1000, at: null };
      count(
        told,
        { origin: ORIGINS["southern"] as LogOrigin, index: i },
        { ...answer, from: SOUTHERN, list: null, re, heads, body },
      );
    }
    await owing.takeUp(pause);
    const again = owing.toLookAt(AT);
    assert.deepEqual(new Set(again.map(({ fact }) => fact.hash)), new Set(hashes));
    assert.equal(again.length, members, "of southern alone: what it said changes nothing of what others owe");
    assert.ok(again.every(({ party }) => party === SOUTHERN));
    assert.ok(asked <= 2 * OTHERS.length, `${asked} looks at receipts`);
    assert.ok(pauses >= members / 100 - 1, `${pauses} pauses`);
  } finally {
    store.close();
    rmSync(dir, { recursive: true });
  }
});
