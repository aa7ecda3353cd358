import { confirm, isCancel, text } from "@clack/prompts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";

/**
 * Goes on where the answer is yes, or was given with `--yes`.
 * @throws not-confirmed where nobody can be asked, cancelled where somebody said no
 */
export async function confirmOrStop(context: Context, yes: boolean | undefined, question: string): Promise<void> {
  if (yes === true) return;
  if (!context.interactive) throw cliError("not-confirmed", `Not confirmed: ${question}`);
  const answer = await confirm({ message: question, initialValue: false, output: process.stderr });
  if (isCancel(answer)) throw cliError("cancelled", "Cancelled.");
  if (!answer) throw cliError("cancelled", "The answer was no.");
}

export interface Asking {
  readonly placeholder?: string;
  /** Says why an answer is refused, and it is asked again; undefined where it is not. */
  readonly refused?: (answer: string) => string | undefined;
}

/** Asks for a line of text. An empty answer is `undefined`. */
export async function askText(
  context: Context,
  message: string,
  { placeholder = "", refused }: Asking = {},
): Promise<string | undefined> {
  if (!context.interactive) throw cliError("usage", `Not given: ${message}.`);
  const validate = (answer: string | undefined) => refused?.(answer ?? "");
  const answer = await text({ message, placeholder, validate, output: process.stderr });
  if (isCancel(answer)) throw cliError("cancelled", "Cancelled.");
  return answer === undefined || answer.trim() === "" ? undefined : answer.trim();
}
