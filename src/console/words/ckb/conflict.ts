import type { Translated } from "../types.ts";

export const conflict: Translated<"conflict"> = {
  low: "نزم",
  high: "بەرز",
  critical: "مەترسیدار",
  against: "بەرامبەر",
  undecided: "بڕیاری لەسەر نەدرا، بۆیە وەک ناکۆکی دەژمێردرێت.",
  overlaps: "هەردووکیان لە شوێندا یەکتر دادەپۆشن.",
  within: "تا {$distance} لە یەکتر نزیک دەبنەوە.",
  "height-gap": "لە بەرزیدا {$distance} لە یەکتر دوورن.",
};
