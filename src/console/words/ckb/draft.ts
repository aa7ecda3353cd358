import type { Translated } from "../types.ts";

export const draft: Translated<"draft"> = {
  title: "ڕەشنووس",
  "state-unsigned": "هێشتا واژۆ نەکراوە",
  "state-signed": "چاوەڕێی ئەفسەری دووەمە",
  "state-released": "بەردرا",
  "state-refused": "ڕەتکرایەوە",
  "show-more":
    ".input {$count :integer} .match $count one {{زیاتر پیشان بدە (یەکێک پیشان نەدراوە)}} * {{زیاتر پیشان بدە ({$count} پیشان نەدراون)}}",
  receivers: "کێ وەریدەگرێت",
  "receivers-note": "هەموو لایەنەکانی هێڵ و کەسی تر نا. دوای بەردان ناگەڕێندرێتەوە، تەنیا دەگۆڕدرێت یان دەکێشرێتەوە.",
  says: "چی دەڵێت",
  "says-aside": "لەم پەڕەیەدا لەو بایتانە خوێندراوەتەوە کە واژۆ دەکرێن",
  "finding-note": "تێبینی:",
  "finding-warn": "بپشکنە:",
  "finding-refuse": "ڕەتکرایەوە:",
  "known-new": "بۆ ئەوان نوێیە",
  "known-told": "پێشتر وتراوە",
  "known-public": "ئاشکرا",
  learn: "ئەوەی تازە دەیزانن",
  "learn-aside":
    ".input {$new :integer} .match $new one {{یەک لە {$all :integer} نوێیە}} * {{{$new} لە {$all :integer} نوێن}}",
  "learn-known": "چەند زانراوە",
  "learn-field": "خانە",
  "learn-value": "چی دەڵێت",
  "is-released": "بەردرا.",
  "see-ladder": "پەیامەکە و پەیژەکەی ببینە",
  "refused-by": "{$officer} ڕەتی کردەوە: {$reason}",
  "you-drafted": "تۆ نووسیوتە. دەبێت ئەفسەرێکی تر بەری بدات.",
  "waits-for-releaser": "چاوەڕێی ئەفسەرێکە کە بۆی هەیە بەری بدات.",
  "sign-title": "واژۆکردن وەک نووسەری",
  "sign-note": "واژۆکەت دەڵێت کە هەر ئەم وشانەت نووسیوە. هێشتا هیچ دەرناچێت: ئەفسەری دووەم بەری دەدات.",
  sign: "ڕەشنووسەکە واژۆ بکە",
  discard: "فڕێدان",
  "release-title": "بەردان",
  "release-note":
    ".input {$count :integer} .match $count one {{بە کلیلەکەت ئەم پەیامە بۆ {$parties} بەر دەدەیت.}} * {{بە کلیلەکەت ئەم {$count} پەیامە بۆ {$parties} بەر دەدەیت.}}",
  confirm:
    ".input {$count :integer} .match $count one {{دۆزراوەکەم لەگەڵ سەرچاوە پشکنی، و وەک خۆی ڕاستە.}} * {{هەر {$count} دۆزراوەکەم لەگەڵ سەرچاوە پشکنی، و وەک خۆیان ڕاستن.}}",
  "why-refused": "بۆچی ڕەت دەکرێتەوە",
  refuse: "ڕەتکردنەوە…",
  "refuse-with-reason": "ڕەتکردنەوە بەم هۆکارە",
  "re-key":
    ".input {$count :integer} .match $count one {{شوێن و کات سەرلەنوێ لە سەرچاوەکەوە تێبکە}} * {{شوێن و کاتی {$count} لەوانە سەرلەنوێ لە سەرچاوەکەوە تێبکە}}",
  "re-key-note": "لە سەرچاوەکەوە، نەک لەم شاشەیەوە: هەڵەی نووسین دەردەخات.",
  "re-key-same": "هەمان ئەوەی نووسرا.",
  "re-key-different": "ئەوە نییە کە نووسرا. دووبارە تێیبکە، یان ڕەشنووسەکە بە هۆکارەوە ڕەت بکەوە.",
  "release-unchecked": "بەردان بێ دووبارە تێکردن",
  since: "لەو کاتەوەی نووسرا",
  "since-conflicts":
    ".input {$count :integer} .match $count one {{ناکۆکییەک لەگەڵ ئەوەی لەو کاتەوە وترا یان پلانی بۆ دانرا.}} * {{{$count} ناکۆکی لەگەڵ ئەوەی لەو کاتەوە وترا یان پلانی بۆ دانرا.}}",
  "since-ended":
    ".input {$count :integer} .match $count one {{ئەوەی وەڵامی دەداتەوە یان دەیگۆڕێت ئیتر کارا نییە.}} * {{{$count} لەوەی وەڵامی دەداتەوە یان دەیگۆڕێت ئیتر کارا نین.}}",
  "since-heard":
    ".input {$count :integer} .match $count one {{پەیامێک لە ئەوانی ترەوە هاتووە.}} * {{{$count} پەیام لە ئەوانی ترەوە هاتوون.}}",
  "take-up-again": "سەرلەنوێ بینووسە",
};
