import type { Translated } from "../types.ts";

export const knows: Translated<"knows"> = {
  title: "Qui sait quoi",
  about:
    "Jusqu’où chaque message est arrivé chez chaque destinataire, selon ce nœud. Aucun échelon n’en vaut un autre.",
  "as-known": "Tel que connu ici à {$at}. Messages : {$count :integer}",
  none: "Aucun message ne passe ce filtre.",
  filter: "Filtre",
  text: "Mots",
  kind: "Genre",
  "all-kinds": "tous les genres",
  from: "De",
  to: "Destinataire",
  "all-parties": "toutes les parties",
  area: "Zone",
  "area-hint": "ouest sud est nord, en degrés",
  "area-wrong": "Donnez quatre nombres : ouest sud est nord.",
  since: "À partir de",
  until: "Jusqu’à",
  apply: "Montrer",
  more: "Plus",
  message: "Message",
  "nothing-yet": "encore rien",
  "its-author": "son auteur",
};
