import type { Translated } from "../types.ts";

export const handover: Translated<"handover"> = {
  title: "التسليم",
  give: "تسليم المناوبة",
  "give-title": "تسليم المناوبة",
  "give-about": "تقول العقدة ما هو مفتوح. أضف ما لا يمكنها معرفته ووقّع: يقرؤه شخص آخر ويوقّع أن المناوبة صارت له.",
  words: "كلماتك",
  compose: "عرض ما يُسلَّم",
  sign: "التوقيع والتسليم",
  "waits-for": "سلّمها {$officer} في {$at}. لم يتسلّمها أحد بعد.",
  take: "قراءتها وتسلّم المناوبة",
  "take-title": "تسلّم المناوبة",
  "take-sign": "توقيع: المناوبة لي",
  "taken-by": "مناوبة {$from} تسلّمها {$by} في {$at}.",
  "as-of": "كما في {$at}، من {$officer}",
  "no-alert": "لا إنذار مفتوح.",
  waiting: "بالانتظار",
  "nothing-waits": "لا شيء ينتظر.",
  more: "وينتظر أيضًا: {$count :integer}",
  counts: "المسودات {$drafts :integer}، التعارضات {$conflicts :integer}، غير المفتوح {$unopened :integer}",
  "no-words": "لم تُضف كلمات.",
  "stays-here": "يبقى على هذه العقدة: لجانبنا وحده.",
};
