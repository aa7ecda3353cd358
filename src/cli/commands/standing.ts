import { Command, Option } from "commander";
import {
  ACTIVE,
  newest,
  type PartyStanding,
  reasonWords,
  type RosterHistory,
  rosterWithStanding,
  SUSPENSION_REASONS,
  type SuspensionReason,
} from "../../line/index.ts";
import { action, type Outcome } from "../action.ts";
import type { Context } from "../context.ts";
import { directoryOf } from "../directory.ts";
import { cliError } from "../errors.ts";
import { examples, nodeOptions } from "../help.ts";
import { type Officer, officer } from "../node.ts";
import { publishDeclared } from "../own-declarations.ts";
import {
  identityKeyOptions,
  type IdentityOptions,
  identitySigner,
  ownHistory,
  publishedHistory,
  publishSigned,
  confirmIdentity,
} from "../own-roster.ts";
import { clock } from "../table.ts";

interface SuspendOptions extends IdentityOptions {
  readonly reason?: SuspensionReason;
}

const STILL = "Sites, alerts and replies still flow.";

export function suspendCommand(context: Context): Command {
  const command = new Command("suspend")
    .description(`suspend an open line, alone, by a roster under the identity key. ${STILL}`)
    .addOption(new Option("--reason <reason>", "why, where it is to be said").choices(SUSPENSION_REASONS));
  nodeOptions(identityKeyOptions(command));
  examples(command, [
    [
      "with the identity key brought from its safe",
      "pair suspend --reason terms-not-kept --identity /media/stick/identity.key --dir north --as admin-1",
    ],
  ]);
  return action<SuspendOptions>(context, command, async (_, options) => {
    const since = context.now();
    const { who, history, standing: before } = await ownStanding(context, options);
    if (before.state === "suspended") {
      throw cliError("standing-unchanged", `We suspended the line at ${clock(before.since)}.`);
    }
    const standing: PartyStanding = { state: "suspended", since, reason: options.reason ?? null };
    const words = `Suspend the line (${reasonWords(standing.reason)})? ${STILL}`;
    return publish(context, options, who, { history, standing, words });
  });
}

export function resumeCommand(context: Context): Command {
  const command = new Command("resume").description("take up a line again that this party suspended");
  nodeOptions(identityKeyOptions(command));
  examples(command, [["what was suspended goes on", "pair resume --dir north --as admin-1"]]);
  return action<IdentityOptions>(context, command, async (_, options) => {
    const { who, history, standing } = await ownStanding(context, options);
    if (standing.state === "active") throw cliError("standing-unchanged", "We have not suspended the line.");
    const words = `Resume the line that we suspended at ${clock(standing.since)}?`;
    return publish(context, options, who, { history, standing: ACTIVE, words });
  });
}

async function ownStanding(context: Context, options: IdentityOptions) {
  const who = await officer(context, options);
  const history = await publishedHistory(context, directoryOf(context, options), who);
  return { who, history, standing: newest(history).roster.standing };
}

interface Change {
  readonly history: RosterHistory;
  readonly standing: PartyStanding;
  readonly words: string;
}

async function publish(
  context: Context,
  options: IdentityOptions,
  who: Officer,
  { history, standing, words }: Change,
): Promise<Outcome> {
  await confirmIdentity(context, options, words);
  const roster = rosterWithStanding(history, standing, context.now());
  const published = await publishSigned(context, options, who, roster);
  const done = standing.state === "suspended" ? `Suspended. ${STILL}` : "Resumed.";
  const text = `${done} Roster ${published.seq}, entry ${published.index ?? "-"} of our log.`;
  return { status: 0, json: published, text };
}

export function leaveCommand(context: Context): Command {
  const command = new Command("leave")
    .description(
      "leave an open line for good, by a declaration under the identity key: nothing that we log after it counts, nothing is owed to us any more, and what was said before stays",
    )
    .addOption(new Option("--reason <reason>", "why, where it is to be said").choices(SUSPENSION_REASONS));
  nodeOptions(identityKeyOptions(command));
  examples(command, [
    [
      "with the identity key brought from its safe",
      "pair leave --reason under-review --identity /media/stick/identity.key --dir north --as admin-1",
    ],
  ]);
  return action<SuspendOptions>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const who = await officer(context, options);
    const reason = options.reason ?? null;
    const words = `Leave the line for good (${reasonWords(reason)})? Not even a site or an alert can be said on it after that, by us or to us.`;
    await confirmIdentity(context, options, words);
    const signer = await identitySigner(context, options);
    const { owner } = ownHistory(context.suite, dir);
    const published = await publishDeclared(context, who, owner, { declares: "leaving", reason }, signer);
    const text = `Left. Entry ${published.index} of our log is the last that counts. Let the node run until every party has receipted it (parley status), then export the line and stop it.`;
    return { status: 0, json: published, text };
  });
}
