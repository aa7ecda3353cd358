import { Command } from "commander";
import { resolve } from "node:path";
import type { PlanStateReply, Suggestions } from "../../api/index.ts";
import { action, type Outcome } from "../action.ts";
import { planStateText, suggestionsText } from "../certificate-text.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { count } from "../table.ts";
import { conflictsText } from "../words.ts";

const PLAN = ["<plan>", "its id"] as const;

function told(reply: PlanStateReply, status: 0 | 1): Outcome {
  return { status, json: reply, text: planStateText(reply) };
}

export function stateCommand(context: Context): Command {
  const command = new Command("state")
    .description("what a plan is certified for, GO or NO GO; exit status 1 where a breach is not overridden")
    .argument(...PLAN);
  nodeOptions(command);
  examples(command, [["may it go?", "plan state MSN-0412 --dir south --as planner-1"]]);
  return action<NodeOptions>(context, command, async (_, options, [id]) => {
    const { client } = await officer(context, options);
    const reply = await client.planState({ params: { id: id as string } });
    return told(reply, reply.state.breaches > 0 || reply.state.certificate === null ? 1 : 0);
  });
}

export function suggestCommand(context: Context): Command {
  const command = new Command("suggest")
    .description("the nearest changes that would clear a plan, and where the trouble lies")
    .argument(...PLAN)
    .option("--apply <number>", "change the plan by the suggestion of that number, and check it again");
  nodeOptions(command);
  examples(command, [
    ["when or where could it go?", "plan suggest MSN-0412 --dir south --as planner-1"],
    ["the first of them", "plan suggest MSN-0412 --apply 1 --dir south --as planner-1"],
  ]);
  return action<NodeOptions & { apply?: string }>(context, command, async (_, options, [id]) => {
    const { client } = await officer(context, options);
    const plan = id as string;
    const reply = await client.planSuggestions({ params: { id: plan } });
    if (options.apply !== undefined) return applied(client, plan, suggestionOf(reply, plan, options.apply));
    return { status: 0, json: reply, text: suggestionsText(plan, reply) };
  });
}

type Client = Awaited<ReturnType<typeof officer>>["client"];
type Suggestion = Suggestions["suggestions"][number];

function suggestionOf({ suggestions }: Suggestions, plan: string, number: string): Suggestion {
  const found = /^[1-9]\d*$/.test(number) ? suggestions[Number(number) - 1] : undefined;
  if (found !== undefined) return found;
  const there =
    suggestions.length === 0
      ? `nothing is suggested for ${plan}`
      : `${plan} has the suggestions 1 to ${suggestions.length}`;
  throw cliError("usage", `--apply ${number}: ${there}.`);
}

/** The plan as it is now but for its volumes: it is put again, and so checked again. */
async function applied(client: Client, id: string, { says, volumes }: Suggestion): Promise<Outcome> {
  const { items } = await client.plans();
  const plan = items.find((item) => item.id === id);
  if (plan === undefined) throw cliError("id-unknown", `There is no plan ${id} on this node any more.`);
  const { conflicts } = await client.putPlans({ body: { items: [{ ...plan, volumes }] } });
  const found =
    conflicts.length === 0 ? "No conflict." : `${count(conflicts.length, "conflict")}\n${conflictsText(conflicts)}`;
  return {
    status: conflicts.length === 0 ? 0 : 1,
    json: { applied: says, conflicts },
    text: `Applied: ${says} ${found}`,
  };
}

export function goCommand(context: Context): Command {
  const command = new Command("go")
    .description("GO, on a certificate at the newest heads; refused with a breach that nobody has overridden")
    .argument(...PLAN)
    .option("--although-behind <reason>", "do not wait for entries that this node knows of and that have not come");
  nodeOptions(command);
  examples(command, [
    ["prints the certificate; exit status 1 where it is refused", "plan go MSN-0412 --dir south --as planner-1"],
  ]);
  return action<NodeOptions & { althoughBehind?: string }>(context, command, async (_, options, [id]) => {
    const { client } = await officer(context, options);
    const body = { although_behind: options.althoughBehind ?? null };
    return told(await client.goPlan({ params: { id: id as string }, body }), 0);
  });
}

