/** The one control for time: how much is shown, and as of when. */
export const moment = {
  label: "Time",
  span: "Time shown",
  "span-6h": "6 hours",
  "span-24h": "24 hours",
  "span-7d": "7 days",
  "span-30d": "30 days",
  "span-180d": "6 months",
  at: "At this time",
  "as-of-hint": "A time such as 2026-11-23 15:30Z, or a date-time group such as 231530ZNOV26",
  "at-hint":
    "Such as 2026-11-23 15:30Z or the date-time group 231530ZNOV26. A past time shows what was known then, a time to come what is planned.",
  planned: "You look ahead to {$at}: the map and the time line show what is planned for then, as it is known now.",
  show: "Show",
  now: "Now",
  earlier: "Earlier",
  later: "Later",
  past: "You look at the past, as this node knew it at {$at}. Nothing here is as it is now.",
  "holds-at": "Holding at this time",
  holding: "Of what was known then, the map shows what holds at {$at}.",
  whenever: "Whenever",
  "local-time": "{$at} local",
} as const;
