/** Small files in which everything is found that intake can find, each in every way in which it says it. */
import { zipSync } from "fflate";
import {
  Gazetteer,
  GazetteerReader,
  type ImportedRow,
  type ImportOptions,
  importText,
  LIMITS,
} from "../../src/intake/index.ts";
import { inWgs84 } from "../../src/intake/find/datum.ts";
import { gazetteerWith } from "../../src/store/index.ts";
import { utf8 } from "../../src/wire/bytes.ts";

type Finding = ImportedRow["findings"][number];

const NOW = Date.UTC(2026, 6, 1);
const spot = (i: number, east = 0) =>
  `${(36.3111 + (i % 7) * 0.0031).toFixed(4)};${(43.1111 + east + Math.floor(i / 7) * 0.0033).toFixed(4)}`;
const rowsOf = (count: number, row: (i: number) => string) => Array.from({ length: count }, (_, i) => row(i));
const list = (header: string, rows: readonly string[]) => [header, ...rows].join("\n");
const feature = (geometry: unknown, properties: object = {}) =>
  JSON.stringify({ type: "FeatureCollection", features: [{ type: "Feature", properties, geometry }] });
const ring = (...corners: readonly (readonly [number, number])[]) => ({ type: "Polygon", coordinates: [corners] });

const TELAFAR = {
  type: "Feature",
  properties: { ADM2_EN: "Telafar", ADM1_EN: "Ninewa", ADM0_EN: "Iraq" },
  geometry: ring([42, 36], [43, 36], [43, 37], [42, 37], [42, 36]),
};

let known: Gazetteer | null = null;
function gazetteer(): Gazetteer {
  if (known !== null) return known;
  const reader = new GazetteerReader();
  const places = [
    ...reader.push(utf8(JSON.stringify({ type: "FeatureCollection", features: [TELAFAR] }))),
    ...reader.end(),
  ];
  known = new Gazetteer([places], gazetteerWith());
  return known;
}

function cells(header: string, ...rows: readonly string[]): readonly [string, ImportOptions] {
  return [list(header, rows), { as: "site" }];
}

const SITE = "name;latitude;longitude";

