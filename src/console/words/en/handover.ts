/** Handing over the watch. */
export const handover = {
  title: "Handing over",
  give: "Hand over the watch",
  "give-title": "Hand over the watch",
  "give-about":
    "The node says what is open. Add what it cannot know, and sign: another person reads it and signs that the watch is his.",
  words: "Your words",
  compose: "See what is handed over",
  sign: "Sign and hand over",
  "waits-for": "Handed over by {$officer} at {$at}. Nobody has taken it yet.",
  take: "Read it and take the watch",
  "take-title": "Take the watch",
  "take-sign": "Sign: the watch is mine",
  "taken-by": "The watch of {$from} was taken by {$by} at {$at}.",
  "as-of": "As of {$at}, by {$officer}",
  "no-alert": "No alert is open.",
  waiting: "Waiting",
  "nothing-waits": "Nothing waits.",
  more: "More that waits: {$count :integer}",
  counts: "Drafts {$drafts :integer}, conflicts {$conflicts :integer}, unopened {$unopened :integer}",
  "no-words": "No words were added.",
  "stays-here": "It stays on this node: own side only.",
} as const;
