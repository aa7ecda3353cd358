import { Command } from "commander";
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Finding, itemsOfRow } from "../../api/index.ts";
import {
  type Format,
  FORMATS,
  IMPORTABLE_KINDS,
  type ImportOptions,
  type ImportResult,
  importText,
  LIMITS,
} from "../../intake/index.ts";
import type { Kind } from "../../message/index.ts";
import { action, type Outcome } from "../action.ts";
import { confirmOrStop } from "../confirm.ts";
import type { Context } from "../context.ts";
import { CONFIG_FILE, directoryPath } from "../directory.ts";
import { dryRun, resultText } from "../dry-run.ts";
import { cliError } from "../errors.ts";
import { readBytes } from "../files.ts";
import { collect, examples, gather, nodeOptions, type NodeOptions } from "../help.ts";
import { areaOf, gazetteerFrom } from "../known-places.ts";
import { type Officer, officer } from "../node.ts";
import { addMapping, readMappings } from "../mappings.ts";
import { draftChange } from "../list-difference.ts";
import { listsOf, type NamedList } from "../lists.ts";
import { compose, signDraft } from "../signing.ts";
import { count, short } from "../table.ts";
import { findingsText } from "../words.ts";

interface Options extends Omit<NodeOptions, "as"> {
  readonly as?: Kind;
  readonly officer?: string;
  readonly format?: Format;
  readonly dryRun?: boolean;
  readonly list?: string;
  readonly category?: string;
  readonly country?: string;
  readonly map?: readonly string[];
  readonly zone?: string;
  readonly sheet?: string;
  readonly json?: boolean;
  readonly area?: string;
  readonly gazetteer?: readonly string[];
  readonly since?: string;
  readonly into?: string;
  readonly withdraw?: string;
  readonly width?: string;
  readonly lang?: string;
  readonly yes?: boolean;
}

export function importCommand(context: Context): Command {
  const command = new Command("import")
    .description(
      "read a file strictly, say what is wrong in it, and draft what is right in it as one list; as several where it holds more than 10,000",
    )
    .argument("<file>", FORMATS.join(", "))
    .option("--as <kind>", `what its rows are: ${IMPORTABLE_KINDS.join(", ")} (default: by its format)`)
    .option("--dry-run", "only read it and say what was found; needs no node")
    .option("--list <name>", "the list's name (default: the file's)")
    .option("--format <format>", `${FORMATS.join(", ")} (default: by its content)`)
    .option("--category <word>", "the category of rows that name none")
    .option("--country <name>", "the country of rows that name none")
    .option(
      "--map <column=field>",
      "which field a column holds, where it was not found (=field: none holds it); may be given again, and the node remembers it for such files",
      collect,
    )
    .option("--zone <zone>", "the zone of times that name none, such as Asia/Baghdad or +03:00")
    .option("--sheet <name>", "the sheet of a workbook (default: the first that says where things are)")
    .option("--width <metres>", "the whole width of the corridor round a line")
    .option("--lang <tag>", "the language of the names (default: en)")
    .option("-y, --yes", "do not ask again before the draft is signed");
  besideOptions(command);
  nodeOptions(command, "--officer <officer>");
  examples(command, [
    ["what is in it?", "import sites.csv --dry-run"],
    [
      "the same for a program; exit status 1 where anything was refused or warned of",
      "import sites.csv --dry-run --json",
    ],
    [
      "beside the places of the country, and nothing outside of it",
      "import sites.csv --dry-run --gazetteer IQ.txt --area Iraq",
    ],
    [
      "draft it as a list, for a second officer to release",
      'import sites.csv --as site --list "Displacement sites, July" --dir relief --officer drafter-1',
    ],
  ]);
  return action<Options>(context, command, async (_, options, [file]) => {
    const path = resolve(context.cwd, file as string);
    const dir = rememberedIn(context, options);
    const wish = intakeOptions(context, options, dir);
    if (options.dryRun === true) {
      const outcome = await dryRun(context, path, wish, options.json === true);
      remember(dir, wish, outcome.header_key);
      return outcome;
    }
    const { as: _kind, officer: named, ...rest } = options;
    const who = await officer(context, named === undefined ? rest : { ...rest, as: named });
    const result = importText(readBytes(path, LIMITS.file_bytes), wish);
    remember(dir, wish, result.mapping.header_key);
    context.say(`${resultText(result)}\n`);
    if (options.into !== undefined) {
      const { into, withdraw = null, yes = false } = options;
      return draftChange(context, who, result, { into, withdraw, yes });
    }
    return draftLists(context, who, options, result, options.list ?? basename(path));
  });
}

/** What the file is looked at beside. */
function besideOptions(command: Command): void {
  command
    .option(
      "--area <area>",
      'what lies outside is warned of: a country, a file with boundaries, or "west south east north" in degrees',
    )
    .option(
      "--gazetteer <file>",
      "known places to look at it beside, with those of the node; may be given again (parley help gazetteer)",
      gather,
    )
    .option("--into <list>", "a list that this side told, by name or id: only what the file changes in it is drafted")
    .option("--withdraw <reason>", "with --into: withdraw what the file no longer has, and why; else it stays in force")
    .option("--since <file>", "the list before this one: what moved or went since is warned of");
}

