import type { Translated } from "../types.ts";

export const settings: Translated<"settings"> = {
  title: "ڕێکخستنەکان",
  language: "زمان",
  theme: "ڕووکار",
  "theme-system": "وەک ئەم ئامێرە",
  "theme-dark": "تاریک، بۆ ئێشکی شەو",
  "theme-light": "ڕووناک",
  "theme-contrast": "جیاوازی بەرز",
  calendar: "ڕۆژژمێری دووەم لە تەنیشت زایینی",
  "calendar-none": "هیچ",
  "calendar-persian": "فارسی (کۆچی هەتاوی)",
  "calendar-islamic": "کۆچی مانگی (ئوم القورا)",
  "local-time": "کاتی ناوخۆ لە تەنیشت زوولو پیشان بدە",
  close: "داخستن",
  note: "لەم وێبگەڕەدا هەڵدەگیرێت. چوونەدەرەوە نایسڕێتەوە؛ هیچی هێڵەکەی تێدا نییە.",
};
