import type { Translated } from "../types.ts";

export const common: Translated<"common"> = {
  loading: "بار دەکرێت…",
  working: "کار دەکات…",
  back: "گەڕانەوە",
  cancel: "پاشگەزبوونەوە",
  see: "بینین",
  open: "کردنەوە",
  answer: "وەڵام",
  read: "خوێندنەوە",
  "read-back": "خوێندنەوەی دووبارە",
  release: "بەردان",
  "by-one": "ڕەشنووسی {$officer}، {$at}",
  metres: "{$n :integer} م",
  kilometres: "{$n :number maximumFractionDigits=1} کم",
  private: "تایبەت",
  "private-never-leaves": "تایبەت · هەرگیز لەم گرێیە دەرناچێت",
  "too-close": "زۆر نزیکە لەوەی هی ئێمەیە",
  "too-close-count": "زۆر نزیک لە ئێمە: {$count :integer}",
  none: "هیچ.",
  "not-shown":
    ".input {$count :integer} .match $count one {{یەکێکی تر لێرە پیشان نەدراوە}} * {{{$count}ی تر لێرە پیشان نەدراون}}",
  exercise: "ڕاهێنان",
  correct: "ڕاستکردنەوە",
  "show-more": "{$count :integer}ی تر پیشان بدە",
};
