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
  "re-key":
    ".input {$count :integer} .match $count one {{Ressaisissez lieu et heure de {$count} message depuis la source}} * {{Ressaisissez lieu et heure de {$count} messages depuis la source}}",
  "re-key-note": "Depuis la source, non depuis cet écran : cela révèle les fautes de frappe.",
  "re-key-same": "Identique à ce qui a été rédigé.",
  "re-key-different": "Ce n’est pas ce qui a été rédigé. Ressaisissez, ou refusez le projet en donnant le motif.",
  "release-unchecked": "Libérer sans ressaisir",
  since: "Depuis la rédaction",
  "since-conflicts":
    ".input {$count :integer} .match $count one {{{$count} conflit avec ce qui a été dit ou prévu depuis.}} * {{{$count} conflits avec ce qui a été dit ou prévu depuis.}}",
  "since-ended":
    ".input {$count :integer} .match $count one {{{$count} message auquel il répond ou qu’il remplace n’est plus en vigueur.}} * {{{$count} messages auxquels il répond ou qu’il remplace ne sont plus en vigueur.}}",
  "since-heard":
    ".input {$count :integer} .match $count one {{{$count} message est venu des autres.}} * {{{$count} messages sont venus des autres.}}",
  "take-up-again": "Le rédiger à nouveau",
  list: "Libéré d’un seul tenant",
  "list-counts": "Ajoutés : {$added :integer}. Remplacés : {$replaced :integer}. Retirés : {$withdrawn :integer}.",
  "list-first": "À regarder d’abord : {$count :integer}",
  "list-rest": "Rien n’a été trouvé contre ceux-ci : {$count :integer}",
  "item-added": "ajouté",
  "item-supersedes": "remplace",
  "item-withdraws": "retire",
  "item-show": "Tout afficher",
  "re-key-required":
    "Cette partie ne libère rien avant que lieu et heure aient été ressaisis depuis la source, non depuis cet écran.",
  "re-key-drafted": "Rédigé",
  "re-key-entered": "Saisi",
};
