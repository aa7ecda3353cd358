import type { Translated } from "../types.ts";

export const missing: Translated<"missing"> = {
  subject: "موضوع نیامده است.",
  centre: "مرکز نیامده است.",
  radius: "شعاع نیامده است.",
  position: "موقعیت نیامده است.",
  "ends-before-start": "پیش از آنکه آغاز شود پایان می‌یابد.",
  "upper-below-lower": "ارتفاع بالا کمتر از ارتفاع پایین است.",
  "waypoint-position": "موقعیت نقطهٔ مسیر {$number :integer} نیامده است.",
  "people-in-all": "شمار کل افراد نیامده است.",
  tolerance: "اندازهٔ پیش‌افتادن یا پس‌افتادن نیامده است.",
  width: "پهنای دالان نیامده است.",
  vehicles: "شمار خودروها نیامده است.",
  precision: "میزان دقت نیامده است.",
  question: "پرسش نیامده است.",
  "answer-by": "موعد پاسخ نیامده است.",
  words: "متن نیامده است.",
  "number-and-name": "شماره و نام آن نیامده است.",
  "number-range": "عددی از {$min :number} تا {$max :number} بدهید.",
  field: "چیزی کم است: {$field}.",
  point: "مختصات سطر {$number :integer} نیامده است.",
  points: "دست‌کم {$least :integer} مختصات لازم است، هر سطر یکی؛ {$found :integer} هست.",
};