export function noGoCommand(context: Context): Command {
  const command = new Command("no-go")
    .description("NO GO, with the reason")
    .argument(...PLAN)
    .requiredOption("--reason <words>", "for the record");
  nodeOptions(command);
  examples(command, [
    ["it does not go", 'plan no-go MSN-0412 --reason "A convoy is on the road." --dir south --as planner-1'],
  ]);
  return action<NodeOptions & { reason: string }>(context, command, async (_, options, [id]) => {
    const { client } = await officer(context, options);
    return told(await client.noGoPlan({ params: { id: id as string }, body: { reason: options.reason } }), 0);
  });
}

export function overrideCommand(context: Context): Command {
  const command = new Command("override")
    .description("take one conflict upon yourself, with the reason; it counts while plan and conflict stay as they are")
    .argument(...PLAN)
    .argument(
      "<conflict>",
      "what it conflicts with: a message's hash, or the first digits of it; or the id of a holding",
    )
    .requiredOption("--reason <words>", "for the record");
  nodeOptions(command);
  const reason = '--reason "Agreed with Relief by voice at 0510Z: they wait at the depot."';
  examples(command, [["it is agreed", `plan override MSN-0412 4f2a91c0 ${reason} --dir south --as planner-1`]]);
  return action<NodeOptions & { reason: string }>(context, command, async (_, options, [plan, conflict]) => {
    const params = { id: plan as string };
    const { client } = await officer(context, options);
    const { conflicts } = await client.planState({ params });
    const found = namedBy(conflicts, conflict as string);
    const [first, ...more] = found;
    if (first === undefined) throw cliError("id-unknown", `${params.id} has no conflict with ${conflict ?? ""} now.`);
    if (more.length > 0) throw cliError("id-ambiguous", `${found.length} conflicts begin with ${conflict ?? ""}.`);
    const { type, id } = first.against;
    const body = { against: type === "message" ? id : `${type}:${id}`, reason: options.reason };
    return told(await client.overridePlan({ params, body }), 0);
  });
}

/** An id given whole is that one, though another begins with it; nothing given is none, though there is but one. */
function namedBy(conflicts: PlanStateReply["conflicts"], given: string): PlanStateReply["conflicts"] {
  const whole = conflicts.filter(({ against }) => against.id === given);
  if (whole.length > 0 || given === "") return whole;
  return conflicts.filter(({ against }) => against.id.startsWith(given));
}

export function certificateCommand(context: Context): Command {
  const command = new Command("certificate")
    .description("write a plan's certificate to a file, signed anew at the newest heads; the plan stays closed in it")
    .argument(...PLAN)
    .option("-o, --output <file>", "where to (default: PLAN.certificate)")
    .option("--opened", "with the plan itself, which whoever has the file can then read: for an inquiry");
  nodeOptions(command);
  examples(command, [
    ["for the record", "plan certificate MSN-0412 -o msn-0412.certificate --dir south --as planner-1"],
    ["for an inquiry", "plan certificate MSN-0412 --opened -o opened.certificate --dir south --as planner-1"],
  ]);
  return action<NodeOptions & { output?: string; opened?: true }>(context, command, async (_, options, [id]) => {
    const { client } = await officer(context, options);
    const opened = options.opened === true;
    const query = opened ? { opened: "yes" as const } : {};
    const text = await client.planCertificate({ params: { id: id as string }, query });
    const path = resolve(context.cwd, options.output ?? `${(id as string).replace(/[^\w.-]/g, "_")}.certificate`);
    writeWhole(path, text, opened ? { secret: true } : {});
    const holds = opened ? "The plan is in it." : "The plan is not in it, only a commitment to it.";
    return {
      status: 0,
      json: { file: path, opened },
      text: `${path}: ${holds}\nCheck it: parley verify ${path} --fingerprint PARTY=FINGERPRINT`,
    };
  });
}
