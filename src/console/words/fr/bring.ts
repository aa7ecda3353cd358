import type { Translated } from "../types.ts";

export const bring: Translated<"bring"> = {
  title: "Apporter une liste depuis un fichier",
  "title-difference": "Ce qu’un nouveau fichier change dans {$list}",
  note: "Il est lu dans cette page. Rien n’en va au nœud avant que vous ne le rédigiez.",
  choose: "Choisir un fichier…",
  file: "Fichier",
  kind: "Ce que sont ses lignes",
  "kind-auto": "selon son format",
  name: "Nom de la liste",
  summary:
    "Lignes : {$rows :integer}. À rédiger : {$drafts :integer}. Refusées : {$refused :integer}. Avec avertissement : {$warned :integer}.",
  refused: "Refusées et laissées de côté",
  warned: "Avec avertissement",
  row: "Ligne {$row :integer}",
  changes: "Ce qui change",
  same: "Tel que dit : {$count :integer}",
  added: "Ajoutés : {$count :integer}",
  changed: "Modifiés : {$count :integer}",
  removed: "Plus dans le fichier : {$count :integer}",
  moved: "déplacé de {$distance}",
  "removed-note": "Ils restent en vigueur si vous ne les retirez pas.",
  "removed-refused": "Des lignes ont été refusées : ce qui semble disparu s’y trouve peut-être.",
  "withdraw-removed": "Retirer ce qui n’est plus dans le fichier",
  reason: "Pourquoi on le retire",
  draft: "Le rédiger comme une liste",
  "draft-difference": "Rédiger la différence",
  nothing: "Le fichier dit ce qui a été dit. Il n’y a rien à rédiger.",
  "nothing-read": "Aucune de ses lignes ne peut être rédigée.",
  "too-many":
    "Une liste en contient au plus {$most :integer} ; il y en a {$count :integer}. La ligne de commande en fait plusieurs : parley import.",
};
