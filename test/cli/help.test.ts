import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "commander";
import { processContext } from "../../src/cli/context.ts";
import { program } from "../../src/cli/program.ts";
import { parley } from "./run.ts";

const root = await program(processContext(), []);

function leaves(command: Command, path: readonly string[] = []): { command: Command; path: readonly string[] }[] {
  if (command.commands.length === 0) return [{ command, path }];
  return command.commands.flatMap((inner) => leaves(inner, [...path, inner.name()]));
}

/** Words of a line as a shell splits it. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? (match[2] as string));
}

test("every command is described, takes --json and has an example that it takes itself", async () => {
  const all = leaves(root);
  assert.ok(all.length > 30, String(all.length));
  for (const { command, path } of all) {
    const name = path.join(" ");
    assert.ok(command.description().length > 10, name);
    assert.ok(
      command.options.some(({ long }) => long === "--json"),
      `${name} has no --json`,
    );
    const examples = (helpOf(command).split("\nExamples:\n")[1] ?? "").replaceAll(/ \\\n\s+/g, " ");
    const lines = [...examples.matchAll(/^ {2}parley (.*)$/gm)].map((match) => match[1] as string);
    assert.ok(lines.length > 0, `${name} has no example`);
    for (const line of lines) isTaken(line);
  }
});

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (more) => void (text += more) });
  command.outputHelp();
  return text;
}

/** An example may show another command; it must be one that exists, with options that it has. */
function isTaken(line: string): void {
  let words = wordsOf(line);
  let command: Command = root;
  for (;;) {
    const inner = command.commands.find((each) => each.name() === words[0]);
    if (inner === undefined) break;
    command = inner;
    words = words.slice(1);
  }
  assert.equal(command.commands.length, 0, line);
  const { operands, unknown } = command.parseOptions(words);
  assert.deepEqual(unknown, [], line);
  assert.ok(operands.length >= command.registeredArguments.filter(({ required }) => required).length, line);
}

test("help goes to standard output with status 0, for the whole and for a command", async () => {
  const whole = await parley(["--help"]);
  assert.equal(whole.status, 0, whole.stderr);
  for (const name of [
    "init",
    "serve",
    "officer",
    "pair",
    "import",
    "draft",
    "release",
    "inbox",
    "show",
    "read",
    "readback",
  ]) {
    assert.match(whole.stdout, new RegExp(`^ {2}${name} `, "m"));
  }
  for (const name of ["answer", "plan", "check", "status", "log", "export", "verify", "backup", "restore", "doctor"]) {
    assert.match(whole.stdout, new RegExp(`^ {2}${name} `, "m"));
  }
  const one = await parley(["help", "inbox"]);
  assert.equal(one.status, 0, one.stderr);
  assert.match(one.stdout, /Usage: parley inbox/);
  const inner = await parley(["help", "plan", "add"]);
  assert.equal(inner.status, 0, inner.stderr);
  assert.match(inner.stdout, /Usage: parley plan add .*--height/s);
  const version = await parley(["--version"]);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
});
