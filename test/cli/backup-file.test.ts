import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readBackup, writeBackup } from "../../src/cli/backup-file.ts";
import { nativeSuite } from "../../src/crypto/native.ts";
import type { Suite } from "../../src/crypto/index.ts";
import { isParleyError } from "../../src/wire/error.ts";

/** The key derivation is tried once at its full price; the hundreds of damaged copies need not pay it. */
const cheap: Suite = {
  ...nativeSuite,
  scrypt: (password, salt, _n, r, p, length) => nativeSuite.scrypt(password, salt, 16, r, p, length),
};
const CANARY = "plan-canary-7f31";
const quiet = (): void => undefined;

function made(suite: Suite) {
  const dir = mkdtempSync(join(tmpdir(), "parley-backup-"));
  const big = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * 7) & 255);
  const files = { "node.keys": CANARY, "line/line.json": "{}", "empty.json": "", "line.sqlite": big };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name.replace("/", "_")), content);
  const source = new Map(Object.keys(files).map((name) => [name, join(dir, name.replace("/", "_"))]));
  const path = join(dir, "all.backup");
  writeBackup(suite, path, source, "correct horse", quiet);
  return { dir, path, files, big };
}

const fresh = (): string => mkdtempSync(join(tmpdir(), "parley-restore-"));

test("a backup comes back as it was, and holds nothing in the clear", () => {
  const { path, big } = made(nativeSuite);
  const target = fresh();
  const names = readBackup(nativeSuite, path, target, "correct horse", quiet);
  assert.deepEqual(names, ["node.keys", "line/line.json", "empty.json", "line.sqlite"]);
  assert.equal(readFileSync(join(target, "node.keys"), "utf8"), CANARY);
  assert.equal(readFileSync(join(target, "line", "line.json"), "utf8"), "{}");
  assert.equal(readFileSync(join(target, "empty.json"), "utf8"), "");
  assert.deepEqual(new Uint8Array(readFileSync(join(target, "line.sqlite"))), big);
  assert.ok(!readFileSync(path).includes(CANARY));
});

test("a wrong passphrase opens nothing", () => {
  const { path } = made(cheap);
  const target = fresh();
  const open = () => readBackup(cheap, path, target, "another horse", quiet);
  assert.throws(open, (error) => isParleyError(error, "backup-not-opened"));
  assert.deepEqual(readdirSync(target), []);
});

test("a changed byte, a cut and an added end are each refused", () => {
  const { dir, path } = made(cheap);
  const whole = readFileSync(path);
  const damaged = (bytes: Uint8Array): unknown => {
    const copy = join(dir, "damaged");
    writeFileSync(copy, bytes);
    try {
      readBackup(cheap, copy, fresh(), "correct horse", quiet);
    } catch (error) {
      return error;
    }
    return null;
  };
  for (let at = 0; at < whole.length; at += at < 200 ? 1 : 49_999) {
    const bytes = Uint8Array.from(whole);
    bytes[at] = (bytes[at] as number) ^ 1;
    assert.ok(isParleyError(damaged(bytes), "backup-not-opened", "backup-malformed"), `byte ${at}`);
  }
  for (const length of [0, 10, 40, whole.length - 1, whole.length - 30, whole.length - 60]) {
    assert.ok(isParleyError(damaged(whole.subarray(0, length)), "backup-malformed"), `${length} bytes`);
  }
  assert.ok(isParleyError(damaged(Buffer.concat([whole, Buffer.from([0])])), "backup-malformed"));
});
