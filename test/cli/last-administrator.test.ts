/** A party that nobody may act for any more is locked out of its own line: it is not let into that, and there is a way back. */
import assert from "node:assert/strict";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, initialise, newFolder, pair, serve, SIDES, stop } from "./line.ts";
import { parley, parleyJson } from "./run.ts";
import { freePort } from "../support/line.ts";

test("no roster leaves a party without an administrator, and where his key is lost the next generation appoints another", async () => {
  const cwd = newFolder();
  await Promise.all(SIDES.map(async (side) => initialise(cwd, side, await freePort())));
  await pair(cwd);
  const at = (officer: string, side = "north") => ["--dir", side, "--as", officer];
  let [north, south] = await Promise.all([serve(cwd, "north"), serve(cwd, "south")]);
  try {
    await parleyJson(["officer", "remove", "admin-1", "--dir", "north"], { cwd });
    const refused = await parley(["officer", "enrol", "-y", ...at("releaser-1")], { cwd });
    assert.match(refused.stderr, /code: no-administrator/);

    const another = ["officer", "new", "admin-2", "--person", "person-7", "--roles", "administrator"];
    const shut = ["generation", "close", "-y", "--dir", "north"];
    await stop(north);
    assert.match((await parley([...shut, "--officers"], { cwd })).stderr, /code: no-administrator/);
    await parleyJson([...another, "--dir", "north"], { cwd });
    const { next } = await parleyJson<{ next: number }>([...shut, "--officers"], { cwd });
    assert.equal(next, 1);
    north = await serve(cwd, "north");
    const listed = await parleyJson<{ officers: readonly { id: string; in_roster: boolean }[] }>(
      ["officer", "list", ...at("admin-2")],
      { cwd },
    );
    assert.ok(listed.officers.find(({ id }) => id === "admin-2")?.in_roster);
    assert.match((await parley(["inbox", ...at("admin-1")], { cwd })).stderr, /code: officer-unknown/);
    await parleyJson(["officer", "new", "watch-2", "--person", "person-8", "--roles", "watch", "--dir", "north"], {
      cwd,
    });
    await parleyJson(["officer", "enrol", "-y", ...at("admin-2")], { cwd });
    await eventually("the other side has taken up the new log", async () => {
      const { stdout } = await parley(["log", "northern", ...at("watch-1", "south")], { cwd });
      return /northern\/1\n[^]*\n2 .* roster/.test(stdout);
    });
  } finally {
    await Promise.all([stop(north), stop(south)]);
    rmSync(cwd, { recursive: true });
  }
});

test("the last administrator's key can be revoked, which says what that means, and counts for no administrator afterwards", async () => {
  const cwd = newFolder();
  await Promise.all(SIDES.map(async (side) => initialise(cwd, side, await freePort())));
  await pair(cwd);
  const [list, kept] = [join(cwd, "north/appointments.json"), join(cwd, "kept.json")];
  const admin = (name: string, person: string) =>
    parleyJson(["officer", "new", name, "--person", person, "--roles", "administrator", "--dir", "north"], { cwd });
  const as = (name: string, ...args: string[]) => parley(["officer", ...args, "--dir", "north", "--as", name], { cwd });
  let north = await serve(cwd, "north");
  try {
    const asked = await as("admin-1", "revoke", "admin-1");
    assert.match(asked.stderr, /last administrator.*officer new.*comes first.*generation close --officers.*Sign it\?/s);
    assert.doesNotMatch((await as("admin-1", "revoke", "watch-1")).stderr, /last administrator/);

    // While another is in the roster, it is not the last one.
    await admin("admin-2", "person-7");
    assert.equal((await as("admin-1", "enrol", "-y")).status, 0);
    copyFileSync(list, kept);
    assert.doesNotMatch((await as("admin-1", "revoke", "admin-1")).stderr, /last administrator/);
    assert.match((await as("admin-2", "revoke", "admin-1", "-y")).stdout, /officer enrol/);

    // The list as another machine of this party has it: the other one was removed, and the revoked one stands in it.
    copyFileSync(kept, list);
    await parleyJson(["officer", "remove", "admin-2", "--dir", "north"], { cwd });
    copyFileSync(list, kept);
    assert.match((await as("admin-2", "enrol", "-y")).stderr, /whose key is not revoked[^]*code: no-administrator/);
    const revoked = await as("admin-2", "revoke", "admin-2", "-y");
    assert.match(revoked.stdout, /officer new.*generation close --officers/);
    assert.doesNotMatch(revoked.stdout, /officer enrol/);

    await stop(north);
    copyFileSync(kept, list);
    const close = ["generation", "close", "-y", "--dir", "north", "--officers"];
    assert.match((await parley(close, { cwd })).stderr, /code: no-administrator/);
    await admin("admin-3", "person-8");
    assert.equal((await parley(close, { cwd })).status, 0);
    north = await serve(cwd, "north");
    assert.equal((await as("admin-3", "list")).status, 0);
  } finally {
    await stop(north);
    rmSync(cwd, { recursive: true });
  }
});
