import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import {
  FINDINGS,
  type ImportOptions,
  type ImportResult,
  importText,
  INTAKE_ERRORS,
  LIMITS,
} from "../../src/intake/index.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";

const HEADER = "id,name,الاسم,name_ar,governorate,district,lat,lon,people,date";
const SITE: ImportOptions = { as: "site" };

function sites(rows: readonly string[], options: Partial<ImportOptions> = {}): ImportResult {
  return importText([HEADER, ...rows].join("\n"), { ...SITE, ...options });
}

function codes(result: ImportResult): string[][] {
  return result.rows.map(({ findings }) => findings.map(({ code }) => code));
}

function bodyOf(result: ImportResult, index = 0): Readonly<Record<string, unknown>> {
  const draft = result.rows[index]?.draft;
  assert.ok(draft, JSON.stringify(result.rows[index]?.findings));
  return draft.body;
}

function refusedWith(code: string, run: () => unknown): void {
  assert.throws(run, (error) => isParleyError(error, code) && error.next !== "");
}

const plain = '7,Deraluk,,ديرلوك,Dahuk,Amedi,37.0550435982,43.6522039848,60.0,"Jul 02, 2014"';

test("a row becomes a draft in the form of its kind, with names in two languages", () => {
  const result = sites([plain], { category: "displacement-site", country: "Iraq" });
  assert.deepEqual(result.rows[0], {
    row: 2,
    draft: {
      kind: "site",
      subject: "Deraluk, Amedi, Dahuk",
      body: {
        category: "displacement-site",
        footprint: { type: "point", at: { lat: 37.055043598, lon: 43.652203985 } },
        height: null,
        names: [
          { lang: "en", text: "Deraluk" },
          { lang: "ar", text: "ديرلوك" },
        ],
        people: 60,
        verified_by: null,
        verified_at: null,
        valid_from: Date.UTC(2014, 6, 2),
        valid_until: null,
        place: { country: "Iraq", governorate: "Dahuk", district: "Amedi", locality: null },
        precision_m: null,
        source_id: "7",
        remarks: "",
      },
    },
    findings: [],
  });
  assert.deepEqual(result.summary, { rows: 1, drafts: 1, refused: 0, warned: 0, noted: 0 });
  assert.deepEqual(result.mapping.unused, ["الاسم"]);
  assert.deepEqual(
    result.mapping.assumed.map(({ field }) => field),
    ["category", "country", "zone"],
  );
});

test("BOM, CRLF, quotes, semicolons and UTF-16 say the same", () => {
  const text = `${HEADER}\n${plain}\n`;
  const expected = importText(text, SITE).rows;
  const semicolons = text.replaceAll(",", ";").replace('"Jul 02; 2014"', "2014-07-02");
  const utf16 = new Uint8Array([
    0xff,
    0xfe,
    ...Array.from(text).flatMap((char) => {
      const unit = char.charCodeAt(0);
      return [unit & 255, unit >> 8];
    }),
  ]);
  for (const variant of [`\ufeff${text}`, text.replaceAll("\n", "\r\n"), semicolons, utf8(`\ufeff${text}`), utf16]) {
    assert.deepEqual(importText(variant, SITE).rows, expected);
  }
  const multiline = importText(`name,remarks,lat,lon\n"A ""B"", c","one\ntwo",36.123,43.123\n`, SITE);
  assert.deepEqual(bodyOf(multiline)["remarks"], "one\ntwo");
  assert.deepEqual(bodyOf(multiline)["names"], [{ lang: "en", text: 'A "B", c' }]);
});

test("HXL tags under the header decide which column is which, and are not a row", () => {
  const text = "what,y1,x1,year\n#loc+name+ar,#geo+lat,#geo+lon,#date+year\nمدرسة,36.345,43.123,2014\n";
  const result = importText(text, SITE);
  assert.equal(result.mapping.hxl_row, 2);
  assert.deepEqual(
    result.mapping.columns.map(({ field, header, by }) => [field, header, by]),
    [
      ["names.ar", "what", "hxl"],
      ["latitude", "y1", "hxl"],
      ["longitude", "x1", "hxl"],
    ],
  );
  assert.equal(result.rows[0]?.row, 3);
  assert.deepEqual(bodyOf(result)["names"], [{ lang: "ar", text: "مدرسة" }]);
});

test("a mapping that is given comes before one that is found", () => {
  const text = "name,lat,lon,lat_real\nA,1.234,43.123,36.123\n";
  const result = importText(text, { ...SITE, mapping: { latitude: "lat_real" } });
  assert.deepEqual(bodyOf(result)["footprint"], { type: "point", at: { lat: 36.123, lon: 43.123 } });
  assert.equal(result.mapping.columns.find(({ field }) => field === "latitude")?.by, "given");
  const remembered = new Map([[result.mapping.header_key as string, { latitude: "lat_real" }]]);
  assert.deepEqual(bodyOf(importText(text, { ...SITE, remembered }))["footprint"], bodyOf(result)["footprint"]);
});

