import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "چاپ",
  printed: "چاپ از {$officer} از {$party}، {$at}",
  "check-words": "واژه‌های وارسی:",
};
