import { type ErrorTable, errorsOf } from "../wire/error.ts";

/** Faults at the node's own door: what an officer's client asked for, and what it was told. */
export const API_ERRORS = {
  "request-malformed": { exit: 2, http: 400, next: "Correct the field that is named, and send the request again." },
  "request-too-large": { exit: 2, http: 413, next: "Split the request into smaller ones." },
  "not-signed-in": { exit: 2, http: 401, next: "Sign in as an officer of this party, then try again." },
  "session-expired": { exit: 2, http: 401, next: "Sign in again; what you had drafted is kept." },
  "challenge-unknown": { exit: 2, http: 401, next: "Ask for a new challenge; each serves once, for two minutes." },
  "signature-refused": { exit: 2, http: 401, next: "Check that the key file belongs to the officer who is named." },
  "officer-unknown": {
    exit: 2,
    http: 404,
    next: "See who is appointed (`parley officer list`), and make it count: `parley officer enrol`.",
  },
  "role-missing": { exit: 2, http: 403, next: "Ask an officer who has the role; an administrator can add one." },
  "not-found": { exit: 2, http: 404, next: "Check the id; parley inbox and parley draft list show what there is." },
  "too-many-requests": { exit: 3, http: 429, next: "Wait a minute and try again." },
  "node-unreachable": {
    exit: 3,
    http: 503,
    next: "Check that the node runs (parley serve) and that the address is right.",
  },
  "reply-not-understood": { exit: 3, http: 500, next: "Use a client of the same version as the node." },
} as const satisfies ErrorTable;

export const apiError = errorsOf(API_ERRORS);
