/** Workbooks and archives that show one thing and hold another. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { strToU8, zipSync } from "fflate";
import { type ImportedRow, type ImportResult, importText } from "../../src/intake/index.ts";
import { isParleyError } from "../../src/wire/error.ts";

interface Parts {
  readonly before?: string;
  readonly formats?: string;
  readonly strings?: string;
}

const HEADER = ["name", "latitude", "longitude"].map((word) => `<c t="inlineStr"><is><t>${word}</t></is></c>`).join("");

/** Styles 0 to 3: a number, `[h]:mm:ss`, a date, and the format that a test brings. */
function workbook(rows: string, { before = "", formats = "0.00", strings = "<si><t>36.9</t></si>" }: Parts = {}) {
  const xml = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels":
      '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": `<Relationships>${["worksheet", "styles", "sharedStrings"].map((type, i) => `<Relationship Id="r${i + 1}" Type="x/${type}" Target="${type}.xml"/>`).join("")}</Relationships>`,
    "xl/worksheet.xml": `<worksheet>${before}<sheetData><row r="1">${HEADER}</row>${rows}</sheetData></worksheet>`,
    "xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${formats}"/></numFmts><cellXfs>${[0, 46, 14, 200].map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `<sst>${strings}</sst>`,
  };
  return zipSync(Object.fromEntries(Object.entries(xml).map(([name, text]) => [name, strToU8(text)])));
}

const NAME = '<c r="A2" t="inlineStr"><is><t>A</t></is></c>';

function row(latitude: string, longitude = '<c r="C2"><v>43.1312</v></c>', attributes = 'r="2"'): string {
  return `<row ${attributes}>${NAME}${latitude}${longitude}</row>`;
}

const latitude = (value: string, style = 0) => `<c r="B2" s="${style}"><v>${value}</v></c>`;

function read(bytes: Uint8Array<ArrayBuffer>): ImportResult {
  return importText(bytes, {});
}

function only(bytes: Uint8Array<ArrayBuffer>): ImportedRow {
  const { rows } = read(bytes);
  assert.equal(rows.length, 1);
  return rows[0] as ImportedRow;
}

function positionOf({ draft, findings }: ImportedRow): unknown {
  assert.ok(draft, JSON.stringify(findings));
  return (draft.body["footprint"] as { at: unknown }).at;
}

function malformed(bytes: Uint8Array<ArrayBuffer>, code = "xlsx-malformed"): void {
  assert.throws(
    () => read(bytes),
    (error) => isParleyError(error, code),
  );
}

test("degrees that were entered as hours are read as they are shown, and a latitude that is shown as a day is none", () => {
  const at = { lat: 36.34, lon: 43.1312 };
  assert.deepEqual(positionOf(only(workbook(row(latitude("1.5141666666666667", 1))))), at);
  assert.deepEqual(positionOf(only(workbook(row(latitude("1.5141666666666667", 3)), { formats: "[hh]:mm:ss" }))), at);
  for (const style of [2, 3]) {
    const dated = only(workbook(row(latitude("36.341234", style)), { formats: "d/m/yy h:mm" }));
    assert.equal(dated.draft, null);
    assert.equal(dated.findings[0]?.code, "position-not-a-number");
  }
});

test("a cell without a value is empty, and one whose text is not in the workbook makes it malformed", () => {
  const empty = only(workbook(row('<c r="B2" t="s"><v></v></c>')));
  assert.deepEqual(
    empty.findings.map(({ code }) => code),
    ["position-missing"],
  );
  malformed(workbook(row('<c r="B2" t="s"><v>9</v></c>')));
  malformed(workbook(row('<c r="B2" t="s"><v>-0</v></c>')));
  assert.equal(only(workbook(row(latitude("0x24")))).draft, null);
});

test("a cell, a value or a row that stands twice makes a workbook malformed: programs differ in which they show", () => {
  malformed(workbook(row(latitude("36.1") + latitude("37.1"))));
  malformed(workbook(row('<c r="B2"><v>36</v><v>.5</v></c>')));
  malformed(workbook(row(latitude("36.1")) + row(latitude("37.1"))));
  malformed(workbook(row(latitude("36.1"), undefined, 'r="two"')));
});

test("what is hidden in a workbook is read, and said", () => {
  const hidden = only(workbook(row(latitude("36.3412"), undefined, 'r="2" hidden="1"')));
  assert.deepEqual(
    hidden.findings.map(({ code }) => code),
    ["row-hidden"],
  );
  const column = '<cols><col min="2" max="16384" hidden="true"/></cols>';
  const { assumed } = read(workbook(row(latitude("36.3412")), { before: column })).mapping;
  assert.deepEqual(assumed.map(({ field }) => field).slice(0, 2), ["latitude", "longitude"]);
});

test("an archive in which one digit has changed since it was packed is refused", () => {
  const kml =
    "<kml><Placemark><name>A</name><Point><coordinates>43.1312,36.3412</coordinates></Point></Placemark></kml>";
  const packed = zipSync({ "doc.kml": strToU8(kml) }, { level: 0 });
  assert.equal(only(packed).draft?.kind, "site");
  const at = Buffer.from(packed).indexOf("43.1312");
  packed[at] = "9".charCodeAt(0);
  malformed(packed, "archive-malformed");
});

test("a format of a cell of a million brackets is looked at no longer than any other", () => {
  const formats = "[".repeat(1_000_000);
  assert.deepEqual(positionOf(only(workbook(row(latitude("36.3412", 3)), { formats }))), {
    lat: 36.3412,
    lon: 43.1312,
  });
});
