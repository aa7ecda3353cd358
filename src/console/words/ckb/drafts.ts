import type { Translated } from "../types.ts";

export const drafts: Translated<"drafts"> = {
  title: "ڕەشنووسەکان",
  empty: "هیچ ڕەشنووسێک لێرە نییە.",
  signed: "چاوەڕێی ئەفسەری دووەم",
  unsigned: "هێشتا واژۆ نەکراون",
  refused: "ڕەتکراوەکان",
  released: "بەردراوەکان",
  write: "نووسین",
  "new-movement": "جووڵەی نوێ",
  "new-site": "شوێنی نوێ",
  "new-activity": "چالاکی نوێ",
  "new-query": "پرسیاری نوێ",
  "new-text": "دەقی نوێ",
  "new-alert": "ئاگادارکردنەوە…",
};
