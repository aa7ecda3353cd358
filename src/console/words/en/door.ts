/** The door: before anybody has signed in. */
export const door = {
  asking: "Asking the node who it is…",
  "signing-in": "Signing in…",
  "signed-out": "You are signed out. What this page knew of the line is gone from it.",
  passphrase: "Passphrase",
  "sign-in": "Sign in",
  "key-file": "Your key file",
  "choose-file": "Choose key file…",
  "key-hint":
    "Such as officers/watch-1.key, in the folder where it was made. It is opened in this page and never sent to the node.",
} as const;
