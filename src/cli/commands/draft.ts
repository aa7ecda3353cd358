import { Command } from "commander";
import { resolve } from "node:path";
import { allDrafts, type DraftRequest, ROUTES } from "../../api/index.ts";
import type { Kind } from "../../message/index.ts";
import { action, type Outcome } from "../action.ts";
import { confirmOrStop } from "../confirm.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { readJson } from "../files.ts";
import { findDraft, findMessage } from "../find.ts";
import { type Form, type FormValues, FORMS, fillForm } from "../forms.ts";
import { examples, gather, nodeOptions, type NodeOptions } from "../help.ts";
import { type Officer, officer } from "../node.ts";
import { timeFrom } from "../places.ts";
import { messageOf, replySubject, sendReply } from "../reply.ts";
import { verifiedDrafter } from "../roster-view.ts";
import { compose, itemsToSign, signDraft } from "../signing.ts";
import { clock, count, short, table } from "../table.ts";
import { draftText } from "./release.ts";

interface Options extends NodeOptions {
  readonly subject?: string;
  readonly replaces?: string;
  readonly expires?: string;
  readonly lang?: string;
  readonly sole?: string;
  readonly yes?: boolean;
}

export function draftCommand(context: Context): Command {
  const command = new Command("draft").description("prepare what is to be told, and sign it as its drafter");
  command.commandsGroup("By kind:");
  for (const form of FORMS) command.addCommand(formCommand(context, form));
  command.commandsGroup("Any kind:").addCommand(fileCommand(context)).addCommand(withdrawCommand(context));
  command.commandsGroup("Drafts:").addCommand(listCommand(context)).addCommand(showCommand(context));
  command.addCommand(dropCommand(context));
  return examples(command, [
    ["a convoy, by options", (FORMS[0] as Form).example],
    ["any kind, from a file", "draft file convoy.json --dir relief --as drafter-1"],
    ["what waits for a second officer", "draft list --dir relief --as releaser-1"],
  ]);
}

function commonOptions(command: Command): Command {
  command
    .optionsGroup("Options:")
    .option("--expires <time>", "stale after then")
    .option("--lang <tag>", "the language of its words")
    .option("--sole <reason>", "no second officer can be had: why (where the charter allows it)")
    .option("-y, --yes", "do not ask again before it is signed");
  return nodeOptions(command);
}

/** `draft movement`, `draft site` and so on: options in place of a form; what is missing is asked for on a terminal. */
function formCommand(context: Context, form: Form): Command {
  const command = new Command(form.kind).description(form.description);
  command.option("--subject <words>", "one line that says what it is");
  command.option("--replaces <message>", "the message that this one restates as a whole");
  for (const { flag, says, many } of form.fields) {
    if (many === true) command.option(flag, `${says}; may be given again`, gather);
    else command.option(flag, says);
  }
  commonOptions(command);
  examples(command, [[`${/^[aeiou]/.test(form.kind) ? "an" : "a"} ${form.kind}`, form.example]]);
  return action<Options & FormValues>(context, command, async (_, options) => {
    const { subject, body } = await fillForm(context, form, options);
    const who = await officer(context, options);
    const replaced = options.replaces === undefined ? null : await findMessage(who.client, options.replaces);
    const item = {
      kind: form.kind as Kind,
      subject,
      body: body as never,
      ...(replaced !== null && { re: { relation: "supersedes" as const, message: replaced } }),
      ...(options.expires !== undefined && { expires_at: timeFrom(options.expires, context.now()) }),
      ...(options.lang !== undefined && { lang: options.lang }),
    };
    return submit(context, who, options, { items: [item], sole_reason: options.sole ?? null });
  });
}

function fileCommand(context: Context): Command {
  const command = new Command("file")
    .description(
      "a draft of any kind out of a JSON file: one item, or {items, list_name} (spec/kinds.md has the bodies)",
    )
    .argument("<file>", "the file");
  commonOptions(command);
  examples(command, [["sign what the file says", "draft file convoy.json --dir relief --as drafter-1"]]);
  return action<Options>(context, command, async (_, options, [file]) => {
    const path = resolve(context.cwd, file as string);
    const json = readJson(path) as object;
    const whole = "items" in json ? json : { items: [json] };
    const parsed = ROUTES.createDraft.body.safeParse({
      ...whole,
      ...(options.sole !== undefined && { sole_reason: options.sole }),
    });
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw cliError(
        "file-not-understood",
        `${path}, at ${issue?.path.join(".") || "its start"}: ${issue?.message ?? ""}.`,
      );
    }
    return submit(context, await officer(context, options), options, parsed.data);
  });
}

