import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "Imprimer",
  printed: "Imprimé par {$officer} ({$party}), {$at}",
  "check-words": "Mots de contrôle :",
};
