import { Command } from "commander";
import { resolve } from "node:path";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { findMessage } from "../find.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { timeFrom } from "../places.ts";
import { short } from "../table.ts";

interface Options extends NodeOptions {
  readonly message?: string;
  readonly from?: string;
  readonly to?: string;
  readonly output?: string;
}

export function exportCommand(context: Context): Command {
  const command = new Command("export")
    .description("evidence for one message or a period, which a stranger can verify")
    .option("--message <message>", "one message: its hash, or the first digits of it")
    .option("--from <time>", "a period: from then, such as 2026-11-23T00:00Z or 230000ZNOV26")
    .option("--to <time>", "a period: until then")
    .option("-o, --output <file>", "where to (default: MESSAGE.evidence or line.evidence)");
  nodeOptions(command);
  examples(command, [
    ["who was told of this convoy, and when", "export --message 4f2a91c0 -o convoy.evidence --dir north --as watch-1"],
    [
      "everything of one day",
      "export --from 2026-11-23T00:00Z --to 2026-11-23T23:59Z -o day.evidence --dir north --as watch-1",
    ],
  ]);
  return action<Options>(context, command, async (_, options) => {
    const period = options.from !== undefined || options.to !== undefined;
    if (period === (options.message !== undefined)) {
      throw cliError("usage", "Say what to export: --message MESSAGE, or --from and --to.");
    }
    const { client } = await officer(context, options);
    const hash = options.message === undefined ? null : await findMessage(client, options.message);
    const path = resolve(context.cwd, options.output ?? (hash === null ? "line.evidence" : `${short(hash)}.evidence`));
    const now = context.now();
    const query = {
      ...(options.from === undefined ? {} : { from: timeFrom(options.from, now) }),
      ...(options.to === undefined ? {} : { to: timeFrom(options.to, now) }),
    };
    context.say("Collecting the evidence …");
    const bytes = hash === null ? await client.export({ query }) : await client.messageEvidence({ params: { hash } });
    writeWhole(path, bytes);
    const text = `${path}: ${bytes.length} bytes. It opens what it exports to whoever has it.\nCheck it: parley verify ${path} --fingerprint PARTY=FINGERPRINT, for each party`;
    return { status: 0, json: { file: path, bytes: bytes.length, message: hash }, text };
  });
}
