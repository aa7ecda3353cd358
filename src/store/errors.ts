import { type ErrorTable, errorsOf } from "../wire/error.ts";

/** Faults of the node's own disk. After every one of them the store holds what it held before. */
export const STORE_ERRORS = {
  "disk-full": {
    exit: 3,
    http: 507,
    next: "Free space on the node's disk and do it again; nothing was half-done and nothing is lost.",
  },
  "store-missing": {
    exit: 3,
    http: 500,
    next: 'Put the file back, or restore the newest backup (parley restore). There is none: docs/operations.md, "When something is lost". A node that began anew would contradict itself.',
  },
  "store-newer": { exit: 3, http: 500, next: "Run the newer version of Parley that wrote it; this one would harm it." },
  "store-not-ours": { exit: 3, http: 500, next: "Point the node at its own directory; this file is something else." },
  "store-other-line": { exit: 3, http: 500, next: "Each line has its own node directory; use the one of this line." },
  "store-corrupt": { exit: 3, http: 500, next: "Stop the node, keep the file, and restore the newest backup." },
  "store-other-key": {
    exit: 3,
    http: 500,
    next: "Put back the store.key that belongs to these stores, or restore the newest backup, which holds both.",
  },
  "store-plain": {
    exit: 3,
    http: 500,
    next: "Somebody put it there: find out who. If it was you, `parley store encrypt` in a directory without store.key.",
  },
  "store-read-only": { exit: 3, http: 500, next: "Make the node's directory writable for the user it runs as." },
  "store-busy": { exit: 3, http: 503, next: "Another program holds the store; end it, or try again in a moment." },
  "store-failed": { exit: 3, http: 500, next: "Look at the disk's health and the node's log, then start it again." },
  "store-size-changed": { exit: 3, http: 503, next: "Another writer was first; nothing was written. Try it again." },
  "draft-moved": { exit: 1, http: 409, next: "Look at the draft again: another officer was first." },
  "handover-moved": { exit: 1, http: 409, next: "Look at the handover again: another officer was first." },
  "gazetteer-name": {
    exit: 2,
    http: 400,
    next: "Name it with letters, digits, spaces, points and hyphens: --name IRAQ.",
  },
  "gazetteer-file-too-large": {
    exit: 2,
    http: 413,
    next: "Take the dump of one country, or boundaries that are simplified.",
  },
  "gazetteer-damaged": {
    exit: 3,
    http: 500,
    next: "Remove it with `parley gazetteer remove`, and add its file again.",
  },
  "backup-exists": { exit: 2, http: 409, next: "Choose a directory that does not exist yet." },
  "backup-missing": { exit: 2, http: 404, next: "Point at a directory that `parley backup` made." },
} as const satisfies ErrorTable;

export const storeError = errorsOf(STORE_ERRORS);
