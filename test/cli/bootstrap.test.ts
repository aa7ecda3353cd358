/** How tools/bootstrap.mjs installs what is missing, and starts a program. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { test, type TestContext } from "node:test";

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

/** A checkout with nothing in it but the program and one library, which cannot be compiled. */
function freshCheckout(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-fresh-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const files = {
    "tools/bootstrap.mjs": readFileSync(join(ROOT, "tools", "bootstrap.mjs"), "utf8"),
    "src/cli/main.ts": "process.stdout.write('it runs');",
    "package.json": JSON.stringify({ name: "fresh", dependencies: { native: "file:native" } }),
    "package-lock.json": JSON.stringify({
      name: "fresh",
      lockfileVersion: 3,
      packages: {
        "": { name: "fresh", dependencies: { native: "file:native" } },
        native: { version: "1.0.0", hasInstallScript: true },
        "node_modules/native": { resolved: "native", link: true },
      },
    }),
    "native/package.json": JSON.stringify({ name: "native", version: "1.0.0", scripts: { install: "exit 7" } }),
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const started = (folder: string, as: { readonly uid?: number } = {}) =>
  spawnSync(process.execPath, [join(folder, "tools", "bootstrap.mjs"), "src/cli/main.ts"], { encoding: "utf8", ...as });

test("no library is compiled: a machine without Python, make and Node's headers runs Parley", (t) => {
  const { status, stdout, stderr } = started(freshCheckout(t));
  assert.deepEqual([status, stdout], [0, "it runs"], stderr);
});

test("where something is missing and this user may not write there, it says who builds it, and how", (t) => {
  const folder = freshCheckout(t);
  chmodSync(folder, 0o555);
  // Root writes everywhere; a service does not run as root.
  const { status, stderr } = started(folder, process.getuid?.() === 0 ? { uid: 65_534 } : {});
  assert.equal(status, 3);
  assert.match(stderr, /this user may not write there \(EACCES\)/);
  assert.match(stderr, new RegExp(`next: Run \`${folder}/parley help serve\` once as the user who owns that folder`));
});
