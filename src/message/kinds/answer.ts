import { nullable, record, usually } from "../compose.ts";
import type { AnswerCode } from "../codes.ts";
import { code, instant, words } from "../field.ts";

interface Needs {
  /** Why, in words. */
  readonly reason?: true;
  /** What was understood, or what was done. */
  readonly words?: true;
  readonly until?: true;
  readonly at?: true;
}

/**
 * What each answer must hold. Whatever is not asked for stays empty where one officer releases the answer: free words
 * that only one person has seen do not leave.
 */
export const ANSWER_NEEDS: Readonly<Record<AnswerCode, Needs>> = {
  NOTED: {},
  CONCERN: { reason: true },
  STANDBY: { until: true },
  LISTED: {},
  "NOT LISTED": { reason: true },
  RESTATED: { words: true },
  CONFIRMED: {},
  "NOT MEANT": { reason: true },
  DIFFER: { reason: true },
  ANSWERED: { words: true },
  YES: {},
  NO: {},
  "CANNOT SAY": {},
  CEASED: { at: true },
  "NOT OURS": {},
  UNABLE: { reason: true },
};

const WORDLESS: readonly AnswerCode[] = ["NOTED", "STANDBY"];

/** What one party says to one message, or with scope "list" to every message of its list that it had then. */
export const ANSWER = record(
  {
    answer: code("answer"),
    scope: usually(code("scope"), "message"),
    reason: words(2000),
    words: words(8000),
    /** STANDBY: by when the answer comes. */
    until: nullable(instant()),
    /** CEASED: when it ceased. */
    at: nullable(instant()),
  },
  {
    check: ({ answer, reason, words: said, until, at }) => {
      const needs = ANSWER_NEEDS[answer];
      if (needs.reason && reason === "") return `${answer} needs a reason`;
      if (needs.words && said === "") return `${answer} needs words`;
      if ((until !== null) !== (needs.until === true)) return `${answer} ${needs.until ? "needs" : "has no"} "until"`;
      if ((at !== null) !== (needs.at === true)) return `${answer} ${needs.at ? "needs" : "has no"} "at"`;
      return WORDLESS.includes(answer) && reason + said !== "" ? `${answer} has no words` : null;
    },
  },
);
