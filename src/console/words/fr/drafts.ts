import type { Translated } from "../types.ts";

export const drafts: Translated<"drafts"> = {
  title: "Projets",
  empty: "Aucun projet ici.",
  signed: "Attendent le second officier",
  unsigned: "Pas encore signés",
  refused: "Refusés",
  released: "Libérés",
  write: "Rédiger",
  "new-movement": "Nouveau mouvement",
  "new-site": "Nouveau site",
  "new-activity": "Nouvelle activité",
  "new-query": "Nouvelle question",
  "new-text": "Nouveau texte",
  "new-alert": "Alerte…",
};
