import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "چاپ",
  printed: "چاپ از {$officer} از {$party}، {$at}",
  "check-words": "واژه‌های وارسی:",
  told: "آنچه برقرار است، در یک پرونده",
  "told-aside": "برای صفحه‌گسترده‌ها، نقشه‌ها و دستگاه‌ها؛ چیز محرمانه‌ای در آن نیست",
  "told-in-view": "آنچه در این نما گفته شده و از صافی می‌گذرد",
  format: "قالب",
  save: "ذخیره",
  written: "پیام‌ها در آن: {$count :integer}.",
  "without-place": "بی‌مکان یا پایان‌یافته: {$count :integer}.",
  left: "آنچه در این قالب نمی‌گنجد: {$count :integer}",
};
