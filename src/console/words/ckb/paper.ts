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
};
