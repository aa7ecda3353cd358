/**
 * Stands for `node:crypto` below the node's suite in the torture's program: what a passphrase was once stretched to is
 * remembered beside the run, for a tenth of a second of each start would go into it. Nothing that is written changes.
 */
import { createHash, scryptSync as stretch, type ScryptOptions } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export * from "node:crypto";

/** As `scryptSync`, whose place it takes. */
export function scryptSync(password: Uint8Array, salt: Uint8Array, length: number, options: ScryptOptions): Buffer {
  const folder = process.env["PARLEY_TORTURE_STRETCHED"];
  if (folder === undefined) return stretch(password, salt, length, options);
  const asked = createHash("sha256").update(JSON.stringify([length, options]));
  for (const each of [password, salt]) asked.update(createHash("sha256").update(each).digest());
  const file = join(folder, asked.digest("hex"));
  if (existsSync(file)) return readFileSync(file);
  const key = stretch(password, salt, length, options);
  // Whole or not at all: this process may be killed here too.
  const half = `${file}.${process.pid}`;
  writeFileSync(half, key);
  renameSync(half, file);
  return key;
}
