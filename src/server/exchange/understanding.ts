/** What each party's node understands: it said so in its log, and nobody is sent what he refuses. */
import { type Feature, FEATURES, featuresIn } from "../../line/index.ts";
import type { LineStore } from "../../store/index.ts";
import type { PartyId } from "../../wire/id.ts";

/** Whether `party`'s node has said that it understands this. Until it says so it is taken for the oldest. */
export function understands(store: Pick<LineStore, "understood">, party: PartyId, feature: Feature): boolean {
  return featuresIn(store.understood(party) ?? []).includes(feature);
}

/** This node has said what it understands now; false where it was brought to another version since. */
export function hasSaidAll(store: Pick<LineStore, "understood">, self: PartyId): boolean {
  const said = store.understood(self);
  return said !== null && said.length === FEATURES.length && FEATURES.every((feature) => said.includes(feature));
}
