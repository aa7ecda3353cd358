import { Command } from "commander";
import { allMessages, type Ladder, type MessageDetail, type MessageSummary } from "../../api/index.ts";
import { RUNGS } from "../../line/index.ts";
import { decodeMessage, messageHash } from "../../message/index.ts";
import { fromBase64 } from "../../wire/bytes.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { findMessage } from "../find.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { clock, pairs, table } from "../table.ts";
import { renderMessage } from "../rendering.ts";
import { conflictsText, dueText, messageTable, renderedText } from "../words.ts";

interface Options extends NodeOptions {
  readonly kind?: MessageDetail["summary"]["kind"];
  readonly from?: string;
  readonly limit?: string;
}

export function showCommand(context: Context): Command {
  const command = new Command("show")
    .description("one message with its signers, its ladder and its thread; without one, the newest messages")
    .argument("[message]", "its hash, or the first digits of it")
    .option("--kind <kind>", "in the table: only this kind")
    .option("--from <party>", "in the table: only from this party")
    .option("--limit <number>", "in the table: how many", "50");
  nodeOptions(command);
  examples(command, [
    ["the newest fifty messages, told and heard", "show --dir south --as watch-1"],
    ["one message: what it says, who signed, who has it, who answered", "show 4f2a91c0 --dir south --as watch-1"],
  ]);
  return action<Options>(context, command, async (_, options, [wanted]) => {
    const { client } = await officer(context, options);
    if (wanted === undefined) {
      const limit = Number(options.limit);
      if (!Number.isInteger(limit) || limit < 1) throw cliError("usage", "--limit is a whole number from 1.");
      const messages: MessageSummary[] = [];
      let more = false;
      const { kind, from } = options;
      for await (const message of allMessages(client, { ...(kind && { kind }), ...(from && { from }) })) {
        more = messages.length === limit;
        if (more) break;
        messages.push(message);
      }
      const left = more ? `\n\nThe newest ${messages.length}; there are more: --limit.` : "";
      const text = messages.length === 0 ? "No messages yet." : `${messageTable(messages)}${left}`;
      return { status: 0, json: { messages, more }, text };
    }
    const detail = await client.message({ params: { hash: await findMessage(client, wanted) } });
    return { status: 0, json: detail, text: detailText(context, detail) };
  });
}

const DISOWNED = {
  beyond: "closed its log before this entry and stands by it no longer: ask whether it still holds",
  unsure: "closed this log and stands by another of its name, or has not said up to where: ask whether it said this",
} as const;

function detailText(context: Context, detail: MessageDetail): string {
  const { summary, signers, ladder, thread, conflicts, answers } = detail;
  const bytes = fromBase64(detail.bytes);
  const hash = messageHash(context.suite, bytes);
  if (hash !== summary.hash)
    throw cliError("draft-differs", "The node's bytes do not belong to the message asked for.");
  const facts = pairs([
    ["message", hash],
    ["from", `${summary.from_name} (${summary.from})`],
    ["made", clock(summary.at)],
    ["held here since", clock(summary.stored_at)],
    ...(detail.came_by === null ? [] : [["came by", detail.came_by] as const]),
    ["counts", summary.faults.length > 0 ? `no: ${summary.faults.join(", ")}` : summary.state],
    ...(summary.disowned === null ? [] : [["its author", DISOWNED[summary.disowned]] as const]),
    ...(detail.compared === null ? [] : [["compared here", detail.compared] as const]),
    ["answer due", summary.closed ? "closed" : dueText(summary.due_at, context.now())],
    ...signers.map(
      ({ as, officer, person, fingerprint }) => [as, `${officer} (${person}), key ${fingerprint}`] as const,
    ),
  ]);
  const parts = [renderedText(renderMessage(decodeMessage(bytes))), facts];
  if (conflicts.length > 0) parts.push(`Conflicts with our own plans and holdings\n${conflictsText(conflicts)}`);
  for (const each of ladder) parts.push(ladderText(each));
  if (ladder.length > 0) parts.push(meaningText(ladder));
  if (thread.length > 0) {
    const left = detail.thread_left_out === 0 ? "" : `\n… and ${detail.thread_left_out} more: parley show --limit`;
    parts.push(`Thread\n${messageTable(thread)}${left}`);
  }
  if (answers.length > 0) parts.push(`May be answered: ${answers.map(({ code }) => code).join(", ")}`);
  return parts.join("\n\n");
}

/** The rungs in order, the ones not reached as a dash; never one word for all of them. */
function ladderText({ name, rungs, beside }: Ladder): string {
  const rows = rungs.map(({ rung, at, by, says }) => [
    rung,
    at === null ? "-" : clock(at),
    [by, says].filter(Boolean).join(": "),
  ]);
  const also = beside.map(({ state, at, code }) => [state.toUpperCase(), at === null ? "" : clock(at), code ?? ""]);
  return table([name, "at", "by"], [...rows, ...also]);
}

/** Once for all recipients: what each rung that somebody reached proves, and what it does not. */
function meaningText(ladders: readonly Ladder[]): string {
  const reached = ladders.flatMap(({ rungs }) => rungs.filter(({ at }) => at !== null));
  const meaning = new Map(
    reached.map(({ rung, proves, does_not_prove }) => [rung, `${proves} Not: ${does_not_prove}`] as const),
  );
  const rows = RUNGS.flatMap((rung) => (meaning.has(rung) ? [[rung, meaning.get(rung) as string] as const] : []));
  return `What each proves\n${pairs(rows, "  ")}`;
}
