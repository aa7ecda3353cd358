import { Command } from "commander";
import { action } from "../action.ts";
import { confirmOrStop } from "../confirm.ts";
import type { Context } from "../context.ts";
import { findMessage } from "../find.ts";
import { examples, nodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { renderMessage } from "../rendering.ts";
import { messageOf, type ReplyOptions, replySubject, sendReply } from "../reply.ts";
import { renderedText } from "../words.ts";

interface Options extends ReplyOptions {
  readonly list?: boolean;
  readonly json?: boolean;
}

export function readCommand(context: Context): Command {
  const command = new Command("read")
    .description("read a message, and tell its author that an officer has; neither agreement nor understanding")
    .argument("<message>", "its hash, or the first digits of it")
    .option("--list", "the whole list that it belongs to")
    .option("-y, --yes", "on a terminal, do not ask whether you have read it");
  nodeOptions(command);
  examples(command, [
    ["read one message", "read 4f2a91c0 --dir south --as watch-1"],
    ["read every message of its list", "read 4f2a91c0 --list --dir south --as watch-1"],
  ]);
  return action<Options>(context, command, async (_, options, [wanted]) => {
    const who = await officer(context, options);
    const about = await findMessage(who.client, wanted as string);
    const message = await messageOf(context, who.client, about);
    const said = renderedText(renderMessage(message));
    (options.json === true ? context.say : context.print)(`${said}\n`);
    if (context.interactive) await confirmOrStop(context, options.yes, "Have you read it?");
    const body = { scope: options.list === true ? "list" : "message" };
    return sendReply(context, who, options, {
      kind: "read",
      relation: "reads",
      about,
      subject: replySubject(message),
      body,
    });
  });
}
