import type { Translated } from "../types.ts";

export const common: Translated<"common"> = {
  loading: "Chargement…",
  working: "En cours…",
  back: "Retour",
  cancel: "Annuler",
  see: "Voir",
  open: "Ouvrir",
  answer: "Répondre",
  read: "Lire",
  "read-back": "Collationner",
  release: "Libérer",
  "by-one": "rédigé par {$officer}, {$at}",
  metres: "{$n :integer} m",
  kilometres: "{$n :number maximumFractionDigits=1} km",
  private: "PRIVÉ",
  "private-never-leaves": "PRIVÉ · ne quitte jamais ce nœud",
  "too-close": "Trop près de ce qui est à nous",
  "too-close-count": "trop près de nous : {$count :integer}",
  none: "Aucun.",
  "not-shown":
    ".input {$count :integer} .match $count one {{{$count} autre n’est pas affiché ici}} * {{{$count} autres ne sont pas affichés ici}}",
  exercise: "EXERCICE",
  correct: "Corriger",
  "show-more": "En montrer {$count :integer} de plus",
};