/** Of one row or one part. */
const SINGLE: readonly (readonly [string | Uint8Array<ArrayBuffer>, ImportOptions])[] = [
  cells(SITE, "A;36.3111;43.1111", ";;", "B;;43.1", "C;36.1;", "D;;", "E;36.1", "F;36,5;43.1", "G;0;0", "H;96.1;43.2"),
  cells(SITE, "A;43.1;136.2", "B;136.2;43.2", "C;196.1;200.2", "D;36°75'N;43.1", "E;36.1S N;43.1", "F;-36.1S;43.1"),
  cells(SITE, "A;36.31;43.11", ";36.3111;43.1111", `${"x".repeat(LIMITS.field + 1)};36.1111;43.2222`),
  cells("name;position", "A;38 S 332179 4023284", "B;60 north 999999 99999999", "C;99S LF 12345 67890"),
  cells("name;position;people;radius_m", "A;36.3402, 43.1301;1,200;-5", "B;36.3402, 43.1401;many;5"),
  cells("name;latitude;longitude;category", "A;36.3111;43.1111;casino"),
  cells("name;latitude;longitude;start;end", "A;36.3111;43.1111;2026-05-02;2026-05-01"),
  cells("name;latitude;longitude;start", "A;36.3111;43.1111;2026-05-02 10:00", "B;36.3121;43.1111;02/03/2026"),
  cells("name;latitude;longitude;start", "A;36.3111;43.1111;soon", "B;36.3121;43.1111;2026-02-31T10:00Z"),
  cells("name;latitude;longitude;start", "A;36.3111;43.1111;2026-05-02 10:00 AST"),
  cells("name;latitude;longitude;start", "A;36.3111;43.1111;1981-05-02", "B;36.3121;43.1111;2041-05-02"),
  cells("name;latitude;longitude;start", "A;36.3111;43.1111;Thu 2 July 2014"),
  cells("name;latitude;longitude;lower;upper", "A;36.3111;43.1111;100;200 ft AMSL", "B;36.3121;43.1111;high;SFC"),
  cells("name;latitude;longitude;verified_by", `A;36.3111;43.1111;${"x".repeat(400)}`, "safe\u202Ex;36.3121;43.1111"),
  cells("id;name;latitude;longitude", "7;A;36.3111;43.1111", "7;B;36.3141;43.1111", "8;C;36.3111;43.1111"),
  cells("name;latitude;longitude", "A;36.3111;43.1111", "A;36.3112;43.1111", "A;36.3111;43.1111"),
  cells(SITE, "A;36.3111;43.1111", "B;36.3111;43.1111", ";36.3121;43.1111", "D;36.3121;43.1111"),
  cells(SITE, "Al-Nооr school;36.3111;43.1111"),
  ["name;latitude;longitude\nA;36.3111;43.1111\n", { as: "report" }],
  [
    list(
      "name;latitude;longitude;start",
      rowsOf(5, (i) => `E${i};${spot(i)};1981-05-0${i + 1}`),
    ),
    { as: "report" },
  ],
  [list("name;latitude;longitude;start;end", [`E;${spot(0)};2014-03-04;2014-07-03`]), { as: "report" }],
  ["name;latitude;longitude\nA;56.3111;43.1111\n", { as: "site", area: { west: 41, south: 34, east: 46, north: 38 } }],
  ["name;wkt\nA;LINESTRING(43 36,43.1 36.1)\n", { as: "site", width_m: 50 }],
  [feature(null), {}],
  [feature({ type: "Point", coordinates: ["x"] }), {}],
  [feature({ type: "Circle", coordinates: [43, 36] }), {}],
  [feature({ type: "MultiPoint", coordinates: [[43.1, 36.1], [43.2, 36.2]] }), {}], // prettier-ignore
  [feature({ type: "LineString", coordinates: [[43.1, 36.1], [43.2, 36.2]] }), {}], // prettier-ignore
  [feature({ type: "Point", coordinates: [43.1111, 36.1111, 250] }), {}],
  [feature({ type: "Point", coordinates: [43.1111, 36.1111] }), { as: "movement" }],
  [feature({ type: "LineString", coordinates: [[43.1, 36.1], [43.2, 36.2]] }), { as: "movement", tolerance_s: -1 }], // prettier-ignore
  [feature(ring([43, 36], [43.1, 36.1], [43.1, 36], [43, 36.1], [43, 36])), {}],
  [feature(ring([43, 36], [43.1, 36.1], [43.2, 36.2], [43, 36])), {}],
  [JSON.stringify({ type: "FeatureCollection", features: [{ type: "Thing", geometry: null }] }), {}],
  [
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><name>live</name><Link><href>http://example.org/a.kml</href></Link></NetworkLink><GroundOverlay><name>picture</name></GroundOverlay><Tour><name>round</name></Tour></Document></kml>',
    {},
  ],
  [cot("t-x-d-d", '<link uid="U-0" relation="p-p"/>') + cot("a-f-G", "", 'opex="e-Some exercise"'), {}],
  [cap("Actual", "Cancel", ""), {}],
  [cap("Actual", "Ack", ""), {}],
  [cap("Test", "Alert", ""), {}],
  [cap("Actual", "Alert", "<polygon>36,43 36,43.1 36.1,43.1</polygon>"), {}],
  ["AC R\nAN A\nAH FL100\nAL SFC\nDC 2\n\nAC R\nAN B\nAH FL100\nAL SFC\nDB 51:00:00 N 000:00:00 E\n", {}],
  ["AC R\nAN A\nAH FL115\nAL 1500ft AMSL\nV X=51:29:00 N 000:28:00 W\nDC 2\n\nAC R\nAN B\nQQ 1\nDP here\n", {}],
  [yaixm("radius: wide\n        centre: 512900N 0002800W", "FL115", "1500 ft"), {}],
  [yaixm("radius: 5 nm\n        centre: 512900N 0002800W", "3000 ft", "FL30"), {}],
  [yaixm("radius: 5 nm\n        centre: 512900N 0002800W", "high", "SFC"), {}],
  [yaixm("radius: 5 nm\n        centre: 512900N 0002800W", "FL115", "FL65"), {}],
  ["rat:\n- name: T\nloa:\n- name: L\n  areas:\n  - name: X\n    replace:\n    - id: a-b\n      geometry: []\n", {}],
  [JSON.stringify([{ volume: {} }]), { format: "volume4d" }],
  ["182015Z AUG 26\nNAVAREA IV 802/26.\nCANCEL NAVAREA IV 800/26.", {}],
  ["182015Z AUG 26\nNAVAREA IV 803/26.\nAtlantic.\nNothing to see.", {}],
  ["Nothing here but words.", { as: "report", format: "text" }],
  cells("name;latitude;longitude;mgrs", "A;36.3402;43.1301;38SLF1234567890"),
  [
    "(A1234/26 NOTAMN Q) EGTT/QWMLW/IV/BO/W/000/100/5129N00028W005 A) EGTT B) 2608010600 C) 2608032000 E) FIRING WI 2NM RADIUS OF 531900N 0002800W F) SFC G) 10000FT AMSL)",
    {},
  ],
  [
    "(A1235/26 NOTAMN Q) EGTT/QWMLW/IV/BO/W/000/100/5129N00028W005 A) EGTT B) 2613010600 C) 2608032000 E) FIRING WI 2NM RADIUS OF 512900N 0002800W F) SFC G) 10000FT AMSL)",
    {},
  ],
  ["AC R\nAN A\nAH FL100\nAL SFC\nV X=51:00:00 N 000:10:00 E\nDB 51:00:00 N 000:00:00 E,52:06:18 N 000:10:00 E\n", {}],
  ["AC R\nAN A\nAH FL100\nAL SFC\nV X=51:00:00 N 000:10:00 E\nDC 2\nDC 3\n", {}],
  [
    boundary(
      "- arc:\n        dir: cw\n        radius: 5 nm\n        centre: 512900N 0002800W\n        to: 513400N 0002800W",
    ),
    {},
  ],
  [
    boundary(
      "- line:\n      - 513400N 0002800W\n    - arc:\n        dir: round\n        radius: 5 nm\n        centre: 512900N 0002800W\n        to: 512400N 0002800W",
    ),
    {},
  ],
  [boundary("- curve: 1"), {}],
  [
    kml(
      "<Placemark><name>Two</name><Point><coordinates>43,36</coordinates></Point><Point><coordinates>44,36</coordinates></Point></Placemark><Placemark><name>Blanks</name><Point><coordinates>43,36 44,36</coordinates></Point></Placemark><Placemark><name>Track</name><Track><when>2026-01-01T00:00:00Z</when><coord>43 36 0</coord><coord>44 36 0</coord></Track></Placemark><Own><Placemark><name>Lost</name></Placemark></Own>",
    ),
    {},
  ],
  [
    '{"type":"Feature","properties":{},"properties":{},"geometry":{"type":"Point","coordinates":[43.1111,36.1111]}}',
    {},
  ],
  [
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"crs":{"properties":{"name":"EPSG:32638"}},"geometry":{"type":"Point","coordinates":[43.1111,36.1111]}}]}',
    {},
  ],
  [cap("Actual", "Update", "<polygon>36,43 36,43.1 36.1,43.1 36,43</polygon><altitude>high</altitude>"), {}],
  [cap("Actual", "Alert", ""), {}],
  ["182015Z AUG 26\nNAVAREA IV 804/26.\nGUNNERY IN AREA BOUND BY\n33-44.70N 119-30.17W, 33-41.10N 119-49.38W.", {}],
  [
    "182015Z AUG 26\nNAVAREA IV 805/26.\nGUNNERY IN AREA BOUND BY\n33-44.70N 119-30.17W, 33-41.10N 119-49.38W,\n33-95.38N 119-52.50W, 33-58.55N 119-34.13W.",
    {},
  ],
  [hiddenRow(), { as: "site" }],
];

