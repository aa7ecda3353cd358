import type { Translated } from "../types.ts";

export const moment: Translated<"moment"> = {
  label: "Temps",
  span: "Temps montré",
  "span-6h": "6 heures",
  "span-24h": "24 heures",
  "span-7d": "7 jours",
  "span-30d": "30 jours",
  "span-180d": "6 mois",
  at: "À ce moment",
  "as-of-hint": "Une heure comme 2026-11-23 15:30Z, ou un groupe date-heure comme 231530ZNOV26",
  "at-hint":
    "Comme 2026-11-23 15:30Z ou le groupe date-heure 231530ZNOV26. Une heure passée montre ce qu’on savait alors, une heure à venir ce qui est prévu.",
  planned:
    "Vous regardez vers {$at} : la carte et la ligne du temps montrent ce qui est prévu alors, tel que connu maintenant.",
  show: "Montrer",
  now: "Maintenant",
  earlier: "Avant",
  later: "Après",
  past: "Vous regardez le passé, tel que ce nœud le connaissait à {$at}. Rien ici n’est l’état actuel.",
  "holds-at": "Valable à ce moment",
  holding: "De ce qu’on savait alors, la carte montre ce qui vaut à {$at}.",
  whenever: "Toute heure",
  "local-time": "{$at} heure locale",
};
