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
  "left-alert-corridor": "Une alerte (CAP) ne peut contenir de couloir.",
  "left-alert-hole": "Une alerte (CAP) ne peut contenir de zone percée.",
  "left-cot-hole": "Cursor on Target ne peut contenir de zone percée.",
  "left-gpx-circle": "GPX ne peut contenir de cercle.",
  "left-gpx-polygon": "GPX ne peut contenir de zone.",
  "left-kml-position-names": "KML ne peut contenir les noms des positions d’un itinéraire.",
  "left-table-route-times": "Un tableau ne contient que la première et la dernière heure d’un itinéraire.",
  "left-workbook-cell": "Une cellule de classeur ne peut contenir {$count :integer} caractères ({$column}).",
  "left-volume4d-outline": "Volume4D ne peut contenir ni couloir ni zone percée.",
};
