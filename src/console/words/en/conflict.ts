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
  asked: "Too near is what is at most {$lateral} apart in place, {$vertical} in height and {$time} in time, all three.",
  "any-height": "any height",
  "rule-pair": "The rule for {$plan} against {$against}.",
  "rule-default": "The default rule.",
  anything: "anything",
  "undecided-height-datum": "The two heights are above different things.",
  "undecided-footprint-invalid": "A footprint is drawn wrongly.",
} as const;
