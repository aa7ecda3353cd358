/** Reading, reading back, answering: a message about a message, drafted, signed and, where one officer suffices, released. */
import type { Client } from "../api/index.ts";
import { decodeMessage, type Message, messageHash } from "../message/index.ts";
import { fromBase64 } from "../wire/bytes.ts";
import type { MessageHash } from "../wire/id.ts";
import type { Outcome } from "./action.ts";
import { confirmOrStop } from "./confirm.ts";
import type { Context } from "./context.ts";
import { cliError } from "./errors.ts";
import type { NodeOptions } from "./help.ts";
import type { Officer } from "./node.ts";
import { renderMessage } from "./rendering.ts";
import { compose, signDraft } from "./signing.ts";
import { short } from "./table.ts";
import { renderedText } from "./words.ts";

export interface ReplyOptions extends NodeOptions {
  readonly yes?: boolean;
  readonly lang?: string;
}

/** A message out of the bytes that its hash names. */
export async function messageOf(context: Context, client: Client, hash: MessageHash): Promise<Message> {
  const { bytes } = await client.message({ params: { hash } });
  const signed = fromBase64(bytes);
  if (messageHash(context.suite, signed) !== hash) {
    throw cliError("draft-differs", "The node's bytes do not belong to the message asked for.");
  }
  return decodeMessage(signed);
}

export interface Reply {
  readonly kind: "answer" | "read" | "readback" | "withdrawal" | "countersignature";
  readonly relation: "answers" | "reads" | "reads-back" | "withdraws" | "countersigns";
  readonly about: MessageHash;
  readonly subject: string;
  readonly body: Record<string, unknown>;
}

/** Sends a reply as far as this one officer may, after showing what it says. */
export async function sendReply(context: Context, who: Officer, options: ReplyOptions, reply: Reply): Promise<Outcome> {
  const item = {
    kind: reply.kind,
    subject: reply.subject,
    body: reply.body as never,
    re: { relation: reply.relation, message: reply.about },
    ...(options.lang === undefined ? {} : { lang: options.lang }),
  };
  const { draft, items } = await compose(context, who, { items: [item] });
  if (reply.kind !== "read") for (const { message } of items) context.say(renderedText(renderMessage(message)));
  try {
    const asks = draft.needs === 1 ? "Send it?" : "Sign it, for a second officer to release?";
    if (reply.kind !== "read") await confirmOrStop(context, options.yes, asks);
  } catch (error) {
    await who.client.deleteDraft({ params: { id: draft.id } });
    throw error;
  }
  const done = await signDraft(context, who, draft, items);
  const text =
    done.state === "released"
      ? `Told: ${short(done.released[0] as string)}. The log has it.`
      : `Signed. A second officer releases it: parley release ${short(draft.id)}`;
  return { status: 0, json: { ...done, draft: draft.id }, text };
}

const LONGEST_SUBJECT = 200;

/** "Re: …", cut to what a subject may have. */
export function replySubject(message: Pick<Message, "subject">): string {
  const whole = `Re: ${message.subject}`;
  return whole.length <= LONGEST_SUBJECT
    ? whole
    : `${whole
        .slice(0, LONGEST_SUBJECT - 1)
        .toWellFormed()
        .replace(/\ufffd$/, "")}…`;
}
