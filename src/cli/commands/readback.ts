import { Command } from "commander";
import {
  compareReadBack,
  type ReadBackBody,
  type ReadBackEntry,
  type ReadBackField,
  readBackOf,
} from "../../message/index.ts";
import { action } from "../action.ts";
import { askText } from "../confirm.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { findMessage } from "../find.ts";
import { examples, gather, nodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { positionFrom, timeFrom } from "../places.ts";
import { messageOf, type ReplyOptions, replySubject, sendReply } from "../reply.ts";
import { metresText, table } from "../table.ts";

interface Options extends ReplyOptions {
  readonly entry?: readonly string[];
  readonly fields?: boolean;
}

const ASKED = {
  position: "position (36.3456 43.1289, or MGRS)",
  at: "time (231530ZNOV26, or RFC 3339)",
  height_m: "height in metres",
} as const;

export function readbackCommand(context: Context): Command {
  const command = new Command("readback")
    .description(
      "enter place, time and height again, without seeing them, and compare: it catches what was heard wrong",
    )
    .argument("<message>", "its hash, or the first digits of it")
    .option("--entry <field=value>", "a field as it was plotted or heard; may be given again", gather)
    .option("--fields", "only say which fields are asked for")
    .option("-y, --yes", "do not ask again before it is signed");
  nodeOptions(command);
  examples(command, [
    ["on a terminal, every field is asked for", "readback 4f2a91c0 --dir south --as watch-1"],
    ["which fields?", "readback 4f2a91c0 --fields --dir south --as watch-1"],
    [
      "from a script; exit status 1 where anything differs",
      'readback 4f2a91c0 --entry "route.0.position=36.3402 43.1301" --entry route.0.at=240600ZNOV26 -y --dir south --as watch-1',
    ],
  ]);
  return action<Options>(context, command, async (_, options, [wanted]) => {
    const who = await officer(context, options);
    const about = await findMessage(who.client, wanted as string);
    const message = await messageOf(context, who.client, about);
    const asked = readBackOf(message);
    if (asked.length === 0) throw cliError("usage", `A ${message.kind} is not read back.`);
    if (options.fields === true) {
      const text = asked.map(({ field, type }) => `${field}  ${ASKED[type]}`).join("\n");
      return { status: 0, json: { fields: asked }, text };
    }
    const body = compareReadBack(message, await entriesOf(context, asked, options.entry ?? []));
    context.say(comparisonText(body));
    const reply = { kind: "readback", relation: "reads-back", about, subject: replySubject(message) } as const;
    const sent = await sendReply(context, who, options, { ...reply, body: { ...body } });
    const json = { ...(sent.json as object), result: body.result, differences: body.differences };
    return { ...sent, status: body.result === "same" ? 0 : 1, json };
  });
}

/** What was given as options, or asked for one by one; the message's own values are never shown. */
async function entriesOf(
  context: Context,
  asked: readonly ReadBackField[],
  given: readonly string[],
): Promise<ReadBackEntry[]> {
  const values = new Map(given.map((text) => splitEntry(text, asked)));
  const entries: ReadBackEntry[] = [];
  for (const { field, type } of asked) {
    const ask = given.length === 0 ? await askText(context, `${field}: ${ASKED[type]}`) : undefined;
    const text = values.get(field) ?? ask;
    if (text !== undefined) entries.push(entryOf(context, { field, type }, text));
  }
  return entries;
}

function splitEntry(text: string, asked: readonly ReadBackField[]): [string, string] {
  const cut = text.indexOf("=");
  const field = text.slice(0, Math.max(0, cut)).trim();
  if (asked.some((one) => one.field === field)) return [field, text.slice(cut + 1).trim()];
  throw cliError(
    "usage",
    `--entry "${text}": give FIELD=VALUE, with one of ${asked.map((one) => one.field).join(", ")}.`,
  );
}

function entryOf(context: Context, { field, type }: ReadBackField, text: string): ReadBackEntry {
  const none = { field, position: null, at: null, height_m: null };
  switch (type) {
    case "position":
      return { ...none, position: positionFrom(text) };
    case "at":
      return { ...none, at: timeFrom(text, context.now()) };
    case "height_m": {
      const height_m = Number(text.replace(/\s*m$/, ""));
      if (!Number.isFinite(height_m)) throw cliError("usage", `"${text}" is not a height in metres.`);
      return { ...none, height_m };
    }
  }
}

function comparisonText({ result, differences }: ReadBackBody): string {
  if (result === "same") return "The same, every field.";
  const rows = differences.map(({ field, distance_m, seconds, height_m }) => {
    if (distance_m !== null) return [field, `${metresText(distance_m)} apart on the ground`];
    if (seconds !== null) return [field, `${Math.round(seconds / 60)} min apart`];
    return [field, height_m === null ? "not entered" : `${height_m} m apart in height`];
  });
  return `DIFFERENT\n${table(["field", "difference"], rows)}`;
}
