import { Command } from "commander";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rehearse } from "../../server/index.ts";
import { action } from "../action.ts";
import { atRest, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import { readBackup, requireSoundStores } from "../backup-file.ts";
import type { Context } from "../context.ts";
import { foundFile, requireFolder } from "../files.ts";
import { examples, passphraseOption } from "../help.ts";
import { askPassphrase } from "../passphrase.ts";
import { progress } from "../progress.ts";
import { clock, count, table } from "../table.ts";

interface Options extends StorePassphraseOptions {
  readonly passphraseFile?: string;
  readonly in?: string;
}

export function drillCommand(context: Context): Command {
  const command = new Command("drill")
    .description(
      "rehearse a restore on a copy: open the backup, check every log against its checkpoint and every key against its roster; the copy is removed, and nobody hears of it",
    )
    .argument("<file>", "the backup")
    .option(
      "--in <folder>",
      "where the copy is made for the while; encrypted as the node is (default: the system's temporary folder)",
    );
  storePassphraseOption(passphraseOption(command, "the backup's"));
  examples(command, [
    [
      "each month, with last night's backup; both passphrases are asked for",
      "drill /media/safe/north-2026-11-23.backup --in /var/lib/parley",
    ],
    [
      "from a timer",
      "drill /media/safe/north-2026-11-23.backup --in /var/lib/parley --passphrase-file /run/parley-backup --store-passphrase-file /run/parley-store",
    ],
  ]);
  return action<Options>(context, command, async (_, options, [file]) => {
    const path = resolve(context.cwd, file as string);
    const { size } = foundFile(path);
    const passphrase = await askPassphrase(context, options.passphraseFile, "the backup");
    const began = context.now();
    const folder = requireFolder(options.in === undefined ? tmpdir() : resolve(context.cwd, options.in));
    const copy = mkdtempSync(join(folder, ".drill-"));
    try {
      const show = progress(context, "Rehearsing", size);
      const names = readBackup(context.suite, path, copy, passphrase, show);
      show.end();
      const rest = await atRest(context, copy, options);
      requireSoundStores(copy, names, rest);
      const found = rehearse(context.suite, copy, rest);
      const took_ms = context.now() - began;
      const rows = found.logs.map(({ origin, entries }) => [origin.slice(origin.indexOf("/", 7) + 1), String(entries)]);
      const age =
        found.newestAt === null ? "It holds no entry yet." : `Its newest entry is of ${clock(found.newestAt)}.`;
      const text =
        `This backup of ${found.party} can be restored: ${count(names.length, "file")}, ${found.messages.toLocaleString("en")} messages, in ${(took_ms / 1000).toFixed(1)} s.\n` +
        `${age} What was said since would come back from the others, or be said again.\n\n${table(["log", "entries"], rows)}`;
      return { status: 0, json: { ...found, files: names, took_ms }, text };
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });
}