/** Has the node make the bytes, shows what they say, and signs them. */
async function submit(context: Context, who: Officer, options: Options, request: DraftRequest): Promise<Outcome> {
  const { draft, items, changed } = await compose(context, who, request);
  const me = `${who.session.officer} (${who.session.person})`;
  context.say(draftText(draft, items, { drafter: me, full: items.length <= 5 }));
  if (changed.length > 0) {
    const rows = changed.map((i) => i + 1).join(", ");
    context.say(
      `The node made ${items.length === 1 ? "it" : `items ${rows}`} coarser than you gave it. Above is what would be signed.\n`,
    );
  }
  try {
    await confirmOrStop(
      context,
      options.yes,
      draft.needs === 1 ? "Release it now? It cannot be recalled." : "Sign it as its drafter?",
    );
  } catch (error) {
    await who.client.deleteDraft({ params: { id: draft.id } });
    throw error;
  }
  const done = await signDraft(context, who, draft, items);
  const text =
    done.state === "released"
      ? `Released: ${done.released.map(short).join(", ")}. The log has it.`
      : `Drafted and signed. A second officer releases it: parley release ${short(draft.id)}`;
  return { status: 0, json: { draft: draft.id, state: done.state, released: done.released }, text };
}

interface WithdrawOptions extends Options {
  readonly reason: string;
  readonly list?: boolean;
}

function withdrawCommand(context: Context): Command {
  const command = new Command("withdraw")
    .description("take back a message of your own side; it stays in the log, marked")
    .argument("<message>", "its hash, or the first digits of it")
    .requiredOption("--reason <words>", "why")
    .option("--list", "the whole list that it belongs to");
  commonOptions(command);
  examples(command, [["it will not move", 'draft withdraw 4f2a91c0 --reason "Cancelled" --dir relief --as drafter-1']]);
  return action<WithdrawOptions>(context, command, async (_, options, [wanted]) => {
    const who = await officer(context, options);
    const about = await findMessage(who.client, wanted as string);
    const subject = replySubject(await messageOf(context, who.client, about));
    const body = { scope: options.list === true ? "list" : "message", reason: options.reason };
    return sendReply(context, who, options, { kind: "withdrawal", relation: "withdraws", about, subject, body });
  });
}

function listCommand(context: Context): Command {
  const command = nodeOptions(new Command("list").description("drafts, newest first"));
  examples(command, [["what waits for a second officer", "draft list --dir relief --as releaser-1"]]);
  return action<NodeOptions>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const drafts = await allDrafts(client);
    const rows = drafts.map((draft) => [
      short(draft.id),
      draft.state,
      draft.drafted_by,
      clock(draft.created_at),
      draft.count > 1
        ? `${draft.list_name ?? draft.subject} (${count(draft.count, "message")})`
        : `${draft.kind}: ${draft.subject}`,
      [
        draft.warnings > 0 ? count(draft.warnings, "warning") : "",
        draft.conflicts > 0 ? count(draft.conflicts, "conflict") : "",
      ]
        .filter((part) => part !== "")
        .join(", "),
    ]);
    const text = rows.length === 0 ? "No drafts." : table(["draft", "state", "by", "at", "what", ""], rows);
    return { status: 0, json: { drafts }, text };
  });
}

function showCommand(context: Context): Command {
  const command = new Command("show")
    .description("a draft, read out of the bytes to be signed")
    .argument("<draft>", "its id, or the first digits");
  nodeOptions(command);
  examples(command, [["what would be told", "draft show 8c21 --dir relief --as releaser-1"]]);
  return action<NodeOptions>(context, command, async (_, options, [wanted]) => {
    const who = await officer(context, options);
    const { id } = await findDraft(who.client, wanted as string);
    const draft = await who.client.draft({ params: { id } });
    const items = await itemsToSign(context, who, draft);
    const drafter = await verifiedDrafter(context, who, draft, items);
    return { status: 0, json: draft, text: draftText(draft, items, { drafter, full: true }) };
  });
}

function dropCommand(context: Context): Command {
  const command = new Command("drop")
    .description("throw a draft away")
    .argument("<draft>", "its id, or the first digits");
  nodeOptions(command);
  examples(command, [["not like this", "draft drop 8c21 --dir relief --as drafter-1"]]);
  return action<NodeOptions>(context, command, async (_, options, [wanted]) => {
    const { client } = await officer(context, options);
    const { id } = await findDraft(client, wanted as string);
    await client.deleteDraft({ params: { id } });
    return { status: 0, json: { dropped: id }, text: `Thrown away: ${short(id)}.` };
  });
}
