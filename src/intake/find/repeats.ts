/** The same number, position or place twice in one list. */
import { type Finding, finding } from "../codes.ts";
import type { IntakeRecord } from "../record.ts";
import { fold } from "../gazetteer/names.ts";
import { calledOf, type ListedPlace, placesOf } from "./place.ts";
import { DEGREE_M, metresApart } from "./sphere.ts";

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

/** Of one name as many positions are kept in one square: a thousand rows in one street need no thousand comparisons. */
const KEPT = 8;

/** Every place with an earlier one of its name close by, at another position. */
function* sameNames(places: readonly ListedPlace[]): Generator<readonly [ListedPlace, ListedPlace, number]> {
  const squares = new Map<string, ListedPlace[]>();
  for (const place of places) {
    const names = new Set(place.names.map(({ text }) => fold(text)));
    const near = [...names].flatMap((name) => squaresRound(place, name).flatMap((key) => squares.get(key) ?? []));
    const measured = near.map((other) => ({ other, metres: metresApart(place.at, other.at) }));
    const found = measured.find(({ metres }) => metres > 0 && metres <= SAME_M);
    if (found !== undefined) yield [place, found.other, found.metres];
    for (const name of names) keep(squares, squaresRound(place, name)[0] as string, place);
  }
}

function keep(squares: Map<string, ListedPlace[]>, key: string, place: ListedPlace): void {
  const kept = squares.get(key) ?? [];
  const isNew = kept.every(({ at }) => at.lat !== place.at.lat || at.lon !== place.at.lon);
  if (kept.length === 0) squares.set(key, [place]);
  else if (isNew && kept.length < KEPT) kept.push(place);
}

/** Its own square of about `SAME_M`, and the eight round it; rows of squares are as wide as they are there. */
function squaresRound({ at }: ListedPlace, name: string): string[] {
  const row = Math.floor((at.lat * DEGREE_M) / SAME_M);
  const columns = (line: number): string[] => {
    const parallel_m = 360 * DEGREE_M * Math.cos((((line + 0.5) * SAME_M) / DEGREE_M) * (Math.PI / 180));
    // So many that they go evenly round: the last lies beside the first.
    const round = Math.max(1, Math.floor(parallel_m / SAME_M));
    const column = Math.floor(((at.lon + 180) / 360) * round);
    return [0, -1, 1].map((step) => `${line} ${(column + step + round) % round} ${name}`);
  };
  return [...columns(row), ...columns(row - 1), ...columns(row + 1)];
}

function sharesName(a: ListedPlace, b: ListedPlace): boolean {
  const names = new Set(a.names.map(({ text }) => fold(text)));
  return b.names.some(({ text }) => names.has(fold(text)));
}
