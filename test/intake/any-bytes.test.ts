/** Whatever somebody brings: a reader gives rows, or one of its declared errors, and never anything else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FORMATS, importText, INTAKE_ERRORS } from "../../src/intake/index.ts";
import { isParleyError } from "../../src/wire/error.ts";

test("whatever the bytes, each reader gives rows or a declared error", () => {
  const samples = [
    "201827Z AUG 26\nNAVAREA XII 569/26.\n1. ROCKET LAUNCH 252100Z TO 260100Z AUG,\n   DAILY 26 AND 27 AUG IN AREA BOUND BY\n   33-44.70N 119-30.17W, 33-41.10N 119-49.38W, 33-55.38N 119-52.50W.\n2. CANCEL THIS MSG 280200Z AUG 26.",
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Clinic</name><ExtendedData><Data name="people"><value>40</value></Data></ExtendedData><Point><coordinates>43.1301,36.3402,0</coordinates></Point></Placemark></Document></kml>',
    "AC R\nAN A\nAH FL100\nV X=51:29:00 N 000:28:00 W\nDC 2\n",
    "airspace:\n- name: A\n  geometry:\n  - boundary:\n    - circle:\n        radius: 5 nm\n        centre: 512900N 0002800W\n",
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[43,36]}}]}',
  ];
  const mutated = fc
    .tuple(fc.constantFrom(...samples), fc.nat(), fc.nat({ max: 30 }), fc.string({ maxLength: 8 }))
    .map(([text, at, gone, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + gone));
  const anything = fc.oneof(mutated, fc.string(), fc.uint8Array({ maxLength: 100 }));
  fc.assert(
    fc.property(anything, fc.constantFrom(null, ...FORMATS), (input, format) => {
      try {
        const { rows, summary } = importText(input, format === null ? {} : { format });
        assert.equal(summary.rows, rows.length);
        for (const { draft, findings } of rows) {
          assert.equal(
            draft === null,
            findings.some(({ gravity }) => gravity === "refuse"),
          );
        }
      } catch (error) {
        assert.ok(isParleyError(error, ...Object.keys(INTAKE_ERRORS)), String(error));
      }
    }),
    { numRuns: 3000 },
  );
});
