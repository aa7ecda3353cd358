/** Rows of one list that name the same place: where most of them agree on where it is, another position is doubted. */
import { type Finding, finding } from "../codes.ts";
import type { IntakeRecord } from "../record.ts";
import { fold } from "../gazetteer/names.ts";
import { calledOf, type ListedPlace, placesOf } from "./place.ts";
import { reason } from "../words/sentence.ts";
import { suggested } from "./slips.ts";
import { metresApart } from "./sphere.ts";

/** So many rows, and so large a share of those of the name, must agree within `within_m`. */
const AGREED = { rows: 3, share: 0.6, within_m: 300 } as const;
/** Nearer than this it may be another part of the place. */
const ELSEWHERE_M = 800;

/** Findings by row. */
export function elsewhereThanItsName(records: readonly IntakeRecord[]): Map<number, Finding[]> {
  const found = new Map<number, Finding[]>();
  const named = placesOf(records).filter(({ names }) => names.length > 0);
  for (const group of Map.groupBy(named, nameKey).values()) {
    if (group.length <= AGREED.rows) continue;
    const agreed = mostCommon(group);
    const near = group.filter(({ at }) => metresApart(at, agreed.at) <= AGREED.within_m);
    if (near.length < AGREED.rows || near.length < AGREED.share * group.length) continue;
    for (const place of group) {
      const metres = metresApart(place.at, agreed.at);
      if (metres < ELSEWHERE_M) continue;
      const given = { place: calledOf(place), at: { at: agreed.at }, away: { metres }, rows: near.length };
      const more = suggested({ at: agreed.at, reason: reason("row", { row: near[0]?.row ?? 0 }) });
      found.set(place.row, [finding("far-from-name/rows", "position", given, more)]);
    }
  }
  return found;
}

function nameKey({ names, country, governorate, district }: ListedPlace): string {
  return JSON.stringify([names[0]?.text, country, governorate, district].map((part) => fold(part ?? "")));
}

/** The place whose position most of them have exactly. */
function mostCommon(group: readonly ListedPlace[]): ListedPlace {
  const positions = Map.groupBy(group, ({ at }) => `${at.lat} ${at.lon}`);
  return [...positions.values()].reduce((a, b) => (b.length > a.length ? b : a))[0] as ListedPlace;
}
