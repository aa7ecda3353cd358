/** What is written for other software is read back as it was; what a format cannot hold is named. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Draft, CAMP, CONVOY, DRAFTS, told as toldAll, WELL } from "./invented.ts";
import {
  importText,
  toldOf,
  writeFile,
  leftWords,
  WRITTEN_FORMATS,
  type WrittenFormat,
} from "../../src/intake/index.ts";

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
  const timed = toldAll([CONVOY]);
  assert.deepEqual(
    writeFile("csv", timed, NOW).left.map(({ code, name }) => [code, name]),
    [["table-route-times", "Convoy"]],
  );
  for (const format of ["cot", "cap", "volume4d"] as const) {
    const { left, content } = writeFile(format, toldAll([CAMP]), NOW);
    assert.match(left.map(leftWords).join(), /hole/, format);
    assert.ok(!String(content).includes("43.16"), `${format} draws no part of a shape that it cannot hold`);
  }
  assert.match(
    writeFile("gpx", [told(CIRCLE)], NOW)
      .left.map(leftWords)
      .join(),
    /GPX holds no circle/,
  );
  const formula = '=HYPERLINK("http://example.org")';
  const csv = writeFile("csv", [told(POINT, formula)], NOW).content as string;
  assert.ok(csv.includes(`"'=HYPERLINK(`), csv);
  assert.ok(!/(?:^|,)"?=/m.test(csv));
  const [row] = importText(writeFile("xlsx", [told(POINT, formula)], NOW).content, { as: "activity" }).rows;
  assert.ok(String(row?.draft?.body["remarks"]).endsWith(formula));
});

/** What comes back of each draft, but for what import decides itself: how far a plan has got. */
function same(format: WrittenFormat, draft: Draft, apart: readonly string[]): void {
  const { rows } = importText(writeFile(format, toldAll([draft]), NOW).content, { now: NOW });
  const body = { ...rows[0]?.draft?.body };
  const wanted = { ...draft.body };
  for (const field of apart) {
    delete body[field];
    delete wanted[field];
  }
  assert.equal(rows.length, 1);
  assert.equal(rows[0]?.draft?.kind, draft.kind, format);
  assert.deepEqual(body, wanted, format);
}

test("a draft with names in two scripts, a number with zeros before it, heights and marks comes back whole", () => {
  for (const draft of DRAFTS) {
    // An activity has no name of its own: its subject becomes the first line of its remarks.
    const apart = draft.kind === "activity" ? ["remarks"] : [];
    same("geojson", draft, apart);
    if (draft.kind !== "movement")
      for (const format of ["csv", "xlsx", "kml", "kmz"] as const) same(format, draft, apart);
  }
  same("kml", { ...CONVOY, body: { ...CONVOY.body, route: unnamed(CONVOY) } }, []);
  same("gpx", CONVOY, []);
});

function unnamed({ body }: Draft): unknown {
  return (body["route"] as readonly object[]).map((fix) => ({ ...fix, name: null }));
}

test("what is said in an exercise says so in every format, and import drafts none of it as an alert", () => {
  const exercise = DRAFTS.map((draft, i) => toldOf(draft, `d-${i}`, { exercise: true }));
  for (const format of WRITTEN_FORMATS) {
    if (format === "xlsx" || format === "kmz" || format === "volume4d") continue;
    assert.match(String(writeFile(format, exercise, NOW).content), /EXERCISE /, format);
  }
  for (const format of ["cap", "cot"] as const) {
    const { rows } = importText(writeFile(format, exercise, NOW).content, { now: NOW });
    assert.ok(rows.length > 0 && rows.every(({ draft }) => draft === null), format);
  }
});

test("a site never ends in the eyes of a device, and what was withdrawn is deleted there and written nowhere else", () => {
  const lapsed = toldOf({ kind: "site", subject: "Well", body: { ...WELL.body, valid_until: NOW - 1 } }, "w");
  const [, stale] = /stale="([^"]*)"/.exec(String(writeFile("cot", [lapsed], NOW).content)) ?? [];
  assert.ok(Date.parse(stale ?? "") > NOW);
  assert.doesNotMatch(String(writeFile("cap", [lapsed], NOW).content), /<expires>/);
  assert.doesNotMatch(String(writeFile("volume4d", [lapsed], NOW).content), /time_end/);
  const gone = [toldOf(WELL, "w", { gone: true })];
  const deletion = String(writeFile("cot", gone, NOW).content);
  assert.match(deletion, /type="t-x-d-d"/);
  assert.equal(importText(deletion, {}).rows[0]?.findings[0]?.code, "cancellation");
  for (const format of ["csv", "geojson", "kml", "gpx", "cap", "volume4d"] as const) {
    assert.doesNotMatch(String(writeFile(format, gone, NOW).content), /W-3|Well/, format);
  }
});

test("subjects that bear the same number stay apart in Volume4D", () => {
  const { content } = writeFile("volume4d", [...toldAll([WELL]), ...toldAll([WELL])], NOW);
  assert.deepEqual(Object.keys(JSON.parse(String(content)) as object), ["W-3", "W-3#2"]);
});
