/** What is printed or saved as a file. */
export const paper = {
  print: "Print",
  printed: "Printed by {$officer} of {$party}, {$at}",
  "check-words": "Check words:",
} as const;
