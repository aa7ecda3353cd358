import { Command } from "commander";
import { resolve } from "node:path";
import { z } from "zod";
import { type Conflict, type Plan, ROUTES } from "../../api/index.ts";
import type { AnyVolume } from "../../geo/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { subjectsOf } from "../subjects.ts";
import { examples, gather, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import {
  certificateCommand,
  goCommand,
  noGoCommand,
  overrideCommand,
  stateCommand,
  suggestCommand,
} from "./plan-decide.ts";
import { watchCommand, whyCommand } from "./plan-conflicts.ts";
import { footprintText } from "../footprint-text.ts";
import { type VolumeOptions, volumesFrom } from "../places.ts";
import { progress } from "../progress.ts";
import { count, table } from "../table.ts";
import { conflictsText, unruledText, windowText } from "../words.ts";

interface Options extends NodeOptions, VolumeOptions {
  readonly holding?: boolean;
  readonly name?: string;
  readonly category?: string;
  readonly remarks?: string;
}

/** One request's worth: the node checks each plan against all that it knows. */
const BATCH = 1000;

export function planCommand(context: Context): Command {
  const command = new Command("plan")
    .description(
      "what this side intends (plans) or has somewhere (holdings); it never leaves the node, and is still checked",
    )
    .addCommand(addCommand(context))
    .addCommand(listCommand(context))
    .addCommand(removeCommand(context))
    .addCommand(stateCommand(context))
    .addCommand(whyCommand(context))
    .addCommand(suggestCommand(context))
    .addCommand(goCommand(context))
    .addCommand(noGoCommand(context))
    .addCommand(overrideCommand(context))
    .addCommand(certificateCommand(context))
    .addCommand(watchCommand(context));
  return examples(command, [
    ["plans out of a file", "plan add strikes.geojson --dir south --as planner-1"],
    ["what conflicts", "plan list --dir south --as planner-1"],
    ["GO, unless something is too near", "plan go MSN-0412 --dir south --as planner-1"],
  ]);
}

const HOLDING = ["--holding", "a holding: something of ours that is there, not something that we intend"] as const;

function addCommand(context: Context): Command {
  const command = new Command("add")
    .description("add plans, or replace those of the same id; says what each conflicts with")
    .argument("<file-or-id>", "GeoJSON or ASTM Volume4D (spec/check.md); or an id, with the options for one volume")
    .option(...HOLDING)
    .option("--name <words>", "its name (default: its id)")
    .option("--category <word>", "what it is", "other")
    .option("--remarks <words>", "for your own officers")
    .optionsGroup("Volume, in place of a file:")
    .option("--point <position>", "a point", gather)
    .option('--circle <"position / radius">', "a circle", gather)
    .option('--polygon <"position; position; …">', "a polygon", gather)
    .option('--corridor <"position; position / width">', "a line with its whole width", gather)
    .option("--from <time>", "from then (default: without beginning)")
    .option("--until <time>", "until then (default: without end)")
    .option('--height <"datum lower upper">', 'AGL, AMSL or WGS84 and metres, such as "AGL 0 300"');
  nodeOptions(command);
  examples(command, [
    ["from a file", "plan add strikes.geojson --dir south --as planner-1"],
    [
      "one plan",
      'plan add MSN-0412 --circle "36.3402 43.1301 / 2 km" --from 240500ZNOV26 --until 240900ZNOV26 --dir south --as planner-1',
    ],
    ["people of ours in a place", 'plan add TEAM-7 --holding --point "38S LF 12345 67890" --dir south --as planner-1'],
  ]);
  return action<Options>(context, command, async (_, options, [given]) => {
    const plans = plansFrom(context, options, given as string);
    const { client } = await officer(context, options);
    let conflicts: readonly Conflict[] = [];
    const unruled = new Map<string, number>();
    let ruled: readonly string[] = [];
    const show = progress(context, "Checking", plans.length);
    for (let at = 0; at < plans.length; at += BATCH) {
      const body = { items: plans.slice(at, at + BATCH) };
      const done = options.holding === true ? await client.putHoldings({ body }) : await client.putPlans({ body });
      conflicts = [...conflicts, ...done.conflicts];
      for (const { category, plans: many } of done.unruled) unruled.set(category, (unruled.get(category) ?? 0) + many);
      if (done.ruled.length > 0) ({ ruled } = done);
      show(Math.min(plans.length, at + BATCH));
    }
    show.end();
    for (const [category, many] of unruled) context.say(unruledText(category, many, ruled));
    const what = options.holding === true ? "holding" : "plan";
    const kept = `${count(plans.length, what)} kept on this node.`;
    return {
      status: conflicts.length === 0 ? 0 : 1,
      json: { changed: plans.length, conflicts },
      text: `${kept} ${foundText(conflicts)}`,
    };
  });
}

function listCommand(context: Context): Command {
  const command = new Command("list")
    .description("plans and holdings, and every conflict that holds now")
    .option(...HOLDING);
  nodeOptions(command);
  examples(command, [
    ["plans and their conflicts; exit status 1 where there is one", "plan list --dir south --as planner-1"],
  ]);
  return action<Options>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const { items } = options.holding === true ? await client.holdings() : await client.plans();
    const { conflicts } = await client.conflicts();
    const rows = items.map((plan) => [
      plan.id,
      plan.category,
      ...placeOf(plan),
      plan.name === plan.id ? "" : plan.name,
    ]);
    const listed = table(["id", "category", "where", "when", "name"], rows);
    const text = `${listed}\n\n${foundText(conflicts)}`;
    return { status: conflicts.length === 0 ? 0 : 1, json: { items, conflicts }, text };
  });
}

