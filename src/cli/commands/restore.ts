import { Command } from "commander";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { nodePaths, readNodeConfig } from "../../server/index.ts";
import { action } from "../action.ts";
import { atRest, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import { readBackup, requireSoundStores } from "../backup-file.ts";
import type { Context } from "../context.ts";
import { directoryPath } from "../directory.ts";
import { cliError } from "../errors.ts";
import { foundFile, writeWhole } from "../files.ts";
import { directoryOption, examples, passphraseOption } from "../help.ts";
import { askPassphrase } from "../passphrase.ts";
import { progress } from "../progress.ts";
import { count } from "../table.ts";

interface Options extends StorePassphraseOptions {
  readonly dir?: string;
  readonly passphraseFile?: string;
}

export function restoreCommand(context: Context): Command {
  const command = new Command("restore")
    .description("make a node's directory again from a backup; the old node must never run again")
    .argument("<file>", "the backup");
  storePassphraseOption(passphraseOption(directoryOption(command), "the backup's"));
  examples(command, [
    [
      "into a new directory: the backup's passphrase is asked for, then the stores' as it was on that day",
      "restore /media/safe/north-2026-11-23.backup --dir north-2",
    ],
    [
      "with nobody at a terminal",
      "restore /media/safe/north-2026-11-23.backup --dir north-2 --passphrase-file /run/parley-backup --store-passphrase-file /run/parley-store",
    ],
  ]);
  return action<Options>(context, command, async (_, options, [file]) => {
    const dir = directoryPath(context, options);
    if (existsSync(dir) && readdirSync(dir).length > 0) throw cliError("file-exists", `${dir} is not empty.`);
    const path = resolve(context.cwd, file as string);
    const { size } = foundFile(path);
    const passphrase = await askPassphrase(context, options.passphraseFile, "the backup");
    mkdirSync(dirname(dir), { recursive: true });
    const fresh = mkdtempSync(join(dirname(dir), ".restore-"));
    try {
      const show = progress(context, "Restoring", size);
      const names = readBackup(context.suite, path, fresh, passphrase, show);
      show.end();
      requireSoundStores(fresh, names, await atRest(context, fresh, options));
      const { party } = readNodeConfig(fresh);
      // Before it is a node's directory at all: the node says nothing until the others have said how far its log went.
      const { restored, officers } = nodePaths(fresh);
      writeWhole(restored, "", { replace: true });
      mkdirSync(officers, { recursive: true, mode: 0o700 });
      if (existsSync(dir)) rmSync(dir, { recursive: true });
      renameSync(fresh, dir);
      const text =
        `${dir}: ${count(names.length, "file")} of ${party}'s node.\nAt its start the node asks the others how far its own log went, ` +
        `and takes back what it is missing before it says anything new.\nNo keys of officers are in a backup, nor the identity key: bring the officers' files into ${nodePaths(dir).officers}.`;
      return { status: 0, json: { dir, party, files: names }, text };
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
}
