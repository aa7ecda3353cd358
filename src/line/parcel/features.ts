/**
 * What a node understands beyond what the first nodes did (spec/parcel.md, "Older nodes"). A parcel with a field that its
 * receiver does not know is refused whole; so each node says once, in its log, what it knows, and nobody is sent more.
 */
export const FEATURES = ["closings", "narrow", "ahead", "declarations", "successions"] as const;
export type Feature = (typeof FEATURES)[number];

/** What counts of a list that a node of any version says: newer ones name what is not known here. */
export function featuresIn(said: readonly string[]): readonly Feature[] {
  return FEATURES.filter((feature) => said.includes(feature));
}
