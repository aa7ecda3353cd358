/** Somebody has the disk: what he reads of an encrypted store, and what his changes to it come to. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { backupStore, copyStore, isStoreSound, openLineStore, type PageKey } from "../../src/store/index.ts";
import { Connection } from "../../src/store/driver.ts";
import { type Schema, Sqlite } from "../../src/store/sqlite.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { madeKey } from "./made-key.ts";
import { IDENTITY } from "./made-log.ts";

const coded = (code: string) => (error: unknown) => isParleyError(error, code);
const PAGE = 4096;
const CANARY = "cedar-of-the-ninth-bridge";
const [OURS, THEIRS] = [madeKey(1), madeKey(2)];

/** Of every sort that our stores have: with and without row ids, a word index, a blob, a view of one on another. */
const SCHEMA: Schema = {
  applicationId: 0x50617274,
  migrations: [
    `
CREATE TABLE first (seq INTEGER PRIMARY KEY, word TEXT NOT NULL, bytes BLOB) STRICT;
CREATE TABLE second (name TEXT PRIMARY KEY, seq INTEGER NOT NULL REFERENCES first (seq)) STRICT, WITHOUT ROWID;
CREATE TABLE third (name TEXT UNIQUE, at REAL) STRICT;
CREATE INDEX third_at ON third (at) WHERE at > 1;
CREATE VIRTUAL TABLE said USING fts5 (words, content = '', contentless_delete = 1, prefix = '2 3');
`,
    "ALTER TABLE third ADD COLUMN remark TEXT;",
  ],
};

function filled(path: string, key: PageKey | null, rows = 300): Sqlite {
  const db = new Sqlite(path, SCHEMA, key);
  db.transaction(() => {
    for (let i = 1; i <= rows; i++) {
      db.run("INSERT INTO first (seq, word, bytes) VALUES (?, ?, ?)", i, `${CANARY} ${i}`, Buffer.alloc(600, CANARY));
      db.run("INSERT INTO second (name, seq) VALUES (?, ?)", `${CANARY}-${i}`, i);
      db.run("INSERT INTO third (name, at, remark) VALUES (?, ?, ?)", `n${i}`, i / 7, i % 3 === 0 ? null : CANARY);
      db.run("INSERT INTO said (rowid, words) VALUES (?, ?)", i * 2, `${CANARY} word${i}`);
    }
    db.run("DELETE FROM third WHERE name IN ('n3', 'n9')");
  });
  return db;
}

function contents(db: Sqlite) {
  return {
    first: db.all("SELECT rowid, * FROM first"),
    second: db.all("SELECT * FROM second"),
    third: db.all("SELECT rowid, * FROM third"),
    found: db.all("SELECT rowid FROM said WHERE words MATCH 'word4*' ORDER BY rowid"),
    schema: db.all("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"),
    version: db.get("PRAGMA user_version"),
  };
}

function place(): { readonly dir: string; readonly at: (name: string) => string } {
  const dir = mkdtempSync(join(tmpdir(), "parley-at-rest-"));
  return { dir, at: (name) => join(dir, name) };
}

const holds = (dir: string, text: string): string[] =>
  readdirSync(dir).filter((name) => readFileSync(join(dir, name)).includes(text));

test("what is in an encrypted store is in none of its files: not while it is written, open, closed or copied", () => {
  const { dir, at } = place();
  const db = filled(at("store.sqlite"), OURS);
  assert.ok(statSync(at("store.sqlite-wal")).size > 100_000, "the journal is looked at while it is full");
  const look = (when: string) => {
    for (const text of [CANARY, CANARY.slice(0, 8), "SQLite format", "CREATE TABLE"])
      assert.deepEqual(holds(dir, text), [], `${when}: ${text}`);
  };
  look("open");
  db.run("UPDATE first SET word = word || ?", ` and more of ${CANARY}`);
  db.run("DELETE FROM first WHERE seq > 1e9");
  look("after a change of every row");
  backupStore(at("store.sqlite"), at("copy.sqlite"), OURS);
  look("copied");
  db.close();
  look("closed");
  assert.ok(isStoreSound(at("copy.sqlite"), OURS));
  rmSync(dir, { recursive: true });
});

test("the same look finds it in a plain store", () => {
  const { dir, at } = place();
  filled(at("store.sqlite"), null).close();
  assert.deepEqual(holds(dir, CANARY), ["store.sqlite"]);
  rmSync(dir, { recursive: true });
});

test("what a statement has no room for stays in memory, and no file of it is made", () => {
  const { dir, at } = place();
  for (const key of [OURS, null]) {
    const db = new Connection(at(`${key === null}.sqlite`), key);
    assert.equal(db.pragma("temp_store"), 2);
    db.close();
  }
  rmSync(dir, { recursive: true });
});

