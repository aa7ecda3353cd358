import type { Translated } from "../types.ts";

export const time: Translated<"time"> = {
  seconds: "{$n :integer} ث",
  minutes: "{$n :integer} د",
  hours: "{$h :integer} س {$m :integer} د",
  days: "{$d :integer} ي {$h :integer} س",
  "at-all-times": "في كل الأوقات.",
  until: "حتى {$end}.",
  from: "من {$start}.",
  "from-to": "من {$start} إلى {$end}.",
  overdue: "متأخر {$for}",
  "due-in": "يُستحق خلال {$for}",
};
