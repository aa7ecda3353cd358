/** A party that nobody may act for any more is locked out of its own line: it is not let into that, and there is a way back. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
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
