import { type ErrorTable, errorsOf } from "../wire/error.ts";

/** Faults of the node itself: its directory, its configuration, its door and its way to the others. */
export const SERVER_ERRORS = {
  "config-malformed": { exit: 2, http: 500, next: "Correct the file where it is named, then do it again." },
  "config-other-party": {
    exit: 2,
    http: 500,
    next: "Correct `party` in parley.toml. Where it is right, it is node.keys that are another party's: take its own out of its backup.",
  },
  "node-directory-missing": {
    exit: 2,
    http: 404,
    next: "Make the node's directory with `parley init`, or name another.",
  },
  "node-directory-exists": { exit: 2, http: 409, next: "Choose a directory that has no node in it yet." },
  "node-keys-missing": {
    exit: 3,
    http: 500,
    next: "Take it out of the newest backup: `parley restore` into another directory makes it again. `parley init` would make another node.",
  },
  "node-keys-malformed": {
    exit: 3,
    http: 500,
    next: "Take node.keys out of the newest backup: `parley restore` into another directory makes it again.",
  },
  "line-file-damaged": {
    exit: 3,
    http: 500,
    next: "Take line/line.json out of the newest backup, or from any other party: it is the same file for all.",
  },
  "store-key-missing": {
    exit: 3,
    http: 500,
    next: "Put store.key back from the newest backup, with the passphrase of that day: without it nobody can read the stores.",
  },
  "store-key-malformed": {
    exit: 3,
    http: 500,
    next: "Put store.key back from the newest backup: without it nobody can read the stores.",
  },
  "go-between-key-lost": {
    exit: 3,
    http: 500,
    next: "Put go-between.key back from your copy: the parties' mailboxes name it. Without one, `parley go-between init` elsewhere, and new grants.",
  },
  "store-passphrase-wrong": {
    exit: 2,
    http: 500,
    next: "Give the passphrase of this directory's stores; nobody can recover it. An older store.key has the passphrase of its day.",
  },
  "store-passphrase-needed": {
    exit: 2,
    http: 500,
    next: "Give it with --store-passphrase-file, $PARLEY_STORE_PASSPHRASE, or as the systemd credential parley-store.",
  },
  "store-encrypted": { exit: 2, http: 409, next: "There is nothing to do; `parley store rekey` makes a new key." },
  "stores-plain": {
    exit: 2,
    http: 409,
    next: "Stop the node, then `parley store encrypt`: whoever takes the disk can read them until then.",
  },
  "node-not-paired": {
    exit: 3,
    http: 503,
    next: "Finish the pairing: `parley pair` puts the line's file into the directory.",
  },
  "closings-used-up": {
    exit: 1,
    http: 409,
    next: "No more is taken up of that party, by anybody. Open the line anew: a new pairing, and keep an export of this one.",
  },
  "succession-unheld": {
    exit: 3,
    http: 409,
    next: "Start the node, wait until parley status shows that another party holds all of our log, stop it, and close the log then.",
  },
  "node-running": { exit: 3, http: 409, next: "One directory, one node: stop the one that runs, or use that one." },
  "port-in-use": {
    exit: 3,
    http: 503,
    next: "Choose another port in parley.toml (listen), or end what listens there.",
  },
  "listen-failed": { exit: 3, http: 503, next: "Check the address and the port in parley.toml (listen)." },
  "keys-not-in-roster": {
    exit: 3,
    http: 500,
    next: "Use the node.keys that the newest roster names, or publish a roster.",
  },
  "host-refused": {
    exit: 2,
    http: 403,
    next: "Use the node's own address, or add the name to `hosts` in parley.toml.",
  },
  "origin-refused": { exit: 2, http: 403, next: "Open the console at the node's own address." },
  "log-behind": {
    exit: 3,
    http: 503,
    next: "Nothing is released until every other party has answered: see that the nodes of those who are named run and are reached. Where one cannot answer: `parley generation close`.",
  },
  "own-log-elsewhere": {
    exit: 3,
    http: 409,
    next: "If this party's node was restored elsewhere, this is its old copy, and nothing that it says counts: stop it, and let nobody start it again. If it was not, ask those parties by voice.",
  },
  "own-log-taken-back": {
    exit: 1,
    http: 409,
    next: "It was started from an old copy of its directory, or its disk lost what it had written. See that no other copy runs, look at the disk, and restore with `parley restore` alone. A restart ends this warning.",
  },
  "log-split": {
    exit: 3,
    http: 503,
    next: "Talk to every party, then stop the node, and have the identity key close the log: `parley generation close --cause split`.",
  },
  "node-locked": {
    exit: 3,
    http: 503,
    next: "Another node speaks for this party now. Take this one out of service; if that is wrong, ask who holds the identity key.",
  },
  "peer-no-address": { exit: 3, http: 503, next: "Ask that party to publish a roster with its node's address." },
  "peer-unreachable": {
    exit: 3,
    http: 503,
    next: "It is tried again by itself. Ask that party by telephone whether its node runs, and look at the network between.",
  },
  "peer-timeout": { exit: 3, http: 503, next: "It is tried again by itself; ask that party whether its node is well." },
  "peer-refused": {
    exit: 3,
    http: 503,
    next: "Ask that party what its node says; `parley doctor` on both ends helps.",
  },
  "peer-other-key": {
    exit: 1,
    http: 503,
    next: "Nothing was sent. Check the address in that party's roster, and ask it by voice whether its TLS key changed.",
  },
  "line-door-unknown": {
    exit: 2,
    http: 404,
    next: "Other nodes use POST /line/v1/exchange; officers use the other door.",
  },
  "line-door-plain": {
    exit: 2,
    http: 403,
    next: "Use the line's door (line_listen in parley.toml): parcels go over mutual TLS.",
  },
  "mailbox-grant-refused": {
    exit: 1,
    http: 403,
    next: "Ask the go-between's operator for another grant: each opens one mailbox, once, within 30 days.",
  },
  "go-between-silent": {
    exit: 3,
    http: 503,
    next: "It is tried again by itself. Ask whoever runs that go-between whether it runs, and look at the network between.",
  },
  "mailbox-refused": {
    exit: 1,
    http: 403,
    next: "Check the mailbox in that party's newest roster; what opens one serves once, within 30 days.",
  },
  "mailbox-full": {
    exit: 3,
    http: 507,
    next: "It is tried again by itself; the other party has not collected for long.",
  },
  "door-busy": { exit: 3, http: 503, next: "It is tried again by itself." },
  "witness-unanswered": {
    exit: 3,
    http: 503,
    next: "Nothing waits for it, and it is asked again by itself; check its address in parley.toml (witnesses).",
  },
  "witness-refused": {
    exit: 3,
    http: 503,
    next: "Give the witness's operator this log's verifier key (`parley log --policy` shows it), and check the witness's key in parley.toml.",
  },
  "witness-ahead": {
    exit: 1,
    http: 503,
    next: "If it is true, this node stands behind its own log, or another node signs with its keys. Release nothing, and ask every party what it holds.",
  },
  "witness-disagrees": {
    exit: 1,
    http: 503,
    next: "If it is true, somebody signed another log with this node's keys. Talk to every party, and close the log: `parley generation close --cause split`.",
  },
  "door-too-large": { exit: 2, http: 413, next: "Send smaller parcels." },
  "message-not-in-log": {
    exit: 3,
    http: 409,
    next: "Exchange by another carrier until its log has come, then ask again. If the log holds another entry there, call its author's officers.",
  },
  "draft-empty": { exit: 2, http: 422, next: "Draft at least one message." },
  "draft-not-open": { exit: 1, http: 409, next: "Look at the draft again: it was released or refused already." },
  "draft-not-re-keyed": {
    exit: 1,
    http: 409,
    next: "Enter place, time and height again from the source. Where they differ, find out which is right; if the draft is wrong, refuse it.",
  },
  "draft-not-signed": { exit: 2, http: 409, next: "The drafter signs first; then a second officer releases." },
  "draft-signature-count": {
    exit: 2,
    http: 422,
    next: "Sign every item of the draft, in its order, and nothing else.",
  },
  "draft-findings-unconfirmed": {
    exit: 1,
    http: 409,
    next: "Look at the findings and confirm them, or correct the draft.",
  },
  "draft-refused-finding": { exit: 1, http: 422, next: "Correct what is named; it cannot be released as it is." },
  "draft-stale": { exit: 1, http: 409, next: "Draft it again with a later not-after time." },
  "release-refused": { exit: 1, http: 403, next: "Have another officer with the role release it, or draft it again." },
  "kind-not-allowed": {
    exit: 1,
    http: 422,
    next: "Use a kind that the charter allows; `parley status` shows the charter.",
  },
  "line-expired": {
    exit: 1,
    http: 409,
    next: "Agree on a new charter; sites, alerts and replies still flow meanwhile.",
  },
  "line-left": {
    exit: 1,
    http: 409,
    next: "To speak with these parties again, open a new line: parley pair invite. What was said here stays, and can be exported.",
  },
  "line-suspended": {
    exit: 1,
    http: 409,
    next: "Talk to the party that suspended it; sites, alerts and replies still flow until it resumes.",
  },
  "target-refused": {
    exit: 2,
    http: 422,
    next: "Choose the message that is meant, and an answer that its kind allows.",
  },
  "readback-untrue": { exit: 2, http: 422, next: "Give what was entered, and let the comparison be made from it." },
  "peer-name-unresolved": {
    exit: 3,
    http: 503,
    next: "Check the name in that party's roster, and this machine's DNS.",
  },
  "peer-clock-differs": {
    exit: 3,
    http: 503,
    next: "Set the clocks of both machines right; Parley shows the difference and never corrects it.",
  },
  "peer-receipt-behind": {
    exit: 3,
    http: 503,
    next: "Wait for the next exchange; if it stays, ask that party whether its disk is full, or one side runs an old copy of a restored node.",
  },
  "peer-split": {
    exit: 3,
    http: 503,
    next: "Keep the split record, tell every party, and talk to that party by voice.",
  },
  "test-call-missed": {
    exit: 3,
    http: 503,
    next: "Call that party by telephone: its node, or the way to it, does not answer. `parley doctor` names the step.",
  },
  "quota-exceeded": {
    exit: 3,
    http: 503,
    next: "Ask that party by telephone what it is sending: alerts behind the flood do not come either until then.",
  },
  "quota-held-back": {
    exit: 3,
    http: 503,
    next: "Nothing we say reaches that party until then: say what is urgent by telephone, and find out what fills our log.",
  },
  "tls-key-pending": {
    exit: 3,
    http: 503,
    next: "Nothing to do while those parties are only away: they catch up with the key that they know.",
  },
  "own-address-missing": {
    exit: 3,
    http: 503,
    next: "Set public_address in parley.toml and publish a roster with it, if others are to reach this node.",
  },
  "own-address-other": {
    exit: 1,
    http: 409,
    next: "Tell every party: parley mailbox publish, signed by the identity key. Or correct public_address in parley.toml.",
  },
  "own-address-silent": {
    exit: 3,
    http: 503,
    next: "Check the port forwarding to this node; some networks cannot reach themselves.",
  },
  "certificate-behind": {
    exit: 1,
    http: 409,
    next: "Wait until this node has and has opened what was told; or say why not to wait (--although-behind).",
  },
  "plan-over": {
    exit: 1,
    http: 409,
    next: "Give the plan its new times: `parley plan add` with the same id replaces it.",
  },
  "clock-stepped-back": {
    exit: 1,
    http: 409,
    next: "Set this machine's clock right. If it was ahead when the plan was certified, put the plan again.",
  },
  "plan-breach": {
    exit: 1,
    http: 409,
    next: "See what would clear it: `parley plan suggest`; or override each conflict with a reason: `parley plan override`.",
  },
  "override-refused": {
    exit: 2,
    http: 422,
    next: "Choose a conflict that the plan has now: `parley plan state` lists them.",
  },
  "acted-first": { exit: 1, http: 409, next: "Look at it again: another officer was first; what you wrote is kept." },
  "same-person": { exit: 1, http: 403, next: "Have another person do it: nobody hands over to himself." },
  "alert-over": { exit: 1, http: 409, next: "Nothing is left to do about it; its ladder says who answered." },
  "siren-failed": {
    exit: 3,
    http: 503,
    next: "It is tried again by itself; check [siren] in parley.toml, and that what it names runs (docs/watch.md).",
  },
  "clock-before-charter": { exit: 3, http: 503, next: "Set this machine's clock right." },
  internal: { exit: 3, http: 500, next: "Look at the node's log, and report it with the id that it shows." },
} as const satisfies ErrorTable;

export const serverError = errorsOf(SERVER_ERRORS);