test("no column holds a field that is given none, and what is remembered holds whatever the case of a header", () => {
  const text = "Name,LAT,lon,population\nA,36.123,43.123,1980\n";
  const none = importText(text, { ...SITE, mapping: { people: "" } });
  assert.deepEqual(none.mapping.unused, ["population"]);
  const key = none.mapping.header_key as string;
  const remembered = new Map([[key, { source_id: "Population" }]]);
  const { mapping } = importText(text, { ...SITE, remembered });
  assert.deepEqual(mapping.columns.at(-1), { field: "source_id", column: 4, header: "population", by: "remembered" });
  refusedWith("mapping-unknown", () => importText(text, { ...SITE, mapping: { breadth: "" } }));
  refusedWith("mapping-unknown", () => importText(`${text},\n`, { ...SITE, mapping: { people: "?!" } }));
  refusedWith("mapping-ambiguous", () =>
    importText("lat,lon,a b,A_B\n1,2,3,4\n", { ...SITE, mapping: { people: "ab" } }),
  );
});

test("a table that says no place is read for its columns where that is asked, and none of its rows is drafted", () => {
  const { mapping, summary } = importText("name,where\nA,36.1 43.1\n", { ...SITE, placeless: true });
  assert.deepEqual([mapping.columns.map(({ header }) => header), mapping.unused], [["name"], ["where"]]);
  assert.deepEqual([summary.rows, summary.drafts], [1, 0]);
});

test("numbers are read strictly, and what was probably meant is only proposed", () => {
  const rows = ["12abc", "", "NaN", "1e2", "0x10", "36.", "36,123", "43.1E", "90.001", "-90.5", "36 60 00", "--1"];
  const result = sites(rows.map((lat) => `,A,,,,,"${lat}",43.123,,`));
  const expected = [
    "not-a-number",
    "missing",
    ...Array<string>(6).fill("not-a-number"),
    "swapped",
    "swapped",
    "not-a-number",
    "not-a-number",
  ];
  assert.deepEqual(
    codes(result),
    expected.map((code) => [`position-${code}`]),
  );
  assert.ok(result.rows.every(({ draft }) => draft === null));
  assert.deepEqual(result.rows[6]?.findings[0]?.suggestion, { latitude: 36.123 });
  assert.deepEqual(codes(sites([",A,,,,,36.123,181,,", ",A,,,,,43.123,-181.5,,"])), [
    ["position-out-of-range"],
    ["position-out-of-range"],
  ]);
});

test("a cell holds one angle in any notation, and a column of positions both", () => {
  for (const [lat, lon] of [
    ["36.34N", "43.13E"],
    ['36°20\'24""', "43 07 48"],
    ["٣٦٫٣٤", "۴۳٫۱۳"],
  ] as const) {
    const { footprint } = bodyOf(sites([`,A,,,,,"${lat}","${lon}",,`]));
    assert.deepEqual(footprint, { type: "point", at: { lat: 36.34, lon: 43.13 } }, lat);
  }
  const grid = importText("name;MGRS\nA;38S LF 12345 67890\nB;38S LF 123\n", SITE);
  assert.deepEqual(bodyOf(grid)["footprint"], { type: "point", at: { lat: 36.738204968, lon: 42.8982746 } });
  assert.deepEqual(codes(grid), [[], ["position-not-a-number"]]);
});

test("latitude and longitude exchanged are refused where the range shows it, with the exchange as suggestion", () => {
  const result = sites([",A,,,,,112.513,34.127,,"]);
  assert.deepEqual(codes(result), [["position-swapped"]]);
  assert.deepEqual(result.rows[0]?.findings[0]?.suggestion, { latitude: 34.127, longitude: 112.513 });
});

test("0, 0 is refused; a blank row, a ragged one and an endless field have codes of their own", () => {
  const rows = [
    ",A,,,,,0,0,,",
    ",,,,,,,,,2014-07-02",
    "",
    ",A,,,,,36.123,43.123,",
    `,${"x".repeat(LIMITS.field + 1)},,,,,36.123,43.123,,`,
  ];
  assert.deepEqual(codes(sites(rows)), [
    ["position-default"],
    ["blank-row"],
    ["blank-row"],
    ["ragged-row"],
    ["field-too-long"],
  ]);
});

