import type { Translated } from "../types.ts";

export const missing: Translated<"missing"> = {
  subject: "الموضوع ناقص.",
  centre: "المركز ناقص.",
  radius: "نصف القطر ناقص.",
  position: "الموضع ناقص.",
  "ends-before-start": "ينتهي قبل أن يبدأ.",
  "upper-below-lower": "الارتفاع الأعلى دون الأدنى.",
  "waypoint-position": "موضع نقطة الطريق {$number :integer} ناقص.",
  "people-in-all": "العدد الإجمالي للأشخاص ناقص.",
  tolerance: "مقدار التقدّم أو التأخّر المحتمل ناقص.",
  width: "عرض الممر ناقص.",
  vehicles: "عدد المركبات ناقص.",
  precision: "درجة الدقة ناقصة.",
  question: "السؤال ناقص.",
  "answer-by": "موعد الرد المطلوب ناقص.",
  words: "الكلمات ناقصة.",
  "number-and-name": "رقمها واسمها ناقصان.",
  "number-range": "أدخل عددًا من {$min :number} إلى {$max :number}.",
  field: "شيء ناقص: {$field}.",
  point: "الإحداثي في السطر {$number :integer} ناقص.",
  points: "يلزم {$least :integer} إحداثيات على الأقل، واحد في كل سطر؛ والموجود {$found :integer}.",
};