/** Seen only beside other rows, a list before or a gazetteer. */
function* besideOthers(): Generator<readonly [string, ImportOptions]> {
  const dated = (odd: string) =>
    list(
      `${SITE};date`,
      rowsOf(12, (i) => `S${i};${spot(i)};${i === 5 ? odd : "2014-07-02"}`),
    );
  yield [dated("2014-02-07"), { as: "site" }];
  const days = rowsOf(60, (i) => new Date(Date.UTC(2014, 0, 20 + i)).toISOString().slice(0, 10));
  const wrong = days.map((each) => (each === "2014-02-03" ? "2014-03-02" : each));
  yield [
    list(
      `${SITE};date`,
      rowsOf(60, (i) => `S${i};${spot(i)};${wrong[i]}`),
    ),
    { as: "site" },
  ];
  const zoned = rowsOf(12, (i) => `E${i};${spot(i)};2014-07-02T10:${10 + i}:00${i === 4 ? "" : "Z"}`);
  yield [list(`${SITE};start`, zoned), { as: "report", zone: "Asia/Baghdad" }];
  const high = (usual: string, odd: string) =>
    list(
      `${SITE};lower;upper;start`,
      rowsOf(12, (i) => `A${i};${spot(i)};GND;${i === 4 ? odd : usual};2014-07-02`),
    );
  yield [high("2400 ft AMSL", "2400 m AMSL"), { as: "activity" }];
  yield [high("2400 m AMSL", "2400 ft AMSL"), { as: "activity" }];
  yield [high("2400 ft AMSL", "240000 ft AMSL"), { as: "activity" }];
  const route = (lat: (i: number) => number, lon: (i: number) => number, minute: ((i: number) => number) | null) =>
    feature(
      { type: "LineString", coordinates: Array.from({ length: 10 }, (_, i) => [lon(i), Number(lat(i).toFixed(4))]) },
      {
        name: "Convoy",
        ...(minute !== null && {
          coordTimes: rowsOf(10, (i) => new Date(Date.UTC(2014, 6, 2, 8, minute(i))).toISOString()),
        }),
      },
    );
  const [north, along] = [(i: number) => 36.3111 + i * 0.0054, () => 43.1111];
  yield [
    route(
      (i) => north(i) + (i === 4 ? 0.3 : 0),
      along,
      (i) => i,
    ),
    { as: "movement" },
  ];
  yield [
    route(
      (i) => north(i) + (i > 4 ? 0.6 : 0),
      along,
      (i) => i,
    ),
    { as: "movement" },
  ];
  yield [route(north, along, (i) => (i === 4 ? 1 : i)), { as: "movement" }];
  yield [route(north, along, (i) => (i === 4 ? 1 : i)), { as: "site", width_m: 50 }];
  yield [route(north, (i) => (i === 4 ? 43.2111 : 43.1111), null), { as: "movement" }];
  yield [list("name;name_ar;latitude;longitude", ["Kirkuk;مخمور", "Makhmur;كركوك"].map((each, i) => `${each};${spot(i)}`)), { as: "site" }]; // prettier-ignore
  yield* districts();
  yield* sinceThen();
  yield* notices();
  const look = { as: "site", gazetteer: gazetteer() } as const;
  const places = "name;country;governorate;district;latitude;longitude";
  yield [
    list(places, [
      "School;Iraq;Ninewa;Telafar;36.5123;44.5123",
      "Depot;Iraq;Ninewa;Telafar;34.8888;44.7777",
      "Clinic;Iraq;;;36.4123;-43.1123",
    ]),
    look,
  ];
  yield [list(places, ["Clinic;Lebanon;;;36.4123;43.1123", "Clinic;Iraq;Ninewa;;53.4123;83.1123"]), look];
  yield [list(places, ["Clinic;;;;33.9012;35.2912"]), look];
  yield [list(places, ["Clinic;Iraq;Basra;;33.34058;44.40088", "Mosul;Iraq;Ninewa;;36.3412;44.1312"]), look];
  yield [list("name;position", ["A;5 km S of Nowhere", "B;5 km S of Salamiyah"]), { ...look, country: "Syria" }];
  const swapped = rowsOf(8, (i) => `S${i};;;;${spot(i)}`);
  yield [list(places, [...swapped, "Zakho;;;;42.6853;37.1441"]), look];
}

