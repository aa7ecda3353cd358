import { Command } from "commander";
import { resolve } from "node:path";
import { type WhoKnows, whoKnowsCsv } from "../../api/index.ts";
import { RUNGS } from "../../line/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { collect, examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { timeFrom } from "../places.ts";
import { clock, count, short, table } from "../table.ts";
import { subjectText } from "../words.ts";

interface Options extends NodeOptions {
  readonly asOf?: string;
  readonly text?: string;
  readonly kind?: readonly string[];
  readonly from?: readonly string[];
  readonly to?: string;
  readonly since?: string;
  readonly until?: string;
  readonly area?: string;
  readonly csv?: string;
}

export function whoKnowsCommand(context: Context): Command {
  const command = new Command("who-knows")
    .description("messages against recipients, with the rungs that each has reached, as known here at any moment")
    .option("--as-of <time>", "what this node knew then (default: now)")
    .option("--text <words>", "only what holds these words")
    .option("--kind <kinds>", "only these kinds", collect)
    .option("--from <parties>", "only what these parties said", collect)
    .option("--to <party>", "only this recipient")
    .option("--since <time>", "only what holds at or after this time; without a place: what was said then")
    .option("--until <time>", "only what holds at or before this time")
    .option("--area <box>", 'only what lies within "west south east north", in degrees')
    .option("--csv <file>", "write it as CSV, one line for each message and recipient");
  nodeOptions(command);
  examples(command, [
    [
      "for an inquiry",
      'who-knows --as-of "2031-11-24T06:00Z" --area "41 34.5 46 37.5" --csv knows.csv --dir north --as watch-1',
    ],
    ["who has the convoy?", "who-knows --text convoy --kind movement --dir north --as watch-1"],
  ]);
  return action<Options>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const query = queryOf(options, context.now());
    let reply = await client.whoKnows({ query });
    const rows = [...reply.rows];
    while (reply.more !== null) {
      reply = await client.whoKnows({ query: { ...query, before: reply.more, as_of: reply.as_of } });
      rows.push(...reply.rows);
    }
    const whole: WhoKnows = { ...reply, rows, more: null };
    if (options.csv === undefined) return { status: 0, json: whole, text: knowsText(whole) };
    const file = resolve(context.cwd, options.csv);
    writeWhole(file, whoKnowsCsv(whole));
    return {
      status: 0,
      json: { file, messages: rows.length },
      text: `${file}: ${count(rows.length, "message")} as of ${clock(whole.as_of)}.`,
    };
  });
}

function queryOf(options: Options, now: number) {
  const at = (text: string | undefined) => (text === undefined ? undefined : timeFrom(text, now));
  return {
    as_of: at(options.asOf),
    text: options.text,
    kinds: options.kind?.join(","),
    from: options.from?.join(","),
    to: options.to,
    since: at(options.since),
    until: at(options.until),
    ...(options.area === undefined ? {} : boxFrom(options.area)),
  };
}

function boxFrom(text: string) {
  const [west, south, east, north, ...more] = text.split(/[\s,]+/).map(Number);
  const sides = { west, south, east, north };
  if (more.length > 0 || Object.values(sides).some((side) => side === undefined || !Number.isFinite(side))) {
    throw cliError("usage", `--area: "${text}" is not "west south east north" in degrees.`);
  }
  return sides;
}

/** A letter for each rung that was reached: r released, s sent, S stored, o opened, R read, b read back, a answered, u reached. */
const LETTERS = {
  released: "r",
  sent: "s",
  stored: "S",
  opened: "o",
  read: "R",
  readback: "b",
  answered: "a",
  reached: "u",
} as const;

function knowsText({ rows, recipients, as_of, total }: WhoKnows): string {
  const head = `As known here at ${clock(as_of)}: ${count(total, "message")}.`;
  if (rows.length === 0) return head;
  const lines = rows.map(({ message, cells }) => [
    clock(message.at),
    message.from,
    message.kind,
    short(message.hash),
    ...recipients.map(({ party }) => cellText(cells.find((cell) => cell.party === party))),
    subjectText(message),
  ]);
  const heads = ["at", "from", "kind", "message", ...recipients.map(({ party }) => party), "subject"];
  const legend = RUNGS.map((rung) => `${LETTERS[rung]} ${rung}`).join(", ");
  return `${head}\n\n${table(heads, lines)}\n\n${legend}. No rung stands for another.`;
}

function cellText(cell: WhoKnows["rows"][number]["cells"][number] | undefined): string {
  if (cell === undefined) return "";
  const reached = new Set(cell.rungs.map(({ rung }) => rung));
  const answer = cell.rungs.find(({ rung }) => rung === "answered")?.says;
  const steps = RUNGS.map((rung) => (reached.has(rung) ? LETTERS[rung] : "-")).join("");
  return [steps, answer, ...cell.beside.map(({ state }) => state.toUpperCase())].filter((part) => part).join(" ");
}
