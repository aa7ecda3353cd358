/** The nightly backup as `deploy/parley-backup.service` runs it: its own command lines, with nobody at a terminal. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { silentLogger, startNode } from "../../src/server/index.ts";
import { makeLine, PARTIES } from "../support/line.ts";
import { parleyJson, ROOT } from "./run.ts";

const UNIT = readFileSync(join(ROOT, "deploy", "parley-backup.service"), "utf8");
const [OF_STORES, OF_BACKUP] = ["stores of northern", "backups of northern"];

/** What systemd hands to the shell. */
function commandOf(key: string): string {
  const line = new RegExp(`^${key}=/bin/sh -c '(.*)'$`, "m").exec(UNIT)?.[1];
  assert(line !== undefined, `${key} in the unit`);
  return line.replaceAll("$$", "$").replaceAll("%%", "%");
}

test("the nightly backup runs unattended on encrypted stores, can be restored, and the newest fourteen stay", async () => {
  const line = await makeLine({ parties: PARTIES.slice(0, 2), storePassphrases: { northern: OF_STORES } });
  const { dir } = line.party("northern");
  const work = mkdtempSync(join(tmpdir(), "parley-nightly-"));
  const [folder, credentials] = [join(work, "backups"), join(work, "credentials")];
  try {
    await (await startNode(dir, { logger: silentLogger, passphrase: OF_STORES })).stop();
    mkdirSync(folder);
    mkdirSync(credentials);
    for (const [, name] of UNIT.matchAll(/^LoadCredentialEncrypted=([a-z-]+):/gm)) {
      writeFileSync(join(credentials, name as string), name === "parley-store" ? OF_STORES : OF_BACKUP);
    }
    const old = Array.from({ length: 16 }, (_, day) => `2020-01-${day + 10}T023000Z.backup`);
    const others = Array.from({ length: 14 }, (_, day) => `north-2026-11-${day + 10}.backup`);
    for (const name of [...old, ...others]) writeFileSync(join(folder, name), "");
    for (const key of ["ExecStart", "ExecStartPost"]) {
      const command = commandOf(key)
        .replaceAll("/opt/parley/parley", join(ROOT, "parley"))
        .replaceAll("/var/lib/parley", dir)
        .replaceAll("/var/backups/parley", folder);
      const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], CREDENTIALS_DIRECTORY: credentials };
      const ran = spawnSync("/bin/sh", ["-c", command], { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
      assert.equal(ran.status, 0, ran.stderr);
    }
    const there = readdirSync(folder).toSorted();
    assert.deepEqual(
      there.filter((name) => others.includes(name)),
      others,
      "what somebody made by hand is his",
    );
    const kept = there.filter((name) => !others.includes(name));
    assert.deepEqual(kept.slice(0, -1), old.slice(3), "the oldest went");
    const newest = kept.at(-1) as string;
    assert.match(newest, /^20[2-9][0-9]-[01][0-9]-[0-3][0-9]T[0-9]{6}Z\.backup$/);
    const passphrases = ["--passphrase-file", join(credentials, "parley-backup")];
    passphrases.push("--store-passphrase-file", join(credentials, "parley-store"));
    await parleyJson(["restore", join(folder, newest), "--dir", "again", ...passphrases], { cwd: work });
    assert.ok(existsSync(join(work, "again", "line.sqlite")));
    assert.equal(statSync(join(work, "again", "officers")).mode & 0o777, 0o700, "a place for the officers' keys");
  } finally {
    line.remove();
    rmSync(work, { recursive: true });
  }
});
