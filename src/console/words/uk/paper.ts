import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "Друк",
  printed: "Надрукував: {$officer} ({$party}), {$at}",
  "check-words": "Контрольні слова:",
};
