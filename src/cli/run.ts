import { CommanderError } from "commander";
import { errorBody } from "../api/index.ts";
import { faultText } from "./action.ts";
import { processContext } from "./context.ts";
import { cliError } from "./errors.ts";
import { program } from "./program.ts";

/** Runs the command that `args` name, and leaves its exit status in `process.exitCode`. */
export async function run(args: readonly string[]): Promise<void> {
  const context = processContext();
  // A reader that has seen enough (`parley log | head`) is no fault of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    const fault = cliError("file-unwritable", `The output could not be written: ${error.message}.`, { cause: error });
    context.say(faultText(fault));
    process.exit(fault.exit);
  });
  // Where nobody hears words there is nobody to tell.
  process.stderr.on("error", () => {});
  try {
    const asked = helpOf(args);
    await (await program(context, asked)).parseAsync(asked, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    const fault = cliError("usage", usageText(error));
    process.exitCode = fault.exit;
    if (args.includes("--json")) context.print(JSON.stringify(errorBody(fault)));
    context.say(faultText(fault));
  }
}

/** `help plan add` is `plan add --help`: Commander's own help knows the first command alone. */
function helpOf(args: readonly string[]): readonly string[] {
  const [first, ...command] = args;
  const isInner = first === "help" && command.length > 1 && !command.some((word) => word.startsWith("-"));
  return isInner ? [...command, "--help"] : args;
}

/** Commander's own words without its prefix; a bare command's help was printed already. */
function usageText({ code, message }: CommanderError): string {
  if (code === "commander.help") return "A command is missing.";
  const words = message.replace(/^error: /, "");
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.)?]$/.test(sentence) ? sentence : `${sentence}.`;
}
