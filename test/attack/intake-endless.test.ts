/**
 * Small files that would take hours or all memory. Each is far beyond what a reader that looks twice at the same place could
 * finish: where such a one comes back, this file does not end.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { importText, LIMITS } from "../../src/intake/index.ts";
import { isParleyError } from "../../src/wire/error.ts";

const MIB = 1024 * 1024;
const now = Date.UTC(2026, 10, 26, 8);

/** The codes of its first row, or that of the whole file. */
function outcome(text: string): string {
  try {
    const { rows, format } = importText(text, { now });
    const codes = rows[0]?.findings.map(({ code }) => code) ?? [];
    return [format, ...codes].join(" ");
  } catch (error) {
    if (!isParleyError(error)) throw error;
    return error.code;
  }
}

const notice = (words: string) => `201827Z AUG 26\nNAVAREA XII 569/26.\n${words}`;

test("words that a pattern could try in endless ways are read in one", () => {
  for (const words of [
    `CANCEL NAVAREA XII 560/26${", ".repeat(2000)}X`,
    `CANCEL 12/26${",".repeat(7000)}X`,
    `CANCEL ${"A ".repeat(3500)}`,
    `0000Z TO 0100Z DAILY ${"01, ".repeat(1900)}X`,
    `0000Z TO 0100Z DAILY ${"01 26 AND ".repeat(700)}JAN`,
    `AREA BOUND BY 33-44.70N 119-30.17W ${"THE ".repeat(1800)}33-44.70N 119-30.17W`,
    `1${" ".repeat(7800)}`,
    "33-44-".repeat(1300),
    "N36°".padEnd(7800, ": "),
    ", .".repeat(2500),
  ]) {
    assert.match(outcome(notice(words)), /^text/, words.slice(0, 40));
  }
  assert.equal(
    outcome(`<kml><Placemark><description><![CDATA[<a>${"<br".repeat(MIB)}]]></description></Placemark></kml>`),
    "kml field-too-long",
  );
});

test("what a file is, is settled by one look at its beginning", () => {
  for (const head of ["<!", "<?", "<!--", "<!DOCTYPE a [<"]) {
    assert.equal(outcome(head.repeat(64 * 1024)), "xml-malformed", head);
  }
  for (const words of ["msg ", "notam _", "NOTAM"]) {
    assert.equal(outcome(`NAVAREA XII 1/26 ${words.repeat(64 * 1024)}`), "text field-too-long", words);
  }
  assert.equal(outcome('<!-- <event/> --><?a <gpx> ?><kml:kml xmlns:kml="x"></kml:kml>'), "file-empty");
});

test("more rows than are read are refused before they are held, in every format that has rows of a few bytes", () => {
  const count = LIMITS.rows * 4;
  for (const text of [
    `name,lat,lon\n${"\n".repeat(count)}`,
    `{"type":"FeatureCollection","features":[${"0,".repeat(count)}0]}`,
    `{"type":"Feature"}\n${"0\n".repeat(count)}`,
    `[${"0,".repeat(count)}0]`,
    `{"outline_polygon":[],"a":[${"0,".repeat(count)}0]}`,
    `<feed>${"<alert/>".repeat(LIMITS.rows + 1)}</feed>`,
    `<events>${"<event/>".repeat(LIMITS.rows + 1)}</events>`,
    `<kml>${"<Placemark/>".repeat(LIMITS.rows + 1)}</kml>`,
    "a\n\n".repeat(LIMITS.rows + 1),
    `airspace:\n${"- a\n".repeat(count)}`,
  ]) {
    assert.equal(outcome(text), "import-too-large", text.slice(0, 40));
  }
});

test("the list before is held to the same number of rows", () => {
  const since = `name,lat,lon\n${"a,1.5,2.5\n".repeat(LIMITS.rows + 1)}`;
  const run = () => importText("name,lat,lon\na,1.5,2.5\n", { since });
  assert.throws(run, (error) => isParleyError(error, "import-too-large"));
});

test("a row of a million fields is no row", () => {
  assert.equal(outcome(`name,lat,lon\n${",".repeat(4 * MIB - 20)}\n`), "csv-malformed");
  assert.equal(outcome(`${"a,".repeat(MIB)}\n`), "csv-malformed");
});

test("rows that all lie at one place, or are all called alike, are compared with a few", () => {
  const rows = (each: (i: number) => string) =>
    `name,latitude,longitude\n${Array.from({ length: 5000 }, (_, i) => each(i)).join("\n")}\n`;
  const street = importText(
    rows((i) => `s${i},36.12${1000 + (i % 999)},43.123456`),
    { now },
  );
  assert.equal(street.summary.drafts, 5000);
  const alike = importText(
    rows((i) => `same,36.12${1000 + (i % 999)},43.123456`),
    { now },
  );
  const repeated = alike.rows.filter(({ findings }) => findings.some(({ code }) => code === "site-repeated"));
  assert.equal(repeated.length, 4999);
  const beside = importText(
    rows((i) => `p${i % 2500},36.${1000 + (i % 2500) * 3},${i < 2500 ? "179.9999" : "-179.9999"}`),
    { now },
  );
  const pairs = beside.rows.filter(({ findings }) => findings.some(({ code }) => code === "site-repeated"));
  assert.equal(pairs.length, 2500);
});

test("a paragraph of a thousand positions is not told a thousand times", () => {
  const { rows } = importText(Array.from({ length: 500 }, (_, i) => `36.${1000 + i} 43.1234`).join("\n"), { now });
  assert.equal(rows.length, 500);
  assert.ok(JSON.stringify(rows).length < MIB);
});
