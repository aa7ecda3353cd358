import type { Kind } from "../../message/index.ts";

/** The kinds by their names on screen, as the phrasebook has them in titles. */
export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  activity: "Activity",
  site: "Site",
  movement: "Movement",
  presence: "Presence",
  stance: "Stance",
  assessment: "Assessment",
  report: "Report",
  warning: "Warning",
  query: "Query",
  alert: "ALERT",
  call: "Call",
  text: "Text",
  answer: "Answer",
  read: "Read",
  readback: "Read-back",
  withdrawal: "Withdrawal",
  countersignature: "Counter-signature",
};

/** What each answer says, for whoever is about to give it. */
export const ANSWER_HINTS: Readonly<Record<string, string>> = {
  NOTED: "taken note of; nothing stands against it",
  CONCERN: "something stands against it; say what",
  STANDBY: "an answer comes, by the time you name",
  LISTED: "entered on the restricted list",
  "NOT LISTED": "not entered; say why",
  RESTATED: "in our own words, to be confirmed",
  CONFIRMED: "that is what was meant",
  "NOT MEANT": "that is not what was meant; say why",
  DIFFER: "we see it differently; say how",
  ANSWERED: "say what was done",
  YES: "",
  NO: "",
  "CANNOT SAY": "we do not know, or do not tell",
  CEASED: "it has ceased; say when",
  "NOT OURS": "it is not ours",
  UNABLE: "we cannot; say why. It escalates",
};
