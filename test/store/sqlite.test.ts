import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "../../src/store/driver.ts";
import { test } from "node:test";
import { emptyFrontier } from "../../src/log/index.ts";
import { backupStore, isStoreSound, openLineStore, openPrivateStore } from "../../src/store/index.ts";
import { LINE_SCHEMA } from "../../src/store/line-schema.ts";
import { Sqlite } from "../../src/store/sqlite.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { parsePartyId } from "../../src/wire/id.ts";
import { madeKey } from "./made-key.ts";
import { appendOf, growth, IDENTITY, NORTH, ORIGIN } from "./made-log.ts";
import { lineStoreSuite } from "./suite.ts";

const directory = () => mkdtempSync(join(tmpdir(), "parley-store-"));

for (const [name, key] of [
  ["sqlite", null],
  ["sqlite, encrypted", madeKey(1)],
] as const) {
  lineStoreSuite({
    name,
    place: () => {
      const dir = directory();
      const path = join(dir, "line.sqlite");
      return { open: () => openLineStore(path, IDENTITY, key), end: () => rmSync(dir, { recursive: true }) };
    },
  });
}

const coded = (code: string) => (error: unknown) => isParleyError(error, code);

test("a full disk is said, and nothing is half-done", () => {
  const dir = directory();
  const path = join(dir, "line.sqlite");
  const store = openLineStore(path, IDENTITY);
  store.commit([{ write: "log", origin: ORIGIN, party: NORTH, generation: 0 }, appendOf(emptyFrontier(), 3)]);
  store.close();
  const small = new Sqlite(path, LINE_SCHEMA);
  small.exec("PRAGMA max_page_count = 1");
  assert.throws(
    () =>
      small.transaction(() => {
        small.run("UPDATE log SET size = 9");
        for (let i = 0; i < 200; i++)
          small.run("INSERT INTO split (log, seen_at, evidence) VALUES (1, ?, randomblob(4000))", i);
      }),
    coded("disk-full"),
  );
  small.close();
  const again = openLineStore(path, IDENTITY);
  assert.equal(again.log(ORIGIN)?.size, 3);
  assert.deepEqual(again.splits(), []);
  again.commit([appendOf(growth(emptyFrontier(), 3).frontier, 1)]);
  again.close();
  rmSync(dir, { recursive: true });
});

test("a newer store, another line's store and another file are refused", () => {
  const dir = directory();
  const path = join(dir, "line.sqlite");
  openLineStore(path, IDENTITY).close();
  assert.throws(() => openLineStore(path, { ...IDENTITY, party: parsePartyId("relief") }), coded("store-other-line"));
  assert.throws(() => openPrivateStore(path), coded("store-not-ours"));
  const raw = new Connection(path, null);
  raw.exec("PRAGMA user_version = 99");
  raw.close();
  assert.throws(() => openLineStore(path, IDENTITY), coded("store-newer"));
  const text = join(dir, "text.sqlite");
  writeFileSync(text, "this is no database at all, but long enough to be looked at as one".repeat(20));
  assert.throws(() => openLineStore(text, IDENTITY), coded("store-corrupt"));
  assert.throws(() => openLineStore(text, IDENTITY), /text\.sqlite is damaged/, "it says which file");
  rmSync(dir, { recursive: true });
});

test("a backup is taken while the store is written, and opens as it was", () => {
  const dir = directory();
  const [path, copy] = [join(dir, "line.sqlite"), join(dir, "copy.sqlite")];
  const store = openLineStore(path, IDENTITY);
  store.commit([{ write: "log", origin: ORIGIN, party: NORTH, generation: 0 }, appendOf(emptyFrontier(), 3)]);
  backupStore(path, copy);
  store.commit([appendOf(growth(emptyFrontier(), 3).frontier, 4)]);
  store.close();
  assert.ok(isStoreSound(copy));
  const restored = openLineStore(copy, IDENTITY);
  assert.equal(restored.log(ORIGIN)?.size, 3);
  restored.close();
  assert.throws(() => backupStore(path, copy), coded("backup-exists"));
  assert.throws(() => backupStore(join(dir, "none"), join(dir, "other")), coded("backup-missing"));
  rmSync(dir, { recursive: true });
});

test("a journal that was filled beforehand holds what a killed process committed, and no more", () => {
  const dir = directory();
  try {
    const path = join(dir, "line.sqlite");
    const store = openLineStore(path, IDENTITY);
    const journal = statSync(`${path}-wal`).size;
    store.commit([{ write: "log", origin: ORIGIN, party: NORTH, generation: 0 }, appendOf(emptyFrontier(), 3)]);
    assert.equal(statSync(`${path}-wal`).size, journal, "it does not grow with a commit");
    // As after a kill: both files as they are at this moment, and nobody has closed them.
    const copy = join(dir, "copy.sqlite");
    for (const end of ["", "-wal"]) cpSync(`${path}${end}`, `${copy}${end}`);
    const opened = openLineStore(copy, IDENTITY);
    assert.equal(opened.log(ORIGIN)?.size, 3);
    assert.equal(opened.entries(ORIGIN, 0, { count: 9, bytes: 1e6 }).length, 3);
    opened.close();
    store.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
