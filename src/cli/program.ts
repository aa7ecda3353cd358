import { Command } from "commander";
import type { Context } from "./context.ts";
import { CLI_VERSION } from "./version.ts";

type Make = (context: Context) => Command;

/** Each command is loaded when it is asked for: most need neither the node nor the geometry. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, () => Promise<Make>>>>> = {
  "Begin:": {
    init: async () => (await import("./commands/init.ts")).initCommand,
    officer: async () => (await import("./commands/officer.ts")).officerCommand,
    pair: async () => (await import("./commands/pair.ts")).pairCommand,
    serve: async () => (await import("./commands/serve.ts")).serveCommand,
  },
  "Tell:": {
    draft: async () => (await import("./commands/draft.ts")).draftCommand,
    import: async () => (await import("./commands/import.ts")).importCommand,
    gazetteer: async () => (await import("./commands/gazetteer.ts")).gazetteerCommand,
    release: async () => (await import("./commands/release.ts")).releaseCommand,
    convert: async () => (await import("./commands/convert.ts")).convertCommand,
  },
  "Hear:": {
    inbox: async () => (await import("./commands/inbox.ts")).inboxCommand,
    show: async () => (await import("./commands/show.ts")).showCommand,
    read: async () => (await import("./commands/read.ts")).readCommand,
    readback: async () => (await import("./commands/readback.ts")).readbackCommand,
    told: async () => (await import("./commands/told.ts")).toldCommand,
    table: async () => (await import("./commands/table.ts")).tableCommand,
    public: async () => (await import("./commands/table.ts")).publicCommand,
    answer: async () => (await import("./commands/answer.ts")).answerCommand,
  },
  "Watch:": {
    watch: async () => (await import("./commands/watch.ts")).watchCommand,
  },
  "Keep apart:": {
    plan: async () => (await import("./commands/plan.ts")).planCommand,
    check: async () => (await import("./commands/check.ts")).checkCommand,
  },
  "Prove:": {
    "who-knows": async () => (await import("./commands/who-knows.ts")).whoKnowsCommand,
    log: async () => (await import("./commands/log.ts")).logCommand,
    export: async () => (await import("./commands/export.ts")).exportCommand,
    verify: async () => (await import("./commands/verify.ts")).verifyCommand,
  },
  "Carry:": {
    parcel: async () => (await import("./commands/parcel.ts")).parcelCommand,
    mailbox: async () => (await import("./commands/mailbox.ts")).mailboxCommand,
    "go-between": async () => (await import("./commands/go-between.ts")).goBetweenCommand,
  },
  "Keep running:": {
    status: async () => (await import("./commands/status.ts")).statusCommand,
    doctor: async () => (await import("./commands/doctor.ts")).doctorCommand,
    backup: async () => (await import("./commands/backup.ts")).backupCommand,
    restore: async () => (await import("./commands/restore.ts")).restoreCommand,
    drill: async () => (await import("./commands/drill.ts")).drillCommand,
    key: async () => (await import("./commands/key.ts")).keyCommand,
    store: async () => (await import("./commands/store.ts")).storeCommand,
    generation: async () => (await import("./commands/generation.ts")).generationCommand,
  },
};

const AFTER = `
Every command has its own help with examples: parley help draft, parley help pair sign.
Every command takes --json: JSON alone on standard output, words on standard error.
Exit status: 0 yes; 1 a valid "no"; 2 bad input or usage; 3 could not run.
Passphrases come from --passphrase-file, from PARLEY_PASSPHRASE or from the terminal, never as an argument.
`;

/** The program with the one command that `args` ask for, or with all where they ask for none in particular. */
export async function program(context: Context, args: readonly string[]): Promise<Command> {
  const root = new Command("parley")
    .description("A line between sides that do not work together.")
    .version(CLI_VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .addHelpText("after", AFTER);
  const wanted = (args[0] === "help" ? args[1] : args[0]) ?? "";
  const known = Object.values(GROUPS).some((commands) => Object.hasOwn(commands, wanted));
  for (const [heading, commands] of Object.entries(GROUPS)) {
    root.commandsGroup(heading);
    for (const [name, load] of Object.entries(commands)) {
      if (!known || name === wanted) root.addCommand((await load())(context));
    }
  }
  for (const command of [root, ...below(root)]) settle(command, context);
  return root;
}

function below(command: Command): Command[] {
  return command.commands.flatMap((inner): Command[] => [inner, ...below(inner)]);
}

/** Usage faults throw, so that they end with status 2 like any other bad input; help fits a terminal. */
function settle(command: Command, context: Context): void {
  command
    .exitOverride()
    .showHelpAfterError(false)
    .configureHelp({
      helpWidth: Math.min(process.stdout.columns ?? 110, 120),
      showGlobalOptions: false,
      sortSubcommands: false,
    })
    .configureOutput({ writeOut: context.print, writeErr: context.say, outputError: () => undefined });
}
