import { type ErrorTable, errorsOf } from "../wire/error.ts";

/** Faults of keys, signatures' containers and key files. A signature that is merely wrong is a `false`, not a fault. */
export const CRYPTO_ERRORS = {
  "cose-malformed": {
    exit: 2,
    http: 400,
    next: "Ask the sender for the signature again; it was damaged or made by something else.",
  },
  "key-malformed": {
    exit: 2,
    http: 400,
    next: "Ask the key's owner for it again, and compare fingerprints by voice.",
  },
  "key-file-malformed": {
    exit: 2,
    http: 400,
    next: "Take the key file from its backup; it must not be edited.",
  },
  "key-file-passphrase": {
    exit: 2,
    http: 401,
    next: "Type the passphrase again; if it is right, the file was altered: take it from its backup.",
  },
  "key-file-passphrase-empty": { exit: 2, http: 400, next: "Give the key file a passphrase." },
} as const satisfies ErrorTable;

export const cryptoError = errorsOf(CRYPTO_ERRORS);
