/** Times and how long they are. */
export const time = {
  seconds: "{$n :integer} s",
  minutes: "{$n :integer} min",
  hours: "{$h :integer} h {$m :integer} min",
  days: "{$d :integer} d {$h :integer} h",
  "at-all-times": "At all times.",
  until: "Until {$end}.",
  from: "From {$start}.",
  "from-to": "{$start} to {$end}.",
  overdue: "overdue by {$for}",
  "due-in": "due in {$for}",
} as const;
