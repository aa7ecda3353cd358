import type { Translated } from "../types.ts";

export const time: Translated<"time"> = {
  seconds: "{$n :integer} چ",
  minutes: "{$n :integer} خولەک",
  hours: "{$h :integer} کاتژمێر و {$m :integer} خولەک",
  days: "{$d :integer} ڕۆژ و {$h :integer} کاتژمێر",
  "at-all-times": "لە هەموو کاتێکدا.",
  until: "تا {$end}.",
  from: "لە {$start}.",
  "from-to": "لە {$start} تا {$end}.",
  overdue: "{$for} دواکەوتووە",
  "due-in": "وادە دوای {$for}",
};
