import type { Translated } from "../types.ts";

export const moment: Translated<"moment"> = {
  label: "Temps",
  span: "Temps montré",
  "span-6h": "6 heures",
  "span-24h": "24 heures",
  "span-7d": "7 jours",
  "span-30d": "30 jours",
  "span-180d": "6 mois",
  "as-of": "Tel que connu à",
  "as-of-hint": "Une heure comme 2026-11-23 15:30Z, ou un groupe date-heure comme 231530ZNOV26",
  show: "Montrer",
  now: "Maintenant",
  earlier: "Avant",
  later: "Après",
  past: "Vous regardez le passé, tel que ce nœud le connaissait à {$at}. Rien ici n’est l’état actuel.",
  "local-time": "{$at} heure locale",
};
