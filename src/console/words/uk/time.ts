import type { Translated } from "../types.ts";

export const time: Translated<"time"> = {
  seconds: "{$n :integer} с",
  minutes: "{$n :integer} хв",
  hours: "{$h :integer} год {$m :integer} хв",
  days: "{$d :integer} д {$h :integer} год",
  "at-all-times": "У будь-який час.",
  until: "До {$end}.",
  from: "Від {$start}.",
  "from-to": "Від {$start} до {$end}.",
  overdue: "прострочено на {$for}",
  "due-in": "строк за {$for}",
};
