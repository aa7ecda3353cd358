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
  "left-alert-corridor": "هشدار (CAP) دالان را در بر نمی‌گیرد.",
  "left-alert-hole": "هشدار (CAP) ناحیهٔ دارای حفره را در بر نمی‌گیرد.",
  "left-cot-hole": "Cursor on Target ناحیهٔ دارای حفره را در بر نمی‌گیرد.",
  "left-gpx-circle": "GPX دایره را در بر نمی‌گیرد.",
  "left-gpx-polygon": "GPX ناحیه را در بر نمی‌گیرد.",
  "left-kml-position-names": "KML نام موقعیت‌های مسیر را در بر نمی‌گیرد.",
  "left-table-route-times": "جدول از زمان‌های مسیر تنها اولین و آخرین را در بر می‌گیرد.",
  "left-workbook-cell": "یک خانهٔ کاربرگ {$count :integer} نویسه را در بر نمی‌گیرد ({$column}).",
  "left-volume4d-outline": "Volume4D دالان و ناحیهٔ دارای حفره را در بر نمی‌گیرد.",
};
