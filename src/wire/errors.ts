import { type ErrorTable, errorsOf } from "./error.ts";

const AGAIN = "Ask the sender for the bytes again; they were damaged or made by something else.";

/** Faults in bytes and identifiers, before any meaning is looked at. */
export const WIRE_ERRORS = {
  "bytes-not-hex": { exit: 2, http: 400, next: "Give an even number of lower-case hexadecimal digits." },
  "bytes-not-base64": { exit: 2, http: 400, next: "Give canonical base64 with its padding." },
  "bytes-wrong-length": { exit: 2, http: 400, next: AGAIN },
  "text-not-utf8": { exit: 2, http: 400, next: "Save the file as UTF-8 and try again." },
  "cbor-too-large": { exit: 2, http: 413, next: "Split it: one entry holds at most 64 KiB." },
  "cbor-too-deep": { exit: 2, http: 400, next: AGAIN },
  "cbor-malformed": { exit: 2, http: 400, next: AGAIN },
  "cbor-not-canonical": { exit: 2, http: 400, next: AGAIN },
  "cbor-wrong-shape": { exit: 2, http: 400, next: AGAIN },
  "id-malformed": { exit: 2, http: 400, next: "Check the identifier for a missing or a wrong character." },
} as const satisfies ErrorTable;

export const wireError = errorsOf(WIRE_ERRORS);
