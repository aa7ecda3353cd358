import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "طباعة",
  printed: "طبعه {$officer} من {$party}، {$at}",
  "check-words": "كلمات التحقق:",
  told: "ما هو ساري، ملفًّا",
  "told-aside": "للجداول والخرائط والأجهزة؛ وليس فيه شيء خاص",
  "told-in-view": "ما قيل في هذا المشهد ويمر من التصفية",
  format: "الصيغة",
  save: "حفظ",
  written: "الرسائل فيه: {$count :integer}.",
  "without-place": "بلا موضع أو انتهى: {$count :integer}.",
  left: "ما لا تسعه هذه الصيغة: {$count :integer}",
};
