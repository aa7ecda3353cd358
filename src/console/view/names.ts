import type { AnswerCode } from "../../message/index.ts";
import type { Tongue } from "../words/load.ts";

/** What an answer says, for whoever is about to give it; the code itself where this page does not know it. */
export function answerHint({ t, has }: Pick<Tongue, "t" | "has">, code: string): string {
  const key = `answer.hint-${code as AnswerCode}` as const;
  return has(key) ? t(key) : code;
}