test("a fault beside the position leaves the field out and keeps the place", () => {
  const rows = [
    ',A,,,,,36.123,43.123,"1,200",',
    ",B,,,,,36.123,43.124,,02/07/2014",
    ",A\u202eB,,ا,,,36.123,43.125,,",
    ",,,,,,36.123,43.126,,",
    ",A,,,,,36.12,43.1,,",
  ];
  const result = sites(rows);
  assert.deepEqual(codes(result), [
    ["number-refused"],
    ["time-refused"],
    ["text-refused"],
    ["name-missing"],
    ["precision-low"],
  ]);
  assert.deepEqual(result.rows[0]?.findings[0]?.suggestion, { people: 1200 });
  assert.equal(bodyOf(result, 0)["people"], null);
  assert.equal(bodyOf(result, 1)["valid_from"], null);
  assert.deepEqual(bodyOf(result, 2)["names"], [{ lang: "ar", text: "ا" }]);
  assert.equal(result.rows[2]?.draft?.subject, "ا");
  assert.deepEqual(result.summary, { rows: 5, drafts: 5, refused: 0, warned: 4, noted: 1 });
});

function validFrom(date: string): unknown {
  return sites([`,A,,,,,36.123,43.123,,"${date}"`]).rows[0]?.draft?.body["valid_from"];
}

test("days and times are read where they can mean one thing only", () => {
  const day = Date.UTC(2014, 6, 2);
  for (const date of ["2014-07-02", "Jul 02, 2014", "July 2, 2014", "2 July 2014", "02-Jul-2014"])
    assert.equal(validFrom(date), day, date);
  assert.equal(validFrom("2014-07-02T06:30:00+03:00"), day + 3.5 * 3_600_000);
  for (const date of ["2014-02-30", "07/02/2014", "2014-07-02T06:30", "20140702", "2014-07-02T24:00Z", "Foo 2, 2014"])
    assert.equal(validFrom(date), null, date);
});

test("the rows of a list look at each other: the same number, the same position", () => {
  const result = sites(["7,A,,,,,36.123,43.123,,", "7,B,,,,,36.124,43.124,,", "8,C,,,,,36.123,43.123,,"]);
  assert.deepEqual(codes(result), [[], ["id-repeated"], ["position-repeated"]]);
  assert.equal(result.rows[1]?.draft !== null, true);
});

test("a site far from the rest of its district is a warning with the slip that explains it, and stays a draft", () => {
  const near = Array.from({ length: 12 }, (_, i) => `${i},N${i},,,Dahuk,Zakho,37.1${i}5,42.6${i}8,,`);
  const result = sites([...near, "99,Far,,,Dahuk,Zakho,31.143,42.681,,"]);
  const far = result.rows.at(-1);
  assert.deepEqual(
    far?.findings.map(({ code, gravity }) => [code, gravity]),
    [["far-from-district", "warn"]],
  );
  assert.deepEqual(far?.findings[0]?.suggestion, { latitude: 37.143, longitude: 42.681 });
  assert.deepEqual(bodyOf(result, 12)["footprint"], { type: "point", at: { lat: 31.143, lon: 42.681 } });
  assert.deepEqual(codes(result).slice(0, -1).flat(), []);
});

test("a second cluster of a district, or a district of few rows, is no warning", () => {
  const here = Array.from({ length: 9 }, (_, i) => `a${i},A${i},,,Anbar,Rutba,33.04${i},40.28${i},,`);
  const there = Array.from({ length: 3 }, (_, i) => `b${i},B${i},,,Anbar,Rutba,32.76${i},43.38${i},,`);
  assert.deepEqual(codes(sites([...here, ...there])).flat(), []);
  assert.deepEqual(codes(sites(["1,A,,,X,Y,30.123,40.123,,", "2,B,,,X,Y,36.123,44.123,,"])).flat(), []);
});

test("the antimeridian is no distance", () => {
  const rows = Array.from(
    { length: 8 },
    (_, i) => `${i},A,,,Fiji,Cakaudrove,-16.5${i}1,${i % 2 === 0 ? "179.98" : "-179.98"}${i},,`,
  );
  assert.deepEqual(codes(sites(rows)).flat(), []);
});

test("an area of interest warns of what lies outside, also where it crosses the antimeridian", () => {
  const row = ",A,,,,,36.123,43.123,,";
  assert.deepEqual(codes(sites([row], { area: { west: 42, south: 35, east: 44, north: 37 } })), [[]]);
  assert.deepEqual(codes(sites([row], { area: { west: 44, south: 35, east: 46, north: 37 } })), [["outside-area"]]);
  assert.deepEqual(codes(sites([row], { area: { west: 170, south: 35, east: -170, north: 37 } })), [["outside-area"]]);
});

test("a position outside the area gets the exchange or the sign that brings it inside as suggestion", () => {
  const area = { west: 38, south: 29, east: 49, north: 38 };
  const rows = ["43.123,36.123", "36.123,-43.123", "-36.123,43.123", "50.123,8.123"];
  const result = sites(
    rows.map((at) => `,A,,,,,${at},,`),
    { area },
  );
  const home = { latitude: 36.123, longitude: 43.123 };
  assert.deepEqual(
    result.rows.map(({ findings }) => findings[0]?.suggestion),
    [home, home, home, null],
  );
  assert.equal(result.summary.drafts, 4);
});