function foundText(conflicts: readonly Conflict[]): string {
  if (conflicts.length === 0) return "No conflict.";
  const { type, id } = conflicts.find(({ own }) => own.type === "plan")?.own ?? {};
  const word = /^[\w.-]+$/.test(id ?? "") ? id : JSON.stringify(id);
  const next = type === "plan" ? `\n\nNext: parley plan suggest ${word}, and parley plan why ${word}` : "";
  return `${count(conflicts.length, "conflict")}\n${conflictsText(conflicts)}${next}`;
}

function placeOf({ volumes }: Plan): [string, string] {
  const [first, ...more] = volumes;
  if (first === undefined) return ["", ""];
  const also = more.length === 0 ? "" : ` and ${count(more.length, "other")}`;
  return [footprintText(first.footprint) + also, windowText(first.window)];
}

function removeCommand(context: Context): Command {
  const command = new Command("remove")
    .description("remove a plan or a holding")
    .argument("<id>", "its id")
    .option(...HOLDING);
  nodeOptions(command);
  examples(command, [["it will not happen", "plan remove MSN-0412 --dir south --as planner-1"]]);
  return action<Options>(context, command, async (_, options, [id]) => {
    const { client } = await officer(context, options);
    const params = { id: id as string };
    await (options.holding === true ? client.deleteHolding({ params }) : client.deletePlan({ params }));
    return { status: 0, json: { removed: id }, text: `Removed: ${id}.` };
  });
}

const HAS_SHAPE = ["point", "circle", "polygon", "corridor"] as const;
/** What a file's own entries say; taken beside a file it would be left out, and the plan be another than was meant. */
const OF_A_SHAPE = ["from", "until", "height", "name"] as const;

function plansFrom(context: Context, options: Options, given: string): Plan[] {
  if (HAS_SHAPE.some((shape) => options[shape] !== undefined)) {
    const { name, category, remarks } = options;
    const volumes = volumesFrom(options, context.now());
    return parsePlans([{ id: given, name: name ?? given, category, volumes, remarks: remarks ?? "" }], "the options");
  }
  const misplaced = OF_A_SHAPE.find((option) => options[option] !== undefined);
  if (misplaced !== undefined) {
    const shapes = HAS_SHAPE.map((shape) => `--${shape}`).join(", ");
    throw cliError("usage", `--${misplaced} goes with ${shapes}; what a file holds says it for itself.`);
  }
  const path = resolve(context.cwd, given);
  const subjects = subjectsOf(path);
  if (subjects.length === 0) throw cliError("file-not-understood", `${path} holds no volume.`);
  const kinds = [...new Set(subjects.flatMap(({ kind }) => kind ?? []))];
  if (kinds.length > 0) {
    const said = `The file says of what kind its entries are (${kinds.join(", ")}).`;
    const taken = options.holding === true ? "holdings" : "plans";
    context.say(`${said} Here all of them are ${taken}, checked by their category; the kind was left out.`);
  }
  const items = subjects.map(({ id, name, category, volumes }) => ({
    id,
    name: name ?? id,
    category: category ?? options.category ?? "other",
    volumes: volumes.flatMap(onePolygonEach),
    remarks: options.remarks ?? "",
  }));
  return parsePlans(items, path);
}

/** A plan has no footprint of several polygons: it has a volume for each. */
function onePolygonEach(volume: AnyVolume): unknown[] {
  const { footprint } = volume;
  if (footprint.type !== "multipolygon") return [volume];
  return footprint.polygons.map((rings) => ({ ...volume, footprint: { type: "polygon", rings } }));
}

const PLANS = z.array((ROUTES.putPlans.body.shape.items satisfies z.ZodType).element).min(1);

function parsePlans(items: unknown, where: string): Plan[] {
  const parsed = PLANS.safeParse(items);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw cliError(
    "file-not-understood",
    `${where}, at ${issue?.path.join(".") ?? "its start"}: ${issue?.message ?? ""}.`,
  );
}
