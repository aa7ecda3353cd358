import { Command } from "commander";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type AtRest, nodePaths } from "../../server/index.ts";
import { backupStore } from "../../store/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { action } from "../action.ts";
import { atRest, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import { writeBackup } from "../backup-file.ts";
import type { Context } from "../context.ts";
import { directoryOf } from "../directory.ts";
import { cliError } from "../errors.ts";
import { requireFolder } from "../files.ts";
import { directoryOption, examples, passphraseOption } from "../help.ts";
import { choosePassphrase } from "../passphrase.ts";
import { progress } from "../progress.ts";
import { count } from "../table.ts";

interface Options extends StorePassphraseOptions {
  readonly dir?: string;
  readonly passphraseFile?: string;
}

export function backupCommand(context: Context): Command {
  const command = new Command("backup")
    .description("the node's keys, line, log and plans in one file under a passphrase; the node may go on running")
    .argument("<file>", "where to; it must not exist");
  storePassphraseOption(passphraseOption(directoryOption(command), "the backup's"));
  examples(command, [
    [
      "by hand: both passphrases, the stores' and the backup's, are asked for",
      "backup /media/safe/north-2026-11-23.backup --dir north",
    ],
    [
      "with nobody at a terminal (every night: deploy/parley-backup.timer)",
      "backup /media/safe/north-2026-11-23.backup --dir north --passphrase-file /run/parley-backup --store-passphrase-file /run/parley-store",
    ],
  ]);
  return action<Options>(context, command, async (_, options, [file]) => {
    const dir = directoryOf(context, options);
    const path = resolve(context.cwd, file as string);
    if (existsSync(path)) throw cliError("file-exists", `${path} is there already.`);
    const rest = await atRest(context, dir, options);
    const passphrase = await choosePassphrase(context, options.passphraseFile, "the backup");
    const folder = requireFolder(dirname(path));
    // A plain node's copies stay beside its stores, so that no other disk has its plans in the clear.
    const copies = mkdtempSync(join(rest.isEncrypted ? folder : dir, ".backup-"));
    try {
      const source = filesOf(dir, copies, rest);
      const bytes = [...source.values()].reduce((sum, name) => sum + statSync(name).size, 0);
      const show = progress(context, "Backing up", bytes);
      writeWholeBackup(context, path, source, passphrase, show);
      show.end();
      const text = `${path}: ${count(source.size, "file")}, ${bytes.toLocaleString("en")} bytes. Without its passphrase nobody can read it, nor can you.`;
      return { status: 0, json: { file: path, files: [...source.keys()], bytes }, text };
    } finally {
      rmSync(copies, { recursive: true, force: true });
    }
  });
}

function writeWholeBackup(
  ...[context, path, source, passphrase, show]: [
    Context,
    string,
    ReadonlyMap<string, string>,
    string,
    (done: number) => void,
  ]
): void {
  try {
    writeBackup(context.suite, path, source, passphrase, show);
  } catch (error) {
    rmSync(path, { force: true });
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    throw cliError("file-unwritable", `There is no room for ${path}.`, { cause: error });
  }
}

function copied(...[store, copy, key]: Parameters<typeof backupStore>): void {
  try {
    backupStore(store, copy, key);
  } catch (error) {
    if (!isParleyError(error, "disk-full")) throw error;
    const bytes = statSync(store).size.toLocaleString("en");
    throw cliError(
      "file-unwritable",
      `There is no room for the copy of ${store} (${bytes} bytes) in ${dirname(copy)}.`,
      {
        cause: error,
      },
    );
  }
}

/** Names in the backup and the files behind them; the stores as copies of one moment each. */
function filesOf(dir: string, copies: string, rest: AtRest): Map<string, string> {
  const paths = nodePaths(dir);
  const source = new Map<string, string>();
  for (const name of ["parley.toml", "store.key", "node.keys", "appointments.json"]) {
    if (existsSync(join(dir, name))) source.set(name, join(dir, name));
  }
  if (existsSync(paths.lineFolder)) {
    for (const name of readdirSync(paths.lineFolder)) source.set(`line/${name}`, join(paths.lineFolder, name));
  }
  for (const [name, store] of [
    ["line.sqlite", paths.lineStore],
    ["private.sqlite", paths.privateStore],
  ] as const) {
    if (!existsSync(store)) continue;
    copied(store, join(copies, name), rest.pageKey(name));
    source.set(name, join(copies, name));
  }
  return source;
}
