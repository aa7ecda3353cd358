import { type Command, CommanderError } from "commander";
import { errorBody } from "../api/index.ts";
import { faultText } from "./action.ts";
import { processContext } from "./context.ts";
import { cliError } from "./errors.ts";
import { program } from "./program.ts";
import { isParleyError } from "../wire/error.ts";

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
    const asked = askedOf(args);
    const root = await program(context, asked ?? args);
    if (asked !== null) requireCommand(root, asked);
    // Commander's own help knows the first command alone.
    await root.parseAsync(asked === null ? args : [...asked, "--help"], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return;
    if (!(error instanceof CommanderError) && !isParleyError(error)) throw error;
    const fault = error instanceof CommanderError ? cliError("usage", usageText(error)) : error;
    process.exitCode = fault.exit;
    if (args.includes("--json")) context.print(JSON.stringify(errorBody(fault)));
    context.say(faultText(fault));
  }
}

/** The command that `help plan add` asks of; null where no help of one is asked for. */
function askedOf([first, ...rest]: readonly string[]): readonly string[] | null {
  const words = rest.filter((word) => !word.startsWith("-"));
  return first === "help" && words.length > 0 ? words : null;
}

/** Commander shows the help of whatever it knows of them, and passes over the rest. */
function requireCommand(root: Command, words: readonly string[]): void {
  let command = root;
  for (const [i, word] of words.entries()) {
    const inner = command.commands.find((each) => each.name() === word);
    if (inner === undefined && !(i === 0 && word === "help")) {
      const name = words.slice(0, i + 1).join(" ");
      const above = ["parley help", ...words.slice(0, i)].join(" ");
      throw cliError("usage", `There is no command "parley ${name}"; "${above}" lists those that there are.`);
    }
    command = inner ?? command;
  }
}

/** Commander's own words without its prefix; a bare command's help was printed already. */
function usageText({ code, message }: CommanderError): string {
  if (code === "commander.help") return "A command is missing.";
  const words = message.replace(/^error: /, "");
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.)?]$/.test(sentence) ? sentence : `${sentence}.`;
}
