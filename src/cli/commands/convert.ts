import { Command } from "commander";
import { resolve } from "node:path";
import { importText, LIMITS, toldOf, writeFile, WRITTEN_FORMATS, type WrittenFormat } from "../../intake/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { readBytes, writeWhole } from "../files.ts";
import { examples } from "../help.ts";
import { leftLines } from "../left.ts";
import { count } from "../table.ts";

interface Options {
  readonly to: string;
  readonly output: string;
  readonly width?: string;
}

export function convertCommand(context: Context): Command {
  const command = new Command("convert")
    .description("read a file as import does, and write what was read for other software; needs no node")
    .argument("<file>", "in any format that import reads")
    .requiredOption("--to <format>", WRITTEN_FORMATS.join(", "))
    .requiredOption("-o, --output <file>", "where to")
    .option("--width <metres>", "the whole width of the corridor round a line");
  examples(command, [
    ["warnings as they were broadcast, on a map", "convert warnings.txt --to kml -o warnings.kml"],
    ["exit status 1 where anything was refused or cannot be held", "convert sites.xlsx --to gpx -o sites.gpx"],
  ]);
  return action<Options>(context, command, (_, options, [file]) => {
    const format = WRITTEN_FORMATS.find((each) => each === options.to);
    if (format === undefined) throw cliError("usage", `--to ${options.to}: give ${WRITTEN_FORMATS.join(", ")}.`);
    return Promise.resolve(converted(context, file as string, format, options));
  });
}

function converted(context: Context, file: string, format: WrittenFormat, { output, width }: Options) {
  const bytes = readBytes(resolve(context.cwd, file), LIMITS.file_bytes);
  const wide = width === undefined ? {} : { width_m: Number(width) };
  const { rows, summary } = importText(bytes, { now: context.now(), ...wide });
  const told = rows.flatMap(({ row, draft }) => (draft === null ? [] : [toldOf(draft, `row-${row}`)]));
  const { content, left } = writeFile(format, told, context.now());
  const path = resolve(context.cwd, output);
  writeWhole(path, content);
  const { refused } = summary;
  const head = `${path}: ${count(told.length, "record")} written, ${refused} refused, ${left.length} left out.`;
  const text = [head, ...leftLines(left)].join("\n");
  const status: 0 | 1 = refused + left.length > 0 ? 1 : 0;
  return { status, json: { file: path, written: told.length, refused, left }, text };
}
