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
};
