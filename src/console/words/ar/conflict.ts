import type { Translated } from "../types.ts";

export const conflict: Translated<"conflict"> = {
  low: "منخفض",
  high: "مرتفع",
  critical: "حرج",
  against: "مقابل",
  undecided: "تعذّر البتّ فيه، لذا يُعَدّ تعارضًا.",
  overlaps: "يتداخل الاثنان مكانًا.",
  within: "يقتربان أحدهما من الآخر حتى {$distance}.",
  "height-gap": "يفصل بينهما في الارتفاع {$distance}.",
  asked: "القريب جدًا ما لا يبعد أكثر من {$lateral} مكانًا و{$vertical} ارتفاعًا و{$time} زمنًا، الثلاثة معًا.",
  "any-height": "أي ارتفاع",
  "rule-pair": "القاعدة لـ{$plan} إزاء {$against}.",
  "rule-default": "القاعدة الافتراضية.",
  anything: "أي شيء",
  "undecided-height-datum": "الارتفاعان منسوبان إلى مرجعين مختلفين.",
  "undecided-footprint-invalid": "موضع مرسوم خطأ.",
};
