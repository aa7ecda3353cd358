import { isCancel, password } from "@clack/prompts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { readText } from "./files.ts";

/** Shorter ones fall to guessing: each guess costs an attacker with the file about 0.1 s. */
const SHORTEST = 8;

/**
 * The passphrase of `what`: from a file (its first line), from PARLEY_PASSPHRASE, or asked for. Never an argument: the
 * command lines of a machine can be read by all its users.
 */
export async function askPassphrase(context: Context, file: string | undefined, what: string): Promise<string> {
  const given = givenPassphrase(context, file);
  if (given !== null) return given;
  if (!context.interactive) throw cliError("no-passphrase", `The passphrase of ${what} is needed.`);
  return typed(`Passphrase of ${what}`);
}

/** The same for a new key: typed twice, and not too short. */
export async function choosePassphrase(context: Context, file: string | undefined, what: string): Promise<string> {
  const given = givenPassphrase(context, file);
  if (given === null && !context.interactive) throw cliError("no-passphrase", `A passphrase for ${what} is needed.`);
  const chosen = given ?? (await typed(`Choose a passphrase for ${what}`));
  if (chosen.length < SHORTEST) {
    throw cliError("passphrase-refused", `The passphrase of ${what} needs at least ${SHORTEST} characters.`);
  }
  if (given === null && (await typed("The same again")) !== chosen) {
    throw cliError("passphrase-refused", "The two differ; nothing was made.");
  }
  return chosen;
}

function givenPassphrase(context: Context, file: string | undefined): string | null {
  if (file !== undefined) return readText(file).split(/\r?\n/)[0] as string;
  return context.env["PARLEY_PASSPHRASE"] ?? null;
}

async function typed(message: string): Promise<string> {
  const answer = await password({ message, output: process.stderr });
  if (isCancel(answer)) throw cliError("not-confirmed", "Cancelled.");
  return answer;
}
