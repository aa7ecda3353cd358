import type { Translated } from "../types.ts";

export const settings: Translated<"settings"> = {
  title: "الإعدادات",
  language: "اللغة",
  theme: "المظهر",
  "theme-system": "كما في هذا الجهاز",
  "theme-dark": "داكن، لنوبة الليل",
  "theme-light": "فاتح",
  "theme-contrast": "تباين عالٍ",
  calendar: "تقويم ثانٍ بجانب الميلادي",
  "calendar-none": "لا شيء",
  "calendar-persian": "الفارسي (الهجري الشمسي)",
  "calendar-islamic": "الهجري (أم القرى)",
  "local-time": "إظهار الوقت المحلي بجانب زولو",
  close: "إغلاق",
  note: "تُحفظ في هذا المتصفح. تسجيل الخروج يبقيها؛ وليس فيها شيء من الخط.",
};
