/** A change of keys that fails leaves nothing behind: no key that a later roster would name, and no file for a safe. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { after, test } from "node:test";
import { nativeSuite as suite } from "../../src/crypto/native.ts";
import { settledAtRest } from "../../src/server/at-rest/node-at-rest.ts";
import { addKeys, readNodeConfig } from "../../src/server/index.ts";
import { freePort } from "../support/line.ts";
import { initialise, newFolder, pair, serve, SIDES, stop } from "./line.ts";
import { parley, parleyJson } from "./run.ts";

interface Keys {
  readonly keys: readonly { readonly purpose: string; readonly fingerprint: string; readonly earlier: number }[];
}

const cwd = newFolder();
after(() => rmSync(cwd, { recursive: true, force: true }));

/** Stands before a node, has it do what is asked, and answers to what was published that it was not. */
async function liar(port: number, status: number): Promise<{ readonly url: string; readonly close: () => void }> {
  const front = createServer((request, response) => {
    const headers = { ...request.headers, host: `127.0.0.1:${port}` };
    const to = { port, host: "127.0.0.1", path: request.url, method: request.method, headers };
    const behind = ask(to, async (answer) => {
      const body = await buffer(answer);
      const isPublished = request.method === "POST" && /roster|declaration/.test(request.url ?? "");
      const error = { code: "internal", message: "A fault.", next: "See the log.", exit: 3, detail: {} };
      response.writeHead(isPublished ? status : (answer.statusCode ?? 500), { "content-type": "application/json" });
      response.end(isPublished ? JSON.stringify({ error }) : body);
    });
    request.pipe(behind);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  const { port: own } = front.address() as AddressInfo;
  return { url: `http://127.0.0.1:${own}`, close: () => front.close() };
}

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
    await fails(["key", "rotate", "tls", ...admin, "--identity", "no.key"], "identity-key-missing");
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

test("what was published is kept, whatever the node says of it", async () => {
  const node = await serve(cwd, "south");
  try {
    const admin = ["--dir", "south", "--as", "admin-1"];
    const keysOf = async () =>
      parleyJson<Keys & { readonly identity: { readonly successor: string | null } }>(["key", "list", ...admin], {
        cwd,
      });
    const port = readNodeConfig(join(cwd, "south")).listen.port;
    for (const status of [500, 409]) {
      const front = await liar(port, status);
      const through = [...admin, "--url", front.url, "-y"];
      const file = join(cwd, `successor-${status}.key`);
      const named = await parley(["key", "successor", "-o", file, ...through], { cwd });
      const isFirst = status === 500;
      assert.notEqual(named.status, 0);
      assert.equal(existsSync(file), isFirst, named.stderr);
      const rotated = await parley(["key", "rotate", "log", "sealing", ...through], { cwd });
      assert.notEqual(rotated.status, 0);
      const { keys, identity } = await keysOf();
      assert.notEqual(identity.successor, null);
      const earlier = keys
        .filter(({ purpose }) => purpose === "log" || purpose === "sealing")
        .map((key) => key.earlier);
      assert.deepEqual(earlier, isFirst ? [1, 1] : [2, 2], "the keys that the roster names are there");
      front.close();
    }
  } finally {
    await stop(node);
  }
  await stop(await serve(cwd, "south"));
});
