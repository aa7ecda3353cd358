/** Places for labels and for the search: loaded from the node by area or by first letters, each file once. */
import { placesFolder } from "virtual:places";
import type { GeoBox, Position } from "../../geo/index.ts";
import { wordsOf } from "../../message/index.ts";
import { TOWNS } from "./gazetteer.ts";
import { AREA_DEG, areaOf, lettersOf, type PlaceRow } from "./places.build.ts";

export interface KnownPlace extends Position {
  readonly name: string;
  /** ISO 3166-1 alpha-2; empty where it is not said. */
  readonly country: string;
  readonly people: number;
}

/** So many files of one view at most: beyond, only the cities of the world are labelled. */
const MOST_AREAS = 12;
const MOST_FOUND = 8;

const files = new Map<string, Promise<readonly unknown[]>>();

function load<Row>(name: string): Promise<readonly Row[]> {
  let file = files.get(name);
  if (file === undefined) {
    file = fetch(new URL(`${placesFolder}/${name}.json`, document.baseURI)).then(async (reply) => {
      if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
      return (await reply.json()) as readonly unknown[];
    });
    // What did not come is asked for again.
    file.catch(() => files.delete(name));
    files.set(name, file);
  }
  return file as Promise<readonly Row[]>;
}

const toPlace = ([name, country, lat, lon, people]: PlaceRow): KnownPlace => ({ name, country, lat, lon, people });

/** The places that a view may label: those of its areas, or where it is wide the cities of the world. */
export async function placesIn(view: GeoBox): Promise<readonly KnownPlace[]> {
  const wanted = areasOf(view);
  if (wanted.length === 0 || wanted.length > MOST_AREAS) return (await load<PlaceRow>("world")).map(toPlace);
  const known = new Set(await load<string>("areas"));
  const rows = await Promise.all(
    wanted.filter((area) => known.has(area)).map((area) => load<PlaceRow>(`area/${area}`)),
  );
  return rows.flat().map(toPlace);
}

function areasOf({ west, south, east, north }: GeoBox): string[] {
  const areas = new Set<string>();
  const across = west <= east ? east - west : east - west + 360;
  if (across > AREA_DEG * MOST_AREAS) return [];
  for (let lat = south; lat < north + AREA_DEG; lat += AREA_DEG) {
    for (let lon = 0; lon < across + AREA_DEG; lon += AREA_DEG) {
      const at = ((((west + Math.min(lon, across) + 180) % 360) + 360) % 360) - 180;
      areas.add(areaOf(Math.min(lat, north), at));
    }
  }
  return [...areas];
}

/** Places whose names begin so, in any of the languages that the gazetteer knows; the largest first. */
export async function findPlaces(text: string): Promise<readonly KnownPlace[]> {
  const words = wordsOf(text);
  const [first = ""] = words;
  if (first.length < 2) return [];
  const begins = (name: string) => wordsOf(name).join(" ").startsWith(words.join(" "));
  const ours = TOWNS.filter(({ name, names }) => [name, ...Object.values(names)].some(begins)).map(
    ({ name, lat, lon }): KnownPlace => ({ name, country: "IQ", lat, lon, people: 0 }),
  );
  const rows = await load<PlaceRow>(`name/${lettersOf(first)}`).catch((): readonly PlaceRow[] => []);
  const others = rows.filter(([name]) => begins(name)).map(toPlace);
  return [...ours, ...others.filter(({ name }) => !ours.some((one) => one.name === name))].slice(0, MOST_FOUND);
}