function* districts(): Generator<readonly [string, ImportOptions]> {
  const header = "name;governorate;district;latitude;longitude";
  const home = rowsOf(20, (i) => `V${i};Ninewa;Mosul;${spot(i)}`);
  const away = rowsOf(20, (i) => `W${i};Ninewa;Sinjar;${spot(i, 1.5)}`);
  const near = (odd: string) => [list(header, [...home, ...away, odd]), { as: "site" }] as const;
  yield near("X;Ninewa;Mosul;36.3122;44.6122");
  yield near("X;Ninewa;Mosul;36.3122;43.9122");
  yield near("X;Ninewa;Mosul;38.9222;47.7777");
  const large = rowsOf(20, (i) => `G${i};Basra;;${spot(i)}`);
  yield [list(header, [...large, "X;Basra;;56.3122;-3.1122"]), { as: "site" }];
  yield [list(SITE, [...rowsOf(20, (i) => `L${i};${spot(i)}`), "X;56.3122;-3.1122"]), { as: "site" }];
  const spread = rowsOf(9, (i) => `Village ${i};Ninewa;Mosul;${(36.3111 + i * 0.05).toFixed(4)};43.1111`);
  const kin = ["Al-Noor school;Ninewa;Mosul;36.3234;43.1234", "Hay Al-Noor;Ninewa;Mosul;36.3237;43.2239"];
  yield [list(header, [...spread, ...kin]), { as: "site" }];
  const border = rowsOf(5, () => `Border;Ninewa;Mosul;36.3234;43.1234`);
  yield [list(header, [...border, "Border;Ninewa;Mosul;36.3534;43.1234"]), { as: "site" }];
}

