import { Command } from "commander";
import type { Stances, StanceView, Statement } from "../../api/index.ts";
import { CODES, phraseOf } from "../../message/index.ts";
import { parseStatementId } from "../../wire/id.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { timeFrom } from "../places.ts";
import { clock, short, table } from "../table.ts";

export function tableCommand(context: Context): Command {
  const command = new Command("table")
    .description("where each party stands, by topic, with its history and what it has said in public")
    .option("--as-of <time>", "what this node knew then (default: now)");
  nodeOptions(command);
  examples(command, [["where does each stand?", "table --dir north --as watch-1"]]);
  return action<NodeOptions & { asOf?: string }>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const as_of = options.asOf === undefined ? undefined : timeFrom(options.asOf, context.now());
    const reply = await client.stances({ query: { as_of } });
    return { status: 0, json: reply, text: tableText(reply) };
  });
}

function tableText({ topics, as_of }: Stances): string {
  const head = `As known here at ${clock(as_of)}.`;
  if (topics.length === 0) return `${head} No party has said where it stands on anything.`;
  const parts = topics.map(({ topic, parties, statements }) => {
    const stances = parties.flatMap(({ party, history }) => history.map((stance) => stanceText(party, stance)));
    const said = statements.map((each) => `  In public: ${statementRow(each).join("  ")}`);
    return [topic, ...stances, ...said].join("\n");
  });
  return [head, ...parts].join("\n\n");
}

function stanceText(party: string, { message, stands, words, said, receivers, contradicts }: StanceView): string {
  const ended = message.state === "in-force" ? "" : ` (${message.state})`;
  const lines = [
    `  ${clock(message.at)}  ${party}: ${phraseOf("stance", stands)}, ${phraseOf("said", said)}${ended}  ${short(message.hash)}`,
    `    ${words.replaceAll("\n", "\n    ")}`,
    ...receivers.map(({ party: by, state, rounds }) => {
      const last = rounds.at(-1);
      const understood = last === undefined ? "" : `: "${last.restated.words}"`;
      const reason = last?.reply?.reason ? ` (${last.reply.reason})` : "";
      return `    ${by}: ${state}${understood}${reason}`;
    }),
    ...(contradicts === null ? [] : ["    ! Its author's newest public statement says otherwise."]),
  ];
  return lines.join("\n");
}

export function publicCommand(context: Context): Command {
  return new Command("public")
    .description("the register of what each party has said in public; your own side's notes, told to nobody")
    .addCommand(listCommand(context))
    .addCommand(addCommand(context))
    .addCommand(removeCommand(context));
}

function statementRow({ party, subject, kind, body, source, said_at }: Statement): string[] {
  const { stands } = body;
  return [clock(said_at), party, subject, typeof stands === "string" ? stands : kind, source];
}

function listCommand(context: Context): Command {
  const command = nodeOptions(new Command("list").description("every statement in the register, oldest first"));
  examples(command, [["what has been said in public?", "public list --dir north --as watch-1"]]);
  return action<NodeOptions>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const reply = await client.statements();
    const rows = reply.statements.map((each) => [short(each.id), ...statementRow(each)]);
    const text =
      rows.length === 0
        ? "The register is empty."
        : table(["statement", "said", "party", "subject", "what", "source"], rows);
    return { status: 0, json: reply, text };
  });
}

interface AddOptions extends NodeOptions {
  readonly party: string;
  readonly source: string;
  readonly saidAt: string;
  readonly stands?: string;
  readonly words?: string;
  readonly kind: string;
  readonly body?: string;
}

function addCommand(context: Context): Command {
  const command = new Command("add")
    .description(
      "note what a party has said in public; a release then shows it as public, and warns where a stance differs",
    )
    .argument("<subject>", "what it is about; of a stance, its topic")
    .requiredOption("--party <party>", "who said it")
    .requiredOption("--source <words>", "where it was said")
    .requiredOption("--said-at <time>", "when")
    .option("--stands <code>", `of a stance: ${CODES.stance.join(", ")}`)
    .option("--words <text>", "of a stance: its words")
    .option("--kind <kind>", "the kind of which fields were made public", "stance")
    .option("--body <json>", "of any other kind: those fields of its body, as JSON");
  nodeOptions(command);
  const said = '--stands decided --source "Speech in the assembly" --said-at 2031-11-20T10:00Z';
  examples(command, [["a speech", `public add "The bridge" --party southern ${said} --dir north --as watch-1`]]);
  return action<AddOptions>(context, command, async (_, options, [subject]) => {
    const { client } = await officer(context, options);
    const stance = { topic: subject, stands: options.stands, words: options.words };
    const body =
      options.body === undefined
        ? Object.fromEntries(Object.entries(stance).filter(([, value]) => value !== undefined))
        : jsonFrom(options.body);
    const said_at = timeFrom(options.saidAt, context.now());
    const request = { party: options.party, said_at, source: options.source, subject: subject as string };
    const added = await client.addStatement({
      body: { ...request, kind: options.kind as "stance", body: body as Statement["body"] },
    });
    return { status: 0, json: added, text: `Noted: ${short(added.id)}  ${statementRow(added).join("  ")}` };
  });
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw cliError("usage", "--body is not JSON.", { cause });
  }
}

function removeCommand(context: Context): Command {
  const command = new Command("remove")
    .description("take a statement out of the register; that it stood there is kept")
    .argument("<statement>", "its id, or the first digits of it");
  nodeOptions(command);
  examples(command, [["it was noted in error", "public remove 0f1e2d3c --dir north --as watch-1"]]);
  return action<NodeOptions>(context, command, async (_, options, [wanted]) => {
    const { client } = await officer(context, options);
    const { statements } = await client.statements();
    const found = statements.filter(({ id }) => id.startsWith(wanted as string));
    const [first, ...more] = found;
    if (first === undefined) throw cliError("id-unknown", `The register has no statement that begins with ${wanted}.`);
    if (more.length > 0) throw cliError("id-ambiguous", `${found.length} statements begin with ${wanted}.`);
    await client.removeStatement({ params: { id: parseStatementId(first.id) } });
    return { status: 0, json: { removed: first.id }, text: `Removed: ${short(first.id)}` };
  });
}