function intakeOptions(context: Context, options: Options, dir: string | null): ImportOptions {
  const mapping = Object.fromEntries((options.map ?? []).map(columnOf));
  const gazetteer = gazetteerFrom(context, dir, options.gazetteer ?? []);
  return {
    mapping,
    gazetteer,
    remembered: dir === null ? new Map() : readMappings(dir),
    now: context.now(),
    ...(options.zone !== undefined && { zone: options.zone }),
    ...(options.sheet !== undefined && { sheet: options.sheet }),
    ...(options.as !== undefined && { as: options.as }),
    ...(options.format !== undefined && { format: options.format }),
    ...(options.category !== undefined && { category: options.category }),
    ...(options.country !== undefined && { country: options.country }),
    ...(options.lang !== undefined && { lang: options.lang }),
    ...(options.width !== undefined && { width_m: widthOf(options.width) }),
    ...(options.area !== undefined && { area: areaOf(context, options.area, gazetteer) }),
    ...(options.since !== undefined && { since: readBytes(resolve(context.cwd, options.since), LIMITS.file_bytes) }),
  };
}

function widthOf(text: string): number {
  const metres = /^\d{1,6}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (metres > 0) return metres;
  throw cliError("usage", `--width ${text.slice(0, 40)}: give the whole width of the corridor in metres, such as 200.`);
}

function columnOf(text: string): [string, string] {
  const cut = text.lastIndexOf("=");
  if (cut < 0) throw cliError("usage", `--map ${text}: give HEADER=FIELD, such as --map "Y (north)=latitude".`);
  return [text.slice(cut + 1), text.slice(0, cut)];
}

/** The node's directory, where there is one: it remembers how columns were corrected. */
function rememberedIn(context: Context, options: Options): string | null {
  const dir = directoryPath(context, options);
  return existsSync(join(dir, CONFIG_FILE)) ? dir : null;
}

function remember(dir: string | null, { mapping = {} }: ImportOptions, header_key: string | null): void {
  if (dir !== null && header_key !== null && Object.keys(mapping).length > 0) addMapping(dir, header_key, mapping);
}

/** All of its lists are drafted and signed, or none is there afterwards. */
async function draftLists(
  context: Context,
  who: Officer,
  options: Options,
  result: ImportResult,
  name: string,
): Promise<Outcome> {
  const items = result.rows.flatMap(itemsOfRow);
  if (items.length === 0) throw cliError("file-not-understood", "Not one row of it can be drafted.");
  const lists = listsOf(name, items);
  if (lists.length > 1) context.say(`${splitText(lists)}\n`);
  const made: Awaited<ReturnType<typeof compose>>[] = [];
  const rows = result.rows.flatMap(({ row, draft }) => (draft === null ? [] : [`row ${row}`]));
  let warned = result.summary.warned;
  try {
    for (const list of lists) {
      const composed = await compose(context, who, { items: [...list.items], list_name: list.name });
      const before = made.reduce((sum, { items: earlier }) => sum + earlier.length, 0);
      made.push(composed);
      const found = composed.draft.items.flatMap(({ findings }, i) =>
        newFindings(findings, list.items[i]?.findings ?? []).map((each) => ({ ...each, row: rows[before + i] ?? "" })),
      );
      if (found.length > 0) context.say(`The node found also\n${findingsText(found)}\n`);
      warned += found.length;
    }
    const as = lists.length === 1 ? `the list "${name}"` : `${lists.length} lists`;
    await confirmOrStop(context, options.yes, `Sign ${count(items.length, "message")} as ${as}?`);
    for (const { draft, items: bytes } of made) await signDraft(context, who, draft, bytes);
  } catch (error) {
    for (const { draft } of made) await who.client.deleteDraft({ params: { id: draft.id } });
    throw error;
  }
  const { refused } = result.summary;
  const text = [
    `${count(items.length, "message")} drafted and signed${lists.length === 1 ? "" : `, as ${lists.length} lists`}.`,
    ...(refused > 0 ? [`${count(refused, "row")} refused and left out.`] : []),
    ...(warned > 0 ? ["Whoever releases it confirms what was warned of."] : []),
    `A second officer releases ${made.length === 1 ? "it" : "each"}:`,
    made.map(({ draft }) => `parley release ${short(draft.id)}`).join(", "),
  ].join(" ");
  const drafts = made.map(({ draft }, i) => {
    return { draft: draft.id, list: lists[i]?.name ?? name, messages: draft.items.length };
  });
  const [first] = drafts;
  return { status: 0, json: { draft: first?.draft, drafts, state: "signed", summary: result.summary }, text };
}

function splitText(lists: readonly NamedList[]): string {
  const [first, last] = [lists[0]?.name ?? "", lists.at(-1)?.name ?? ""];
  const total = lists.reduce((sum, { items }) => sum + items.length, 0);
  return (
    `${count(total, "message")} are more than one list holds: they become ${lists.length} lists, "${first}" to "${last}", ` +
    "each released and answered by itself."
  );
}

/** What the node found in an item beyond what the file's own reading did. */
function newFindings(all: readonly Finding[], sent: readonly Pick<Finding, "code" | "field">[]): Finding[] {
  return all.filter(({ code, field }) => !sent.some((before) => before.code === code && before.field === field));
}
