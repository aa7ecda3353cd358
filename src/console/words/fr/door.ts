import type { Translated } from "../types.ts";

export const door: Translated<"door"> = {
  asking: "On demande au nœud qui il est…",
  "signing-in": "Connexion…",
  "signed-out": "Vous êtes déconnecté. Ce que cette page savait de la ligne en est effacé.",
  passphrase: "Phrase de passe",
  "sign-in": "Se connecter",
  "key-file": "Votre fichier de clé",
  "choose-file": "Choisir le fichier de clé…",
  "key-hint":
    "Par exemple officers/watch-1.key, dans le dossier où il a été créé. Il est ouvert dans cette page et n’est jamais envoyé au nœud.",
  "key-refused":
    "Cette clé ne compte plus sur cette ligne. Ce que cette page savait de la ligne en est effacé. Demandez à votre administrateur.",
  "browser-keys": "Clés de ce navigateur",
  "sign-in-as": "Se connecter comme {$officer}",
  "remove-key": "Supprimer la clé de {$officer}",
  "make-key": "Créer une clé dans ce navigateur",
  "make-note":
    "Elle ne peut être copiée hors de ce navigateur, même par vous, et n’a pas de phrase secrète : verrouillez cet appareil. Elle compte dès que votre administrateur l’a nommée.",
  "officer-name": "Votre nom sur la ligne, par exemple watch-3",
  "name-malformed": "Un nom a de 2 à 32 lettres de a à z, chiffres et traits d’union.",
  "key-made":
    "La clé de {$officer} est créée. Donnez cette ligne à votre administrateur et comparez l’empreinte de vive voix.",
};
