/** Files that say one thing twice, or almost: whoever sends them hopes for a position that nobody doubts and that is wrong. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ImportedRow, type ImportOptions, importText } from "../../src/intake/index.ts";
import { isParleyError } from "../../src/wire/error.ts";

const now = Date.UTC(2026, 10, 26, 8);

function rowsOf(input: string | Uint8Array<ArrayBuffer>, options: ImportOptions = {}): readonly ImportedRow[] {
  return importText(input, { now, ...options }).rows;
}

/** No draft, and this code among what is said of it. */
function refused(row: ImportedRow | undefined, code: string): void {
  assert.ok(row, "there is no such row");
  assert.equal(row.draft, null, JSON.stringify(row.draft?.body));
  const codes = row.findings.map((each) => each.code);
  assert.ok((codes as string[]).includes(code), `${codes.join(", ")} and not ${code}`);
}

function drafted(row: ImportedRow | undefined): Record<string, unknown> {
  assert.ok(row?.draft, JSON.stringify(row?.findings));
  return row.draft.body;
}

function refusedWhole(input: string, code: string): void {
  assert.throws(
    () => rowsOf(input),
    (error) => isParleyError(error, code),
  );
}

function csv(...lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

test("a row whose columns name two places is refused, whichever notation each is in; one that agrees is not", () => {
  const two = rowsOf(
    csv(
      "name,latitude,longitude,mgrs",
      "A,36.3412,43.1312,38S LF 12345 67890",
      "B,36.3412,43.1312,38S LF 32223 23399",
      "C,36.3412,43.1312,",
    ),
  );
  refused(two[0], "positions-differ");
  drafted(two[1]);
  drafted(two[2]);
  const shapes = rowsOf(
    csv(
      "name,latitude,longitude,wkt",
      "A,36.3412,43.1312,POINT(43.1312 36.3512)",
      'B,36.3412,43.1312,"POLYGON((10 10,11 10,11 11,10 10))"',
      'C,36.3412,43.1312,"POLYGON((43 36,44 36,44 37,43 36))"',
    ),
  );
  refused(shapes[0], "positions-differ");
  refused(shapes[1], "positions-differ");
  drafted(shapes[2]);
});

test("a second column of latitudes or longitudes that disagrees refuses the row, unless somebody chose the column", () => {
  const file = csv("name,Lat,Lon,GPS Latitude,LON", "A,36.3412,43.1312,36.3612,43.1312", "B,36.3412,43.1312,36.3412,");
  const [a, b] = rowsOf(file);
  refused(a, "positions-differ");
  drafted(b);
  drafted(rowsOf(file, { mapping: { latitude: "GPS Latitude", longitude: "Lon" } })[0]);
  const tagged = csv("a,b,c,d,e", "#loc+name,#geo+lat,#geo+lon,#geo+lat+end,#geo+lon+end", "A,36.34,43.13,35.12,42.12");
  refused(rowsOf(tagged)[0], "positions-differ");
  // Metres of a map sheet are no degrees.
  drafted(rowsOf(csv("name,latitude,longitude,x,y", "A,36.3412,43.1312,332223,4023399"))[0]);
});

test("digits that run together in a column are no position without their letter: a point may have got lost", () => {
  const rows = rowsOf(csv("name,latitude,longitude", "A,363412,43.1312", "B,36.3412,1195023", "C,362024N,0430748E"));
  refused(rows[0], "position-not-a-number");
  refused(rows[1], "position-not-a-number");
  assert.deepEqual(drafted(rows[2])["footprint"], { type: "point", at: { lat: 36.34, lon: 43.13 } });
});

const point = (more: object, geometry: object = {}) => ({
  type: "Feature",
  properties: { name: "A" },
  geometry: { type: "Point", coordinates: [43.1312, 36.3412], ...geometry },
  ...more,
});

test("GeoJSON: another system told in a feature, properties that say another place, and names that stand twice", () => {
  const crs = { type: "name", properties: { name: "EPSG:3857" } };
  const features = [
    point({ crs }),
    point({}, { crs }),
    point({ properties: { name: "A", latitude: 35.1412, longitude: 42.1312 } }),
    point({ properties: { name: "A", latitude: 36.3412, longitude: 43.1312 } }),
  ];
  const rows = rowsOf(JSON.stringify({ type: "FeatureCollection", features }));
  refused(rows[0], "geometry-malformed");
  refused(rows[1], "geometry-malformed");
  refused(rows[2], "positions-differ");
  drafted(rows[3]);
  const twice = (name: string) =>
    `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"A: {"},"geometry":{"type":"Point","coordinates":[43,36]},"${name}":{"type":"Point","coordinates":[10.1,11.1]}}]}`;
  refused(rowsOf(twice("geometry"))[0], "geometry-malformed");
  refused(rowsOf(twice(String.raw`ge\u006fmetry`))[0], "geometry-malformed");
  drafted(rowsOf(twice("other"))[0]);
  const head = '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"crs":null,';
  refusedWhole(`${head}"features":[${JSON.stringify(point({}))}]}`, "geojson-malformed");
});

function kml(inside: string): string {
  return `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${inside}</Document></kml>`;
}

function placemark(shape: string): string {
  return kml(`<Placemark><name>A</name>${shape}</Placemark>`);
}

const ring = (corners: string) => `<LinearRing><coordinates>${corners}</coordinates></LinearRing>`;
const outline = (corners: string) => `<outerBoundaryIs>${ring(corners)}</outerBoundaryIs>`;

test("a file in letters of Western Europe is not read as Cyrillic or Arabic, but asked for as UTF-8", () => {
  const file = csv("name,latitude,longitude", "Hôpital général,36.3412,43.1312", "École près du pont,36.3512,43.1412");
  const western = new Uint8Array(Buffer.from(file, "latin1"));
  assert.throws(
    () => rowsOf(western),
    (error) => isParleyError(error, "file-not-text"),
  );
  assert.equal(rowsOf(file).length, 2);
});

test("KML: a placemark that could be drawn in two ways is refused", () => {
  const at = (text: string) => `<Point><coordinates>${text}</coordinates></Point>`;
  const when = "<when>2026-01-01T00:00:00Z</when>";
  for (const shape of [
    at("43.1, 36.3"),
    at("43.1,36.3 44.1,37.3"),
    "<Point><coordinates>43.1,36.3</coordinates><coordinates>44.1,37.3</coordinates></Point>",
    at("43.1,36.3") + at("44.1,37.3"),
    at("0x2b,0x24"),
    `<Polygon>${outline("43,36 44,36 44,37 43,36")}${outline("43.7,36.2 43.9,36.2 43.9,36.4 43.7,36.2")}</Polygon>`,
    `<Track>${when}<coord>43 36 0</coord><coord>43.1 36.1 0</coord></Track>`,
  ]) {
    refused(rowsOf(placemark(shape))[0], "geometry-malformed");
  }
  drafted(rowsOf(placemark(at("\n 43.1,36.3,0 ")))[0]);
  drafted(rowsOf(placemark(`<Polygon>${outline("43,36 44,36 44,37 43,36")}</Polygon>`))[0]);
});

test("KML: what stands where no reader looks is named, and names of the language's own objects are only names", () => {
  const shown = "<Placemark><name>A</name><Point><coordinates>43.12,36.34</coordinates></Point></Placemark>";
  const hidden = rowsOf(kml(`${shown}<Extra>${shown}</Extra>`));
  drafted(hidden[0]);
  refused(hidden[1], "part-dropped");
  const update = `<kml><NetworkLinkControl><Update><Create>${shown}</Create></Update></NetworkLinkControl></kml>`;
  refused(rowsOf(update)[0], "part-dropped");
  assert.equal(rowsOf(kml(`${shown}<constructor/><toString/><__proto__/>`)).length, 1);
  refusedWhole("<constructor></constructor>", "xml-malformed");
  refusedWhole("<__proto__></__proto__>", "xml-malformed");
});

test("GPX: hexadecimals are no degrees, and points that stand astray are named", () => {
  const fix = '<trkpt lat="36.1" lon="43.1"/>';
  const rows = rowsOf(
    `<gpx><wpt lat="0x24" lon="43"/><trk><name>t</name>${fix}${fix}</trk><extra><wpt lat="36" lon="43"/></extra></gpx>`,
  );
  refused(rows[0], "geometry-malformed");
  refused(rows[1], "part-dropped");
  refused(rows[2], "part-dropped");
});

function cot(type: string, detail: string): string {
  const times = 'time="2026-11-26T07:00:00Z" start="2026-11-26T07:00:00Z" stale="2026-11-26T08:00:00Z"';
  const at = '<point lat="36.34" lon="43.13" hae="0" ce="10" le="10"/>';
  return `<event version="2.0" uid="u1" type="${type}" ${times}>${at}<detail>${detail}</detail></event>`;
}

test("Cursor on Target: a shape with a corner that cannot be read is no smaller shape, and an area is no point", () => {
  const links = (...points: readonly string[]) => points.map((each) => `<link point="${each}"/>`).join("");
  const closed = links("36.0,43.0", "36.1,43.0", "36.x,43.1", "36.0,43.1", "36.0,43.0");
  refused(rowsOf(cot("u-d-f", closed))[0], "position-not-a-number");
  refused(rowsOf(cot("u-d-f", links("36,1,43,2", "36,2,43,3")), { width_m: 100 })[0], "position-not-a-number");
  const ellipse = (major: string) => `<shape><ellipse major="${major}" minor="500" angle="0"/></shape>`;
  refused(rowsOf(cot("u-d-c-c", ellipse("500 m")))[0], "geometry-malformed");
  drafted(rowsOf(cot("u-d-c-c", ellipse("500")))[0]);
  const corners = ["36,43", "36.1,43", "36.1,43.1"].map((each) => each.split(","));
  const vertices = corners.map(([lat, lon]) => `<vertex lat="${lat}" lon="${lon}"/>`).join("");
  const drawn = rowsOf(cot("u-d-p", `<shape><polyline closed="true">${vertices}</polyline></shape>`))[0];
  const volumes = drafted(drawn)["volumes"] as { footprint: { type: string } }[];
  assert.equal(volumes[0]?.footprint.type, "polygon");
});

function cap(...infos: readonly string[]): string {
  const head =
    "<identifier>i</identifier><sender>s</sender><sent>2026-11-26T07:00:00+00:00</sent><status>Actual</status>";
  const told = infos.map((areas) => `<info><language>en</language><event>E</event>${areas}</info>`).join("");
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${head}<msgType>Alert</msgType>${told}</alert>`;
}

test("CAP: the areas of every information are told, once each; a circle without its radius refuses the alert", () => {
  const area = (inside: string) => `<area><areaDesc>a</areaDesc>${inside}</area>`;
  const here = area("<circle>36.3,43.1 5</circle>");
  const there = area("<circle>37.3,44.1 5</circle>");
  const volumesIn = (text: string) => (drafted(rowsOf(text)[0])["volumes"] as unknown[]).length;
  assert.equal(volumesIn(cap(here, there)), 2);
  assert.equal(volumesIn(cap(here, here)), 1);
  refused(rowsOf(cap(here + area("<circle>37.3,44.1 5km</circle>")))[0], "geometry-malformed");
  const worded = rowsOf(cap(here + area("<geocode><valueName>x</valueName><value>1</value></geocode>")))[0];
  assert.deepEqual(
    worded?.findings.map(({ code }) => code),
    ["not-understood"],
  );
  const high = rowsOf(cap(area("<circle>36.3,43.1 5</circle><altitude>12,000</altitude>")))[0];
  assert.deepEqual(
    high?.findings.map(({ code }) => code),
    ["height-ignored"],
  );
});
