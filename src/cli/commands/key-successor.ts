import { Command } from "commander";
import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { keyFingerprint, sealKeyFile, SEED_BYTES } from "../../crypto/index.ts";
import { identityNow, type RosterOwner } from "../../line/index.ts";
import { readNodeConfig } from "../../server/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import { action } from "../action.ts";
import { confirmOrStop } from "../confirm.ts";
import type { Context } from "../context.ts";
import { directoryOf } from "../directory.ts";
import { cliError } from "../errors.ts";
import { foundFile, writeWhole } from "../files.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { isRefusal, type Officer, officer, openKey } from "../node.ts";
import { declarationsOf, publishDeclared } from "../own-declarations.ts";
import {
  identityKeyOptions,
  type IdentityOptions,
  identitySigner,
  ownHistory,
  requireMayPublish,
  confirmIdentity,
} from "../own-roster.ts";
import { choosePassphrase } from "../passphrase.ts";

interface NameOptions extends IdentityOptions {
  readonly output: string;
  readonly successorPassphraseFile?: string;
}

export function successorCommand(context: Context): Command {
  const command = new Command("successor")
    .description(
      "make the key that may succeed the identity key should it be lost or stolen, and name it to every party, signed by the identity key; the first one that is named stands",
    )
    .requiredOption("-o, --output <file>", "where its key file goes: not where the identity key is kept")
    .option("--successor-passphrase-file <file>", "its passphrase, where it differs from the identity key's");
  nodeOptions(identityKeyOptions(command));
  examples(command, [
    [
      "onto a stick for another safe",
      "key successor -o /media/stick-2/successor.key --identity /media/stick/identity.key --dir north --as admin-1",
    ],
  ]);
  return action<NameOptions>(context, command, async (_, options) => {
    const { suite } = context;
    const dir = directoryOf(context, options);
    const path = resolve(context.cwd, options.output);
    if (existsSync(path)) throw cliError("file-exists", `${path} is there already.`);
    const { party } = readNodeConfig(dir);
    const who = await officer(context, options);
    const { owner } = ownHistory(suite, dir);
    await requireNone(context, owner, who);
    await confirmIdentity(context, options, "Name a successor of the identity key? No other can be named after it.");
    const signer = await identitySigner(context, options);
    const file = options.successorPassphraseFile ?? options.identityPassphraseFile ?? options.passphraseFile;
    const passphrase = await choosePassphrase(context, file, "the successor of the identity key");
    const seed = suite.randomBytes(SEED_BYTES);
    const identity = suite.ed25519PublicKey(seed);
    // It is on the disk before it is named: a successor that is named and lost is no way back.
    const key = { purpose: "identity", party, name: "successor", person: null, seed } as const;
    writeWhole(path, sealKeyFile(suite, key, passphrase), { secret: true });
    const published = await publishDeclared(context, who, owner, { declares: "successor", identity }, signer).catch(
      async (error: unknown) => {
        // One that was not named must not be locked into a safe for one that was.
        if (isRefusal(error) && (await isUnnamed(context, owner, who, identity))) rmSync(path, { force: true });
        throw error;
      },
    );
    const fingerprint = keyFingerprint(suite, identity);
    const text = `Entry ${published.index} of our log names the successor.\n  key          ${path}\n  fingerprint  ${fingerprint}\nKeep it as you keep the identity key, and elsewhere: whoever has it can take over.`;
    return { status: 0, json: { ...published, key_file: path }, text };
  });
}

/** @throws role-missing, successor-named */
async function requireNone({ suite }: Context, owner: RosterOwner, who: Officer): Promise<void> {
  requireMayPublish(who);
  const { successor } = identityNow(owner.identity, await declarationsOf(suite, owner, who.client));
  if (successor === null) return;
  const message = `A successor was named already, and is not in place yet: ${keyFingerprint(suite, successor)}.`;
  throw cliError("successor-named", message);
}

/** The node shows what was declared, and no successor with this key. */
async function isUnnamed({ suite }: Context, owner: RosterOwner, who: Officer, identity: Bytes): Promise<boolean> {
  try {
    const { successor } = identityNow(owner.identity, await declarationsOf(suite, owner, who.client));
    return successor === null || !equalBytes(successor, identity);
  } catch {
    return false;
  }
}

interface SucceedOptions extends NodeOptions {
  readonly successorPassphraseFile?: string;
  readonly yes?: boolean;
}

export function succeedCommand(context: Context): Command {
  const command = new Command("succeed")
    .description("the identity key was lost or stolen: its successor takes its place, and it signs nothing more")
    .argument("<file>", "the successor's key file")
    .option("--successor-passphrase-file <file>", "its passphrase, where it differs from the officer's")
    .option("-y, --yes", "do not ask again before it is signed");
  nodeOptions(command);
  examples(command, [
    ["with the key out of the other safe", "key succeed /media/stick-2/successor.key --dir north --as admin-1"],
  ]);
  return action<SucceedOptions>(context, command, async (_, options, [file]) => {
    const dir = directoryOf(context, options);
    const path = resolve(context.cwd, file as string);
    const who = await officer(context, options);
    foundFile(path);
    await confirmOrStop(context, options.yes, "Put the successor in the place of the identity key, for good?");
    const signer = await openKey(context, path, options.successorPassphraseFile ?? options.passphraseFile);
    const { owner } = ownHistory(context.suite, dir);
    const published = await publishDeclared(context, who, owner, { declares: "succession" }, signer);
    const text = `Entry ${published.index} of our log puts it in place: fingerprint ${published.fingerprint ?? ""}.\nFrom now on give --identity ${path}. Name its own successor (parley key successor), and tell every party by voice.`;
    return { status: 0, json: published, text };
  });
}
