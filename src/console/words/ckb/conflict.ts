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
  asked:
    "زۆر نزیک ئەوەیە کە لە شوێندا زۆرترین {$lateral}، لە بەرزیدا {$vertical} و لە کاتدا {$time} دوور بێت، هەر سێکیان.",
  "any-height": "هەر بەرزییەک",
  "rule-pair": "یاسای {$plan} بەرامبەر {$against}.",
  "rule-default": "یاسای بنەڕەتی.",
  anything: "هەر شتێک",
  "any-site": "هەر شوێنێک",
  "any-activity": "هەر چالاکییەک",
  "any-movement": "هەر جووڵەیەک",
  "any-presence": "هەر ئامادەبوونێک",
  "any-holding": "هەر یەکێک لە هەبووەکان",
  "of-kind": "{$category} ({$kind})",
  "undecided-height-datum": "دوو بەرزییەکە لە سەر دوو بنەمای جیاوازن.",
  "undecided-footprint-invalid": "شوێنپێیەک بە هەڵە کێشراوە.",
};
