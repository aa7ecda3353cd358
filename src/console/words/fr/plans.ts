import type { Translated } from "../types.ts";

export const plans: Translated<"plans"> = {
  title: "Plans et moyens",
  add: "Ajouter un plan",
  "nothing-close": "Rien de trop près",
  "too-close": "Trop près : {$count :integer}",
  "nothing-nearer":
    "Aucun plan ni moyen n’est plus près que les règles ne le permettent de ce qui a été dit à ce nœud.",
  plans: "Plans",
  holdings: "Moyens",
  remove: "Retirer",
  "remove-one": "Retirer {$name}",
  "left-out":
    ".input {$count :integer} .match $count one {{{$count} autre n’est pas affiché ici ; chacun est vérifié.}} * {{{$count} autres ne sont pas affichés ici ; chacun est vérifié.}}",
  new: "Nouveau plan",
  number: "Numéro",
  "number-hint": "Le vôtre, par exemple MSN-0412",
  name: "Nom",
  category: "Catégorie",
  "category-hint": "Les règles se fient à ce mot : {$words}. Pour tout autre, seul vaut ce qui vaut pour toute chose.",
  remarks: "Remarques",
  standing: "À un endroit",
  moving: "Le long d’un itinéraire, avec des heures",
  keep: "Garder et vérifier",
};
