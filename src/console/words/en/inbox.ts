/** What needs somebody now. */
export const inbox = {
  title: "Inbox",
  "nothing-waits": "nothing waits",
  waits:
    ".input {$count :integer} .match $count one {{{$count} waits, the next due first}} * {{{$count} wait, the next due first}}",
  empty: "Nothing waits for an officer here.",
  waiting: "Waiting",
  told: "Told and heard",
  "more-of-list":
    ".input {$count :integer} .match $count one {{and one more of its list}} * {{and {$count} more of its list}}",
  "waiting-for-release": "Waiting for release",
  "to-release": "To release",
  review: "Review",
  "to-confirm": "{$count :integer} to confirm",
  messages: ".input {$count :integer} .match $count one {{one message}} * {{{$count} messages}}",
} as const;
