/** A change of keys that fails leaves nothing behind: no key that a later roster would name, and no file for a safe. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { settledAtRest } from "../../src/server/at-rest/node-at-rest.ts";
import { addKeys } from "../../src/server/index.ts";
import { freePort } from "../support/line.ts";
import { initialise, newFolder, pair, serve, SIDES, stop } from "./line.ts";
import { parley, parleyJson } from "./run.ts";

interface Keys {
  readonly keys: readonly { readonly purpose: string; readonly fingerprint: string; readonly earlier: number }[];
}

const cwd = newFolder();
after(() => rmSync(cwd, { recursive: true, force: true }));

test("a rotation or a successor that fails leaves neither key nor file, and enrolling names only keys that are in force", async () => {
  await Promise.all(SIDES.map(async (side) => initialise(cwd, side, await freePort())));
  await pair(cwd);
  const node = await serve(cwd, "north");
  try {
    const [admin, watch] = ["admin-1", "watch-1"].map((officer) => ["--dir", "north", "--as", officer]) as [
      string[],
      string[],
    ];
    const keysOf = async () => (await parleyJson<Keys>(["key", "list", ...admin], { cwd })).keys;
    const kept = () => readFileSync(join(cwd, "north", "node.keys"), "utf8");
    const [before, names] = [kept(), await keysOf()];
    const fails = async (args: readonly string[], code: string): Promise<void> => {
      const ran = await parley([...args, "-y"], { cwd });
      assert.notEqual(ran.status, 0, ran.stdout);
      assert.match(ran.stderr, new RegExp(code), args.join(" "));
    };
    writeFileSync(join(cwd, "wrong.pass"), "not the passphrase\n");
    await fails(["key", "rotate", "log", ...watch], "role-missing");
    await fails(["key", "rotate", "tls", ...admin, "--identity", "no.key"], "file-");
    await fails(["key", "rotate", "tls", ...admin, "--identity-passphrase-file", "wrong.pass"], "key-file-passphrase");
    await fails(["key", "rotate", "tls", ...admin, "--identity", "south/identity.key"], "identity-key-wrong");
    assert.equal(kept(), before, "no key was made");

    // As a rotation leaves it that was killed before its roster was published.
    const north = join(cwd, "north");
    addKeys(suite, north, ["log", "tls"], settledAtRest(suite, north, "correct horse"));
    const another = ["officer", "new", "watch-9", "--person", "person-9", "--roles", "watch", "--dir", "north"];
    await parleyJson(another, { cwd });
    await fails(["officer", "enrol", ...admin, "--identity", "south/identity.key"], "identity-key-wrong");
    await parleyJson(["officer", "enrol", ...admin, "-y"], { cwd });
    await parleyJson(["mailbox", "publish", ...admin, "-y"], { cwd });
    const fingerprints = (keys: Keys["keys"]) => keys.map(({ purpose, fingerprint }) => [purpose, fingerprint]);
    assert.deepEqual(fingerprints(await keysOf()), fingerprints(names), "the keys in force are those of before");

    const successor = (file: string) => ["key", "successor", "-o", file];
    await fails([...successor("early.key"), ...watch], "role-missing");
    assert.ok(!existsSync(join(cwd, "early.key")));
    await parleyJson([...successor("first.key"), ...admin, "-y"], { cwd });
    await fails([...successor("second.key"), ...admin], "successor-named");
    assert.deepEqual([existsSync(join(cwd, "first.key")), existsSync(join(cwd, "second.key"))], [true, false]);
  } finally {
    await stop(node);
  }
});
