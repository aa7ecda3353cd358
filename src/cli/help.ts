import type { Command } from "commander";

/** Examples at the end of a command's help: what it is for, then the line to type. */
export function examples(command: Command, rows: readonly (readonly [what: string, line: string])[]): Command {
  const text = rows.map(([what, line]) => `  # ${what}\n  ${folded(`parley ${line}`)}`).join("\n\n");
  return command.addHelpText("after", `\nExamples:\n${text}\n`);
}

const WIDTH = 100;

/** A long line goes on below, at its options, as a shell takes it. */
function folded(line: string): string {
  const lines = [""];
  for (const part of line.split(/ (?=--?[a-z])/)) {
    const last = lines.at(-1) as string;
    if (last !== "" && last.length + part.length >= WIDTH) lines.push(part);
    else lines[lines.length - 1] = last === "" ? part : `${last} ${part}`;
  }
  return lines.join(" \\\n    ");
}

/** How a command finds the node that it speaks to, and whose key it signs with. */
export interface NodeOptions {
  readonly dir?: string;
  readonly url?: string;
  readonly key?: string;
  readonly as?: string;
  readonly passphraseFile?: string;
}

export function directoryOption(command: Command): Command {
  return command
    .optionsGroup("Who and where:")
    .option("--dir <dir>", "the node's directory (default: $PARLEY_DIR, else the current one)");
}

export function passphraseOption(command: Command, whose = "the key's"): Command {
  return command.option(
    "--passphrase-file <file>",
    `read ${whose} passphrase from here (else $PARLEY_PASSPHRASE, else asked)`,
  );
}

/** `flag` names the officer; only where `--as` means something else is it another. */
export function nodeOptions(
  command: Command,
  flag: "--as <officer>" | "--officer <officer>" = "--as <officer>",
): Command {
  directoryOption(command)
    .option(flag, "who you are: DIR/officers/OFFICER.key (default: $PARLEY_OFFICER, else the only key there)")
    .option("--url <url>", "the node's address, on a machine that has no directory of it; goes with --key")
    .option("--key <file>", "your key file");
  return passphraseOption(command).optionsGroup("Options:");
}

/** Several words behind one option: given again, or with commas. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, ...value.split(",").map((word) => word.trim())].filter((word) => word !== "");
}

/** The same where the values themselves have commas. */
export function gather(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
