import type { Translated } from "../types.ts";

export const moment: Translated<"moment"> = {
  label: "کات",
  span: "ماوەی پیشاندراو",
  "span-6h": "٦ کاتژمێر",
  "span-24h": "٢٤ کاتژمێر",
  "span-7d": "٧ ڕۆژ",
  "span-30d": "٣٠ ڕۆژ",
  "span-180d": "٦ مانگ",
  "as-of": "وەک زانراو لە",
  "as-of-hint": "کاتێک وەک 2026-11-23 15:30Z یان کۆمەڵەی بەروار و کات وەک 231530ZNOV26",
  show: "پیشان بدە",
  now: "ئێستا",
  earlier: "پێشتر",
  later: "دواتر",
  past: "سەیری ڕابردوو دەکەیت، وەک ئەم گرێیە لە {$at} دەیزانی. هیچ لێرە وەک ئێستا نییە.",
  "local-time": "{$at} ناوخۆیی",
};
