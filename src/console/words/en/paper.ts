/** What is printed or saved as a file. */
export const paper = {
  print: "Print",
  printed: "Printed by {$officer} of {$party}, {$at}",
  "check-words": "Check words:",
  told: "What is in force, as a file",
  "told-aside": "for spreadsheets, maps and devices; nothing private is in it",
  "told-in-view": "What was told in this view and passes the filter",
  format: "Format",
  save: "Save",
  written: "Messages in it: {$count :integer}.",
  "without-place": "Without a place, or over: {$count :integer}.",
  left: "What this format cannot hold: {$count :integer}",
} as const;
