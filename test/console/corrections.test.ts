/** How the columns of a brought file are corrected: one at a time, beside what was found. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { corrected } from "../../src/console/list/corrections.ts";
import { importText } from "../../src/intake/index.ts";

const TEXT = "name,lat,lon,lat_real,population\nA,1.5,43.1,36.1,40\n";

function readWith(corrections: Readonly<Record<string, string>>) {
  const { mapping } = importText(TEXT, { as: "site", mapping: corrections });
  return { mapping, held: Object.fromEntries(mapping.columns.map(({ header, field }) => [header, field])) };
}

test("a column takes a field from the column that had it", () => {
  const first = corrected({}, readWith({}).mapping, "lat_real", "latitude");
  assert.deepEqual(first, { latitude: "lat_real" });
  const { held, mapping } = readWith(first);
  assert.deepEqual(held, { name: "names.en", lon: "longitude", lat_real: "latitude", population: "people" });
  assert.deepEqual(corrected(first, mapping, "lat", "latitude"), { latitude: "lat" });
});

test("a column holds one field, and giving it another leaves the first to be found anew", () => {
  const first = { latitude: "lat_real" };
  const second = corrected(first, readWith(first).mapping, "lat_real", "remarks");
  assert.deepEqual(second, { remarks: "lat_real" });
  assert.equal(readWith(second).held["lat"], "latitude");
});

test("a column that was found can be left unread, and read again", () => {
  const unread = corrected({}, readWith({}).mapping, "population", null);
  assert.deepEqual(unread, { people: "" });
  const { mapping, held } = readWith(unread);
  assert.equal(held["population"], undefined);
  assert.deepEqual(corrected(unread, mapping, "population", "people"), { people: "population" });
});

test("leaving a column unread that is not read changes nothing", () => {
  assert.deepEqual(corrected({ people: "" }, readWith({ people: "" }).mapping, "population", null), { people: "" });
});
