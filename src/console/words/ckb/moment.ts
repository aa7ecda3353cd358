import type { Translated } from "../types.ts";

export const moment: Translated<"moment"> = {
  label: "کات",
  span: "ماوەی پیشاندراو",
  "span-6h": "6 کاتژمێر",
  "span-24h": "24 کاتژمێر",
  "span-7d": "7 ڕۆژ",
  "span-30d": "30 ڕۆژ",
  "span-180d": "6 مانگ",
  "as-of": "وەک زانراو لە",
  "as-of-hint": "کاتێک وەک 2026-11-23 15:30Z یان کۆمەڵەی بەروار و کات وەک 231530ZNOV26",
  show: "پیشان بدە",
  now: "ئێستا",
  earlier: "پێشتر",
  later: "دواتر",
  past: "سەیری ڕابردوو دەکەیت، وەک ئەم گرێیە لە {$at} دەیزانی. هیچ لێرە وەک ئێستا نییە.",
  "local-time": "{$at} ناوخۆیی",
};
