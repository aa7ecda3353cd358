import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "چاپکردن",
  printed: "{$officer} لە {$party} چاپی کردووە، {$at}",
  "check-words": "وشەکانی پشکنین:",
  told: "ئەوەی کاریگەرە، وەک فایل",
  "told-aside": "بۆ خشتە و نەخشە و ئامێر؛ هیچی تایبەتی تێدا نییە",
  "told-in-view": "ئەوەی لەم دیمەنەدا وتراوە و لە پاڵاوتن دەرچووە",
  format: "شێواز",
  save: "پاشەکەوت",
  written: "نامەکانی تێیدا: {$count :integer}.",
  "without-place": "بێ شوێن یان تەواوبوو: {$count :integer}.",
  left: "ئەوەی ئەم شێوازە جێی نابێتەوە: {$count :integer}",
  "left-alert-corridor": "ئاگادارکردنەوە (CAP) جێی ڕێڕەوی تێدا نابێتەوە.",
  "left-alert-hole": "ئاگادارکردنەوە (CAP) جێی ناوچەی کوندار نابێتەوە.",
  "left-cot-hole": "Cursor on Target جێی ناوچەی کوندار نابێتەوە.",
  "left-gpx-circle": "GPX جێی بازنە نابێتەوە.",
  "left-gpx-polygon": "GPX جێی ناوچە نابێتەوە.",
  "left-kml-position-names": "KML جێی ناوی شوێنەکانی ڕێگا نابێتەوە.",
  "left-table-route-times": "خشتە تەنها یەکەم و دوایین کاتی ڕێگا دەگرێتەوە.",
  "left-workbook-cell": "خانەیەکی خشتەی کار جێی {$count :integer} پیت نابێتەوە ({$column}).",
  "left-volume4d-outline": "Volume4D جێی ڕێڕەو و ناوچەی کوندار نابێتەوە.",
};
