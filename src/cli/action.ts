/** How every command runs: it works, and hands back what to say and with which exit status. */
import type { Command } from "commander";
import { errorBody } from "../api/index.ts";
import { isParleyError, type ParleyError } from "../wire/error.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import { jsonPieces } from "./json-pieces.ts";

/** What a command hands back. Status 1 is a valid "no"; 2 where the faults of its input are its output; others are thrown. */
export interface Outcome {
  readonly status: 0 | 1 | 2;
  /** For programs: what `--json` prints. `undefined` where the command has written its output itself. */
  readonly json?: unknown;
  /** For people; a function where it is long, and nobody may ask for it: the whole, or its lines. */
  readonly text?: string | (() => string | Iterable<string> | AsyncIterable<string>);
}

export type Perform<Options> = (context: Context, options: Options, args: readonly string[]) => Promise<Outcome>;

/** Ties `perform` to `command`, with `--json`, exit status and the printing of faults, which are the same for all. */
export function action<Options extends object>(context: Context, command: Command, perform: Perform<Options>): Command {
  command.option("--json", "print JSON alone on standard output, and words on standard error");
  return command.action(async () => {
    const options = command.optsWithGlobals<{ json?: boolean }>();
    const json = options.json === true;
    try {
      const outcome = await perform(context, options as Options, command.processedArgs.flat() as string[]);
      process.exitCode = outcome.status;
      await (json ? printJson(context, outcome) : printText(context, outcome));
    } catch (error) {
      fail(context, error, json);
    }
  });
}

async function printJson(context: Context, { json }: Outcome): Promise<void> {
  if (json === undefined) return;
  for await (const piece of jsonPieces(json)) {
    context.write(piece);
    await context.printed();
  }
  context.print("");
}

async function printText(context: Context, { text = "" }: Outcome): Promise<void> {
  const said = typeof text === "function" ? text() : text;
  if (said === "") return;
  for await (const piece of typeof said === "string" ? [said] : said) {
    context.print(piece);
    await context.printed();
  }
}

/** Prints a fault: what is wrong and where, what to do next, its code; sets the exit status that belongs to it. */
function fail(context: Context, error: unknown, json: boolean): void {
  const fault = faultOf(error);
  process.exitCode = fault.exit;
  if (json) context.print(JSON.stringify(errorBody(fault)));
  context.say(faultText(fault));
  if (context.env["PARLEY_TRACE"]) context.say(error instanceof Error ? (error.stack ?? "") : String(error));
}

export function faultText(fault: ParleyError): string {
  return `${fault.message}\n  next: ${fault.next}\n  code: ${fault.code}`;
}

function faultOf(error: unknown): ParleyError {
  if (isParleyError(error)) return error;
  const { code, message, path } = error as NodeJS.ErrnoException;
  const where = path === undefined ? "" : ` (${path})`;
  if (code === "ENOSPC" || code === "EROFS" || code === "EDQUOT") {
    return cliError("file-unwritable", `Writing failed: ${message}`, { cause: error });
  }
  if (code === "ENOENT" || code === "EACCES" || code === "EISDIR" || code === "ENOTDIR") {
    return cliError("file-unreadable", `${message}${message.includes(path ?? "\0") ? "" : where}`, { cause: error });
  }
  return cliError("unexpected", `This should not have happened: ${message ?? String(error)}`, { cause: error });
}
