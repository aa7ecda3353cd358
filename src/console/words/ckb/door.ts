import type { Translated } from "../types.ts";

export const door: Translated<"door"> = {
  asking: "لە گرێکە دەپرسرێت کە کێیە…",
  "signing-in": "چوونەژوورەوە…",
  "signed-out": "چوویتە دەرەوە. ئەوەی ئەم پەڕەیە لە هێڵەکە دەیزانی لێی سڕایەوە.",
  passphrase: "دەستەواژەی نهێنی",
  "sign-in": "چوونەژوورەوە",
  "key-file": "فایلی کلیلەکەت",
  "choose-file": "فایلی کلیل هەڵبژێرە…",
  "key-hint":
    "وەک officers/watch-1.key، لەو بوخچەیەی تێیدا دروست کراوە. لەم پەڕەیەدا دەکرێتەوە و هەرگیز بۆ گرێکە نانێردرێت.",
};
