/** What a format cannot hold is said once each, however many have it; for programs each is named. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { leftLines } from "../../src/cli/left.ts";
import { type Left, leftOut } from "../../src/intake/write/left.ts";
import { parley, parleyJson } from "./run.ts";

const dir = mkdtempSync(join(tmpdir(), "parley-left-"));
after(() => rmSync(dir, { recursive: true, force: true }));

test("each thing that a format cannot hold is said once, with whose it is", () => {
  assert.deepEqual(leftLines([]), []);
  assert.deepEqual(
    leftLines([leftOut("gpx-circle", "Camp"), leftOut("gpx-polygon", "Road: east"), leftOut("gpx-circle", "Camp")]),
    ["GPX holds no circle. Left out: 2, of Camp.", "GPX holds no polygon. Left out: 1, of Road: east."],
  );
});

test("many circles into GPX are one line on the screen, and each is named for programs", async () => {
  const rows = Array.from({ length: 12 }, (_, i) => `Camp ${i},36.${100 + i * 7},43.${200 + i * 11},500`);
  const file = join(dir, "camps.csv");
  writeFileSync(file, ["name,latitude,longitude,radius_m", ...rows].join("\n"));
  const command = (out: string) => ["convert", file, "--to", "gpx", "-o", join(dir, out)];
  const ran = await parley(command("said.gpx"));
  assert.equal(ran.status, 1, ran.stderr);
  const said = ran.stdout.split("\n").filter((line) => line.includes("GPX holds"));
  assert.equal(said.length, 1, ran.stdout);
  assert.match(said[0] ?? "", /Left out: 12, of Camp 0, .*Camp 9 and 2 more \(--json names them\)\.$/);
  const { left } = await parleyJson<{ left: Left[] }>(command("named.gpx"), { status: 1 });
  assert.deepEqual(
    left.map(({ code, name }) => `${code} ${name}`),
    Array.from({ length: 12 }, (_, i) => `gpx-circle Camp ${i}`),
  );
});
