/** What is written for other software is read back as it was; what a format cannot hold is named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { importText, toldOf, writeFile, WRITTEN_FORMATS, type WrittenFormat } from "../../src/intake/index.ts";

const NOW = Date.UTC(2031, 10, 24);
const WINDOW = { start: Date.UTC(2031, 10, 24, 6), end: Date.UTC(2031, 10, 24, 9) };
const AT = { lat: 36.3402, lon: 43.1301 };
const POINT = { type: "point", at: AT } as const;
const CIRCLE = { type: "circle", centre: AT, radius_m: 2500 } as const;
const RING = [AT, { lat: 36.3402, lon: 43.2301 }, { lat: 36.4402, lon: 43.2301 }];
const POLYGON = { type: "polygon", rings: [RING] } as const;

function told(footprint: unknown, remarks = "seen <twice> & marked") {
  const volumes = [{ footprint, height: null, window: WINDOW }];
  return toldOf({ kind: "activity", subject: 'Range "A"', body: { volumes, remarks } }, "r-1");
}

function back(format: WrittenFormat, footprint: unknown): unknown {
  const { content, left } = writeFile(format, [told(footprint)], NOW);
  assert.deepEqual(left, [], format);
  const [row] = importText(content, { format, as: "activity" }).rows;
  assert.ok(row?.draft, `${format}: ${JSON.stringify(row?.findings)}`);
  return (row.draft.body["volumes"] as readonly { footprint: unknown }[])[0]?.footprint;
}

test("points, circles and polygons come back from every format that holds them", () => {
  for (const format of WRITTEN_FORMATS) {
    if (format === "gpx") continue;
    const point = back(format, POINT);
    const bare = format === "volume4d" ? { type: "circle", centre: AT, radius_m: 0 } : POINT;
    assert.deepEqual(point, bare, format);
  }
  for (const format of ["csv", "xlsx", "cot", "cap", "volume4d"] as const) {
    assert.deepEqual(back(format, CIRCLE), CIRCLE, format);
  }
  for (const format of ["geojson", "kml", "kmz", "cot", "cap", "volume4d"] as const) {
    assert.deepEqual(back(format, POLYGON), POLYGON, format);
  }
});

test("a movement keeps its route and times in GPX", () => {
  const route = [
    { position: AT, at: WINDOW.start, name: null },
    { position: { lat: 36.4402, lon: 43.2301 }, at: WINDOW.end, name: null },
  ];
  const movement = toldOf({ kind: "movement", subject: "Convoy", body: { route, width_m: 1000, remarks: "" } }, "m-1");
  const { content } = writeFile("gpx", [movement], NOW);
  const [row] = importText(content, {}).rows;
  assert.equal(row?.draft?.kind, "movement");
  assert.deepEqual(row.draft.body["route"], route);
});

test("what a format cannot hold is named, and a formula stays words", () => {
  assert.match(writeFile("csv", [told(POLYGON)], NOW).left.join(), /Range "A": a table holds no polygon/);
  assert.match(writeFile("gpx", [told(CIRCLE)], NOW).left.join(), /GPX holds no circle/);
  const formula = '=HYPERLINK("http://example.org")';
  const csv = writeFile("csv", [told(POINT, formula)], NOW).content as string;
  assert.ok(csv.includes(`"'=HYPERLINK(`), csv);
  assert.ok(!/(?:^|,)"?=/m.test(csv));
  const [row] = importText(writeFile("xlsx", [told(POINT, formula)], NOW).content, { as: "activity" }).rows;
  assert.ok(String(row?.draft?.body["remarks"]).endsWith(formula));
});
