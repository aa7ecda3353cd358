import type { Translated } from "../types.ts";

export const time: Translated<"time"> = {
  seconds: "{$n :integer} с",
  minutes: "{$n :integer} мин",
  hours: "{$h :integer} ч {$m :integer} мин",
  days: "{$d :integer} сут {$h :integer} ч",
  "at-all-times": "В любое время.",
  until: "До {$end}.",
  from: "С {$start}.",
  "from-to": "С {$start} до {$end}.",
  overdue: "просрочено на {$for}",
  "due-in": "срок через {$for}",
};
