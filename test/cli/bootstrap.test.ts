/** How tools/bootstrap.mjs starts a program: with pages of 2 MiB asked for, and nobody else's settings changed. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "..", "..");

test("a program is started with huge pages asked for, beside what its user set, and not against it", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "parley-bootstrap-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const program = join(folder, "tell.mjs");
  writeFileSync(program, "process.stdout.write(process.env.GLIBC_TUNABLES);");
  const toldWith = (given: string | undefined) => {
    const env = { ...process.env, GLIBC_TUNABLES: given };
    const command = [join(ROOT, "tools", "bootstrap.mjs"), relative(ROOT, program)];
    return spawnSync(process.execPath, command, { env, encoding: "utf8" }).stdout;
  };
  assert.equal(toldWith(undefined), "glibc.malloc.hugetlb=1");
  assert.equal(toldWith("glibc.malloc.check=1"), "glibc.malloc.check=1:glibc.malloc.hugetlb=1");
  assert.equal(toldWith("glibc.malloc.hugetlb=0"), "glibc.malloc.hugetlb=0");
});
