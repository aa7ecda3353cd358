/** Places, times and heights as people write them (spec/notation.md), and what must never happen while they are read. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import {
  bandOf,
  type FindPlaces,
  formatCoordinate,
  GEO_ERRORS,
  NOTATIONS,
  parseAngle,
  parseCoordinate,
  parseHeight,
  parseSpan,
  pointDistanceM,
  serialText,
} from "../../src/geo/index.ts";
import { isParleyError, ParleyError } from "../../src/wire/error.ts";

interface Vectors {
  readonly now: number;
  readonly places: readonly { name: string; code?: string; lat: number; lon: number; radius_m: number }[];
  readonly coordinates: readonly ({ text: string; code?: string; lat: number; lon: number } & Record<
    string,
    unknown
  >)[];
  readonly grid: readonly { lat: number; lon: number; mgrs: string; utm: string }[];
  readonly centres: readonly { text: string; lat: number; lon: number }[];
  readonly times: readonly ({ text: string; zone: string | null; code?: string } & Record<string, unknown>)[];
  readonly heights: readonly ({ text: string; code?: string } & Record<string, unknown>)[];
  readonly bands: readonly { lower: string; upper: string; unsaid: "AMSL"; band: unknown; opened: unknown }[];
}

const vectors = JSON.parse(readFileSync("vectors/notation.json", "utf8")) as Vectors;

const find: FindPlaces = (name) =>
  vectors.places
    .filter((place) => place.name.toLowerCase() === name.toLowerCase() || place.code === name)
    .map(({ name: known, lat, lon, radius_m }) => ({ name: known, at: { lat, lon }, radius_m }));

function coded(code: string | undefined, text: string, read: () => unknown): unknown {
  if (code === undefined) return read();
  assert.throws(read, (error) => isParleyError(error, code), `${text}: ${code}`);
  return null;
}

test("every coordinate of the vectors is read, or refused by its code", () => {
  for (const { text, code, lat, lon, ...rest } of vectors.coordinates) {
    const read = coded(code, text, () => parseCoordinate(text, find));
    if (code === undefined) assert.deepEqual(read, { position: { lat, lon }, ...rest }, text);
  }
});

test("the grid agrees with GeoConvert: Norway, Svalbard, the caps, the antimeridian", () => {
  for (const { lat, lon, mgrs, utm } of vectors.grid) {
    const square = formatCoordinate({ lat, lon }, "mgrs").replaceAll(" ", "");
    assert.equal(square, mgrs.replace(/^0/, ""), mgrs);
    const [zone = "", x, y] = utm.split(" ");
    const hemisphere = zone.endsWith("n") ? "north" : "south";
    const text = zone.length === 1 ? `UPS ${hemisphere} ${x} ${y}` : `${zone.slice(0, -1)} ${hemisphere} ${x} ${y}`;
    assert.ok(pointDistanceM(parseCoordinate(text).position, { lat, lon }) < 1, text);
  }
  for (const { text, lat, lon } of vectors.centres) {
    assert.ok(pointDistanceM(parseCoordinate(text).position, { lat, lon }) < 0.02, text);
  }
});

test("times and heights of the vectors are read, or refused by their code", () => {
  for (const { text, zone, code, ...rest } of vectors.times) {
    const read = coded(code, text, () => parseSpan(text, { now: vectors.now, zone }));
    if (code === undefined) assert.deepEqual(read, rest, text);
  }
  for (const { text, code, ...rest } of vectors.heights) {
    const read = coded(code, text, () => parseHeight(text));
    if (code === undefined) assert.deepEqual(read, rest, text);
  }
  for (const { lower, upper, unsaid, band, opened } of vectors.bands) {
    assert.deepEqual(bandOf(parseHeight(lower), parseHeight(upper), unsaid), { band, opened }, `${lower} ${upper}`);
  }
});

test("without now a group without its year is refused; serial days are days on the wall, and 1900 had no 29 February", () => {
  assert.throws(
    () => parseSpan("231530Z", { now: null, zone: null }),
    (error) => isParleyError(error, "time-malformed"),
  );
  assert.equal(serialText(41_822, false), "2014-07-02");
  assert.equal(serialText(41_822.270833333, false), "2014-07-02 06:30:00");
  assert.equal(serialText(40_360, true), "2014-07-02");
  assert.equal(serialText(60, false), null);
  assert.equal(serialText(Number.NaN, false), null);
});

const nano = (limit: number) => fc.integer({ min: -limit * 1e9, max: limit * 1e9 }).map((value) => value / 1e9);
const anywhere = fc.record({ lat: nano(90), lon: nano(180) });

test("what is shown is read back, in every notation, to its precision", () => {
  fc.assert(
    fc.property(anywhere, fc.constantFrom(...NOTATIONS), (position, notation) => {
      const { position: back, precision_m } = parseCoordinate(formatCoordinate(position, notation));
      assert.ok(pointDistanceM(back, position) <= precision_m * 1.5 + 1e-3, formatCoordinate(position, notation));
    }),
    { numRuns: 2000 },
  );
});

test("any text gives a place on earth, or a declared error", () => {
  const piece = fc.constantFrom(
    "36",
    "N",
    "°",
    "'",
    "38S",
    "LF",
    " ",
    ",",
    ".",
    "km",
    "NW of",
    "Mosul",
    "Z",
    "AH",
    "٣",
    "FL",
    "ش",
    "2014",
    "-",
    "Jul",
    "AH",
  );
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(piece, { maxLength: 14 }).map((parts) => parts.join("")),
  );
  const readers: readonly ((text: string) => unknown)[] = [
    (it) => {
      const { position, precision_m } = parseCoordinate(it, find);
      assert.ok(Math.abs(position.lat) <= 90 && Math.abs(position.lon) <= 180 && precision_m >= 0, it);
    },
    (it) => parseAngle(it, "latitude"),
    (it) => {
      const { start, end } = parseSpan(it, { now: vectors.now, zone: null });
      assert.ok(Number.isSafeInteger(start) && end >= start, it);
    },
    parseHeight,
  ];
  fc.assert(
    fc.property(text, fc.constantFrom(...readers), (it, read) => {
      try {
        read(it);
      } catch (error) {
        if (!(error instanceof ParleyError)) throw error;
        assert.ok(Object.hasOwn(GEO_ERRORS, error.code), error.code);
      }
    }),
    { numRuns: 5000 },
  );
});
