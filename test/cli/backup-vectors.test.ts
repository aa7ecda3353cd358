import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readBackup } from "../../src/cli/backup-file.ts";
import { nativeSuite } from "../../src/crypto/native.ts";
import { isParleyError } from "../../src/wire/error.ts";

interface Page {
  readonly passphrase: string;
  readonly valid: readonly { readonly name: string; readonly bytes: string; readonly files: Record<string, string> }[];
  readonly invalid: readonly { readonly name: string; readonly bytes: string; readonly code: string }[];
}

const page = JSON.parse(readFileSync(new URL("../../vectors/backup.json", import.meta.url), "utf8")) as Page;

/** Reads it as `restore` does; the folder that it was written to. */
function restored(bytes: string, passphrase: string): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-backup-"));
  writeFileSync(join(folder, "file.backup"), Buffer.from(bytes, "base64"));
  readBackup(nativeSuite, join(folder, "file.backup"), join(folder, "out"), passphrase, () => {});
  return join(folder, "out");
}

for (const { name, bytes, files } of page.valid) {
  test(`backup: ${name}`, () => {
    const folder = restored(bytes, page.passphrase);
    for (const [file, text] of Object.entries(files)) assert.equal(readFileSync(join(folder, file), "utf8"), text);
    assert.throws(
      () => restored(bytes, "wrong horse"),
      (error) => isParleyError(error, "backup-not-opened"),
    );
  });
}

for (const { name, bytes, code } of page.invalid) {
  test(`backup: ${name} is refused with ${code}`, () => {
    assert.throws(
      () => restored(bytes, page.passphrase),
      (error) => isParleyError(error, code),
    );
  });
}
