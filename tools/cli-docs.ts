/** Writes `docs/cli.md` from the command line's own help. `--check` only compares; exit status 1 where it is out of date. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { processContext } from "../src/cli/context.ts";
import { program } from "../src/cli/program.ts";

const PAGE = join(import.meta.dirname, "..", "docs", "cli.md");
const WIDTH = 110;

const HEAD = `# The command line

\`./parley\` runs on a fresh machine with any Node from 20 on; the first time it installs what is missing.

This page is the commands' own help (\`npm run cli-docs\` writes it). In the examples, \`north\`, \`south\` and \`relief\` are the
directories of three nodes; \`PARLEY_DIR\` and \`PARLEY_OFFICER\` save typing \`--dir\` and \`--as\`.

| exit status | means |
| --- | --- |
| 0 | yes |
| 1 | a valid "no": a conflict, something undecided, a read-back that differs, a verification that failed, not confirmed |
| 2 | bad input or usage |
| 3 | could not run |

With \`--json\` a command prints JSON alone on standard output: what it was asked for, or
\`{"error": {"code", "message", "next", "exit", "detail"}}\`. Words and progress go to standard error. Every code is in
[errors.md](errors.md).
`;

function helpOf(command: Command): string {
  let text = "";
  command.configureHelp({ helpWidth: WIDTH }).configureOutput({ writeOut: (more) => void (text += more) });
  command.outputHelp();
  return text.trimEnd();
}

function sections(command: Command, path: readonly string[]): string[] {
  const name = [...path, command.name()].join(" ");
  const own = `${"#".repeat(Math.min(path.length + 1, 3))} ${name}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`;
  const below = command.commands.filter((inner) => inner.name() !== "help");
  return [own, ...below.flatMap((inner) => sections(inner, [...path, command.name()]))];
}

const root = await program(processContext(), []);
const page = [HEAD, ...root.commands.flatMap((command) => sections(command, ["parley"]))].join("\n");
if (!process.argv.includes("--check")) writeFileSync(PAGE, page);
else if (!existsSync(PAGE) || readFileSync(PAGE, "utf8") !== page) {
  process.stderr.write("docs/cli.md is out of date: run `npm run cli-docs`.\n");
  process.exitCode = 1;
}
