import type { Translated } from "../types.ts";

export const plans: Translated<"plans"> = {
  title: "پلان و هەبووەکان",
  add: "پلانێک زیاد بکە",
  "nothing-close": "هیچ زۆر نزیک نییە",
  "too-close": "زۆر نزیک: {$count :integer}",
  "nothing-nearer": "هیچ پلان یان هەبوویەک لەوە نزیکتر نییە کە یاساکان ڕێی پێ دەدەن لەوەی بەم گرێیە وتراوە.",
  plans: "پلانەکان",
  holdings: "هەبووەکان",
  remove: "لابردن",
  "remove-one": "لابردنی {$name}",
  "left-out":
    ".input {$count :integer} .match $count one {{یەکێکی تر لێرە نییە؛ هەموویان دەپشکنرێن.}} * {{{$count}ی تر لێرە نین؛ هەموویان دەپشکنرێن.}}",
  new: "پلانی نوێ",
  number: "ژمارە",
  "number-hint": "هی خۆت، وەک MSN-0412",
  name: "ناو",
  category: "پۆل",
  "category-hint":
    "یاساکان بەم وشەیە دەپرسن: {$words}. لە هەر وشەیەکی تردا تەنها ئەوە داوا دەکرێت کە لە هەموو شتێک داوا دەکرێت.",
  remarks: "تێبینی",
  standing: "لە شوێنێک",
  moving: "بەدرێژایی ڕێگا، لەگەڵ کات",
  keep: "هەڵیبگرە و بیپشکنە",
};
