import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "Печать",
  printed: "Напечатал: {$officer} ({$party}), {$at}",
  "check-words": "Контрольные слова:",
};
