/** The same number, position or place twice in one list. */
import { type Finding, finding } from "../codes.ts";
import type { IntakeRecord } from "../record.ts";
import { NearIndex } from "./near.ts";
import { fold } from "../gazetteer/names.ts";
import { calledOf, type ListedPlace, placesOf } from "./place.ts";

/** Two rows of one name and district this near to each other are probably one site. */
const SAME_M = 250;

/** Findings by row; the later of two rows carries them. */
export function repeated(records: readonly IntakeRecord[]): Map<number, Finding[]> {
  const places = placesOf(records);
  const found = new Map<number, Finding[]>();
  const add = (row: number, what: Finding): void => {
    found.set(row, [...(found.get(row) ?? []), what]);
  };
  for (const [place, first] of repeats(places, (each) => each.sourceId)) {
    add(place.row, finding("id-repeated", "source_id", { id: place.sourceId ?? "", row: first.row }));
  }
  for (const [place, first] of repeats(places, ({ at }) => `${at.lat} ${at.lon}`))
    add(place.row, atOnePosition(place, first));
  for (const [place, other, metres] of sameNames(places)) {
    const given = { row: other.row, name: calledOf(other), away: { metres } };
    add(place.row, finding("site-repeated", "names", given));
  }
  return found;
}

function atOnePosition(place: ListedPlace, first: ListedPlace): Finding {
  const { row } = first;
  if (sharesName(place, first)) return finding("site-repeated/same", "names", { row });
  const name = calledOf(first);
  return name === ""
    ? finding("position-repeated", "position", { row })
    : finding("position-repeated/named", "position", { row, name });
}

/** Every place after the first that shares its key, with that first one. */
function* repeats(
  places: readonly ListedPlace[],
  keyOf: (place: ListedPlace) => string | null,
): Generator<readonly [ListedPlace, ListedPlace]> {
  const first = new Map<string, ListedPlace>();
  for (const place of places) {
    const key = keyOf(place);
    if (key === null) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, place);
    else yield [place, before];
  }
}

/** Every place with an earlier one of its name close by, at another position. */
function* sameNames(places: readonly ListedPlace[]): Generator<readonly [ListedPlace, ListedPlace, number]> {
  const index = new NearIndex(places.map(({ at }) => at));
  for (const [i, place] of places.entries()) {
    if (place.names.length === 0) continue;
    const near = index
      .within(place.at, SAME_M)
      .find(({ index: j, metres }) => j < i && metres > 0 && sharesName(place, places[j] as ListedPlace));
    if (near !== undefined) yield [place, places[near.index] as ListedPlace, near.metres];
  }
}

function sharesName(a: ListedPlace, b: ListedPlace): boolean {
  const names = new Set(a.names.map(({ text }) => fold(text)));
  return b.names.some(({ text }) => names.has(fold(text)));
}
