import type { Translated } from "../types.ts";

export const handover: Translated<"handover"> = {
  title: "Relève",
  give: "Passer le quart",
  "give-title": "Passer le quart",
  "give-about":
    "Le nœud dit ce qui est ouvert. Ajoutez ce qu’il ne peut savoir et signez : une autre personne le lit et signe que le quart est à elle.",
  words: "Vos mots",
  compose: "Voir ce qui est passé",
  sign: "Signer et passer le quart",
  "waits-for": "Passé par {$officer} à {$at}. Personne ne l’a encore pris.",
  take: "Lire et prendre le quart",
  "take-title": "Prendre le quart",
  "take-sign": "Signer : le quart est à moi",
  "taken-by": "Le quart de {$from} a été pris par {$by} à {$at}.",
  "as-of": "État à {$at}, par {$officer}",
  "no-alert": "Aucune alerte ouverte.",
  waiting: "En attente",
  "nothing-waits": "Rien n’attend.",
  more: "En attente aussi : {$count :integer}",
  counts: "Projets {$drafts :integer}, conflits {$conflicts :integer}, non ouverts {$unopened :integer}",
  "no-words": "Aucun mot ajouté.",
  "stays-here": "Cela reste sur ce nœud : notre côté seulement.",
};