test("written anew under a key, another key and none, a store holds the same to the last row id", () => {
  const { dir, at } = place();
  const db = filled(at("plain"), null);
  const before = contents(db);
  db.close();
  copyStore(at("plain"), null, at("ours"), OURS);
  copyStore(at("ours"), OURS, at("theirs"), THEIRS);
  copyStore(at("theirs"), THEIRS, at("again"), null);
  for (const [name, key] of [
    ["ours", OURS],
    ["theirs", THEIRS],
    ["again", null],
  ] as const) {
    assert.ok(isStoreSound(at(name), key), name);
    const copy = new Sqlite(at(name), SCHEMA, key);
    assert.deepEqual(contents(copy), before, name);
    copy.run("INSERT INTO said (rowid, words) VALUES (?, ?)", 5, "word4 and another");
    assert.equal(copy.all("SELECT rowid FROM said WHERE words MATCH 'word4*'").length, before.found.length + 1);
    copy.close();
  }
  assert.deepEqual(holds(dir, CANARY).toSorted(), ["again", "plain"]);
  rmSync(dir, { recursive: true });
});

test("another key, a plain store in the place of an encrypted one, and a store without its key are told apart", () => {
  const { dir, at } = place();
  openLineStore(at("ours"), IDENTITY, OURS).close();
  openLineStore(at("plain"), IDENTITY).close();
  const before = readFileSync(at("ours"));
  assert.throws(() => openLineStore(at("ours"), IDENTITY, THEIRS), coded("store-other-key"));
  assert.throws(() => openLineStore(at("plain"), IDENTITY, OURS), coded("store-plain"));
  assert.throws(() => openLineStore(at("ours"), IDENTITY), coded("store-corrupt"));
  assert.throws(() => copyStore(at("ours"), THEIRS, at("a copy"), null), coded("store-other-key"));
  // The key with the mark of another: whoever changes the file's first bytes gains nothing.
  const marked = { key: THEIRS.key, mark: OURS.mark };
  assert.throws(() => openLineStore(at("ours"), IDENTITY, marked), coded("store-corrupt"));
  assert.deepEqual(readFileSync(at("ours")), before, "nothing was written");
  openLineStore(at("ours"), IDENTITY, OURS).close();
  rmSync(dir, { recursive: true });
});

/** Copies of one store whose bytes somebody changed; what comes of reading all of it. */
function tampered(change: (bytes: Buffer, pages: number) => void): { readonly sound: boolean; readonly text: string } {
  const { dir, at } = place();
  try {
    filled(at("store"), OURS).close();
    const bytes = readFileSync(at("store"));
    change(bytes, bytes.length / PAGE);
    writeFileSync(at("store"), bytes);
    const sound = isStoreSound(at("store"), OURS);
    return { sound, text: sound ? JSON.stringify(contents(new Sqlite(at("store"), SCHEMA, OURS))) : "" };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test("one changed bit of any page, a torn page, pages that changed places and pages cut off are found", () => {
  const swap = (bytes: Buffer, a: number, b: number): void => {
    const kept = Buffer.from(bytes.subarray(a * PAGE, (a + 1) * PAGE));
    bytes.copy(bytes, a * PAGE, b * PAGE, (b + 1) * PAGE);
    kept.copy(bytes, b * PAGE);
  };
  const flip = (at: number) => (bytes: Buffer) => void (bytes[at] = (bytes[at] as number) ^ 1);
  // Of the first page all but the mark and the eight bytes that SQLite must read before it knows a key (page size and version).
  for (const at of [24, 100, 4000, PAGE - 1, 5 * PAGE, 7 * PAGE + 4095, 20 * PAGE + 2000])
    assert.equal(tampered(flip(at)).sound, false, `bit ${at}`);
  assert.equal(
    tampered((bytes) => void bytes.fill(0, 6 * PAGE + 512, 6 * PAGE + 1024)).sound,
    false,
    "a sector is gone",
  );
  assert.equal(tampered((bytes) => swap(bytes, 4, 5)).sound, false, "two pages in each other's place");
  assert.equal(tampered((bytes) => bytes.copy(bytes, 9 * PAGE, 8 * PAGE, 9 * PAGE)).sound, false, "a page twice");
});

test("a page of another store, or of the same one under another key, is no page of this one", () => {
  const { dir, at } = place();
  filled(at("theirs"), THEIRS).close();
  const other = readFileSync(at("theirs"));
  for (const page of [1, 5, 20])
    assert.equal(tampered((bytes) => other.copy(bytes, page * PAGE, page * PAGE, (page + 1) * PAGE)).sound, false);
  rmSync(dir, { recursive: true });
});

test("an older copy of the whole file is a store of its day: that it is old, only the log can tell", () => {
  const { dir, at } = place();
  filled(at("store"), OURS, 10).close();
  cpSync(at("store"), at("older"));
  const db = new Sqlite(at("store"), SCHEMA, OURS);
  db.run("DELETE FROM second");
  db.close();
  const old = new Sqlite(at("older"), SCHEMA, OURS);
  assert.equal(old.all("SELECT * FROM second").length, 10);
  old.close();
  rmSync(dir, { recursive: true });
});
