/** What stands on many pages. */
export const common = {
  loading: "Loading…",
  working: "Working…",
  back: "Back",
  cancel: "Cancel",
  see: "See",
  open: "Open",
  answer: "Answer",
  read: "Read",
  "read-back": "Read back",
  release: "Release",
  "by-one": "drafted by {$officer}, {$at}",
  metres: "{$n :integer} m",
  kilometres: "{$n :number maximumFractionDigits=1} km",
  private: "PRIVATE",
  "private-never-leaves": "PRIVATE · never leaves this node",
  "too-close": "Too close to what is ours",
  "too-close-count": "too close to ours: {$count :integer}",
  none: "None.",
  "not-shown":
    ".input {$count :integer} .match $count one {{one more is not shown here}} * {{{$count} more are not shown here}}",
  exercise: "EXERCISE",
} as const;
