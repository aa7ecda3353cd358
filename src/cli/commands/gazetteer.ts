import { Command } from "commander";
import { closeSync } from "node:fs";
import { basename, extname, resolve } from "node:path";
import { GAZETTEER_FORMATS, LIMITS } from "../../intake/index.ts";
import { addGazetteer, listGazetteers, removeGazetteer } from "../../store/gazetteers.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { directoryOf } from "../directory.ts";
import { cliError } from "../errors.ts";
import { foundFile, openFile } from "../files.ts";
import { directoryOption, examples } from "../help.ts";
import { progress } from "../progress.ts";
import { count, table } from "../table.ts";

interface Options {
  readonly dir?: string;
  readonly name?: string;
}

export function gazetteerCommand(context: Context): Command {
  const command = new Command("gazetteer")
    .description("what the node knows of places, beside the world's towns and countries that come with it")
    .addCommand(addCommand(context))
    .addCommand(listCommand(context))
    .addCommand(removeCommand(context));
  return examples(command, [
    ["the places of one country, as GeoNames gives them", "gazetteer add IQ.txt --dir north"],
    ["districts with their codes, and their boundaries", "gazetteer add irq_admbnda_adm2.geojson --dir north"],
    ["for one look at a file, without a node", "import sites.csv --dry-run --gazetteer IQ.txt"],
  ]);
}

function addCommand(context: Context): Command {
  const command = new Command("add")
    .description(
      "add a country dump of GeoNames (19 columns between tabs), a table of administrative units with their p-codes (admin1Name_en, admin1Pcode, …), or boundaries as GeoJSON; one of the same name is replaced",
    )
    .argument("<file>", GAZETTEER_FORMATS.join(", "))
    .option("--name <name>", "what to call it (default: the file's name)");
  directoryOption(command);
  examples(command, [
    ["the places of one country, as GeoNames gives them", "gazetteer add IQ.txt --dir north"],
    ["a newer one in place of that which is called IQ", "gazetteer add IQ-2027.txt --name IQ --dir north"],
  ]);
  return action<Options>(context, command, async (_, options, [given]) => {
    const dir = directoryOf(context, options);
    const path = resolve(context.cwd, given as string);
    const bar = progress(context, `Reading ${basename(path)}, bytes`, foundFile(path).size);
    const file = openFile(path);
    try {
      const name = options.name ?? basename(path, extname(path));
      const terms = { file, mostBytes: LIMITS.gazetteer_bytes, now: context.now(), done: bar };
      const head = addGazetteer(dir, name, terms);
      const text = `${head.name}: ${count(head.places, "place")}, ${head.boundaries} with boundaries. A node that runs knows them from its next start on.`;
      return { status: 0, json: head, text };
    } finally {
      closeSync(file);
      bar.end();
    }
  });
}

function listCommand(context: Context): Command {
  const command = directoryOption(new Command("list").description("the gazetteers that were added"));
  examples(command, [["what the node in the directory north was given", "gazetteer list --dir north"]]);
  return action<Options>(context, command, async (_, options) => {
    const heads = listGazetteers(directoryOf(context, options));
    const rows = heads.map(({ name, format, places, boundaries, added_at }) => [
      name,
      format,
      String(places),
      String(boundaries),
      new Date(added_at).toISOString().slice(0, 10),
    ]);
    const text =
      heads.length === 0 ? "None was added." : table(["name", "format", "places", "boundaries", "added"], rows);
    return { status: 0, json: { gazetteers: heads }, text };
  });
}

function removeCommand(context: Context): Command {
  const command = new Command("remove")
    .description("take one of those out again")
    .argument("<name>", "as `gazetteer list` calls it");
  directoryOption(command);
  examples(command, [["the places of IQ.txt again", "gazetteer remove IQ --dir north"]]);
  return action<Options>(context, command, async (_, options, [name]) => {
    const called = name as string;
    if (!removeGazetteer(directoryOf(context, options), called))
      throw cliError("file-unreadable", `There is no gazetteer "${called}" here.`);
    return {
      status: 0,
      json: { removed: called },
      text: `${called} is gone. A node that runs knows it until it ends.`,
    };
  });
}
