import type { Translated } from "../types.ts";

export const missing: Translated<"missing"> = {
  subject: "L’objet manque.",
  centre: "Le centre manque.",
  radius: "Le rayon manque.",
  position: "La position manque.",
  "ends-before-start": "La fin précède le début.",
  "upper-below-lower": "La hauteur supérieure est sous l’inférieure.",
  "waypoint-position": "La position du point de passage {$number :integer} manque.",
  "people-in-all": "Le nombre total de personnes manque.",
  tolerance: "L’avance ou le retard possible manque.",
  width: "La largeur du couloir manque.",
  vehicles: "Le nombre de véhicules manque.",
  precision: "La précision manque.",
  question: "La question manque.",
  "answer-by": "L’heure à laquelle la réponse est voulue manque.",
  words: "Le texte manque.",
  "number-and-name": "Son numéro et son nom manquent.",
  "number-range": "Donnez un nombre de {$min :number} à {$max :number}.",
  field: "Il manque quelque chose : {$field}.",
  point: "La coordonnée de la ligne {$number :integer} manque.",
  points: "Il faut au moins {$least :integer} coordonnées, une par ligne ; il y en a {$found :integer}.",
};
