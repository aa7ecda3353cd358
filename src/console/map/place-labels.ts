/** Which places of the gazetteer are labelled, by how many live there and by the zoom. */
import type { FeatureCollection } from "geojson";
import { pointOf } from "./context.ts";
import { TOWNS } from "./gazetteer.ts";
import type { KnownPlace } from "./places.ts";

function isOurs({ lat, lon }: KnownPlace): boolean {
  return TOWNS.some((town) => Math.abs(town.lat - lat) < 0.06 && Math.abs(town.lon - lon) < 0.07);
}

/** By how many live there, the largest first. */
export type Rank = 1 | 2 | 3 | 4;
/** From which zoom on places of a rank are labelled. */
export const PLACE_ZOOMS: Readonly<Record<Rank, number>> = { 1: 4.5, 2: 6.8, 3: 8.3, 4: 9.3 };
/** So much nearer one may come before the next are fed. */
const AHEAD = 1;

const rankOf = ({ people }: KnownPlace): Rank =>
  people >= 300_000 ? 1 : people >= 50_000 ? 2 : people >= 15_000 ? 3 : 4;

/** Places of the gazetteer that our own towns do not name already, as far as they are labelled about this zoom. */
export function placeFeatures(places: readonly KnownPlace[], zoom: number): FeatureCollection {
  const features = places
    .filter((place) => PLACE_ZOOMS[rankOf(place)] <= zoom + AHEAD && !isOurs(place))
    .map((place) => {
      const { name, people, lat, lon } = place;
      return pointOf("town", [lon, lat], { name, rank: rankOf(place), order: -people });
    });
  return { type: "FeatureCollection", features };
}
