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
  "left-alert-corridor": "لا يسع التنبيه (CAP) ممرًّا.",
  "left-alert-hole": "لا يسع التنبيه (CAP) منطقة فيها ثغرة.",
  "left-cot-hole": "لا يسع Cursor on Target منطقة فيها ثغرة.",
  "left-gpx-circle": "لا يسع GPX دائرة.",
  "left-gpx-polygon": "لا يسع GPX منطقة.",
  "left-kml-position-names": "لا يسع KML أسماء مواضع المسار.",
  "left-table-route-times": "لا يسع الجدول من أوقات المسار إلا أولها وآخرها.",
  "left-workbook-cell": "لا تسع خلية في المصنّف {$count :integer} حرفًا ({$column}).",
  "left-volume4d-outline": "لا يسع Volume4D ممرًّا ولا منطقة فيها ثغرة.",
};
