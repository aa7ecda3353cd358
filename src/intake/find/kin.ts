/**
 * Rows of one district that share a rare word of their names: "Al-Noor school" and "Hay Al-Noor" lie in one quarter. One
 * that lies far from its kin, while one slip of a digit leads to them, was probably written wrong.
 */
import { type Finding, finding } from "../codes.ts";
import { fold } from "../gazetteer/names.ts";
import { NearIndex } from "./near.ts";
import { calledOf, type ListedPlace } from "./place.ts";
import { likelySlip, slipsOf, suggested } from "./slips.ts";

/** Words of so many letters, in no more rows of a list: others are "village", "camp" and "north". */
const WORD = { letters: 4, rows: 12 } as const;
/** Kin lie apart by `far_m` or more, a slip comes within `home_m` of one, and nothing of the district is within `own_m`. */
const KIN = { far_m: 8000, home_m: 2000, own_m: 2500 } as const;

/** Findings by row, but for rows that are to be skipped. */
export function farFromKin(places: readonly ListedPlace[], skip: (row: number) => boolean): Map<number, Finding> {
  const rows = Map.groupBy(
    places.flatMap((place) => wordsOf(place).map((word) => ({ word, place }))),
    ({ word }) => word,
  );
  const districts = new Map<string, NearIndex>();
  for (const [key, group] of Map.groupBy(places, districtKey)) {
    districts.set(key, new NearIndex(group.map(({ at }) => at)));
  }
  const found = new Map<number, Finding>();
  for (const place of places) {
    // The nearest of all is the place itself.
    const next = districts.get(districtKey(place))?.nearest(place.at, 2)[1];
    if (skip(place.row) || (next?.metres ?? Infinity) < KIN.own_m) continue;
    const kin = new Set<ListedPlace>();
    for (const word of wordsOf(place)) {
      const group = rows.get(word) ?? [];
      if (group.length > WORD.rows) continue;
      for (const { place: other } of group) if (other !== place && isOneDistrict(place, other)) kin.add(other);
    }
    const what = kin.size === 0 ? null : farFrom(place, [...kin]);
    if (what !== null) found.set(place.row, what);
  }
  return found;
}

function wordsOf({ names }: ListedPlace): string[] {
  const words = names.flatMap(({ text }) => fold(text).split(" "));
  return [...new Set(words)].filter((word) => word.length >= WORD.letters);
}

function isOneDistrict(a: ListedPlace, b: ListedPlace): boolean {
  return a.district !== "" && districtKey(a) === districtKey(b);
}

function districtKey({ governorate, district }: ListedPlace): string {
  return JSON.stringify([governorate, district]);
}

function farFrom(place: ListedPlace, kin: readonly ListedPlace[]): Finding | null {
  const index = new NearIndex(kin.map(({ at }) => at));
  const [nearest] = index.nearest(place.at, 1);
  if (nearest === undefined || nearest.metres < KIN.far_m) return null;
  const away = (at: ListedPlace["at"]) => index.nearest(at, 1)[0]?.metres ?? Infinity;
  if (!slipsOf(place.at).some((slip) => slip.single && away(slip.at) <= KIN.home_m)) return null;
  const other = kin[nearest.index] as ListedPlace;
  const given = {
    place: calledOf(place),
    away: { metres: nearest.metres },
    other: calledOf(other),
    row: other.row,
    district: place.district,
  };
  const slip = likelySlip(place.at, (at) => (away(at) > KIN.home_m ? 0 : Math.exp(-away(at) / KIN.home_m)));
  return finding("far-from-name", "position", given, slip === null ? {} : suggested(slip));
}
