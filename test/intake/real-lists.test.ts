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

test("July 2014: the blank last row is refused, the two sites far from their district are warned of", { skip }, () => {
  const result = bring("iraq-displacement/idps_2014-07-02.csv");
  assert.deepEqual(result.summary, { rows: 1108, drafts: 1107, refused: 1, warned: 2, noted: 12 });
  assert.deepEqual(withGravity(result, "refuse"), [[1109, "blank-row"]]);
  assert.deepEqual(withGravity(result, "warn"), [
    [213, "far-from-district"],
    [899, "far-from-district"],
  ]);
  const said = result.rows[211]?.findings[0]?.message ?? "";
  assert.match(said, /\b290 km from the rest of Al-Rutba\b/);
});

test("the known gross error of October 2016 is found, and the digit that explains it", { skip }, () => {
  const result = bring("iraq-displacement/idps_2016-10-13.csv");
  assert.deepEqual(withGravity(result, "warn"), [[142, "far-from-district"]]);
  assert.deepEqual(result.rows[140]?.findings[0]?.suggestion, { latitude: 37.16380445, longitude: 42.68002197 });
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
