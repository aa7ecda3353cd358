import type { Translated } from "../types.ts";

export const inbox: Translated<"inbox"> = {
  title: "هاتووەکان",
  "nothing-waits": "هیچ چاوەڕێ نییە",
  waits:
    ".input {$count :integer} .match $count one {{یەک چاوەڕێیە، نزیکترین وادە یەکەم}} * {{{$count} چاوەڕێن، نزیکترین وادە یەکەم}}",
  empty: "هیچ لێرە چاوەڕێی ئەفسەرێک نییە.",
  waiting: "چاوەڕێ",
  told: "وتراو و بیستراو",
  "more-of-list":
    ".input {$count :integer} .match $count one {{و یەکێکی تر لە لیستەکەی}} * {{و {$count}ی تر لە لیستەکەی}}",
  "waiting-for-release": "چاوەڕێی بەردان",
  "to-release": "بۆ بەردان",
  review: "پێداچوونەوە",
  "to-confirm": "{$count :integer} بۆ پشتڕاستکردنەوە",
  messages: ".input {$count :integer} .match $count one {{یەک پەیام}} * {{{$count} پەیام}}",
};
