/** The drafts, and what can be written. */
export const drafts = {
  title: "Drafts",
  empty: "No drafts here.",
  signed: "Waiting for the second officer",
  unsigned: "Not yet signed",
  refused: "Refused",
  released: "Released",
  write: "Write",
  "new-movement": "New movement",
  "new-site": "New site",
  "new-activity": "New activity",
  "new-query": "New query",
  "new-text": "New text",
  "new-alert": "Alert…",
} as const;
