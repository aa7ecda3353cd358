import type { Translated } from "../types.ts";

export const map: Translated<"map"> = {
  "not-drawn": "La carte ne peut être dessinée ici ({$why}). La liste contient les mêmes choses.",
  "no-base-map": "Le fond de carte n’a pu être chargé ; ce qui a été dit est dessiné sans lui.",
  canvas: "Carte. La liste à côté contient les mêmes choses.",
  "zoom-in": "Agrandir",
  "zoom-out": "Réduire",
  side: "Sur la carte",
  "too-close": "Trop près de nous",
  undecided: "non tranché",
  apart: "à {$distance}",
  ours: "À nous, {$private}",
  "go-to": "Aller à {$name}",
  told: "Dit",
  "told-one": "{$kind} : {$subject}",
};
