import { isCancel, password } from "@clack/prompts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { readText } from "./files.ts";
import { count } from "./table.ts";

/** Shorter ones fall to guessing: each guess costs an attacker with the file about 0.1 s. */
const SHORTEST = 8;

/**
 * The passphrase of `what`: from a file (its first line), from PARLEY_PASSPHRASE, or asked for. Never an argument: the
 * command lines of a machine can be read by all its users.
 */
export async function askPassphrase(context: Context, file: string | undefined, what: string): Promise<string> {
  const given = givenPassphrase(context, file);
  if (given === "")
    throw cliError("no-passphrase", `The first line of ${file} is empty: the passphrase of ${what} is needed.`);
  if (given !== null) return given;
  if (!context.interactive) throw cliError("no-passphrase", `The passphrase of ${what} is needed.`);
  return typed(`Passphrase of ${what}`);
}

/**
 * The same for a new key: typed twice, and not too short. At a terminal a mistake is asked again, not ended with. `hint`
 * goes on with the question there.
 */
export async function choosePassphrase(
  context: Context,
  file: string | undefined,
  what: string,
  hint = "",
): Promise<string> {
  const given = givenPassphrase(context, file);
  if (given === null && !context.interactive) throw cliError("no-passphrase", `A passphrase for ${what} is needed.`);
  if (given === null) return typedTwice(`${what}${hint}`);
  if (given.length < SHORTEST) {
    throw cliError(
      "passphrase-refused",
      `The passphrase chosen for ${what} has ${count(given.length, "character")}, and needs at least ${SHORTEST}.`,
    );
  }
  return given;
}

async function typedTwice(what: string): Promise<string> {
  const chosen = await typed(
    `Choose a passphrase for ${what} (at least ${SHORTEST} characters, better several words)`,
    {
      refused: (text) =>
        text.length < SHORTEST ? `At least ${SHORTEST} characters: ${text.length} typed.` : undefined,
    },
  );
  await typed("The same again (Ctrl-C to begin anew)", {
    refused: (text) => (text === chosen ? undefined : "The two differ. Correct this one, or end with Ctrl-C."),
  });
  return chosen;
}

function givenPassphrase(context: Context, file: string | undefined): string | null {
  if (file !== undefined) return readText(file).split(/\r?\n/)[0] as string;
  return context.env["PARLEY_PASSPHRASE"] ?? null;
}

interface Typing {
  /** Says why a text is refused; undefined where it is not. */
  readonly refused?: (text: string) => string | undefined;
}

async function typed(message: string, { refused }: Typing = {}): Promise<string> {
  const answer = await password({ message, output: process.stderr, validate: (text) => refused?.(text ?? "") });
  if (isCancel(answer)) throw cliError("cancelled", "Cancelled.");
  return answer;
}
