import { Command } from "commander";
import { changePassphrase, decryptNode, encryptNode, rekeyNode } from "../../server/index.ts";
import { action } from "../action.ts";
import {
  askStorePassphrase,
  chooseStorePassphrase,
  storePassphraseOption,
  type StorePassphraseOptions,
} from "../at-rest.ts";
import { confirmOrStop } from "../confirm.ts";
import type { Context } from "../context.ts";
import { directoryOf } from "../directory.ts";
import { directoryOption, examples } from "../help.ts";

interface Options extends StorePassphraseOptions {
  readonly dir?: string;
  readonly newPassphraseFile?: string;
  readonly yes?: boolean;
}

export function storeCommand(context: Context): Command {
  const command = new Command("store")
    .description(
      "the node's stores and node.keys on the disk: encrypting them, and changing what they are encrypted with",
    )
    .addCommand(encryptCommand(context))
    .addCommand(passphraseCommand(context))
    .addCommand(rekeyCommand(context))
    .addCommand(decryptCommand(context));
  return examples(command, [
    ["a node that was made before stores were encrypted, once it is stopped", "store encrypt --dir north"],
    ["somebody may know the passphrase, and nobody had the disk", "store passphrase --dir north"],
    ["somebody may have had a copy of store.key too, once it is stopped", "store rekey --dir north"],
  ]);
}

function encryptCommand(context: Context): Command {
  const command = new Command("encrypt").description(
    "write the stores and node.keys anew, encrypted, and overwrite the plain ones; the node must not run",
  );
  storePassphraseOption(directoryOption(command));
  examples(command, [["on a terminal, the passphrase is asked for twice", "store encrypt --dir north"]]);
  return action<Options>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    encryptNode(context.suite, dir, await chooseStorePassphrase(context, options));
    const text =
      `${dir}: the stores and node.keys are encrypted. Each start asks for the passphrase from now on; nobody can recover it.\n` +
      "Make a new backup, and keep the passphrase where you will find it when this machine is gone.";
    return { status: 0, json: { dir, encrypted: true }, text };
  });
}

function passphraseCommand(context: Context): Command {
  const command = new Command("passphrase").description(
    "another passphrase for the same key: only store.key is written; the node may run",
  );
  newPassphraseOption(storePassphraseOption(directoryOption(command)));
  examples(command, [["on a terminal, both are asked for", "store passphrase --dir north"]]);
  return action<Options>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const before = await askStorePassphrase(context, options);
    changePassphrase(context.suite, dir, before, await newPassphrase(context, options));
    const text =
      "store.key opens with the new passphrase alone. Copies of it in backups open with the one before: parley store rekey makes those useless.";
    return { status: 0, json: { dir, changed: true }, text };
  });
}

function rekeyCommand(context: Context): Command {
  const command = new Command("rekey").description(
    "a new key and a new passphrase: everything is written anew under them; the node must not run",
  );
  newPassphraseOption(storePassphraseOption(directoryOption(command)));
  examples(command, [["on a terminal, both passphrases are asked for", "store rekey --dir north"]]);
  return action<Options>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const before = await askStorePassphrase(context, options);
    rekeyNode(context.suite, dir, before, await newPassphrase(context, options));
    const text = `${dir}: everything is under a new key. Make a new backup: those before keep the key and the passphrase of their day.`;
    return { status: 0, json: { dir, rekeyed: true }, text };
  });
}

function decryptCommand(context: Context): Command {
  const command = new Command("decrypt")
    .description("write the stores and node.keys anew, in the clear; the node must not run")
    .option("-y, --yes", "do not ask again");
  storePassphraseOption(directoryOption(command));
  examples(command, [["for a disk that is encrypted itself", "store decrypt --dir north"]]);
  return action<Options>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const passphrase = await askStorePassphrase(context, options);
    await confirmOrStop(context, options.yes, "Whoever takes this disk will read everything. Decrypt the stores?");
    decryptNode(context.suite, dir, passphrase);
    return { status: 0, json: { dir, encrypted: false }, text: `${dir}: the stores and node.keys are plain.` };
  });
}

function newPassphraseOption(command: Command): Command {
  return command.option(
    "--new-passphrase-file <file>",
    "read the new passphrase from here (else $PARLEY_NEW_STORE_PASSPHRASE, else asked)",
  );
}

/** The variables and the credential of the one in use do not give the new one. */
function newPassphrase(context: Context, { newPassphraseFile }: Options): Promise<string> {
  const { PARLEY_NEW_STORE_PASSPHRASE: given } = context.env;
  const env = given === undefined ? {} : { PARLEY_PASSPHRASE: given };
  const file = newPassphraseFile === undefined ? {} : { storePassphraseFile: newPassphraseFile };
  return chooseStorePassphrase({ ...context, env }, file, ", the new one");
}
