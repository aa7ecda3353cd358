import { Command } from "commander";
import { resolve } from "node:path";
import { TOLD_FORMATS, type ToldFile } from "../../api/index.ts";
import { fromBase64 } from "../../wire/bytes.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { collect, examples, nodeOptions, type NodeOptions } from "../help.ts";
import { leftLines } from "../left.ts";
import { officer } from "../node.ts";
import { timeFrom } from "../places.ts";
import { count } from "../table.ts";
import { areaFrom } from "../terms.ts";

interface Options extends NodeOptions {
  readonly to: string;
  readonly output?: string;
  readonly text?: string;
  readonly kind?: readonly string[];
  readonly from?: readonly string[];
  readonly state?: readonly string[];
  readonly list?: string;
  readonly since?: string;
  readonly until?: string;
  readonly asOf?: string;
  readonly area?: string;
}

export function toldCommand(context: Context): Command {
  const command = new Command("told")
    .description(
      "what was told and is in force, as a file for a spreadsheet, a map or a device; nothing private is in it",
    )
    .requiredOption("--to <format>", TOLD_FORMATS.join(", "))
    .option("-o, --output <file>", "where to (default: a name with the time in it)")
    .option("--kind <kinds>", "only these kinds", collect)
    .option("--from <parties>", "only what these parties said", collect)
    .option("--list <list>", "only the messages of this list, by its name or its id")
    .option("--text <words>", "only what holds these words")
    .option("--area <box>", 'only what lies within "west south east north", in degrees')
    .option("--since <time>", "only what holds at or after this time")
    .option("--until <time>", "only what holds at or before this time")
    .option("--as-of <time>", "what this node knew then (default: now)")
    .option("--state <states>", "in-force, superseded, withdrawn, expired (default: what holds)", collect);
  nodeOptions(command);
  examples(command, [
    ["every protected site, for a spreadsheet", "told --to xlsx --kind site -o sites.xlsx --dir north --as watch-1"],
    [
      "for the devices of a unit; what was withdrawn is in it as its deletion",
      'told --to cot --area "41 34.5 46 37.5" -o unit.xml --dir north --as watch-1',
    ],
  ]);
  return action<Options>(context, command, async (_, options) => {
    const format = TOLD_FORMATS.find((each) => each === options.to);
    if (format === undefined) throw cliError("usage", `--to ${options.to}: give ${TOLD_FORMATS.join(", ")}.`);
    const { client } = await officer(context, options);
    const file = await client.toldFile({ query: { format, ...queryOf(options, context.now()) } });
    const path = resolve(context.cwd, options.output ?? file.file_name);
    writeWhole(path, fromBase64(file.content));
    const { content: _content, ...rest } = file;
    const status: 0 | 1 = file.left.length > 0 ? 1 : 0;
    return { status, json: { file: path, ...rest }, text: toldText(path, file) };
  });
}

function queryOf(options: Options, now: number) {
  const at = (text: string | undefined) => (text === undefined ? undefined : timeFrom(text, now));
  return {
    kinds: options.kind?.join(","),
    from: options.from?.join(","),
    states: options.state?.join(","),
    list: options.list,
    text: options.text,
    since: at(options.since),
    until: at(options.until),
    as_of: at(options.asOf),
    ...(options.area === undefined ? {} : areaFrom(options.area)),
  };
}

function toldText(path: string, { written, without_place, left, left_out }: ToldFile): string {
  const bare =
    without_place === 0 ? [] : [`${count(without_place, "message")} say of no place where it is, or are over.`];
  const more = left_out === 0 ? [] : [`Left out and not named here: ${left_out}.`];
  return [`${path}: ${count(written, "message")} written.`, ...bare, ...leftLines(left), ...more].join("\n");
}
