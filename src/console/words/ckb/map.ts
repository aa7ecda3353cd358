import type { Translated } from "../types.ts";

export const map: Translated<"map"> = {
  "not-drawn": "نەخشەکە لێرە ناکێشرێت ({$why}). لیستەکە هەمان شتی تێدایە.",
  "no-base-map": "نەخشەی بنەڕەت بار نەکرا؛ ئەوەی وترا بەبێ ئەو دەکێشرێت.",
  canvas: "نەخشە. لیستی تەنیشتی هەمان شتی تێدایە.",
  "zoom-in": "نزیککردنەوە",
  "zoom-out": "دوورخستنەوە",
  side: "لەسەر نەخشە",
  "too-close": "زۆر نزیک لە ئێمە",
  undecided: "بڕیار نەدراو",
  apart: "دووری {$distance}",
  ours: "هی ئێمە، {$private}",
  "go-to": "بڕۆ بۆ {$name}",
  told: "وتراو",
  "told-one": "{$kind}: {$subject}",
};
