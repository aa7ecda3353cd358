import type { Translated } from "../types.ts";

export const conflict: Translated<"conflict"> = {
  low: "Faible",
  high: "Élevé",
  critical: "Critique",
  against: "contre",
  undecided: "N’a pu être tranché ; compte donc comme conflit.",
  overlaps: "Les deux se recouvrent au sol.",
  within: "Ils s’approchent à {$distance} l’un de l’autre.",
  "height-gap": "En hauteur, {$distance} les séparent.",
  asked:
    "Est trop près ce qui est à au plus {$lateral} de distance, {$vertical} de hauteur et {$time} de temps, les trois ensemble.",
  "any-height": "toute hauteur",
  "rule-pair": "La règle de {$plan} face à {$against}.",
  "rule-default": "La règle par défaut.",
  anything: "tout",
  "any-site": "tout site",
  "any-activity": "toute activité",
  "any-movement": "tout mouvement",
  "any-presence": "toute présence",
  "any-holding": "tout moyen",
  "of-kind": "{$category} ({$kind})",
  "undecided-height-datum": "Les deux hauteurs partent de références différentes.",
  "undecided-footprint-invalid": "Une emprise est mal dessinée.",
};
