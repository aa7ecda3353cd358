/**
 * Which characters a person's words may hold. Words of one side are shown on another side's pages, terminals and
 * prints: whatever could forge a line, hide text or turn its direction beyond its own end is refused, never repaired.
 */
import { messageError } from "./errors.ts";

/** Controls, line and paragraph separators, direction overrides and isolates, tags, noncharacters, lone surrogates. */
const REFUSED =
  "\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u206f" +
  "\\ufeff\\ufff9-\\uffff\\u{e0000}-\\u{e007f}\\p{Cs}";

/** Words of several lines: a line feed is the only control character. */
export const WORDS = new RegExp(`^[^${REFUSED}]*$`, "u");
/** Words of one line. */
export const ONE_LINE = new RegExp(`^[^\\n${REFUSED}]*$`, "u");

/** `text` if it may be said; its length counts UTF-16 code units. @throws text-refused */
export function saidText(text: string, where: string, form: RegExp, max: number): string {
  if (text.length > max) throw messageError("text-refused", `${where} has ${text.length} characters; at most ${max}.`);
  if (!form.test(text)) {
    throw messageError("text-refused", `${where} holds a character that could disguise what is said.`);
  }
  return text;
}

/** A language tag (BCP 47), short form: `en`, `ar`, `ckb`, `zh-Hant`. */
export const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * `text` set inside a phrase so that its direction ends where it ends (first-strong isolate, UAX 9). Said text cannot
 * hold an isolate of its own, so it cannot break out.
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? apart(text) : text;
}

/** `text` set apart whatever its direction is. */
export const apart = (text: string): string => `\u2068${text}\u2069`;

/** `text` set apart and read from left to right: figures that are compared across languages. */
export const leftToRight = (text: string): string => `\u2066${text}\u2069`;
