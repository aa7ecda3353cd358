/** Every format that people bring, in small: what is read, what is refused, and what must never happen meanwhile. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { zipSync } from "fflate";
import {
  createImporter,
  type ImportedRow,
  type ImportOptions,
  type ImportResult,
  importText,
  LIMITS,
} from "../../src/intake/index.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { isParleyError } from "../../src/wire/error.ts";

function bring(input: string | Uint8Array<ArrayBuffer>, options: ImportOptions = {}): ImportResult {
  return importText(input, options);
}

interface Told {
  readonly footprint: {
    readonly type: string;
    readonly rings: { lat: number; lon: number }[][];
    readonly width_m: number;
    readonly radius_m: number;
  };
  readonly height: unknown;
  readonly window: unknown;
}

function codesOf(row: ImportedRow | undefined): readonly string[] {
  return (row?.findings ?? []).map(({ code }) => code);
}

function bodyOf(row: ImportedRow | undefined): Record<string, unknown> & { volumes: readonly [Told, ...Told[]] } {
  assert.ok(row?.draft, JSON.stringify(row?.findings));
  return row.draft.body as ReturnType<typeof bodyOf>;
}

function refusedWith(code: string, run: () => unknown): void {
  assert.throws(run, (error) => isParleyError(error, code) && error.next !== "", code);
}

const WARNING = `201827Z AUG 26
NAVAREA XII 569/26.
NORTH PACIFIC.
CALIFORNIA.
1. HAZARDOUS OPERATIONS 252100Z TO 260100Z AUG,
   ALTERNATE 2100Z TO 0100Z DAILY 26 AND 27 AUG
   IN AREA BOUND BY
   33-44.70N 119-30.17W, 33-41.10N 119-49.38W,
   33-55.38N 119-52.50W, 33-58.55N 119-34.13W.
2. CANCEL NAVAREA XII 560/26.
3. CANCEL THIS MSG 280200Z AUG 26.`;

test("a navigation warning becomes an activity: area, every window, what it ends, and its own words", () => {
  const result = bring(WARNING);
  assert.equal(result.format, "text");
  const [row] = result.rows;
  assert.equal(row?.draft?.kind, "activity");
  const { volumes, remarks } = bodyOf(row);
  assert.equal(volumes.length, 3);
  const at = (day: number, hour: number) => Date.UTC(2026, 7, day, hour);
  assert.deepEqual(
    volumes.map(({ window }) => window),
    [
      { start: at(25, 21), end: at(26, 1) },
      { start: at(26, 21), end: at(27, 1) },
      { start: at(27, 21), end: at(28, 1) },
    ],
  );
  const { rings } = volumes[0].footprint;
  assert.deepEqual(rings[0]?.[0], { lat: 33.745, lon: -119.502833333 });
  assert.equal(rings[0]?.length, 4);
  assert.ok(String(remarks).includes("ALTERNATE 2100Z TO 0100Z"));
  assert.deepEqual(codesOf(row), ["cancels", "not-understood"]);
  assert.match(row?.findings[1]?.message ?? "", /HAZARDOUS OPERATIONS/);
});

test("circles, tracks with a berth, daily lists of days, and warnings that only end others", () => {
  const circle = bring(
    "071540Z SEP 23\nHYDROLANT 2017/23(55).\nBLACK SEA.\nMINES REPORTED IN AREA WITHIN FIVE MILES\nOF 45-07.10N 030-09.70E.",
  );
  const [volume] = bodyOf(circle.rows[0]).volumes;
  assert.deepEqual(volume.footprint, {
    type: "circle",
    centre: { lat: 45.118333333, lon: 30.161666667 },
    radius_m: 9260,
  });
  assert.deepEqual(volume.window, { start: Date.UTC(2023, 8, 7, 15, 40), end: null });
  const track = bring(
    "140944Z JUL 26\nHYDROPAC 2014/26.\n1. SURVEY OPERATIONS 15 JUL THRU 15 OCT\nALONG TRACKLINE JOINING\n46-48.60N 143-25.80E, 46-52.80N 143-23.40E,\n46-54.00N 143-27.00E.\n400 METER BERTH REQUESTED.",
  );
  const line = bodyOf(track.rows[0]).volumes[0];
  assert.equal(line.footprint.width_m, 800);
  assert.deepEqual(line.window, { start: Date.UTC(2026, 6, 15), end: Date.UTC(2026, 9, 16) - 1 });
  const days = bring(
    "211456Z JUL 26\nHYDROPAC 2169/26.\n1. HAZARDOUS OPERATIONS 0300Z TO 1900Z DAILY\n03 THRU 07, 10 THRU 14\nAND 31 AUG IN AREAS BOUND BY:\nA. 24-24.30N 066-42.00E, 24-19.00N 066-58.00E,\n24-00.00N 066-39.00E.\nB. 24-36.02N 062-30.03E, 24-36.02N 063-15.03E,\n24-21.02N 063-15.03E.",
  );
  assert.equal(bodyOf(days.rows[0]).volumes.length, 2 * 11);
  const end = bring("182015Z AUG 26\nNAVAREA IV 802/26.\nCANCEL NAVAREA IV 800/26.");
  assert.deepEqual(codesOf(end.rows[0]), ["cancellation"]);
});

test("two daily spells in one sentence, days after a month's end, and lettered circles", () => {
  const { rows } = importText(
    [
      "191516Z AUG 26",
      "HYDROLANT 1618/26.",
      "1. HAZARDOUS OPERATIONS 0001Z TO 1800Z AND",
      "2100Z TO 0001Z DAILY 28 AUG AND 31 AUG",
      "IN AREAS WITHIN:",
      "A. 27 MILES OF 57-20.80N 008-32.10W.",
      "B. 26 MILES OF 57-13.80N 009-00.00W.",
    ].join("\n"),
    { as: "activity" },
  );
  const volumes = (rows[0]?.draft?.body["volumes"] ?? []) as readonly {
    footprint: { type: string; radius_m: number };
    window: { start: number; end: number };
  }[];
  const shapes = [...new Set(volumes.map(({ footprint }) => `${footprint.type} ${footprint.radius_m}`))];
  assert.deepEqual(shapes, ["circle 50004", "circle 48152"]);
  const windows = volumes.slice(0, 4).map(({ window }) => new Date(window.start).toISOString().slice(0, 16));
  assert.deepEqual(windows, ["2026-08-28T00:01", "2026-08-31T00:01", "2026-08-28T21:00", "2026-08-31T21:00"]);
});

test("a NOTAM: items B to G, a daily schedule, and the circle of item Q where E has no position", () => {
  const notam =
    "(A1234/26 NOTAMN Q) EGTT/QWMLW/IV/BO/W/000/100/5129N00028W005 A) EGTT B) 2608010600 C) 2608032000 D) DAILY 0600-1000 E) FIRING WI 2NM RADIUS OF 512900N 0002800W F) SFC G) 10000FT AMSL)";
  const { volumes } = bodyOf(bring(notam).rows[0]);
  assert.equal(volumes.length, 3);
  assert.deepEqual(volumes[0], {
    footprint: { type: "circle", centre: { lat: 51.483333333, lon: -0.466666667 }, radius_m: 3704 },
    height: { datum: "AMSL", lower_m: null, upper_m: 3048 },
    window: { start: Date.UTC(2026, 7, 1, 6), end: Date.UTC(2026, 7, 1, 10) },
  });
  const bare = notam.replace("WI 2NM RADIUS OF 512900N 0002800W", "AS PUBLISHED");
  assert.equal(bodyOf(bring(bare).rows[0]).volumes[0].footprint.radius_m, 9260);
  const cancelled =
    "A1300/26 NOTAMC A1234/26 Q) EGTT/QWMXX/IV/BO/W/000/100/5129N00028W005 A) EGTT B) 2608010600 E) FIRING CANCELLED";
  assert.deepEqual(codesOf(bring(cancelled).rows[0]), ["cancellation"]);
});

const KML = `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>d</name>
<Folder><Placemark><name>Clinic</name><description><![CDATA[<b>Two</b><br>wards<script>x()</script>]]></description>
<ExtendedData><Data name="people"><value>40</value></Data></ExtendedData><Point><coordinates>43.1301,36.3402,0</coordinates></Point></Placemark></Folder>
<Placemark><name>Camp</name><Polygon><outerBoundaryIs><LinearRing><coordinates>43,36 43.1,36 43.1,36.1 43,36</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<NetworkLink><name>live</name><Link><href>http://example.org/live.kml</href></Link></NetworkLink>
<GroundOverlay><name>picture</name></GroundOverlay></Document></kml>`;

test("KML and KMZ: placemarks are read, a live link is never followed, every other part is named", () => {
  const kmz = zipSync({ "doc.kml": utf8(KML), "images/a.png": new Uint8Array(4) });
  for (const [input, format] of [
    [KML, "kml"],
    [kmz, "kmz"],
  ] as const) {
    const result = bring(input);
    assert.equal(result.format, format);
    assert.deepEqual(result.rows.map(codesOf), [[], [], ["part-dropped"], ["part-dropped"]]);
    assert.equal(bodyOf(result.rows[0])["people"], 40);
    assert.equal(bodyOf(result.rows[0])["remarks"], "Two\nwards x()");
    assert.match(result.rows[2]?.findings[0]?.message ?? "", /live, http:\/\/example\.org.*never followed/);
    assert.match(result.rows[3]?.findings[0]?.message ?? "", /picture "picture"/);
  }
  assert.match(bring(kmz).mapping.assumed.find(({ field }) => field === "file")?.because ?? "", /images\/a\.png/);
});

test("GPX: waypoints are places, tracks with times are movements", () => {
  const result = bring(
    '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="36.3402" lon="43.1301"><name>Well</name></wpt><trk><name>Convoy</name><trkseg><trkpt lat="36.34" lon="43.13"><time>2031-11-24T06:00:00Z</time></trkpt><trkpt lat="36.36" lon="43.14"><time>2031-11-24T06:30:00Z</time></trkpt></trkseg></trk></gpx>',
  );
  assert.deepEqual(
    result.rows.map(({ draft }) => draft?.kind),
    ["site", "movement"],
  );
  assert.deepEqual(
    (bodyOf(result.rows[1])["route"] as { at: number }[]).map(({ at }) => at),
    [Date.UTC(2031, 10, 24, 6), Date.UTC(2031, 10, 24, 6, 30)],
  );
  assert.ok(result.mapping.assumed.some(({ field, value }) => field === "width_m" && value === 1000));
});

test("KML of a track as GPSBabel draws it: points in a folder and a line through them are one movement", () => {
  const point = (i: number, lon: string) =>
    `<Placemark><name>Convoy-${i}</name><description>page</description><TimeStamp><when>2031-11-24T06:0${i}:00Z</when></TimeStamp><Point><coordinates>${lon},36.340000,210.5</coordinates></Point></Placemark>`;
  const file = (corners: string, more = "") =>
    bring(
      `<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>GPS device</name><Folder><name>Tracks</name><Folder><name>Convoy</name><Folder><name>Points</name>${point(0, "43.130000")}${point(1, "43.140000")}${point(2, "43.150000")}</Folder><Placemark><name>Path</name><MultiGeometry><LineString><tessellate>1</tessellate><coordinates>${corners}</coordinates></LineString></MultiGeometry></Placemark>${more}</Folder></Folder></Document></kml>`,
    ).rows;
  const [row, ...rest] = file("43.130000,36.340000,210 43.140000,36.340000,210 43.150000,36.340000,210");
  assert.equal(rest.length, 0);
  assert.deepEqual([row?.draft?.kind, row?.draft?.subject], ["movement", "Convoy"]);
  assert.deepEqual(
    (bodyOf(row)["route"] as { at: number }[]).map(({ at }) => at),
    [0, 1, 2].map((minute) => Date.UTC(2031, 10, 24, 6, minute)),
  );
  // A line elsewhere, or another placemark beside it: they are what they are, and each is named.
  assert.equal(file("43.13,36.34 43.14,36.34 43.16,36.34").length, 4);
  const well = "<Placemark><name>Well</name><Point><coordinates>43,36</coordinates></Point></Placemark>";
  assert.equal(file("43.13,36.34 43.14,36.34 43.15,36.34", well).length, 5);
});

test("Cursor on Target: points, shapes and deletions", () => {
  const event = (type: string, detail: string) =>
    `<?xml version="1.0"?><event version="2.0" uid="U-1" type="${type}" time="2031-11-24T06:00:00Z" start="2031-11-24T06:00:00Z" stale="2031-11-24T07:00:00Z" how="h-e"><point lat="36.3402" lon="43.1301" hae="9999999" ce="25" le="9999999"/><detail><contact callsign="ALPHA"/>${detail}</detail></event>`;
  const corner = (lat: number, lon: number) => `<link point="${lat},${lon}"/>`;
  const ring = [corner(36, 43), corner(36, 43.1), corner(36.1, 43.1), corner(36, 43)].join("");
  const stream =
    event("a-f-G", "") +
    event("u-d-f", ring) +
    event("u-d-c-c", '<shape><ellipse major="500" minor="500"/></shape>') +
    event("t-x-d-d", '<link uid="U-0" relation="p-p"/>');
  const result = bring(stream);
  assert.equal(result.format, "cot");
  assert.deepEqual(
    result.rows.map(({ draft }) => draft?.kind),
    ["report", "activity", "activity", undefined],
  );
  assert.equal(bodyOf(result.rows[1]).volumes[0].footprint.type, "polygon");
  assert.deepEqual(bodyOf(result.rows[2]).volumes[0].footprint, {
    type: "circle",
    centre: { lat: 36.3402, lon: 43.1301 },
    radius_m: 500,
  });
  assert.deepEqual(codesOf(result.rows[3]), ["cancellation"]);
  assert.match(result.rows[3]?.findings[0]?.message ?? "", /U-0/);
});

test("CAP 1.2: an alert with its areas; a cancellation and an exercise are no alerts", () => {
  const alert = (status: string, type: string) =>
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>X1</identifier><sender>s</sender><sent>2031-11-24T06:00:00+03:00</sent><status>${status}</status><msgType>${type}</msgType><scope>Public</scope><references>s,X0,2031-11-24T05:00:00+03:00</references><info><language>en</language><category>Safety</category><event>Fire</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><expires>2031-11-24T09:00:00+03:00</expires><headline>Fire at the depot</headline><area><areaDesc>Depot</areaDesc><polygon>36,43 36,43.1 36.1,43.1 36,43</polygon><circle>36.34,43.13 2.5</circle><altitude>0</altitude><ceiling>1000</ceiling></area></info></alert>`;
  const [row] = bring(alert("Actual", "Alert")).rows;
  assert.equal(row?.draft?.kind, "alert");
  const { volumes } = bodyOf(row);
  assert.equal(volumes.length, 2);
  assert.deepEqual(volumes[1], {
    footprint: { type: "circle", centre: { lat: 36.34, lon: 43.13 }, radius_m: 2500 },
    height: { datum: "AMSL", lower_m: 0, upper_m: 304.8 },
    window: { start: Date.UTC(2031, 10, 24, 3), end: Date.UTC(2031, 10, 24, 6) },
  });
  assert.deepEqual(codesOf(bring(alert("Actual", "Cancel")).rows[0]), ["cancellation"]);
  assert.deepEqual(codesOf(bring(alert("Exercise", "Alert")).rows[0]), ["part-dropped"]);
});

test("OpenAir and YAIXM: circles, arcs that stay outside their chord, heights above several things", () => {
  const openair = bring(
    "* comment\nAC R\nAN RANGE\nAH FL100\nAL SFC\nV X=51:29:00 N 000:28:00 W\nDC 2\n\nAC D\nAN DANGER\nAH 2000ft AMSL\nAL GND\nDP 51:00:00 N 000:00:00 E\nV X=51:00:00 N 000:10:00 E\nV D=+\nDB 51:00:00 N 000:00:00 E,51:06:18 N 000:10:00 E\n",
  );
  assert.equal(openair.format, "openair");
  assert.deepEqual(bodyOf(openair.rows[0]).volumes[0].footprint, {
    type: "circle",
    centre: { lat: 51.483333333, lon: -0.466666667 },
    radius_m: 3704,
  });
  assert.deepEqual(codesOf(openair.rows[0]), ["height-pressure"]);
  const arc = bodyOf(openair.rows[1]).volumes[0];
  assert.ok((arc.footprint.rings[0]?.length ?? 0) > 20);
  assert.deepEqual(arc.height, { datum: "AMSL", lower_m: null, upper_m: 609.6 });
  const yaixm = bring(
    "airspace:\n- name: A\n  id: a\n  type: P\n  geometry:\n  - upper: FL115\n    lower: 1500 ft\n    boundary:\n    - circle:\n        radius: 5 nm\n        centre: 512900N 0002800W\n",
  );
  assert.deepEqual(codesOf(yaixm.rows[0]), ["height-opened"]);
  assert.deepEqual(bodyOf(yaixm.rows[0]).volumes[0].height, { datum: "AMSL", lower_m: 457.2, upper_m: null });
  refusedWith("yaml-malformed", () => bring("airspace: &a [*a, *a]\n", { format: "yaixm" }));
  refusedWith("yaml-malformed", () => bring(`airspace: {a: 1, a: 2}\n`, { format: "yaixm" }));
});

test("Volume4D, as check reads it", () => {
  const volume = {
    volume: {
      outline_circle: { center: { lat: 36.34, lng: 43.13 }, radius: { value: 100, units: "M" } },
      altitude_lower: { value: 10, reference: "W84", units: "M" },
      altitude_upper: { value: 20, reference: "W84", units: "M" },
    },
    time_start: { value: "2031-11-24T06:00:00Z", format: "RFC3339" },
    time_end: { value: "2031-11-24T07:00:00Z", format: "RFC3339" },
  };
  const result = bring(JSON.stringify([volume, { volume: {} }]));
  assert.equal(result.format, "volume4d");
  assert.deepEqual(bodyOf(result.rows[0]).volumes[0].height, { datum: "WGS84", lower_m: 10, upper_m: 20 });
  assert.deepEqual(codesOf(result.rows[1]), ["geometry-malformed"]);
});

test("free text: each position in it, with its line as name and the times beside it", () => {
  const text =
    "Hospital seen at 36.3402, 43.1301 on 2031-11-24 06:00Z\nsecond entrance 38S LF 12345 67890\n\nNothing here.\n\nعيادة ٣٦٫٣٤٠٢، ٤٣٫١٣٠١";
  const result = bring(text, { as: "report" });
  assert.equal(result.format, "text");
  assert.deepEqual(result.rows.map(codesOf), [[], [], ["position-missing"], ["time-missing"]]);
  assert.match(String(bodyOf(result.rows[0])["remarks"]), /^Hospital seen at/);
});

test("Windows-1256, Windows-1251 and UTF-16 without a mark are detected and said", () => {
  const encoded = (text: string, letters: readonly (readonly [number, number, number])[]) =>
    Uint8Array.from(text, (letter) => {
      const code = letter.codePointAt(0) ?? 0;
      const range = letters.find(([from, to]) => code >= from && code <= to);
      return range === undefined ? code : code - range[0] + range[2];
    });
  const cyrillic = encoded("name,lat,lon\nБольница номер пять,50.4501,30.5234\n", [[0x410, 0x44f, 0xc0]]);
  const result = bring(cyrillic);
  assert.equal(result.mapping.encoding, "windows-1251");
  assert.deepEqual(bodyOf(result.rows[0])["names"], [{ lang: "und", text: "Больница номер пять" }]);
  assert.ok(result.mapping.assumed.some(({ field }) => field === "encoding"));
  const arabic = new Uint8Array([
    ...utf8("name,lat,lon\n"),
    0xe3,
    0xcf,
    0xd1,
    0xd3,
    0xc9,
    0x20,
    0xc7,
    0xe1,
    0xe6,
    0xcd,
    0xcf,
    0xc9,
    ...utf8(",36.3402,43.1301\n"),
  ]);
  assert.equal(bring(arabic).mapping.encoding, "windows-1256");
  assert.deepEqual(bodyOf(bring(arabic).rows[0])["names"], [{ lang: "und", text: "مدرسة الوحدة" }]);
  const wide = new Uint8Array(
    Array.from("name,lat,lon\nA,36.3402,43.1301\n").flatMap((letter) => [letter.charCodeAt(0), 0]),
  );
  assert.equal(bring(wide).mapping.encoding, "utf-16le");
});

test("headers in French, Arabic, Persian, Russian and Ukrainian", () => {
  for (const header of [
    "Nom;Latitude;Longitude;Gouvernorat",
    "اسم الموقع;خط العرض;خط الطول;المحافظة",
    "نام محل;عرض جغرافیایی;طول جغرافیایی;استان",
    "Название;Широта;Долгота;Область",
    "Назва;Широта;Довгота;Область",
  ]) {
    const { mapping, rows } = bring(`${header}\nA;36.3402;43.1301;B\n`);
    assert.deepEqual(mapping.unused, [], header);
    assert.deepEqual((bodyOf(rows[0])["place"] as { governorate: string }).governorate, "B");
    assert.equal((bodyOf(rows[0])["names"] as { text: string }[])[0]?.text, "A", header);
  }
});

test("bombs, entities, nesting and foreign archives are refused before they cost anything", () => {
  const entities =
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>';
  refusedWith("xml-malformed", () => bring(entities));
  refusedWith("xml-malformed", () => bring(`<kml>${"<Folder>".repeat(200)}${"</Folder>".repeat(200)}</kml>`));
  refusedWith("xml-malformed", () => bring("<kml><Placemark></kml>"));
  const zeros = new Uint8Array(300 * 1024 * 1024);
  const bomb = zipSync({ "doc.kml": [zeros, { level: 1 }] });
  refusedWith("import-too-large", () => bring(bomb));
  refusedWith("archive-malformed", () => bring(bomb.slice(0, 1000)));
  refusedWith("archive-malformed", () => bring(zipSync({ "a.txt": new Uint8Array(3) })));
});

test("what is read whole has a limit, which the refusal names beside what to do", () => {
  const large = new Uint8Array(LIMITS.whole_bytes + 1).fill(0x20);
  for (const [head, format] of [
    ["<kml>", "kml"],
    ["<gpx>", "gpx"],
    ["<event/>", "cot"],
    ["<alert>", "cap"],
    ["PK\u0003\u0004", "xlsx"],
    ["PK\u0003\u0004", "kmz"],
  ] as const) {
    large.set(utf8(head));
    const importer = createImporter({ format }, 1);
    assert.throws(
      () => importer.push(large),
      (error) =>
        isParleyError(error, "import-too-large") &&
        error.message.includes("at most 32 MiB") &&
        /Split the file .* CSV or GeoJSON/.test(error.next),
      format,
    );
  }
});
