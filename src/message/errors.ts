import { type ErrorTable, errorsOf } from "../wire/error.ts";

const AGAIN = "Ask the sender's node for the entry again; if it comes the same way, tell the sender by voice.";
const SENDER = "Tell the sender: the next step is theirs, nothing on this side can mend it.";

/** Faults in what is said on a line: messages, their signatures, the entries that seal them, notices. */
export const MESSAGE_ERRORS = {
  "text-refused": {
    exit: 2,
    http: 422,
    next: "Take out control and direction characters, and shorten it if it is long.",
  },
  "value-refused": { exit: 2, http: 422, next: "Correct the field that is named, then try again." },
  "body-invalid": { exit: 2, http: 422, next: "Correct the fields that are named, then try again." },
  "message-relation": { exit: 2, http: 422, next: "Choose the message that this one answers, replaces or withdraws." },
  "message-expiry": { exit: 2, http: 422, next: "Give a not-after time that is later than now, or none." },
  "message-heads": { exit: 2, http: 422, next: AGAIN },
  "message-newer": {
    exit: 3,
    http: 422,
    next: "Install a newer version of Parley; until then the message is kept unopened.",
  },
  "answer-not-allowed": { exit: 2, http: 422, next: "Choose one of the answers that this kind of message allows." },
  "answer-incomplete": { exit: 2, http: 422, next: "Fill in what this answer asks for, and nothing else." },
  "signature-invalid": { exit: 1, http: 422, next: SENDER },
  "entry-malformed": { exit: 2, http: 400, next: AGAIN },
  "entry-too-large": { exit: 2, http: 413, next: "Split it: one entry holds at most 64 KiB." },
  "entry-recipients": { exit: 3, http: 500, next: "Check that every party's roster names a sealing key of its own." },
  "entry-no-share": {
    exit: 1,
    http: 422,
    next: "Ask the sender to say it again: it was sealed to an older key of this party.",
  },
  "entry-share-altered": { exit: 1, http: 422, next: AGAIN },
  "entry-unopenable": { exit: 1, http: 422, next: SENDER },
  "entry-commitment": { exit: 1, http: 422, next: SENDER },
  "entry-content": { exit: 1, http: 422, next: SENDER },
  "notice-malformed": { exit: 2, http: 400, next: AGAIN },
} as const satisfies ErrorTable;

export const messageError = errorsOf(MESSAGE_ERRORS);
