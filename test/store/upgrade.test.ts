import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "../../src/store/driver.ts";
import { test } from "node:test";
import { openLineStore } from "../../src/store/index.ts";
import { LINE_SCHEMA } from "../../src/store/line-schema.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { logOrigin, parseLineId, parsePartyId } from "../../src/wire/id.ts";

const LINE = parseLineId("ab".repeat(32));
const NORTH = parsePartyId("northern");
const SOUTH = parsePartyId("southern");
const identity = { line: LINE, party: NORTH };

/** The versions that had declarations, and the first that keeps what an entry was found to be apart from it. */
const [DECLARATIONS, LOOKED] = [10, 15];

/** A store as the version with `count` migrations left it, with an opening that a notice told, and an entry looked at. */
function storeOf(path: string, count: number): void {
  const db = new Connection(path, null);
  for (const script of LINE_SCHEMA.migrations.slice(0, count)) db.exec(script);
  db.exec(`PRAGMA application_id = ${LINE_SCHEMA.applicationId}; PRAGMA user_version = ${count};
    INSERT INTO identity VALUES (1, '${LINE}', '${NORTH}');
    INSERT INTO log (origin, party, generation, size) VALUES
      ('${logOrigin(LINE, NORTH, 0)}', '${NORTH}', 0, 0), ('${logOrigin(LINE, SOUTH, 0)}', '${SOUTH}', 0, 1);
    INSERT INTO entry (log, idx, bytes, stored_at) VALUES (2, 0, x'00', 1234);
    INSERT INTO opening (log, party, first, last, at, code, notice) VALUES (1, '${SOUTH}', 0, 0, 99, NULL, 0);`);
  if (count >= LOOKED) db.exec("INSERT INTO looked VALUES (2, 0, 'declaration', 'party-left')");
  else db.exec("UPDATE entry SET type = 'roster', cause = 'party-left'");
  if (count >= DECLARATIONS && count < LOOKED) db.exec("UPDATE entry SET later_type = 'declaration'");
  db.close();
}

test("a store of every earlier version is brought forward, and what was in it is read as it was", () => {
  const dir = mkdtempSync(join(tmpdir(), "parley-upgrade-"));
  for (let count = 1; count <= LINE_SCHEMA.migrations.length; count++) {
    const path = join(dir, `v${count}.sqlite`);
    storeOf(path, count);
    const store = openLineStore(path, identity);
    const [opening] = store.openingsOf(logOrigin(LINE, NORTH, 0), 0);
    assert.equal(opening?.noticeIn, logOrigin(LINE, SOUTH, 0), `from ${count}`);
    assert.equal(opening?.knownAt, 1234);
    assert.deepEqual(store.takenOn(logOrigin(LINE, SOUTH, 0), 1), { taken: 0, lastDay: null });
    assert.deepEqual(store.closings(), []);
    const type = count < DECLARATIONS ? "roster" : "declaration";
    assert.deepEqual(store.lookedAt(logOrigin(LINE, SOUTH, 0), 0, 9), [{ index: 0, type, cause: "party-left" }]);
    assert.deepEqual(store.openedUpTo(logOrigin(LINE, SOUTH, 0)), { size: 1, unopened: 0 });
    assert.deepEqual(store.entriesToOpen(9), []);
    store.close();
    openLineStore(path, identity).close();
  }
  rmSync(dir, { recursive: true });
});

test("a store that a newer version wrote is refused with its version, and not a byte of it changes", () => {
  const dir = mkdtempSync(join(tmpdir(), "parley-upgrade-"));
  const path = join(dir, "line.sqlite");
  storeOf(path, LINE_SCHEMA.migrations.length);
  const db = new Connection(path, null);
  db.exec("CREATE TABLE of_tomorrow (a INTEGER) STRICT");
  db.exec(`PRAGMA user_version = ${LINE_SCHEMA.migrations.length + 1}`);
  db.close();
  assert.throws(
    () => openLineStore(path, identity),
    (error) => isParleyError(error, "store-newer") && error.detail["version"] === LINE_SCHEMA.migrations.length + 1,
  );
  const after = new Connection(path, null);
  assert.equal(after.prepare("PRAGMA user_version").get()?.["user_version"], LINE_SCHEMA.migrations.length + 1);
  assert.equal(after.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'of_tomorrow'").get()?.["n"], 1);
  after.close();
  rmSync(dir, { recursive: true });
});
