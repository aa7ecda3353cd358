import type { Translated } from "../types.ts";

export const keys: Translated<"keys"> = {
  title: "اختصارات لوحة المفاتيح",
  button: "المفاتيح",
  note: "تعمل المفاتيح المفردة ما لم يكن التركيز في حقل. ‏Tab و‏Shift+Tab يصلان إلى كل ما عدا ذلك.",
  key: "المفتاح",
  does: "ما يفعله",
  help: "عرض هذه القائمة",
  "go-to": "الذهاب إلى: {$page}",
  next: "العنصر التالي في القائمة",
  previous: "العنصر السابق في القائمة",
  back: "العودة إلى الصفحة السابقة",
  main: "إلى بداية الصفحة",
  print: "طباعة هذه الصفحة",
  write: "كتابة شيء جديد",
  alert: "كتابة إنذار",
  close: "إغلاق ما يعلو الصفحة",
  "and-then": "ثم",
};
