import { Command } from "commander";
import { newest, nextRoster } from "../../line/index.ts";
import { openMailbox } from "../../server/index.ts";
import { action } from "../action.ts";
import { appointmentsOf } from "../appointments.ts";
import { atRest, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import type { Context } from "../context.ts";
import { directoryOf } from "../directory.ts";
import { directoryOption, examples, nodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import {
  confirmIdentity,
  identityKeyOptions,
  type IdentityOptions,
  publishedHistory,
  publishSigned,
} from "../own-roster.ts";

interface Options extends StorePassphraseOptions {
  readonly dir?: string;
}

export function mailboxCommand(context: Context): Command {
  const command = new Command("mailbox")
    .description("where a go-between keeps parcels for this node, and telling the others of it")
    .addCommand(openCommand(context))
    .addCommand(publishCommand(context));
  return examples(command, [
    [
      "1. open it with what the go-between's operator gave",
      'mailbox open "parley-mailbox/1 https://… … …" --dir north',
    ],
    ["2. before pairing, that is all; on an open line, tell the others", "mailbox publish --dir north --as admin-1"],
  ]);
}

function openCommand(context: Context): Command {
  const command = new Command("open").description("open a mailbox, and write it into parley.toml");
  storePassphraseOption(directoryOption(command));
  command.argument("<grant>", "the line of text that the go-between's operator gave");
  examples(command, [["it serves once", 'mailbox open "parley-mailbox/1 https://192.0.2.9:7110 … …" --dir north']]);
  return action<Options>(context, command, async (_, options, [grant]) => {
    const dir = directoryOf(context, options);
    const { address, id } = await openMailbox(context.suite, dir, grant ?? "", await atRest(context, dir, options));
    const next = "The node collects from it from its next start on. On an open line: parley mailbox publish.";
    return { status: 0, json: { address, id }, text: `${address}, mailbox ${id}\n${next}` };
  });
}

function publishCommand(context: Context): Command {
  const command = new Command("publish").description("publish a roster with this node's address and mailboxes");
  storePassphraseOption(identityKeyOptions(nodeOptions(command)));
  examples(command, [["as parley.toml has them now", "mailbox publish --dir north --as admin-1"]]);
  return action<IdentityOptions & StorePassphraseOptions>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const signedIn = await officer(context, options);
    const history = await publishedHistory(context, dir, signedIn);
    const before = newest(history).roster;
    const { officers, units, node } = before;
    const rest = await atRest(context, dir, options);
    const { address, carriers, issued_at } = appointmentsOf(context.suite, dir, rest, context.now(), before);
    const roster = nextRoster(history, { officers, units, node, address, carriers, issued_at });
    const where = [address ?? "no address", ...(carriers?.mailboxes ?? []).map((each) => each.address)].join(", ");
    await confirmIdentity(
      context,
      options,
      `Every party will be told that this node is reached at: ${where}. Sign it?`,
    );
    const published = await publishSigned(context, options, signedIn, roster);
    return { status: 0, json: published, text: `Roster ${published.seq} says: ${where}.` };
  });
}
