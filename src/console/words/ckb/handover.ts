import type { Translated } from "../types.ts";

export const handover: Translated<"handover"> = {
  title: "ڕادەستکردن",
  give: "ئێشکگری ڕادەست بکە",
  "give-title": "ئێشکگری ڕادەست بکە",
  "give-about":
    "گرێکە دەڵێت چی کراوەیە. ئەوەی ناتوانێت بیزانێت زیادی بکە و واژۆی بکە: کەسێکی تر دەیخوێنێتەوە و واژۆ دەکات کە ئێشکگرییەکە هی ئەوە.",
  words: "وشەکانت",
  compose: "ئەوەی ڕادەست دەکرێت ببینە",
  sign: "واژۆ بکە و ڕادەستی بکە",
  "waits-for": "{$officer} لە {$at} ڕادەستی کرد. هێشتا کەس وەرینەگرتووە.",
  take: "بیخوێنەرەوە و ئێشکگری وەربگرە",
  "take-title": "ئێشکگری وەربگرە",
  "take-sign": "واژۆ: ئێشکگرییەکە هی منە",
  "taken-by": "ئێشکگریی {$from} لەلایەن {$by}ەوە لە {$at} وەرگیرا.",
  "as-of": "لە {$at}، لە {$officer}ەوە",
  "no-alert": "هیچ ئاگادارکردنەوەیەک کراوە نییە.",
  waiting: "چاوەڕێ",
  "nothing-waits": "هیچ چاوەڕێ نییە.",
  more: "چاوەڕێی تر: {$count :integer}",
  counts: "ڕەشنووس {$drafts :integer}، ناکۆکی {$conflicts :integer}، نەکراوە {$unopened :integer}",
  "no-words": "هیچ وشەیەک زیاد نەکرا.",
  "stays-here": "لەسەر ئەم گرێیە دەمێنێتەوە: تەنیا لای خۆمان.",
};
