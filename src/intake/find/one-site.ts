/** One site that somebody drafts, wherever he does: beside what is known of places, and the letters of its names. */
import type { Footprint } from "../../geo/index.ts";
import type { Finding } from "../codes.ts";
import type { Name } from "../draft.ts";
import type { Gazetteer } from "../gazetteer/gazetteer.ts";
import { middleOf } from "../geometry.ts";
import { besideGazetteer } from "./known-places.ts";
import { disguisedNames } from "./names.ts";

export interface DraftedSite {
  readonly footprint: Footprint;
  readonly names: readonly Name[];
  readonly place: Readonly<Record<"country" | "governorate" | "district" | "locality", string | null>> | null;
  readonly source_id: string | null;
}

export function findInSite({ footprint, names, place, source_id }: DraftedSite, gazetteer: Gazetteer): Finding[] {
  const listed = {
    row: 1,
    at: middleOf(footprint),
    country: place?.country ?? "",
    governorate: place?.governorate ?? "",
    district: place?.district ?? "",
    locality: place?.locality ?? "",
    names,
    sourceId: source_id,
  };
  const { found } = besideGazetteer([listed], gazetteer, { kind: "site", country: null });
  return [...(found.get(1) ?? []), ...disguisedNames(names)];
}
