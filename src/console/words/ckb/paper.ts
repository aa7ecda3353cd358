import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "چاپکردن",
  printed: "{$officer} لە {$party} چاپی کردووە، {$at}",
  "check-words": "وشەکانی پشکنین:",
};
