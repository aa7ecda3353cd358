import { Command } from "commander";
import type { InboxItem } from "../../api/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { clock, count, short, table } from "../table.ts";
import { dueText, subjectText } from "../words.ts";

export function inboxCommand(context: Context): Command {
  const command = nodeOptions(new Command("inbox").description("what waits for an officer, by when it is due"));
  examples(command, [
    ["what is due, most urgent first", "inbox --dir south --as watch-1"],
    ["for a script", "inbox --dir south --as watch-1 --json"],
  ]);
  return action<NodeOptions>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const inbox = await client.inbox();
    return { status: 0, json: inbox, text: inboxText(inbox.items, inbox.at) };
  });
}

function inboxText(items: readonly InboxItem[], now: number): string {
  if (items.length === 0) return `${clock(now)}  Nothing waits.`;
  const rows = items.map(({ message, messages, needs, due_at, conflicts }) => [
    dueText(due_at, now),
    needs.join(", "),
    short(message.hash),
    message.from,
    message.kind,
    messages > 1 ? `${message.list?.name ?? message.subject} (${count(messages, "message")})` : subjectText(message),
    [
      conflicts > 0 ? `! ${count(conflicts, "conflict")} with our own` : "",
      message.disowned === null ? "" : "! its author closed its log",
    ]
      .filter(Boolean)
      .join("  "),
  ]);
  const heads = ["due", "needs", "message", "from", "kind", "subject", ""];
  return `${clock(now)}  ${items.length} ${items.length === 1 ? "waits" : "wait"}.\n\n${table(heads, rows)}`;
}
