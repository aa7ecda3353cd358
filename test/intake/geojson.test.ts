import assert from "node:assert/strict";
import { test } from "node:test";
import { type ImportOptions, type ImportResult, importText } from "../../src/intake/index.ts";
import { isParleyError } from "../../src/wire/error.ts";

const SQUARE = [
  [
    [36.32, 32.3],
    [36.321, 32.3],
    [36.321, 32.301],
    [36.32, 32.301],
    [36.32, 32.3],
  ],
];

function feature(type: string, coordinates: unknown, properties: Record<string, unknown> = {}): unknown {
  return {
    type: "Feature",
    properties: { NAME_EN: "A", NAME_AR: "ا", ...properties },
    geometry: { type, coordinates },
  };
}

function bring(features: readonly unknown[], options: Partial<ImportOptions> = {}): ImportResult {
  return importText(JSON.stringify({ type: "FeatureCollection", features }), { as: "site", ...options });
}

function outcome(result: ImportResult): unknown {
  const [row] = result.rows;
  return row?.draft?.body["footprint"] ?? row?.findings.map(({ code }) => code);
}

test("points, polygons and lines become footprints; rings are open in memory", () => {
  assert.deepEqual(outcome(bring([feature("Point", [36.321, 32.304])])), {
    type: "point",
    at: { lat: 32.304, lon: 36.321 },
  });
  const ring = SQUARE[0]?.slice(0, -1).map(([lon, lat]) => ({ lat, lon }));
  assert.deepEqual(outcome(bring([feature("Polygon", SQUARE)])), { type: "polygon", rings: [ring] });
  assert.deepEqual(outcome(bring([feature("MultiPolygon", [SQUARE])])), { type: "polygon", rings: [ring] });
  const line = [
    [36.321, 32.304],
    [36.322, 32.305],
  ];
  const corridor = {
    type: "corridor",
    line: [
      { lat: 32.304, lon: 36.321 },
      { lat: 32.305, lon: 36.322 },
    ],
    width_m: 12,
  };
  assert.deepEqual(outcome(bring([feature("LineString", line)], { width_m: 12 })), corridor);
  assert.deepEqual(outcome(bring([feature("LineString", line)])), ["geometry-no-width"]);
});

test("names are found by property in both languages", () => {
  const [row] = bring([feature("Point", [36.321, 32.304])]).rows;
  assert.deepEqual(row?.draft?.body["names"], [
    { lang: "en", text: "A" },
    { lang: "ar", text: "ا" },
  ]);
  assert.equal(row?.row, 1);
});

test("a shape that is not one, or that a decision is needed for, is refused by its code", () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ["Point", [36.3], "geometry-malformed"],
    ["Point", ["36.3", 32.3], "geometry-malformed"],
    ["Point", [32.3, 136.3], "position-swapped"],
    ["Point", [0, 0], "position-default"],
    ["Polygon", [], "geometry-malformed"],
    ["Polygon", [SQUARE[0]?.slice(0, -1)], "geometry-malformed"],
    [
      "Polygon",
      [
        [
          [36, 32],
          [37, 33],
          [37, 32],
          [36, 33],
          [36, 32],
        ],
      ],
      "geometry-invalid",
    ],
    ["MultiPolygon", [SQUARE, SQUARE], "geometry-many-parts"],
    ["Surface", SQUARE, "geometry-not-for-kind"],
  ];
  for (const [type, coordinates, code] of cases)
    assert.deepEqual(outcome(bring([feature(type, coordinates)])), [code], type + code);
  assert.deepEqual(outcome(bring([{ type: "Feature", properties: null, geometry: null }])), ["geometry-missing"]);
  assert.deepEqual(outcome(bring([7])), ["geometry-malformed"]);
});

test("heights without a datum are left out and said", () => {
  const result = bring([feature("Point", [36.321, 32.304, 700])]);
  assert.deepEqual(
    result.rows[0]?.findings.map(({ code }) => code),
    ["height-ignored"],
  );
});

test("a line with times is a movement, undecided until its author decides", () => {
  const line = [
    [36.321, 32.304],
    [36.322, 32.305],
  ];
  const coordTimes = ["2026-11-23T06:00:00Z", "2026-11-23T07:00:00Z"];
  const result = bring([feature("LineString", line, { coordTimes })], { as: "movement", width_m: 1000 });
  const body = result.rows[0]?.draft?.body;
  assert.equal(body?.["decision"], "undecided");
  assert.deepEqual(body?.["route"], [
    { position: { lat: 32.304, lon: 36.321 }, at: Date.UTC(2026, 10, 23, 6), name: null },
    { position: { lat: 32.305, lon: 36.322 }, at: Date.UTC(2026, 10, 23, 7), name: null },
  ]);
  const back = bring([feature("LineString", line, { coordTimes: coordTimes.toReversed() })], {
    as: "movement",
    width_m: 1000,
  });
  assert.deepEqual(
    back.rows[0]?.findings.map(({ code }) => code),
    ["end-before-start"],
  );
  assert.deepEqual(outcome(bring([feature("Point", [36.321, 32.304])], { as: "movement" })), ["geometry-not-for-kind"]);
});

function withCrs(name: string): string {
  return JSON.stringify({
    type: "FeatureCollection",
    crs: { type: "name", properties: { name } },
    features: [feature("Point", [36.321, 32.304])],
  });
}

test("another coordinate system, or JSON that is not GeoJSON, is an error of the whole file", () => {
  assert.equal(importText(withCrs("urn:ogc:def:crs:OGC:1.3:CRS84"), { as: "site" }).summary.drafts, 1);
  const cases = [
    [withCrs("EPSG:32637"), "geojson-crs"],
    ['{"type":"Topology"}', "geojson-malformed"],
    ["{", "geojson-malformed"],
    [`{"type":"FeatureCollection","features":${"[".repeat(100_000)}`, "geojson-malformed"],
    ['{"type":"FeatureCollection","features":[]}', "file-empty"],
  ] as const;
  for (const [text, code] of cases) {
    assert.throws(
      () => importText(text, { as: "site", format: "geojson" }),
      (error) => isParleyError(error, code),
      code,
    );
  }
});
