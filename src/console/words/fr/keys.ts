import type { Translated } from "../types.ts";

export const keys: Translated<"keys"> = {
  title: "Raccourcis clavier",
  button: "Touches",
  note: "Les touches simples agissent quand aucun champ n’a le focus. Tab et Maj+Tab atteignent tout le reste.",
  key: "Touche",
  does: "Ce qu’elle fait",
  help: "Afficher cette liste",
  "go-to": "Aller à : {$page}",
  next: "Élément suivant de la liste",
  previous: "Élément précédent de la liste",
  back: "Revenir à la page précédente",
  main: "Au début de la page",
  print: "Imprimer cette page",
  write: "Rédiger quelque chose",
  alert: "Rédiger une alerte",
  close: "Fermer ce qui recouvre la page",
  "and-then": "puis",
};