function* sinceThen(): Generator<readonly [string, ImportOptions]> {
  const nahrwan = { a: 6_378_249.145, rf: 293.465, to: [-243, -192, 477] as const };
  type At = { readonly lat: number; readonly lon: number };
  const sites = (move: (at: At, i: number) => At, keep = 12) =>
    list(
      "id;name;latitude;longitude",
      rowsOf(keep, (i) => {
        const { lat, lon } = move({ lat: 33.1111 + i * 0.0131, lon: 44.1111 + i * 0.0117 }, i);
        return `${i};S${i};${lat.toFixed(6)};${lon.toFixed(6)}`;
      }),
    );
  const as = "site" as const;
  const [then, right] = [sites((at) => at), sites((at) => inWgs84(at, nahrwan))];
  yield [sites((at) => at, 6), { as, since: then }];
  yield [then, { as, since: right }];
  yield [right, { as, since: then }];
  yield [sites((at, i) => (i === 4 ? at : inWgs84(at, nahrwan))), { as, since: right }];
  yield [sites(({ lat, lon }) => ({ lat: lat + 0.003, lon })), { as, since: then }];
  yield [sites(({ lat, lon }) => ({ lat: lat + 0.03, lon })), { as, since: then }];
  yield [sites(({ lat, lon }, i) => ({ lat: lat + 0.01 * (i % 5), lon })), { as, since: then }];
  // Each of the mistakes that one number can have, beside what stood there before.
  const changes: readonly (readonly [string, string])[] = [
    ["36.3402;43.1301", "43.1301;36.3402"],
    ["36.3402;43.1301", "-36.3402;43.1301"],
    ["36.3402;43.1301", "36.3402;-43.1301"],
    ["36.3402;43.1301", "-36.3402;-43.1301"],
    ["36.3402;43.1301", "36.3402;37.1301"],
    ["36.3402;43.1301", "36.3402;49.1301"],
    ["36.3402;43.1302", "36.20412;43.07812"],
    ["36.20412;43.07812", "36.3402;43.1302"],
    ["36.3402;43.1301", "36.8402;43.1301"],
    ["36.3402;43.1301", "36.4302;43.1301"],
    ["36.3402;43.1301", "36.33402;43.1301"],
    ["36.3402;43.1301", "36.402;43.1301"],
    ["36.3402;43.1301", "36.3413;43.1324"],
  ];
  for (const [before, now] of changes) {
    yield [list(`id;${SITE}`, [`1;A;${now}`]), { as, since: list(`id;${SITE}`, [`1;A;${before}`]) }];
  }
}

