import { Command } from "commander";
import { resolve } from "node:path";
import {
  checkFiles,
  type CheckResult,
  GRAVES,
  type Fault,
  type InputFile,
  namesPlan,
  planWords,
  readRulesFile,
  readSubjects,
  showMetres,
} from "../../deconflict/index.ts";
import { isParleyError } from "../../wire/error.ts";
import { action, type Outcome } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { examples } from "../help.ts";
import { faultsText, inputFile } from "../subjects.ts";
import { count, cut, tableLines } from "../table.ts";
import { unruledText } from "../words.ts";

interface Options {
  readonly plans: string;
  readonly against: string;
  readonly rules?: string;
  readonly separation?: string;
  readonly vertical?: string;
  readonly time?: string;
}

export function checkCommand(context: Context): Command {
  const command = new Command("check")
    .description("check plans against what was told, on files alone, with no node")
    .requiredOption("--plans <file>", "GeoJSON, or ASTM F3548-21 Volume4D (spec/check.md)")
    .requiredOption("--against <file>", "the same")
    .option("--rules <file>", "separation rules by category")
    .option("--separation <metres>", "how near is too near (default: they conflict if they touch)")
    .option("--vertical <metres>", "and how near in height")
    .option("--time <seconds>", "and how near in time");
  examples(command, [
    [
      "exit status 1 where anything is too near, or cannot be decided",
      "check --plans strikes.geojson --against sites.geojson --separation 2000",
    ],
    ["for a program", "check --plans flights.json --against told.json --separation 500 --time 600 --json"],
  ]);
  return action<Options>(context, command, async (_, options) => {
    const amounts = {
      separation_m: amountOf("--separation", options.separation, "metres"),
      vertical_m: amountOf("--vertical", options.vertical, "metres"),
      time_s: amountOf("--time", options.time, "seconds"),
    };
    const faults: Fault[] = [];
    const [plans, against, rules] = [options.plans, options.against, options.rules].map((name) =>
      name === undefined ? null : readFile(resolve(context.cwd, name), name, faults),
    ) as [InputFile | null, InputFile | null, InputFile | null];
    if (faults.length > 0) {
      // The others are read all the same, so that all is mended in one go.
      for (const file of [plans, against]) if (file !== null) readSubjects(file, faults);
      if (rules !== null) readRulesFile(rules, faults);
    }
    if (faults.length > 0 || plans === null || against === null) return faulty({ faults });
    const result = checkFiles(plans, against, { rules, ...amounts });
    if ("faults" in result) return faulty(result);
    if (result.checked === 0) sayEmpty(context, [plans, against]);
    if (rules !== null) sayUnruled(context, plans, rules);
    const found = result.conflicts.length + result.undecided.length;
    return { status: found === 0 ? 0 : 1, json: result, text: () => resultText(result) };
  });
}

/** A file that cannot be read is a fault like those in it; null then. */
function readFile(path: string, name: string, faults: Fault[]): InputFile | null {
  try {
    return inputFile(path, name);
  } catch (error) {
    if (!isParleyError(error)) throw error;
    faults.push({ file: name, path: "", code: error.code, message: error.message });
    return null;
  }
}

function faulty(result: { readonly faults: readonly Fault[] }): Outcome {
  return { status: 2, json: result, text: `Nothing was checked.\n${faultsText(result.faults)}` };
}

/** Files that hold nothing are whole files, and nothing is too near: but nobody may take that for a check of his plans. */
function sayEmpty(context: Context, files: readonly InputFile[]): void {
  for (const file of files) {
    if (readSubjects(file, []).length === 0) context.say(`Nothing was compared: ${file.name} holds no volume.`);
  }
}

/** A category that is mistyped must not loosen what is asked in silence. */
function sayUnruled(context: Context, plans: InputFile, rules: InputFile): void {
  const read = readRulesFile(rules, []);
  const ruled = read === null ? [] : planWords([read]);
  if (read === null || ruled.length === 0) return;
  const categories = new Map<string, number>();
  for (const subject of readSubjects(plans, [])) {
    if (namesPlan(read, subject)) continue;
    const category = subject.category ?? "";
    categories.set(category, (categories.get(category) ?? 0) + 1);
  }
  for (const [category, many] of categories) context.say(unruledText(cut(category), many, ruled));
}

function amountOf(option: string, text: string | undefined, unit: "metres" | "seconds"): number | null {
  if (text === undefined) return null;
  const amount = Number(text);
  if (text.trim() === "" || !Number.isFinite(amount) || amount < 0)
    throw cliError("usage", `${option} ${text}: give a number of ${unit} from 0 up, without its unit.`);
  return amount;
}

/** The gravest first: whoever reads it may not come to the end. */
function* resultText({ conflicts, undecided, checked }: CheckResult): Generator<string> {
  yield `${count(checked, "pair")} checked: ${count(conflicts.length, "conflict")}, ${undecided.length} undecided.`;
  const rows = conflicts
    .toSorted((a, b) => GRAVES.indexOf(b.grave) - GRAVES.indexOf(a.grave))
    .map(({ plan, against, distance_m, grave, because }) => [
      grave,
      cut(plan),
      cut(against),
      distance_m === 0 ? "overlap" : showMetres(distance_m),
      because,
    ]);
  if (rows.length > 0) {
    yield "";
    yield* tableLines(["grave", "plan", "against", "distance", "because"], rows);
  }
  if (undecided.length > 0) {
    const doubts = undecided.map(({ plan, against, code, because }) => [cut(plan), cut(against), code, because]);
    yield "";
    yield* tableLines(["plan", "against", "UNDECIDED", "because"], doubts);
  }
}
