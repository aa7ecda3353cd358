import { isParleyError } from "../../wire/error.ts";
import type { Tongue } from "../words/load.ts";
import type { Said } from "../words/types.ts";

/** What went wrong and what to do next, for an officer. */
export interface Problem {
  /** From the closed list in docs/errors.md, or of this page. */
  readonly code: string;
  /** As the node or a room of ours says it, in English. */
  readonly message: string;
  readonly next: string;
  /** As this page says it, in the reader's language, where it is this page's own. */
  readonly said: Said | null;
}

/** Something that the officer has to enter or to correct first. */
export class Missing extends Error {
  readonly said: Said;
  constructor(said: Said) {
    super("Something is missing in a form.");
    this.said = said;
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Missing) return { code: "console", message: "", next: "", said: error.said };
  if (isParleyError(error)) return { code: error.code, message: error.message, next: error.next, said: null };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "console", message, next: "", said: null };
}

/** The words for these say all that there is to say: the node's own sentence would only say it again, in English. */
const SAID_WHOLLY = new Set(["node-unreachable", "reply-not-understood", "session-expired", "not-signed-in"]);

/** What the node says beside the words for its code, in English; null where that is nothing more. */
export function detailOf({ code, message }: Problem): string | null {
  return message === "" || SAID_WHOLLY.has(code) ? null : message;
}

/** In the reader's language; null for a code that his language has no words for. */
export function problemWords(
  { t, has, phrases }: Pick<Tongue, "t" | "has" | "phrases">,
  { code, said }: Problem,
): string | null {
  if (said !== null) return said(t, has, phrases);
  const key = [`problem.${code}`, `fault.${code}`].find(has);
  return key === undefined ? null : (t as (key: string) => string)(key);
}
