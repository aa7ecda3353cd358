import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "طباعة",
  printed: "طبعه {$officer} من {$party}، {$at}",
  "check-words": "كلمات التحقق:",
};
