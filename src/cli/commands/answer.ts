import { Command } from "commander";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { findMessage } from "../find.ts";
import { examples, nodeOptions } from "../help.ts";
import { CODES } from "../../message/index.ts";
import { officer } from "../node.ts";
import { timeFrom } from "../places.ts";
import { messageOf, type ReplyOptions, replySubject, sendReply } from "../reply.ts";

interface Options extends ReplyOptions {
  readonly list?: boolean;
  readonly reason?: string;
  readonly words?: string;
  readonly until?: string;
  readonly at?: string;
}

export function answerCommand(context: Context): Command {
  const command = new Command("answer")
    .description("answer a message; what may be answered depends on its kind (parley show MESSAGE says it)")
    .argument("<message>", "its hash, or the first digits of it")
    .argument("<answer>", `one of ${CODES.answer.join(", ")}; "not-listed" serves for "NOT LISTED"`)
    .option("--reason <words>", "why: for CONCERN, NOT LISTED, NOT MEANT, DIFFER, UNABLE")
    .option("--words <words>", "RESTATED: what you understood; ANSWERED: what was done")
    .option("--until <time>", "STANDBY: by when the answer comes")
    .option("--at <time>", "CEASED: when it ceased")
    .option("--list", "the whole list that it belongs to")
    .option("--lang <tag>", "the language of the words")
    .option("-y, --yes", "do not ask again before it is signed");
  nodeOptions(command);
  examples(command, [
    ["noted", "answer 4f2a91c0 NOTED --dir south --as watch-1"],
    [
      "it comes too near to something of ours (a second officer releases it)",
      'answer 4f2a91c0 CONCERN --reason "Use the northern bridge" --dir south --as watch-1',
    ],
    ["not yet", "answer 4f2a91c0 STANDBY --until 231800ZNOV26 --dir south --as watch-1"],
    ["every site of a list is on our restricted list", "answer 77d0c1e2 LISTED --list --dir south --as watch-1"],
  ]);
  return action<Options>(context, command, async (_, options, [wanted, given]) => {
    const answer = answerCode(given as string);
    const who = await officer(context, options);
    const about = await findMessage(who.client, wanted as string);
    const message = await messageOf(context, who.client, about);
    const now = context.now();
    const body = {
      answer,
      scope: options.list === true ? "list" : "message",
      reason: options.reason ?? "",
      words: options.words ?? "",
      until: options.until === undefined ? null : timeFrom(options.until, now),
      at: options.at === undefined ? null : timeFrom(options.at, now),
    };
    return sendReply(context, who, options, {
      kind: "answer",
      relation: "answers",
      about,
      subject: replySubject(message),
      body,
    });
  });
}

function answerCode(given: string): string {
  const code = given.toUpperCase().replaceAll("-", " ");
  if ((CODES.answer as readonly string[]).includes(code)) return code;
  throw cliError("usage", `"${given}" is not an answer. Answers: ${CODES.answer.join(", ")}.`);
}
