import { Command } from "commander";
import type { Alert, Alerts, PresenceReply } from "../../api/index.ts";
import { phraseOf } from "../../message/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { findMessage } from "../find.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { clock, count, fromNow, short, table } from "../table.ts";
import { dueText, subjectText } from "../words.ts";
import { handoverCommand } from "./handover.ts";

export function watchCommand(context: Context): Command {
  return new Command("watch")
    .description("the watch: alerts, who has them and who is called next, and handing over")
    .addCommand(alertsCommand(context))
    .addCommand(takeCommand(context))
    .addCommand(passCommand(context))
    .addCommand(handoverCommand(context));
}

function alertsCommand(context: Context): Command {
  const command = nodeOptions(
    new Command("alerts").description(
      "alerts that are open, who is called next, who looks; exit status 1 where one sounds",
    ),
  );
  examples(command, [["does anything sound?", "watch alerts --dir south --as watch-1"]]);
  return action<NodeOptions>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const [alerts, presence] = [await client.alerts(), await client.presence()];
    const sounds = alerts.alerts.some((alert) => alert.sounds);
    const text = `${alertsText(alerts)}\n\n${presenceText(presence)}`;
    return { status: sounds ? 1 : 0, json: { ...alerts, ...presence }, text };
  });
}

function takeCommand(context: Context): Command {
  const command = new Command("take")
    .description("take an alert in hand: the sound stops, the time to answer does not")
    .argument("<message>", "its hash, or the first digits of it")
    .option("--from <officer>", "the officer who has it now, where you take it over");
  nodeOptions(command);
  examples(command, [["you have it", "watch take 4f2a91c0 --dir south --as watch-1"]]);
  return action<NodeOptions & { from?: string }>(context, command, async (_, options, [wanted]) => {
    const { client } = await officer(context, options);
    const hash = await findMessage(client, wanted as string);
    const alert = await client.takeAlert({ params: { hash }, body: { expects: options.from ?? null } });
    return { status: 0, json: alert, text: alertText(alert, context.now()) };
  });
}

function passCommand(context: Context): Command {
  const command = new Command("pass")
    .description("say that you cannot take it: the next one is called at once")
    .argument("<message>", "its hash, or the first digits of it");
  nodeOptions(command);
  examples(command, [["somebody else must", "watch pass 4f2a91c0 --dir south --as watch-1"]]);
  return action<NodeOptions>(context, command, async (_, options, [wanted]) => {
    const { client } = await officer(context, options);
    const hash = await findMessage(client, wanted as string);
    const alert = await client.passAlert({ params: { hash } });
    return { status: 0, json: alert, text: alertText(alert, context.now()) };
  });
}

function alertsText({ alerts, at }: Alerts): string {
  if (alerts.length === 0) return `${clock(at)}  No alert is open, and none was in the last day.`;
  return [`${clock(at)}  ${count(alerts.length, "alert")}`, ...alerts.map((alert) => alertText(alert, at))].join(
    "\n\n",
  );
}

function alertText({ message, alert, parties, sounds }: Alert, now: number): string {
  const rows = parties.map(({ party, state, due_at, taken, called, next, answer, answered_at }) => [
    party,
    state,
    answer === null ? dueText(due_at, now) : `${answer} ${answered_at === null ? "" : clock(answered_at)}`.trim(),
    taken === null ? "-" : `${taken.by} ${clock(taken.at)}`,
    called === null ? "-" : `${called.who} ${clock(called.at)}`,
    next === null ? "-" : `${next.who} ${next.at <= now ? "now" : fromNow(next.at, now)}`,
  ]);
  const head = `${sounds ? "! " : ""}${short(message.hash)}  ${phraseOf("alert", alert)}: ${subjectText(message)}`;
  return `${head}\n${table(["must answer", "state", "due or answer", "in hand", "called last", "called next"], rows)}`;
}

function presenceText({ present, attention, siren, at }: PresenceReply): string {
  const who = present.length === 0 ? "no officer's page is open" : present.map(({ officer: id }) => id).join(", ");
  const looks =
    attention.unattended_since === null
      ? `an officer was active ${fromNow(attention.last_active_at, at)}`
      : `NOBODY LOOKS since ${clock(attention.unattended_since)}, and ${count(attention.waiting, "message")} wait`;
  const fault =
    siren.fault === null
      ? ""
      : `; FAILED ${count(siren.fault.failures, "time")} in a row: ${siren.fault.message.replace(/\.$/, "")}`;
  const rung = siren.last_rung_at === null ? "not rung since the start" : `rung ${fromNow(siren.last_rung_at, at)}`;
  const sound = siren.configured === "none" ? "none is set up (docs/watch.md)" : `${siren.configured}, ${rung}${fault}`;
  return `At the desk: ${who}; ${looks}.\nSiren: ${sound}.`;
}
