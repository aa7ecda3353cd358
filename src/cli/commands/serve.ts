import { Command } from "commander";
import { startNode } from "../../server/index.ts";
import { action } from "../action.ts";
import { storePassphrase, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import type { Context } from "../context.ts";
import { directoryOf } from "../directory.ts";
import { directoryOption, examples } from "../help.ts";

interface Options extends StorePassphraseOptions {
  readonly dir?: string;
  readonly json?: boolean;
}

export function serveCommand(context: Context): Command {
  const command = new Command("serve").description(
    "run the node: its console, its API, and the exchange with the others",
  );
  storePassphraseOption(directoryOption(command));
  examples(command, [
    ["until it is told to end (Ctrl-C, SIGTERM); its own log goes to standard error", "serve --dir north"],
    ["from a service manager, with where it listens as JSON", "serve --dir /var/lib/parley/north --json"],
  ]);
  return action<Options>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const asked = new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    });
    const node = await startNode(dir, { passphrase: await storePassphrase(context, dir, options) });
    context.print(
      options.json === true
        ? JSON.stringify({ url: node.url, dir })
        : `The node serves at ${node.url} (Ctrl-C ends it).`,
    );
    await asked;
    // With --json standard error holds the node's own log alone.
    if (options.json !== true) context.say("Ending …");
    await node.stop();
    return { status: 0, text: "Ended." };
  });
}
