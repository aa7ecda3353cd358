/** Checks that need the whole list: repeated numbers, repeated positions, and the rest of the district. */
import type { Position } from "../geo/index.ts";
import { type Finding, finding } from "./codes.ts";
import { farFromDistrict, type ListedPlace } from "./neighbours.ts";

/** Findings by row number. */
export function checkList(places: readonly ListedPlace[]): Map<number, Finding[]> {
  const found = new Map<number, Finding[]>();
  const add = (row: number, what: Finding): void => {
    found.set(row, [...(found.get(row) ?? []), what]);
  };
  for (const [row, what] of farFromDistrict(places)) add(row, what);
  for (const [place, first] of repeats(places, (each) => each.sourceId)) {
    const message = `The number ${place.sourceId} is also row ${first.row}'s. Check whether one of them is superfluous.`;
    add(place.row, finding("id-repeated", "source_id", message));
  }
  for (const [place, first] of repeats(places, ({ at }) => positionKey(at))) {
    add(place.row, finding("position-repeated", "position", `The position is exactly that of row ${first.row}.`));
  }
  return found;
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

function positionKey({ lat, lon }: Position): string {
  return `${lat} ${lon}`;
}