test("activities and reports take their window from the row, and need one", () => {
  const rows = [",A,,,,,36.123,43.123,,2014-07-02", ",A,,,,,36.123,43.123,,"];
  const result = sites(rows, { as: "report", category: "strike" });
  assert.deepEqual(codes(result), [[], ["time-missing"]]);
  const day = Date.UTC(2014, 6, 2);
  const volume = {
    footprint: { type: "point", at: { lat: 36.123, lon: 43.123 } },
    height: null,
    window: { start: day, end: day + 86_399_999 },
  };
  assert.deepEqual(bodyOf(result)["volumes"], [volume]);
  assert.equal(sites([rows[0] as string], { as: "activity", category: "flight" }).summary.drafts, 1);
});

test("what cannot be read at all is an error with a code and a next step", () => {
  refusedWith("file-empty", () => importText(" \n", SITE));
  refusedWith("file-not-text", () => importText(new Uint8Array([0x6c, 0xff, 0xfe]), SITE));
  refusedWith("file-not-text", () => importText("lat,lon\n\u0000", SITE));
  refusedWith("import-too-large", () => importText(new Uint8Array(LIMITS.file_bytes + 1), SITE));
  refusedWith("import-too-large", () => importText(`lat,lon\n${"1,1\n".repeat(LIMITS.rows + 1)}`, SITE));
  refusedWith("csv-malformed", () => importText('lat,lon\n"1,1\n', SITE));
  refusedWith("csv-malformed", () => importText('lat,lon\n1"2"x,1\n"a"b,1', SITE));
  refusedWith("csv-malformed", () => importText(`lat,lon${",x".repeat(LIMITS.columns)}\n`, SITE));
  refusedWith("mapping-incomplete", () => importText("name,where\nA,here\n", SITE));
  refusedWith("mapping-ambiguous", () => importText("lat,lon,lat\n1,2,3\n", SITE));
  refusedWith("mapping-unknown", () => importText("lat,lon\n1,2\n", { ...SITE, mapping: { latitude: "breadth" } }));
  refusedWith("mapping-unknown", () => importText("lat,lon\n1,2\n", { ...SITE, mapping: { breadth: "lat" } }));
  refusedWith("kind-not-importable", () => importText("lat,lon\n1,2\n", { as: "stance" }));
  refusedWith("kind-not-importable", () => importText("lat,lon\n1,2\n", { as: "movement" }));
  refusedWith("category-not-of-kind", () => importText("lat,lon\n1,2\n", { as: "site", category: "castle" }));
});

test("any text gives rows whose findings are of the closed list, or a declared error", () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom("36.1", "-91", "0", "43,1", "2014-07-02", '"', "#geo+lat", "\r\n", ";"),
  );
  const file = fc
    .array(fc.array(cell, { maxLength: 5 }), { maxLength: 6 })
    .map((rows) => `name,lat,lon,date\n${rows.map((row) => row.join(",")).join("\n")}`);
  const anything = fc.oneof(file, fc.string(), fc.uint8Array({ maxLength: 200 }), fc.json());
  fc.assert(
    fc.property(anything, (input) => {
      try {
        const { rows, summary } = importText(input, SITE);
        assert.equal(summary.rows, rows.length);
        for (const { draft, findings } of rows) {
          for (const each of findings) assert.equal(FINDINGS[each.code].gravity, each.gravity);
          assert.equal(
            draft === null,
            findings.some(({ gravity }) => gravity === "refuse"),
          );
        }
      } catch (error) {
        assert.ok(isParleyError(error, ...Object.keys(INTAKE_ERRORS)), String(error));
      }
    }),
    { numRuns: 1500 },
  );
});

test("the specification lists every finding with its gravity and its sentence", () => {
  const page = readFileSync(join(import.meta.dirname, "../../spec/import.md"), "utf8");
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (refuse|warn|note) \| (.+) \|$/gm)].map(
    ([, code, gravity, says]) => [code, { gravity, says }],
  );
  assert.deepEqual(Object.fromEntries(rows), { ...FINDINGS });
});

test("a column called type is the category; what it says that is none stays with the row", () => {
  const { rows, mapping } = importText("name,type,lat,lon\nA,Hospital,36.3402,43.1301\nB,Bakery,36.3502,43.1301\n", {});
  assert.ok(mapping.columns.some(({ field, header }) => field === "category" && header === "type"));
  assert.deepEqual(
    rows.map(({ draft, findings }) => [draft?.body["category"], findings.map(({ code }) => code)]),
    [
      ["hospital", []],
      ["other", ["category-unknown"]],
    ],
  );
});
