import { type ErrorTable, errorsOf } from "../wire/error.ts";

/** Faults of the command line itself: how it was called, and what it found on this machine. */
export const CLI_ERRORS = {
  usage: { exit: 2, http: 400, next: "Read the command's help: parley help COMMAND." },
  "no-node-directory": { exit: 2, http: 400, next: "Name it with --dir, or make one: parley init." },
  "no-officer-key": { exit: 2, http: 400, next: "Name the officer with --as, or the key's file with --key." },
  "no-passphrase": {
    exit: 2,
    http: 400,
    next: "Give --passphrase-file FILE (of the stores: --store-passphrase-file FILE), or run the command on a terminal.",
  },
  "passphrase-refused": {
    exit: 2,
    http: 400,
    next: "Choose at least 8 characters, better several words, and type them the same twice.",
  },
  "file-unreadable": { exit: 2, http: 400, next: "Check the file's name and its permissions." },
  "file-not-understood": { exit: 2, http: 400, next: "Check that it is the file that the command asks for." },
  "codes-missing": { exit: 2, http: 422, next: "Scan those that are named too, and give all of them again." },
  "file-too-large": { exit: 2, http: 413, next: "Split the file." },
  "file-exists": {
    exit: 2,
    http: 409,
    next: "Choose another name, or move the old file away; nothing was overwritten.",
  },
  "file-unwritable": {
    exit: 3,
    http: 507,
    next: "Check that the folder is there, that its disk has room, and that you may write there.",
  },
  "fingerprint-not-compared": {
    exit: 2,
    http: 400,
    next: "Let the other side read theirs to you, by voice or in person, then give --fingerprint PARTY=FINGERPRINT.",
  },
  "fingerprint-differs": { exit: 1, http: 409, next: "Stop. Ask the other side for its file again, over another way." },
  "two-persons-needed": { exit: 2, http: 400, next: "Give --compared-by PERSON,PERSON: two of your officers." },
  "not-confirmed": { exit: 1, http: 409, next: "Nothing more was done. Give --yes where nobody is at a terminal." },
  cancelled: { exit: 1, http: 409, next: "Nothing more was done. Run it again when you are ready." },
  "re-key-differs": {
    exit: 1,
    http: 409,
    next: "Find out which of the two is right. If you mistyped, enter it again; if the draft is wrong, refuse it.",
  },
  "findings-not-confirmed": {
    exit: 1,
    http: 409,
    next: "Look at each; if all are right as they stand, release with --confirm-findings.",
  },
  "draft-differs": { exit: 1, http: 409, next: "Do not sign. Have the node looked at: parley doctor." },
  "standing-unchanged": { exit: 1, http: 409, next: "Nothing to do: parley status shows how the line stands." },
  "no-administrator": {
    exit: 1,
    http: 409,
    next: "Appoint one first: `parley officer new admin-2 --person PERSON --roles administrator`. Where no administrator's key is left, stop the node and give `parley generation close --officers` with the identity key.",
  },
  "roster-unchanged": { exit: 1, http: 409, next: "Nothing to do: `parley officer list` shows who stands in it." },
  "no-successor": {
    exit: 1,
    http: 409,
    next: "`parley key list` shows who was named. Without a successor the line is opened anew (docs/operations.md).",
  },
  "successor-named": {
    exit: 1,
    http: 409,
    next: "The one that was named first stands: find its key file by the fingerprint, and keep it safe. If it is lost, no other can be named on this line (docs/operations.md).",
  },
  "identity-key-missing": {
    exit: 2,
    http: 404,
    next: "Bring it from where it is kept, and give its file: --identity FILE.",
  },
  "identity-key-wrong": {
    exit: 1,
    http: 422,
    next: "Give the file of the key that is meant, with --identity or as the argument; `parley key list` shows the fingerprint of each.",
  },
  "party-unknown": {
    exit: 2,
    http: 404,
    next: "`parley status` lists the parties of this line, with their short names.",
  },
  "officer-not-appointed": { exit: 2, http: 404, next: "See who is: `parley officer list`." },
  "id-ambiguous": { exit: 2, http: 400, next: "Give more of its digits." },
  "id-unknown": { exit: 2, http: 404, next: "See what there is: parley inbox, parley show, parley draft list." },
  "backup-not-opened": {
    exit: 2,
    http: 400,
    next: "Check the passphrase; if it is right, take another copy of the backup.",
  },
  "backup-malformed": { exit: 2, http: 400, next: "Take another copy of the backup; nothing was restored." },
  unexpected: { exit: 3, http: 500, next: "Run it again with PARLEY_TRACE=1 and report what it prints." },
} as const satisfies ErrorTable;

export const cliError = errorsOf(CLI_ERRORS);
