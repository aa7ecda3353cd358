import type { Translated } from "../types.ts";

export const missing: Translated<"missing"> = {
  subject: "بابەت نییە.",
  centre: "ناوەند نییە.",
  radius: "نیوەتیرە نییە.",
  position: "شوێنگە نییە.",
  "ends-before-start": "پێش دەستپێکردنی کۆتایی دێت.",
  "upper-below-lower": "بەرزی سەرەوە لە خوارەوە نزمترە.",
  "waypoint-position": "شوێنگەی خاڵی ڕێگای {$number :integer} نییە.",
  "people-in-all": "کۆی گشتی خەڵک نییە.",
  tolerance: "ئەندازەی پێشکەوتن یان دواکەوتن نییە.",
  width: "پانی ڕێڕەو نییە.",
  vehicles: "ژمارەی ئۆتۆمبێلەکان نییە.",
  precision: "ئاستی وردی نییە.",
  question: "پرسیار نییە.",
  "answer-by": "وادەی وەڵام نییە.",
  words: "دەق نییە.",
  "number-and-name": "ژمارە و ناوی نییە.",
  "number-range": "ژمارەیەک لە {$min :number} تا {$max :number} بدە.",
  field: "شتێک کەمە: {$field}.",
  point: "پۆتانی دێڕی {$number :integer} نییە.",
  points: "لانیکەم {$least :integer} پۆتان پێویستە، هەر دێڕێک یەک؛ {$found :integer} هەیە.",
};
