/** The one control for time: how much is shown, and as of when. */
export const moment = {
  label: "Time",
  span: "Time shown",
  "span-6h": "6 hours",
  "span-24h": "24 hours",
  "span-7d": "7 days",
  "span-30d": "30 days",
  "span-180d": "6 months",
  "as-of": "As known at",
  "as-of-hint": "A time such as 2026-11-23 15:30Z, or a date-time group such as 231530ZNOV26",
  show: "Show",
  now: "Now",
  earlier: "Earlier",
  later: "Later",
  past: "You look at the past, as this node knew it at {$at}. Nothing here is as it is now.",
  "local-time": "{$at} local",
} as const;
