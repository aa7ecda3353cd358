import type { Translated } from "../types.ts";

export const drafts: Translated<"drafts"> = {
  title: "المسودات",
  empty: "لا مسودات هنا.",
  signed: "بانتظار الضابط الثاني",
  unsigned: "لم تُوقَّع بعد",
  refused: "مرفوضة",
  released: "أُفرج عنها",
  write: "كتابة",
  "new-movement": "تحرّك جديد",
  "new-site": "موقع جديد",
  "new-activity": "نشاط جديد",
  "new-query": "استفسار جديد",
  "new-text": "نص جديد",
  "new-alert": "إنذار…",
};
