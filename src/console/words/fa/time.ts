import type { Translated } from "../types.ts";

export const time: Translated<"time"> = {
  seconds: "{$n :integer} ث",
  minutes: "{$n :integer} دقیقه",
  hours: "{$h :integer} ساعت و {$m :integer} دقیقه",
  days: "{$d :integer} روز و {$h :integer} ساعت",
  "at-all-times": "در همهٔ زمان‌ها.",
  until: "تا {$end}.",
  from: "از {$start}.",
  "from-to": "از {$start} تا {$end}.",
  overdue: "{$for} از موعد گذشته",
  "due-in": "موعد تا {$for} دیگر",
};
