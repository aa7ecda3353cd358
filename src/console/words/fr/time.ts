import type { Translated } from "../types.ts";

export const time: Translated<"time"> = {
  seconds: "{$n :integer} s",
  minutes: "{$n :integer} min",
  hours: "{$h :integer} h {$m :integer} min",
  days: "{$d :integer} j {$h :integer} h",
  "at-all-times": "En tout temps.",
  until: "Jusqu’à {$end}.",
  from: "Dès {$start}.",
  "from-to": "De {$start} à {$end}.",
  overdue: "en retard de {$for}",
  "due-in": "échéance dans {$for}",
};
