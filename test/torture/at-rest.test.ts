/**
 * Stores are encrypted, decrypted and put under another key by a process that dies at one of its writes, by half of it
 * now and then, with the power cut or not: the directory is the old one or the new one, whole, and what was to be
 * encrypted is in the clear nowhere once it counts as encrypted.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { isEncrypted, openAtRest } from "../../src/server/at-rest/at-rest.ts";
import { settledAtRest } from "../../src/server/at-rest/node-at-rest.ts";
import { encryptNode, silentLogger, startNode } from "../../src/server/index.ts";
import { lockDirectory } from "../../src/server/lock.ts";
import { readKeyring } from "../../src/server/node-dir.ts";
import { Connection } from "../../src/store/driver.ts";
import { isParleyError } from "../../src/wire/error.ts";
import { seeded } from "../../tools/torture/random.ts";
import { cutPower } from "../../tools/torture/shim/power-cut.ts";
import { buildShim, ShimControl } from "../../tools/torture/shim/shim.ts";
import { type MadeLine, makeLine, PARTIES } from "../support/line.ts";
import { desk, movementRequest } from "../support/nodes.ts";

const CHILD = join(import.meta.dirname, "switch-child.ts");
const CANARY = "Quellwasser-transport";
const FIRST = "the first of ours";
const run = mkdtempSync(join(tmpdir(), "parley-switch-"));
const shim = buildShim(run);
const random = seeded(11);
let line: MadeLine;

before(async () => {
  line = await makeLine({ parties: PARTIES.slice(0, 2) });
  const { dir } = line.party("northern");
  const node = await startNode(dir, { logger: silentLogger });
  await desk(line.party("northern")).tell(movementRequest(CANARY));
  await node.stop();
  cpSync(dir, join(run, "plain"), { recursive: true });
  encryptNode(suite, dir, FIRST);
  cpSync(dir, join(run, "encrypted"), { recursive: true });
});
after(() => {
  line.remove();
  rmSync(run, { recursive: true, force: true });
});

/** What the directory holds by whichever passphrase opens it. */
function held(dir: string, passphrase: string | null) {
  const rest = openAtRest(suite, dir, passphrase);
  const rows = ["line.sqlite", "private.sqlite"].map((name) => {
    const db = new Connection(join(dir, name), rest.pageKey(name));
    try {
      const tables = db.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'virtual'").all();
      return tables.map(({ name: table }) => ({
        table: String(table),
        rows: db.prepare(`SELECT * FROM "${String(table)}"`).all(),
      }));
    } finally {
      db.close();
    }
  });
  const sorted = rows.map((tables) => tables.toSorted((a, b) => (a.table < b.table ? -1 : 1)));
  return {
    keys: readKeyring(dir, rest),
    rows: sorted.map((tables) => tables.filter(({ table }) => table !== "sqlite_schema")),
  };
}

interface Run {
  readonly how: "encrypt" | "decrypt" | "rekey";
  readonly from: "plain" | "encrypted";
  /** The passphrases of the old and of the new directory. */
  readonly passphrases: readonly [string | null, string | null];
}

/** Dies at the n-th write; null where it came to its end before. */
function die({ how, from }: Run, dir: string, n: number | null): number | null {
  rmSync(dir, { recursive: true, force: true });
  cpSync(join(run, from), dir, { recursive: true });
  const control = new ShimControl(join(run, "control"));
  if (n !== null) control.dieAt(n, random.chance(0.3));
  const journal = join(run, "journal");
  rmSync(journal, { force: true });
  const { status, signal, stderr } = spawnSync(process.execPath, [CHILD, dir, how], {
    encoding: "utf8",
    env: {
      ...process.env,
      NODE_NO_WARNINGS: "1",
      NODE_COMPILE_CACHE: join(run, "cache"),
      LD_PRELOAD: shim.library ?? "",
      PARLEY_SHIM_DIR: dir,
      PARLEY_SHIM_CONTROL: join(run, "control"),
      PARLEY_SHIM_JOURNAL: journal,
    },
  });
  if (signal === "SIGKILL") {
    if (random.chance(0.5)) cutPower(journal, random);
    return null;
  }
  assert.equal(status, 0, stderr);
  return Number(readFileSync(join(run, "control")).readBigUInt64LE(8));
}

const contains = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(CANARY))
    .map(({ name }) => name);

const RUNS: readonly (Run & { readonly points: number })[] = [
  { how: "encrypt", from: "plain", passphrases: [null, FIRST], points: 24 },
  { how: "rekey", from: "encrypted", passphrases: [FIRST, "the second of ours"], points: 12 },
  { how: "decrypt", from: "encrypted", passphrases: [FIRST, null], points: 12 },
];

for (const each of RUNS) {
  const { how, from, passphrases, points } = each;
  test(`${how}: killed anywhere, the directory is the old one or the new one`, (t) => {
    if (shim.library === null) return t.skip(shim.why);
    const dir = join(run, "node");
    const expected = held(join(run, from), passphrases[0]);
    const writes = die(each, dir, null) ?? 0;
    assert.ok(writes > 60, `${writes} writes were seen: the shim sees those of the driver`);
    const ended = { old: 0, new: 0 };
    // Most of the writes are of the copies; what counts is near the end.
    for (let i = 0; i < points; i++) {
      const last = i % 2 === 0;
      die(each, dir, last ? writes - random.below(Math.min(60, writes)) : 1 + random.below(writes));
      const passphrase = settled(dir, passphrases);
      ended[passphrase === passphrases[0] ? "old" : "new"] += 1;
      assert.deepEqual(held(dir, passphrase), expected);
      assert.deepEqual(
        readdirSync(dir).filter((name) => name.includes(".switch")),
        [],
      );
      if (isEncrypted(dir)) assert.deepEqual(contains(dir), [], "no plain word is left");
    }
    assert.ok(ended.old > 0 && ended.new > 0, `it died on both sides: ${JSON.stringify(ended)}`);
  });
}

/** What a start does first: with the one passphrase, or with the other. */
function settled(dir: string, passphrases: readonly (string | null)[]): string | null {
  for (const passphrase of passphrases) {
    const lock = lockDirectory(join(dir, "node.lock"));
    try {
      settledAtRest(suite, dir, passphrase);
      if (isEncrypted(dir) === (passphrase !== null)) return passphrase;
    } catch (error) {
      if (!isParleyError(error, "store-passphrase-needed") && !isParleyError(error, "store-passphrase-wrong"))
        throw error;
    } finally {
      lock.release();
    }
  }
  throw new Error("neither passphrase opens it");
}