function* notices(): Generator<readonly [string, ImportOptions]> {
  yield [
    "201827Z AUG 26\nNAVAREA XII 569/26.\nCALIFORNIA.\n1. HAZARDOUS OPERATIONS 252100Z TO 260100Z AUG,\n   ALTERNATE 2100Z TO 0100Z DAILY 26 AND 27 AUG\n   IN AREA BOUND BY\n   33-44.70N 119-30.17W, 33-41.10N 119-49.38W,\n   33-55.38N 119-52.50W, 33-58.55N 119-34.13W.\n2. CANCEL NAVAREA XII 560/26.",
    {},
  ];
  yield [
    "201827Z AUG 26\nNAVAREA XII 570/26.\n1. CABLE OPERATIONS ALONG TRACKLINE JOINING\n   33-44.70N 119-30.17W, 33-41.10N 119-49.38W.",
    {},
  ];
  yield [
    `201827Z AUG 26\nNAVAREA XII 571/26.\n1. GUNNERY 0600Z TO 0700Z DAILY 01 JAN 26 THRU 31 DEC 26\n   IN AREAS BOUND BY\n${Array.from({ length: 6 }, (_, i) => `${"ABCDEF"[i]}. 33-4${i}.70N 119-30.17W, 33-41.10N 119-49.38W,\n   33-55.38N 119-52.50W.`).join("\n")}`,
    {},
  ];
}

function cot(type: string, detail: string, more = ""): string {
  return `<event version="2.0" uid="U-1" type="${type}" ${more} time="2031-11-24T06:00:00Z" start="2031-11-24T06:00:00Z" stale="2031-11-24T07:00:00Z" how="h-e"><point lat="36.3402" lon="43.1301" hae="9999999" ce="25" le="9999999"/><detail>${detail}</detail></event>`;
}

function cap(status: string, type: string, area: string): string {
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>X1</identifier><sender>s</sender><sent>2031-11-24T06:00:00+03:00</sent><status>${status}</status><msgType>${type}</msgType><scope>Public</scope><references>s,X0,2031-11-24T05:00:00+03:00</references><info><event>Fire</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><area><areaDesc>Depot</areaDesc>${area}</area></info></alert>`;
}

function yaixm(circle: string, upper: string, lower: string): string {
  return `airspace:\n- name: A\n  id: a\n  type: P\n  geometry:\n  - upper: ${upper}\n    lower: ${lower}\n    boundary:\n    - circle:\n        ${circle}\n`;
}

function boundary(pieces: string): string {
  return `airspace:\n- name: A\n  id: a\n  type: P\n  geometry:\n  - upper: FL115\n    lower: SFC\n    boundary:\n    ${pieces}\n`;
}

function kml(inside: string): string {
  return `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${inside}</Document></kml>`;
}

/** A workbook whose one site is in a row that does not show. */
function hiddenRow(): Uint8Array<ArrayBuffer> {
  const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const sheet = `<worksheet><sheetData><row r="1">${cell("A1", "name")}${cell("B1", "latitude")}${cell("C1", "longitude")}</row><row r="2" hidden="1">${cell("A2", "A")}${cell("B2", "36.3402")}${cell("C2", "43.1301")}</row></sheetData></worksheet>`;
  return new Uint8Array(
    zipSync({
      "[Content_Types].xml": utf8("<Types/>"),
      "_rels/.rels": utf8(
        '<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      ),
      "xl/workbook.xml": utf8('<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'),
      "xl/_rels/workbook.xml.rels": utf8(
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheet.xml"/></Relationships>',
      ),
      "xl/worksheet.xml": utf8(sheet),
    }),
  );
}

export function everyFinding(): Finding[] {
  return [...SINGLE, ...besideOthers()].flatMap(([file, options]) =>
    importText(file, { now: NOW, ...options }).rows.flatMap(({ findings }) => findings),
  );
}
