/** Conflicts on the command line: why each rule fired, and what begins, changes and ends while one looks. */
import { Command } from "commander";
import type { Conflict, NodeEvent } from "../../api/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { clock, count, short } from "../table.ts";
import { againstText } from "../words.ts";

export function whyCommand(context: Context): Command {
  const command = new Command("why")
    .description("of each conflict of a plan or a holding: which rule fired, whose it is, what it asks for, and why")
    .argument("<id>", "the plan's or the holding's id");
  nodeOptions(command);
  examples(command, [["why did you fire?", "plan why MSN-0412 --dir south --as planner-1"]]);
  return action<NodeOptions>(context, command, async (_, options, [id]) => {
    const { client } = await officer(context, options);
    const conflicts = (await client.conflicts()).conflicts.filter(({ own }) => own.id === id);
    const text = conflicts.length === 0 ? `Nothing is too near ${id ?? ""}.` : conflicts.map(whyText).join("\n\n");
    return { status: conflicts.length === 0 ? 0 : 1, json: { conflicts }, text };
  });
}

const SETS = { charter: "the charter", defaults: "Parley's own rules", own: "this node's own rules" } as const;

function whyText({ own, against, grave, phase, because, why, undecided }: Conflict): string {
  const named = `${own.id} against ${againstText(against)}`;
  const head = `${undecided === null ? grave.toUpperCase() : "UNDECIDED"}  ${named}${phase === null ? "" : `, ${phase}`}`;
  if (why === null) return `${head}\n  ${because}`;
  return `${head}\n  ${because}\n  By ${SETS[why.set]}: ${why.because}`;
}

interface WatchOptions extends NodeOptions {
  readonly for?: string;
}

export function watchCommand(context: Context): Command {
  const command = new Command("watch")
    .description("says what begins, changes and ends of conflicts and certificates, as it does, until it is ended")
    .option("--for <seconds>", "end by itself after that long");
  nodeOptions(command);
  examples(command, [["until Ctrl-C", "plan watch --dir south --as planner-1"]]);
  return action<WatchOptions & { json?: boolean }>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const stopping = new AbortController();
    const seconds = secondsOf(options.for);
    const timer = seconds === null ? undefined : setTimeout(() => stopping.abort(), seconds * 1000);
    const stop = () => stopping.abort();
    process.once("SIGINT", stop);
    try {
      for await (const event of await client.events({}, { signal: stopping.signal })) {
        const lines = options.json === true ? [JSON.stringify(event)] : linesOf(event);
        if (event.type === "conflict" || event.type === "certificate") lines.forEach((line) => context.print(line));
      }
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      process.removeListener("SIGINT", stop);
    }
    return { status: 0 };
  });
}

function secondsOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seconds = Number(text);
  if (seconds > 0 && seconds <= 86_400) return seconds;
  throw cliError("usage", `--for ${text}: give a number of seconds, at most a day.`);
}

/** A GO may end without its certificate: where a holding is moved, what was overridden is another. */
function lapsedText(lapsed: number, gone: number): string {
  if (lapsed === 0) return `${gone} GO ended`;
  return `${count(lapsed, "certificate")} lapsed${gone === 0 ? "" : `, and ${gone} GO with it`}`;
}

export function linesOf(event: NodeEvent): string[] {
  const at = clock(event.at);
  if (event.type === "certificate") {
    const { lapsed, go_lapsed, plans } = event;
    const rest = Math.max(lapsed, go_lapsed) - plans.length;
    const named =
      plans.map(({ id, go }) => (go ? `${id} (GO)` : id)).join(", ") + (rest > 0 ? `, and ${rest} more` : "");
    return [`${at}  ${lapsedText(lapsed, go_lapsed)}: ${named}`];
  }
  if (event.type !== "conflict") return [];
  return event.items.map(({ change, own, against, grave, phase }) => {
    const other = against.type === "message" ? short(against.id) : `${against.type} ${against.id}`;
    const when = change === "ended" || phase === null ? "" : `, ${phase}`;
    return `${at}  ${change.padEnd(7)}  ${grave.padEnd(8)}  ${own.type} ${own.id} against ${other}${when}`;
  });
}
