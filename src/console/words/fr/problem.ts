import type { Translated } from "../types.ts";

export const problem: Translated<"problem"> = {
  console: "Un défaut est survenu dans cette page.",
  "challenge-unknown": "La connexion a pris trop de temps. Connectez-vous à nouveau.",
  "node-unreachable": "Le nœud ne répond pas. Ce que vous avez tapé est gardé ; nouvelle tentative automatique.",
  "not-found": "Cela n’existe pas sur ce nœud. Peut-être retiré ou libéré entre-temps.",
  "not-signed-in": "Vous n’êtes pas connecté. Reconnectez-vous ; vos projets sont gardés.",
  "officer-unknown":
    "Ce nœud ne connaît pas cet officier. Vérifiez que c’est le nœud de votre partie et votre propre clé.",
  "reply-not-understood":
    "La réponse du nœud n’a pas été comprise. La page et le nœud sont de versions différentes : rechargez la page.",
  "request-malformed": "Le nœud a refusé l’envoi. Corrigez le champ nommé et réessayez.",
  "request-too-large": "Trop volumineux pour un seul envoi. Divisez-le.",
  "role-missing": "Vos rôles ne le permettent pas. Adressez-vous à un officier qui a le rôle.",
  "session-expired": "Votre session a expiré. Reconnectez-vous ; vos projets sont gardés.",
  "signature-refused": "La signature a été refusée. Vérifiez que ce fichier de clé est celui de l’officier nommé.",
  "too-many-requests": "Trop d’essais. Attendez une minute et réessayez.",
  "key-file-malformed": "Ce n’est pas un fichier de clé d’officier, ou il est endommagé. Choisissez le vôtre.",
  "key-file-passphrase": "La phrase de passe n’ouvre pas ce fichier de clé. Retapez-la.",
  "coordinate-grid-polar":
    "Les références de grille si loin au nord ou au sud ne sont pas lues. Donnez latitude et longitude.",
  "console-bytes-differ":
    "Les octets du nœud ne sont pas ceux que cette page a demandés. Ne signez pas. Utilisez la ligne de commande sur une autre machine et faites examiner le nœud.",
  "message-not-in-log":
    "Ce message est arrivé avant son journal, ou son journal contient une autre entrée à sa place : il n’y en a pas de preuve. Échangez par une autre voie, puis redemandez.",
  "mapping-incomplete": "Aucune de ses colonnes ne dit où sont les choses. Indiquez ci-dessous laquelle le dit.",
  "draft-empty": "Ce projet est vide. Rédigez au moins un message.",
  "draft-findings-unconfirmed": "Des constats ne sont pas confirmés. Examinez-les et confirmez, ou corrigez le projet.",
  "draft-not-open": "Un autre officier a été plus rapide : il est déjà libéré ou refusé. Regardez-le à nouveau.",
  "draft-moved": "Un autre officier a été plus rapide. Regardez le projet à nouveau.",
  "draft-not-signed": "Son rédacteur n’a pas encore signé. Ensuite un second officier libère.",
  "draft-refused-finding": "Il ne peut être libéré tel quel. Corrigez ce qui est nommé.",
  "draft-signature-count": "Chaque message du projet est signé, dans l’ordre, et rien d’autre. Signez à nouveau.",
  "draft-stale": "Son heure limite est passée. Rédigez-le avec une heure plus tardive.",
  "release-refused":
    "Vous ne pouvez pas libérer ceci. Un autre officier ayant le rôle le doit, ou il faut le rédiger à nouveau.",
  "target-refused": "Le message visé n’accepte pas cela. Choisissez une réponse que son genre permet.",
  "answer-incomplete": "Remplissez ce que cette réponse demande, et rien d’autre.",
  "answer-not-allowed": "Choisissez une des réponses que ce genre permet.",
  "readback-untrue": "La comparaison ne découle pas de la saisie. Collationnez à nouveau.",
  "kind-not-allowed": "La charte de cette ligne ne permet pas ce genre.",
  "line-expired":
    "La charte a expiré. Sites, alertes et réponses passent encore ; il faut convenir d’une nouvelle charte.",
  "line-left":
    "Cette partie, ou toutes les autres, a quitté la ligne : plus rien n’y est dit. Pour se parler à nouveau, ouvrez une nouvelle ligne.",
  "line-suspended":
    "La ligne est suspendue. Sites, alertes et réponses passent encore ; parlez à la partie qui l’a suspendue.",
  "log-behind": "Rien n’est libéré tant que ce nœud n’a pas repris ses propres entrées chez les autres.",
  "log-split":
    "Plus rien n’est libéré dans cette génération du journal. Gardez le journal dédoublé et parlez à toutes les parties.",
  "plan-breach":
    "Le plan est trop près de ce qui a été dit. Modifiez-le, ou passez outre chaque conflit avec un motif.",
  "body-invalid": "Certains champs ne peuvent être pris tels quels. Corrigez les champs nommés.",
  "text-refused": "Ôtez les caractères de contrôle et de direction, et raccourcissez le texte s’il est long.",
  "value-refused": "Une valeur ne peut être prise. Corrigez le champ nommé.",
  "id-malformed": "Un identifiant a un caractère manquant ou faux.",
  "disk-full": "Le disque du nœud est plein. Libérez de la place et recommencez ; rien n’est à moitié fait ni perdu.",
  "store-busy": "Le stockage du nœud est occupé. Réessayez dans un instant.",
  "store-size-changed": "Une autre écriture a été plus rapide ; rien n’a été écrit. Réessayez.",
  internal: "Le nœud a rencontré un défaut interne. Dites à votre administrateur les mots ci-dessous.",
  "host-refused": "Ce nœud ne répond pas à cette adresse.",
  "origin-refused": "La page d’un autre site a demandé ; seules celles de ce nœud le peuvent.",
  "acted-first": "Un autre officier a été plus rapide. Regardez à nouveau ; votre texte est gardé.",
  "alert-over": "L’alerte est close. Son échelle dit qui a répondu.",
  "same-person": "Une autre personne doit le faire.",
  "handover-moved": "Un autre officier a pris ce quart.",
  "handover-signature": "La signature a été refusée. Réessayez ; si cela dure, utilisez la ligne de commande.",
  "draft-not-re-keyed":
    "Lieu, heure et hauteur n’ont pas été ressaisis comme ils ont été rédigés. Voyez lequel est juste ; si le projet est faux, refusez-le.",
  "page-not-secure": "Cette page n’est venue ni par HTTPS ni de cette machine : ouvrez l’adresse du nœud en HTTPS.",
  "browser-too-old":
    "Ce navigateur ne peut garder une telle clé. Prenez un navigateur plus récent, ou la ligne de commande.",
  "peer-unreachable":
    "Rien n’écoute là. Demandez à cette partie si son nœud tourne ; regardez le réseau entre les deux.",
  "peer-timeout":
    "Cette partie n’a pas répondu à temps. Un nouvel essai se fait tout seul ; demandez de vive voix si son nœud va bien.",
  "peer-refused":
    "Le nœud de cette partie a refusé. Demandez de vive voix ce que dit son nœud ; faites examiner les deux nœuds.",
  "peer-other-key":
    "Qui répond là tient une autre clé que celle du rôle de cette partie. Rien n’a été envoyé. Demandez de vive voix si sa clé TLS a changé.",
  "witness-unanswered": "Le témoin ne répond pas. Rien ne l’attend, et il est sollicité de nouveau tout seul.",
  "witness-refused":
    "Le témoin refuse. Donnez à son exploitant la clé de ce journal, et vérifiez la clé du témoin dans les réglages.",
  "witness-disagrees":
    "Le témoin a vu une autre histoire de ce journal. Si c’est vrai, quelqu’un a signé avec les clés de ce nœud : parlez à toutes les parties.",
  "peer-name-unresolved": "Son nom n’est pas connu. Regardez le service de noms, ou demandez l’adresse à cette partie.",
  "peer-no-address": "Elle n’a publié aucune adresse. Échangez par courrier ou intermédiaire.",
  "peer-clock-differs": "Son horloge diffère de celle-ci. Demandez de vive voix laquelle est juste.",
  "peer-receipt-behind": "Elle n’a pas encore donné reçu de tout ce journal.",
  "peer-split": "Il y a une preuve de scission de son journal. Gardez-la et parlez à toutes les parties.",
  "own-address-silent":
    "L’adresse de ce nœud ne répond pas depuis cette machine. Regardez le mandataire et le pare-feu.",
  "own-address-other":
    "Ce nœud est réglé sur une adresse, et le rôle de sa partie en dit une autre aux autres. Publiez-la : parley mailbox publish.",
  "siren-failed": "La sirène n’a pu sonner. Regardez sa commande ou son adresse.",
  "clock-before-charter": "L’horloge de cette machine est antérieure à la fondation de la ligne. Réglez-la.",
  "stores-plain":
    "Le stockage est en clair : qui prend le disque peut le lire. Faites-le chiffrer sur la machine du nœud.",
  "tls-key-pending": "La nouvelle clé TLS attend que chaque partie détienne le tableau qui la nomme.",
  "own-address-missing": "Notre tableau ne nomme aucune adresse : les autres ne peuvent appeler ce nœud.",
  "test-call-missed": "L’appel d’essai est resté sans réponse. Appelez par téléphone.",
  "quota-exceeded":
    "Cette partie a envoyé plus que la charte ne permet par jour : ses alertes qui suivent attendent aussi. Demandez de vive voix ce qu’elle envoie.",
  "quota-held-back":
    "Rien de ce que nous disons ne parvient à cette partie d’ici là. Dites l’urgent de vive voix, et cherchez ce qui remplit notre journal.",
};
