import type { Translated } from "../types.ts";

export const readback: Translated<"readback"> = {
  title: "Collationner",
  nothing: "Il n’y a rien à collationner.",
  "enter-what-you-heard":
    "Saisissez ce que vous avez entendu ou tracé, d’après vos notes ou votre carte. L’envoi reste caché jusqu’à la comparaison.",
  compare: "Comparer",
  "not-now": "Pas maintenant",
  comparison: "Comparaison",
  same: "Votre saisie est ce qui a été envoyé.",
  different: "Votre saisie n’est pas ce qui a été envoyé.",
  "send-as-it-is":
    "Envoyez-la telle quelle : l’émetteur doit le savoir. Puis demandez de vive voix lequel des deux est juste.",
  "field-by-field": "Champ par champ",
  field: "Champ",
  "field-same": "identique",
  away: "à {$distance}",
  off: "écart de {$amount}",
  "not-entered": "non saisi",
  send: "Signer et envoyer ce collationnement",
  "see-message": "Voir le message",
  "waypoint-place": "Point de passage {$number :integer} : lieu",
  "waypoint-time": "Point de passage {$number :integer} : heure",
  "volume-place": "Volume {$number :integer} : lieu",
  "volume-corner": "Volume {$number :integer} : lieu du sommet {$corner :integer}",
  "volume-time": "Volume {$number :integer} : heure",
  "volume-start": "Volume {$number :integer} : heure de début",
  "volume-end": "Volume {$number :integer} : heure de fin",
  "volume-lower": "Volume {$number :integer} : hauteur inférieure",
  "volume-upper": "Volume {$number :integer} : hauteur supérieure",
};
