import type { Translated } from "../types.ts";

export const bring: Translated<"bring"> = {
  title: "هێنانی لیستێک لە فایلەوە",
  "title-difference": "فایلێکی نوێ چی لە {$list} دەگۆڕێت",
  note: "لەم پەڕەیەدا دەخوێندرێتەوە. تا ڕەشنووسی نەکەیت هیچی ناچێت بۆ گرێکە.",
  choose: "فایلێک هەڵبژێرە…",
  file: "فایل",
  kind: "ڕیزەکانی چین",
  "kind-auto": "وەک شێوازەکەی دەڵێت",
  name: "ناوی لیستەکە",
  summary:
    "ڕیز: {$rows :integer}. بۆ ڕەشنووس: {$drafts :integer}. ڕەتکراوە: {$refused :integer}. ئاگادارکراوە: {$warned :integer}.",
  refused: "ڕەتکراوە و لێدەرکراوە",
  warned: "ئاگادارکراوە",
  row: "ڕیزی {$row :integer}",
  changes: "چی دەگۆڕێت",
  same: "وەک وتراوە: {$count :integer}",
  added: "زیادکراو: {$count :integer}",
  changed: "گۆڕاو: {$count :integer}",
  removed: "ئیتر لە فایلەکەدا نییە: {$count :integer}",
  moved: "{$distance} جووڵاوە",
  "removed-note": "کارا دەمێننەوە مەگەر بیانکێشیتەوە.",
  "removed-refused": "هەندێک ڕیز ڕەتکرانەوە: ئەوەی وا دەردەکەوێت نەماوە لەوانەیە لە یەکێکیاندا بێت.",
  "withdraw-removed": "ئەوەی ئیتر لە فایلەکەدا نییە بیکێشەوە",
  reason: "بۆچی دەکێشرێتەوە",
  draft: "وەک یەک لیست ڕەشنووسی بکە",
  "draft-difference": "جیاوازییەکە ڕەشنووس بکە",
  nothing: "فایلەکە هەمان ئەوە دەڵێت کە وتراوە. هیچ نییە بۆ ڕەشنووس.",
  "nothing-read": "هیچ ڕیزێکی ناتوانرێت ڕەشنووس بکرێت.",
  "too-many":
    "لیستێک زۆرترین {$most :integer} دەگرێت؛ ئەمە {$count :integer}ە. هێڵی فرمان دەیکات بە چەند لیستێک: parley import.",
};
