/** The console's files over the wire: compressed for whoever takes that, and nothing from outside of their folder. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { staticFile } from "../../src/server/http/static.ts";

const LONG = "export const words = 'the road to the north is closed';\n".repeat(1000);
let root: string;
let folder: string;
before(() => {
  root = mkdtempSync(join(tmpdir(), "parley-static-"));
  folder = join(root, "console");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, "assets", "long.js"), LONG);
  writeFileSync(join(folder, "assets", "short.js"), "export {};");
  writeFileSync(join(root, "secret.js"), LONG);
});
after(() => rmSync(root, { recursive: true, force: true }));

const sent = async (path: string, accepts?: string) => {
  const response = (await staticFile(folder, path, accepts)) as Response;
  const bytes = Buffer.from(await response.arrayBuffer());
  return { encoding: response.headers.get("content-encoding"), vary: response.headers.get("vary"), bytes };
};

test("a long script goes compressed to whoever takes that, each time the same, and as it is to whoever does not", async () => {
  for (const accepts of ["gzip, deflate, br, zstd", "br;q=1.0, GZIP;q=0.5"]) {
    const { encoding, vary, bytes } = await sent("/assets/long.js", accepts);
    assert.deepEqual([encoding, vary, gunzipSync(bytes).toString()], ["gzip", "accept-encoding", LONG]);
    assert.ok(bytes.length < LONG.length / 10);
  }
  for (const accepts of [undefined, "br", "gzip;q=0", "gzip;q=0.000, br", "x-gzip-not"]) {
    const { encoding, vary, bytes } = await sent("/assets/long.js", accepts);
    assert.deepEqual([encoding, vary, bytes.toString()], [null, "accept-encoding", LONG], accepts);
  }
});

test("what is short is not worth it", async () => {
  assert.equal((await sent("/assets/short.js", "gzip")).encoding, null);
});

test("nothing outside of the folder is sent, compressed or not", async () => {
  for (const path of ["/../secret.js", "/%2e%2e/secret.js", "/assets/..%2f..%2fsecret.js", "//../secret.js"]) {
    assert.equal(await staticFile(folder, path, "gzip"), null, path);
  }
});
