/** What comes too close to what. */
export const conflict = {
  low: "Low",
  high: "High",
  critical: "Critical",
  against: "against",
  undecided: "Could not be decided, so it counts as a conflict.",
  overlaps: "The two overlap in place.",
  within: "They come within {$distance} of each other.",
  "height-gap": "In height they are {$distance} apart.",
} as const;
