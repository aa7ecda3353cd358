import { type ErrorTable, errorsOf } from "../wire/error.ts";

const AGAIN = "Nothing to do: it is asked for again at the next exchange. If it stays, run `parley doctor`.";
const FILE_AGAIN = "Ask whoever sent the file for it again, and do not edit it.";
const AUTHOR = "Tell the party that wrote it; nothing on this side can mend it.";
const COMPARE = "Stop. Compare fingerprints by voice with every party before anything is signed.";

/** Faults in the terms of a line, its parcels, its exchange and its evidence. */
export const LINE_ERRORS = {
  "charter-malformed": { exit: 2, http: 422, next: "Correct the term that is named, then sign again." },
  "charter-newer": { exit: 3, http: 422, next: "Install a newer version of Parley." },
  "charter-unsigned": {
    exit: 1,
    http: 422,
    next: "Collect the missing signatures: every party signs the same charter.",
  },
  "charter-signature": { exit: 1, http: 422, next: COMPARE },
  "charter-not-next": { exit: 1, http: 409, next: "Make the new charter from the one in force." },
  "roster-malformed": { exit: 2, http: 422, next: "Correct the appointment that is named, then sign again." },
  "roster-newer": { exit: 3, http: 422, next: "Install a newer version of Parley." },
  "roster-signature": { exit: 1, http: 422, next: AUTHOR },
  "roster-not-next": { exit: 1, http: 409, next: "Make the new roster from the newest one in the log." },
  "declaration-malformed": { exit: 2, http: 422, next: "Make it again with `parley` and publish that." },
  "declaration-newer": { exit: 3, http: 422, next: "Install a newer version of Parley." },
  "declaration-signature": { exit: 1, http: 422, next: AUTHOR },
  "declaration-refused": {
    exit: 1,
    http: 409,
    next: "Look at what the party has declared before (`parley status`), and declare what still can be.",
  },
  "closing-malformed": { exit: 2, http: 422, next: FILE_AGAIN },
  "closing-signature": { exit: 1, http: 422, next: AUTHOR },
  "pairing-file-malformed": { exit: 2, http: 400, next: FILE_AGAIN },
  "pairing-wrong-file": { exit: 2, http: 400, next: "Give the file of the step that the message names." },
  "pairing-signature": { exit: 1, http: 422, next: COMPARE },
  "pairing-not-invited": {
    exit: 2,
    http: 422,
    next: "Go by one invitation: who made it proposes, the others answer that very one under names of their own. Where it was made anew, let them join again.",
  },
  "pairing-not-ours": { exit: 1, http: 422, next: COMPARE },
  "pairing-incomplete": {
    exit: 2,
    http: 422,
    next: "Collect one signature file from every party that the charter names.",
  },
  "parcel-malformed": { exit: 2, http: 400, next: "Check that this is a parcel's file, then ask for it again." },
  "parcel-truncated": { exit: 2, http: 400, next: "The parcel was cut on its way; ask for it again." },
  "parcel-too-large": {
    exit: 2,
    http: 413,
    next: "Ask the sender's node for smaller parcels; it must be of another make.",
  },
  "parcel-not-for-us": {
    exit: 1,
    http: 422,
    next: "Give it to the party it was made for, or ask for one made for this party.",
  },
  "parcel-altered": { exit: 1, http: 422, next: "The parcel was changed on its way; ask for it again." },
  "parcel-unknown-line": { exit: 1, http: 422, next: "Import the line's file on this node first." },
  "parcel-unknown-sender": {
    exit: 1,
    http: 422,
    next: "Check that both nodes have the same line file, and exchange again.",
  },
  "parcel-signature": { exit: 1, http: 422, next: "Exchange again; if it stays, compare the rosters of both nodes." },
  "parcel-closed": {
    exit: 1,
    http: 422,
    next: "Ask that party by voice whether a copy of its old node still runs: it closed that node's log.",
  },
  "codes-malformed": { exit: 2, http: 400, next: "Scan the codes of one parcel again, each into a line of its own." },
  "codes-too-large": { exit: 2, http: 413, next: "Carry it as a file instead: `parley parcel out FILE`." },
  "mailbox-malformed": { exit: 2, http: 400, next: "Ask the go-between's operator for what opens a mailbox again." },
  "narrow-malformed": {
    exit: 2,
    http: 422,
    next: "Nothing to do: it is sent again, or comes by another carrier. If it stays, exchange by another carrier once.",
  },
  "narrow-too-large": { exit: 2, http: 413, next: "Send it by another carrier, or say it in fewer words." },
  "narrow-no-share": { exit: 1, http: 422, next: "Exchange by another carrier: the receiver's key has changed." },
  "unverified-log": { exit: 1, http: 422, next: "Check that both nodes have the same line file." },
  "unverified-checkpoint": { exit: 1, http: 422, next: AGAIN },
  "unverified-place": { exit: 1, http: 422, next: AGAIN },
  "unverified-closed": {
    exit: 1,
    http: 422,
    next: "Nothing to do: its author has closed that log and goes on in another.",
  },
  "unverified-term": {
    exit: 1,
    http: 422,
    next: "Once, after that party restored its node: nothing to do. Again and again: an old copy of its node runs beside the new one, and says nothing that counts. Tell that party by voice.",
  },
  "unverified-entry": { exit: 1, http: 422, next: AGAIN },
  "unverified-altered": { exit: 1, http: 422, next: AGAIN },
  "unverified-root": { exit: 1, http: 422, next: AGAIN },
  "unverified-receipt": { exit: 1, http: 422, next: AGAIN },
  "split-malformed": { exit: 2, http: 400, next: FILE_AGAIN },
  "handover-malformed": { exit: 2, http: 400, next: FILE_AGAIN },
  "handover-newer": { exit: 3, http: 422, next: "Read it with the newer version of Parley that wrote it." },
  "handover-signature": { exit: 1, http: 422, next: "Do not rely on it; ask both officers what they signed." },
  "evidence-malformed": { exit: 2, http: 400, next: FILE_AGAIN },
  "evidence-truncated": { exit: 2, http: 400, next: "The file was cut; copy it again and compare its size." },
  "evidence-digest": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-pins": {
    exit: 1,
    http: 422,
    next: "Give the fingerprint of every party's identity key, as compared by voice.",
  },
  "evidence-line": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-charter": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-roster": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-closing": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-log": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-checkpoint": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-root": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-proof": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-receipt": { exit: 1, http: 422, next: FILE_AGAIN },
  "evidence-quorum": {
    exit: 1,
    http: 422,
    next: "Ask for an export made after enough witnesses of your policy had cosigned, or verify without the policy.",
  },
  "evidence-entry": { exit: 1, http: 422, next: "Do not rely on this entry; ask its author what it was." },
  "evidence-missing": { exit: 1, http: 422, next: "Export the evidence again from a node that holds the message." },
} as const satisfies ErrorTable;

export type LineErrorCode = keyof typeof LINE_ERRORS;
export const lineError = errorsOf(LINE_ERRORS);
