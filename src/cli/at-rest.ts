/** The passphrase of a node's stores, where they are encrypted, and the directory opened with it. */
import type { Command } from "commander";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type AtRest, isEncrypted, nodeAtRest } from "../server/index.ts";
import type { Context } from "./context.ts";
import { askPassphrase, choosePassphrase } from "./passphrase.ts";

export interface StorePassphraseOptions {
  readonly storePassphraseFile?: string;
}

/** As systemd hands it over (`LoadCredentialEncrypted=`). */
const CREDENTIAL = "parley-store";
const WHAT = "the node's stores";

export function storePassphraseOption(command: Command): Command {
  return command.option(
    "--store-passphrase-file <file>",
    "read the passphrase of the stores from here (else $PARLEY_STORE_PASSPHRASE, the systemd credential parley-store, $PARLEY_PASSPHRASE, else asked)",
  );
}

/** Null where the stores are plain. */
export async function storePassphrase(
  context: Context,
  dir: string,
  options: StorePassphraseOptions,
): Promise<string | null> {
  return isEncrypted(dir) ? askStorePassphrase(context, options) : null;
}

/** The directory with what opens it. */
export async function atRest(context: Context, dir: string, options: StorePassphraseOptions): Promise<AtRest> {
  return nodeAtRest(context.suite, dir, await storePassphrase(context, dir, options));
}

export function askStorePassphrase(context: Context, { storePassphraseFile }: StorePassphraseOptions): Promise<string> {
  return askPassphrase(forStores(context), storePassphraseFile ?? credential(context), WHAT);
}

/** For a new key of the stores; `hint` goes on with the question at a terminal. A machine that starts its node by itself gets it from a file or a credential. */
export function chooseStorePassphrase(
  context: Context,
  { storePassphraseFile }: StorePassphraseOptions,
  hint?: string,
): Promise<string> {
  return choosePassphrase(forStores(context), storePassphraseFile ?? credential(context), WHAT, hint);
}

function credential({ env }: Context): string | undefined {
  const folder = env["CREDENTIALS_DIRECTORY"];
  if (env["PARLEY_STORE_PASSPHRASE"] !== undefined || folder === undefined) return undefined;
  const path = join(folder, CREDENTIAL);
  return existsSync(path) ? path : undefined;
}

/** Its own variable goes before the one of the officers' keys. */
function forStores(context: Context): Context {
  const own = context.env["PARLEY_STORE_PASSPHRASE"];
  return own === undefined ? context : { ...context, env: { ...context.env, PARLEY_PASSPHRASE: own } };
}
