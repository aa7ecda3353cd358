import type { Translated } from "../types.ts";

export const paper: Translated<"paper"> = {
  print: "Imprimer",
  printed: "Imprimé par {$officer} ({$party}), {$at}",
  "check-words": "Mots de contrôle :",
  told: "Ce qui est en vigueur, en fichier",
  "told-aside": "pour tableurs, cartes et appareils ; rien de privé n’y est",
  "told-in-view": "Ce qui fut dit dans cette vue et passe le filtre",
  format: "Format",
  save: "Enregistrer",
  written: "Messages dedans : {$count :integer}.",
  "without-place": "Sans lieu, ou passés : {$count :integer}.",
  left: "Ce que ce format ne peut contenir : {$count :integer}",
};
