import type { Translated } from "../types.ts";

export const settings: Translated<"settings"> = {
  title: "Réglages",
  language: "Langue",
  theme: "Apparence",
  "theme-system": "Comme cet appareil",
  "theme-dark": "Sombre, pour le quart de nuit",
  "theme-light": "Clair",
  "theme-contrast": "Contraste élevé",
  calendar: "Second calendrier à côté du grégorien",
  "calendar-none": "Aucun",
  "calendar-persian": "Persan (hégire solaire)",
  "calendar-islamic": "Islamique (Umm al-Qura)",
  "local-time": "Afficher l’heure locale à côté de l’heure zoulou",
  close: "Fermer",
  note: "Gardé dans ce navigateur. La déconnexion le laisse ; il ne contient rien de la ligne.",
};
