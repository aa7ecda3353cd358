import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parley, parleyJson } from "./run.ts";

const dir = mkdtempSync(join(tmpdir(), "parley-gazetteer-"));
after(() => rmSync(dir, { recursive: true, force: true }));
const node = join(dir, "north");
const path = (name: string) => join(dir, name);

const line = (id: number, name: string, lat: number, lon: number) =>
  [id, name, name, "", lat, lon, "P", "PPL", "IQ", "", "15", "", "", "", 0, "", 200, "Asia/Baghdad", "2024-01-01"].join(
    "\t",
  );
writeFileSync(path("IQ.txt"), `${line(1, "Wana", 36.5486, 42.7936)}\n${line(2, "Badush", 36.4486, 42.9636)}\n`);
writeFileSync(path("broken.txt"), `${line(1, "Wana", 36.5486, 42.7936)}\nBadush\t36\n`);
const square = (west: number, south: number, east: number, north: number) => ({
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { name: "sector" },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ],
        ],
      },
    },
  ],
});
writeFileSync(path("sector.geojson"), JSON.stringify(square(42, 36, 43, 37)));
writeFileSync(path("sites.csv"), "name,latitude,longitude\nWana,36.5486,43.7936\n");

test("a gazetteer is added, listed, used by the dry run, replaced and removed", async () => {
  writeFileSync(path("plain.csv"), "name,latitude,longitude\nWana,36.5486,42.7936\n");
  await parleyJson(["init", "--dir", node, "--party", "north", "--name", "Northern Command"]);
  const there = ["--dir", node];
  const head = await parleyJson<{ name: string; places: number }>(["gazetteer", "add", path("IQ.txt"), ...there]);
  assert.deepEqual([head.name, head.places], ["IQ", 2]);
  await parleyJson(["gazetteer", "add", path("sector.geojson"), "--name", "Our sector", ...there]);
  const { gazetteers } = await parleyJson<{ gazetteers: { name: string; format: string }[] }>([
    "gazetteer",
    "list",
    ...there,
  ]);
  assert.deepEqual(
    gazetteers.map(({ name, format }) => [name, format]),
    [
      ["IQ", "geonames"],
      ["Our sector", "boundaries"],
    ],
  );
  const found = async (...args: string[]) => {
    const ran = await parley(["import", path("sites.csv"), "--dry-run", "--json", ...args]);
    const { rows } = JSON.parse(ran.stdout) as { rows: { findings: { code: string }[] }[] };
    return rows[0]?.findings.map(({ code }) => code);
  };
  assert.deepEqual(await found(), [], "one row, and nothing known of it");
  assert.deepEqual(await found(...there), ["far-from-name"], "the node's own");
  assert.deepEqual(await found("--gazetteer", path("IQ.txt")), ["far-from-name"], "a file's");
  await parleyJson(["gazetteer", "remove", "IQ", ...there]);
  assert.deepEqual(await found(...there), []);
});

test("a faulty file changes nothing, and neither does a name that is a path", async () => {
  const there = ["--dir", node];
  const before = readdirSync(join(node, "gazetteers"));
  const broken = await parley(["gazetteer", "add", path("broken.txt"), "--name", "Our sector", ...there]);
  assert.equal(broken.status, 2);
  assert.match(broken.stderr, /Line 2 has 2 columns.*\n.*\n.*gazetteer-malformed/);
  const outside = await parley(["gazetteer", "add", path("IQ.txt"), "--name", "../../evil", ...there]);
  assert.match(outside.stderr, /gazetteer-name/);
  const gone = await parley(["gazetteer", "remove", "../parley.toml", ...there]);
  assert.match(gone.stderr, /gazetteer-name/);
  assert.deepEqual(readdirSync(join(node, "gazetteers")), before);
});

test("a gazetteer that was cut or changed on the disk is refused and never half used", async () => {
  const file = join(node, "gazetteers", "Our sector.places");
  const whole = readFileSync(file, "utf8");
  for (const changed of [whole.slice(0, -30), whole.replace("sector", "sec\u0000or").replace("[[[42", "[[[999"), ""]) {
    writeFileSync(file, changed);
    const ran = await parley(["import", path("sites.csv"), "--dry-run", "--dir", node]);
    assert.equal(ran.status, 3, ran.stdout);
    assert.match(ran.stderr, /gazetteer-damaged/);
  }
  writeFileSync(file, whole);
});

test("an area is a box, a country by any of its names, or a file", async () => {
  const found = async (area: string) => {
    const ran = await parley(["import", path("sites.csv"), "--dry-run", "--json", "--area", area]);
    const { rows } = JSON.parse(ran.stdout) as { rows: { findings: { code: string; suggestion: unknown }[] }[] };
    return rows[0]?.findings.map(({ code }) => code);
  };
  for (const inside of ["Iraq", "العراق", "IQ", "38 29 49 38"]) assert.deepEqual(await found(inside), [], inside);
  for (const outside of ["Syria", "Сирия", path("sector.geojson"), "38 29 43 38"]) {
    assert.deepEqual(await found(outside), ["outside-area"], outside);
  }
  const unknown = await parley(["import", path("sites.csv"), "--dry-run", "--area", "Atlantis"]);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /no country/);
});
