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
  "key-refused":
    "This key counts no more on this line. What this page knew of the line is gone from it. Ask your administrator.",
  "browser-keys": "Keys in this browser",
  "sign-in-as": "Sign in as {$officer}",
  "remove-key": "Remove the key of {$officer}",
  "make-key": "Make a key in this browser",
  "make-note":
    "It cannot be copied out of this browser, not even by you, and has no passphrase: lock this device. It counts once your administrator has appointed it.",
  "officer-name": "Your name on the line, such as watch-3",
  "name-malformed": "A name has 2 to 32 of the letters a to z, digits and hyphens.",
  "key-made": "The key of {$officer} is made. Give your administrator this line, and compare the fingerprint by voice.",
} as const;
