/**
 * Separations to begin with, each with its reason (docs/deconfliction.md). A charter and a node's own settings change
 * them; nobody should run with them unread.
 */
import type { Grave, PairRule, SeparationRules } from "./rules.ts";

const ANY_HEIGHT_M = 1_000_000;
const MINUTE_S = 60;
const NAUTICAL_MILE_M = 1852;
const THOUSAND_FEET_M = 304.8;

function rule(
  plan: string,
  against: string,
  [lateral_m, vertical_m, time_s]: readonly [number, number, number],
  grave: Grave | null,
  reason: string,
): PairRule {
  return { plan, against, lateral_m, vertical_m, time_s, grave, reason };
}

const FIRED =
  "Fragments of the largest shells and bombs in use fly about 1 km, and what misses lands farther out: twice that.";
const SLIPS = "Firing slips by half an hour as often as not.";
const FALLS = "What is fired comes down, so no height keeps them apart.";

const fired = ["firing", "strike"].flatMap((plan) => [
  rule(plan, "site:*", [2000, ANY_HEIGHT_M, 60 * MINUTE_S], null, `${FIRED} ${FALLS}`),
  ...["hospital", "clinic", "displacement-site", "school"].map((site) =>
    rule(
      plan,
      `site:${site}`,
      [2000, ANY_HEIGHT_M, 60 * MINUTE_S],
      "critical",
      `${FIRED} ${FALLS} Those inside cannot leave in time, so any breach is critical.`,
    ),
  ),
  rule(
    plan,
    "site:dangerous-works",
    [5000, ANY_HEIGHT_M, 60 * MINUTE_S],
    "critical",
    "A dam or plant that is hit harms all who live below or downwind of it, so errors that are harmless elsewhere count.",
  ),
  rule(
    plan,
    "movement:*",
    [2000, ANY_HEIGHT_M, 30 * MINUTE_S],
    "critical",
    `${FIRED} Those on the road have no cover. ${SLIPS}`,
  ),
  rule(plan, "presence:*", [2000, ANY_HEIGHT_M, 30 * MINUTE_S], null, `${FIRED} ${SLIPS}`),
  rule(plan, "activity:*", [2000, ANY_HEIGHT_M, 30 * MINUTE_S], null, `${FIRED} ${FALLS} ${SLIPS}`),
  rule(plan, "holding:*", [2000, ANY_HEIGHT_M, 30 * MINUTE_S], "critical", `${FIRED} One's own are no safer from it.`),
]);

const flown = [
  rule(
    "flight",
    "activity:flight",
    [5 * NAUTICAL_MILE_M, THOUSAND_FEET_M, 5 * MINUTE_S],
    null,
    "Five nautical miles or a thousand feet, as ICAO Doc 4444 asks under radar; nobody here sees both on one screen.",
  ),
  ...["flight", "unmanned-flight"].map((plan) =>
    rule(
      plan,
      "site:*",
      [600, 150, 0],
      "low",
      "600 m around and 150 m (500 ft) above are what ICAO Annex 2 asks over people; a site is not hit by being passed.",
    ),
  ),
  ...["flight", "unmanned-flight"].map((plan) =>
    rule(
      plan,
      "activity:firing",
      [2000, ANY_HEIGHT_M, 30 * MINUTE_S],
      "critical",
      `A trajectory is not a level. ${SLIPS}`,
    ),
  ),
  rule(
    "air-delivery",
    "site:*",
    [1000, ANY_HEIGHT_M, 30 * MINUTE_S],
    null,
    "Loads drift by some hundred metres under their parachutes, and crowds run to meet them.",
  ),
];

const onGround = [
  rule(
    "demolition",
    "*",
    [1000, ANY_HEIGHT_M, 30 * MINUTE_S],
    null,
    "The cordon that engineers keep round a charge that is not covered is about 1 km.",
  ),
  rule(
    "*",
    "movement:*",
    [1000, 150, 30 * MINUTE_S],
    null,
    "A convoy turns off the road, halts and runs late beyond what it told.",
  ),
  rule("*", "site:*", [500, 150, 0], null, "Positions of sites are often those of a gate or a district's middle."),
  rule(
    "*",
    "presence:*",
    [500, 150, 60 * MINUTE_S],
    null,
    "Where somebody is was told coarsely and for a while; those there move about.",
  ),
  rule(
    "naval",
    "activity:naval",
    [NAUTICAL_MILE_M, 150, 15 * MINUTE_S],
    null,
    "A nautical mile is the passing distance that ships keep in open water.",
  ),
];

/** The separations that hold where nothing else was agreed. */
export const DEFAULT_RULES: SeparationRules = {
  default: {
    lateral_m: 500,
    vertical_m: 150,
    time_s: 10 * MINUTE_S,
    grave: null,
    reason:
      "Places are read off maps to about a hundred metres on each side, and clocks and people are some minutes off: " +
      "half a kilometre and ten minutes leave room for both sides' errors together.",
  },
  pairs: [...fired, ...flown, ...onGround],
};
