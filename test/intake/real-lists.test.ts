import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type ImportResult, importText } from "../../src/intake/index.ts";

const DATA = join(import.meta.dirname, "../../../shared/data/sites");
const skip = existsSync(DATA) ? false : "the data folder ../shared/data is absent";

function bring(path: string, width_m = 8): ImportResult {
  return importText(readFileSync(join(DATA, path)), { as: "site", category: "displacement-site", width_m });
}

function withGravity(result: ImportResult, gravity: string): [row: number, code: string][] {
  return result.rows.flatMap(({ row, findings }) =>
    findings.filter((each) => each.gravity === gravity).map(({ code }): [number, string] => [row, code]),
  );
}

test("July 2014: the blank last row is refused, and hardly a site is doubted", { skip }, () => {
  const result = bring("iraq-displacement/idps_2014-07-02.csv");
  const { warned, ...others } = result.summary;
  assert.deepEqual(others, { rows: 1108, drafts: 1107, refused: 1, noted: 13 });
  assert.ok(warned <= 22, `${warned} of 1107 rows are warned of`);
  assert.deepEqual(withGravity(result, "refuse"), [[1109, "blank-row"]]);
  const far = new Map(withGravity(result, "warn"));
  assert.deepEqual(
    [213, 899].map((row) => far.get(row)),
    ["far-from-district", "far-from-district"],
  );
  const said = result.rows[211]?.findings[0];
  assert.match(said?.message ?? "", /^The nearest other site of Al-Rutba lies 282 km away/);
  assert.deepEqual(said?.suggestion, { governorate: "Kerbala", district: "Ain Al-Tamur" });
});

test("the known gross error of October 2016 is found, and the digit that explains it", { skip }, () => {
  const result = bring("iraq-displacement/idps_2016-10-13.csv");
  const found = result.rows[140]?.findings.find(({ code }) => code === "far-from-district");
  assert.deepEqual(found?.suggestion, { latitude: 37.16380445, longitude: 42.68002197 });
});

test("beside the list before, a site that has moved by 200 m is named, with where it was", { skip }, () => {
  const file = readFileSync(join(DATA, "iraq-displacement/idps_2014-07-02.csv"), "utf8");
  const changed = file.replace("43.6522039848", "43.6542039848");
  assert.notEqual(changed, file);
  const { rows } = importText(changed, { as: "site", since: file });
  const moved = rows.flatMap(({ row, findings }) =>
    findings.filter(({ code }) => code === "moved-since").map((each) => ({ row, ...each })),
  );
  assert.deepEqual(
    moved.map(({ row, suggestion, because }) => ({ row, suggestion, because })),
    [
      {
        row: 2,
        suggestion: { latitude: 37.055043598, longitude: 43.652203985 },
        because: "One digit: 43.654203985 for 43.652203985.",
      },
    ],
  );
});

test("half a list left out, or all of it shifted alike, is said once", { skip }, () => {
  const lines = readFileSync(join(DATA, "iraq-displacement/idps_2014-07-02.csv"), "utf8").split("\n");
  const half = importText(lines.slice(0, 500).join("\n"), { as: "site", since: lines.join("\n") });
  assert.deepEqual(
    half.rows.flatMap(({ row, findings }) => findings.filter(({ code }) => code === "list-shrunk").map(() => row)),
    [2],
  );
  const place = (i: number, shift: number) =>
    `${i},Place ${i},${(33 + i / 100 + shift).toFixed(5)},${(44 + shift).toFixed(5)}`;
  const list = (shift: number) =>
    ["id,name,latitude,longitude", ...Array.from({ length: 20 }, (_, i) => place(i, shift))].join("\n");
  const all = importText(list(0.002), { as: "site", since: list(0) });
  const said = all.rows[0]?.findings.find(({ code }) => code === "datum-shifted");
  assert.match(said?.message ?? "", /^All of the list lies 2\d\d m off the list before, in one direction\./);
  assert.equal(said?.because, "As when one of the two lists is in another datum.");
});

function drafts(name: string): number {
  return bring(`zaatari-camp/${name}.geojson`).summary.drafts;
}

test("a camp's polygons, points and roads come in whole; what has two parts is said", { skip }, () => {
  assert.equal(drafts("BlockBoundaries_2016_12"), 193);
  assert.equal(drafts("Mosques_2017_01"), 76);
  assert.equal(drafts("CampFacilities_2017_02"), 207);
  assert.equal(drafts("Roads_2016_12"), 160);
});
