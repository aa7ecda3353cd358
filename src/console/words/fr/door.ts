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
};
