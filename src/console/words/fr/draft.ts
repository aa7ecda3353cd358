import type { Translated } from "../types.ts";

export const draft: Translated<"draft"> = {
  title: "Projet",
  "state-unsigned": "pas encore signé",
  "state-signed": "attend le second officier",
  "state-released": "libéré",
  "state-refused": "refusé",
  "show-more":
    ".input {$count :integer} .match $count one {{Afficher plus ({$count} non affiché)}} * {{Afficher plus ({$count} non affichés)}}",
  receivers: "Qui le reçoit",
  "receivers-note":
    "Toutes les parties de la ligne, et personne d’autre. Une fois libéré, il ne peut être rappelé, seulement remplacé ou retiré.",
  says: "Ce qu’il dit",
  "says-aside": "lu dans cette page à partir des octets à signer",
  "finding-note": "Note :",
  "finding-warn": "À vérifier :",
  "finding-refuse": "Refusé :",
  "known-new": "nouveau pour eux",
  "known-told": "déjà dit",
  "known-public": "public",
  learn: "Ce qu’ils apprendraient",
  "learn-aside":
    ".input {$new :integer} .match $new one {{{$new} sur {$all :integer} est nouveau}} * {{{$new} sur {$all :integer} sont nouveaux}}",
  "learn-known": "Connu ou non",
  "learn-field": "Champ",
  "learn-value": "Ce qu’il dit",
  "is-released": "Libéré.",
  "see-ladder": "Voir le message et son échelle",
  "refused-by": "Refusé par {$officer} : {$reason}",
  "you-drafted": "Vous l’avez rédigé. Un autre officier doit le libérer.",
  "waits-for-releaser": "Attend un officier habilité à le libérer.",
  "sign-title": "Signer comme rédacteur",
  "sign-note":
    "Votre signature dit que vous avez rédigé exactement ces mots. Rien ne part encore : un second officier le libère.",
  sign: "Signer le projet",
  discard: "Jeter",
  "release-title": "Libération",
  "release-note":
    ".input {$count :integer} .match $count one {{Avec votre clé, vous libérez {$count} message pour {$parties}.}} * {{Avec votre clé, vous libérez {$count} messages pour {$parties}.}}",
  confirm:
    ".input {$count :integer} .match $count one {{J’ai vérifié {$count} constat à la source, et c’est juste tel quel.}} * {{J’ai vérifié les {$count} constats à la source, et c’est juste tel quel.}}",
  "why-refused": "Motif du refus",
  refuse: "Refuser…",
  "refuse-with-reason": "Refuser pour ce motif",
};
