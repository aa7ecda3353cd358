import { type ErrorTable, errorsOf } from "../wire/error.ts";

const AGAIN = "Ask the sender for it again; it was damaged or made by something else.";

/** Faults in what a log publishes. None of them accuses anybody: what fails here is unverified, and asked for again. */
export const LOG_ERRORS = {
  "note-malformed": { exit: 2, http: 400, next: AGAIN },
  "vkey-malformed": {
    exit: 2,
    http: 400,
    next: "Copy the verifier key whole: name, key id and key, with two plus signs.",
  },
  "checkpoint-malformed": { exit: 2, http: 400, next: AGAIN },
  "checkpoint-unsigned": {
    exit: 1,
    http: 422,
    next: "Ask the log's owner for a checkpoint signed by the key in its roster.",
  },
  "checkpoint-bad-signature": { exit: 1, http: 422, next: AGAIN },
  "cosignature-malformed": { exit: 2, http: 400, next: AGAIN },
  "cosignature-other-key": { exit: 1, http: 422, next: "Check which key this receipt should be by; rosters say so." },
  "cosignature-bad-signature": { exit: 1, http: 422, next: AGAIN },
  "proof-malformed": { exit: 2, http: 400, next: AGAIN },
  "proof-unknown-log": { exit: 1, http: 422, next: "Add the log's verifier key to the policy, if you trust it." },
  "proof-not-included": { exit: 1, http: 422, next: "Do not rely on this entry; ask for a proof that belongs to it." },
  "proof-quorum-missing": { exit: 1, http: 422, next: "Ask for a proof with the cosignatures that the policy wants." },
  "policy-malformed": { exit: 2, http: 400, next: "Correct the policy file at the line that is named." },
  "witness-request-malformed": { exit: 2, http: 400, next: AGAIN },
  "witness-reply-malformed": {
    exit: 3,
    http: 503,
    next: "Check the witness's address and key in parley.toml; what it cosigns is asked for again.",
  },
  "tile-malformed": {
    exit: 2,
    http: 400,
    next: "Ask for a path as C2SP tlog-tiles writes it, such as tile/0/x001/067.",
  },
} as const satisfies ErrorTable;

export const logError = errorsOf(LOG_ERRORS);
