/** A line is proposed with rules for pairs out of a file, and shows them to whoever is to sign. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { initialise, newFolder } from "./line.ts";
import { parley, parleyJson } from "./run.ts";

interface Shown {
  readonly terms: { readonly separation_m: number; readonly time_separation_s: number; readonly rules?: unknown };
}

test("pair invite --rules: shown before anything is signed; what a charter cannot carry is refused", async () => {
  const cwd = newFolder();
  await initialise(cwd, "north", 7101);
  const invite = ["pair", "invite", "--title", "Northern line", "--rules", "rules.json", "--dir", "north"];
  const write = (rules: unknown) => writeFileSync(join(cwd, "rules.json"), JSON.stringify(rules));
  const strike = { plan: "airstrike", against: "site:hospital", lateral_m: 5250, time_s: 3600, grave: "critical" };
  const reason = "Nobody inside can leave in time.";
  write({ default: { lateral_m: 750, time_s: 60 }, pairs: [{ ...strike, reason }] });
  await parleyJson([...invite, "--separation", "800 m"], { cwd });
  const { stdout } = await parley(["pair", "show", "invitation.json"], { cwd });
  const line = `airstrike against site:hospital: 5250 m, 0 m in height, 1 h, critical: ${reason}`;
  assert.ok(stdout.includes(line), stdout);
  const { terms } = await parleyJson<Shown>(["pair", "show", "invitation.json"], { cwd });
  assert.deepEqual([terms.separation_m, terms.time_separation_s], [800, 60]);
  assert.deepEqual(terms.rules, [{ ...strike, vertical_m: 0, reason }]);

  // The same terms, as they were shown, make the same proposal.
  writeFileSync(join(cwd, "terms.json"), JSON.stringify(terms));
  await parleyJson(["pair", "invite", "--terms", "terms.json", "-o", "again.json", "--dir", "north"], { cwd });
  assert.deepEqual((await parleyJson<Shown>(["pair", "show", "again.json"], { cwd })).terms, terms);

  const refusals: readonly (readonly [unknown, string])[] = [
    [{ pairs: [{ ...strike, metres: 5 }] }, "file-not-understood"],
    [{ pairs: [strike, strike] }, "file-not-understood"],
    [{ default: { vertical_m: 100 } }, "usage"],
    [{ pairs: [{ ...strike, time_s: 0.5 }] }, "charter-malformed"],
    [{ pairs: [{ ...strike, lateral_m: 2_000_000 }] }, "charter-malformed"],
  ];
  for (const [rules, code] of refusals) {
    write(rules);
    const { status, stderr } = await parley(invite, { cwd });
    assert.equal(status, 2, stderr);
    assert.match(stderr, new RegExp(`code: ${code}\n`));
  }
});

test("a second invitation overwrites no file, and says that whoever joined by the first joins again", async () => {
  const cwd = newFolder();
  await initialise(cwd, "north", 7101);
  const terms = join(cwd, "terms.json");
  writeFileSync(terms, JSON.stringify({ test_call_interval_s: 60 }));
  const invite = ["pair", "invite", "--title", "Northern line", "--terms", terms, "--dir", "north"];
  const first = await parley(invite, { cwd });
  assert.match(first.stdout, /test call every 1 min\n/);
  const before = readFileSync(join(cwd, "invitation.json"), "utf8");
  const again = await parley(invite, { cwd });
  assert.match(again.stderr, /code: file-exists/);
  assert.equal(readFileSync(join(cwd, "invitation.json"), "utf8"), before);
  const other = await parley([...invite, "-o", "second.json"], { cwd });
  assert.equal(other.status, 0, other.stderr);
  assert.match(other.stderr, /whoever has joined by that one joins again/);
});
