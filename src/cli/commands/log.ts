import { Command } from "commander";
import type { Client, Log, MessageDetail } from "../../api/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer, requireParty } from "../node.ts";
import { clock, count, pairs, short, table } from "../table.ts";

interface Options extends NodeOptions {
  readonly start?: string;
  readonly limit: string;
  readonly signers?: boolean;
  readonly policy?: boolean;
}

export function logCommand(context: Context): Command {
  const command = new Command("log")
    .description("a party's log: its checkpoint, who has receipted it, its entries")
    .argument("[party]", "whose log (default: this node's own)")
    .option("--start <index>", "the first entry to list (default: the newest ones)")
    .option("--limit <number>", "how many entries to list", "20")
    .option("--signers", "with who drafted and who released each message")
    .option("--policy", "its keys alone, as witnesses and verifiers take them (C2SP tlog-policy)");
  nodeOptions(command);
  examples(command, [
    ["our own log, its newest entries and who holds it", "log --dir north --as watch-1"],
    [
      "whose word each entry is, to find the first that an officer did not sign himself",
      "log --signers --limit 200 --dir north --as watch-1",
    ],
    ["the line that a witness's operator needs: it begins with log", "log --policy --dir north --as watch-1"],
    ["Southern Command's log from its first entry", "log southern --start 0 --limit 100 --dir north --as watch-1"],
  ]);
  return action<Options>(context, command, async (_, options, [wanted]) => {
    const { client, session } = await officer(context, options);
    const query = {
      limit: natural("--limit", options.limit),
      ...(options.start === undefined ? {} : { from: natural("--start", options.start) }),
    };
    const party = wanted ?? session.party;
    if (wanted !== undefined) await requireParty(client, party);
    const params = { party };
    if (options.policy === true) {
      const policy = await client.policy({ params });
      return { status: 0, json: { party, policy }, text: policy.trimEnd() };
    }
    const log = await client.log({ params, query });
    const signers = options.signers === true ? await signersOf(client, log) : null;
    const json = signers === null ? log : { ...log, signers: Object.fromEntries(signers) };
    return { status: 0, json, text: logText(log, signers) };
  });
}

type Signers = ReadonlyMap<string, MessageDetail["signers"]>;

/** By the message's hash. */
async function signersOf(client: Client, { entries }: Log): Promise<Signers> {
  const found = new Map<string, MessageDetail["signers"]>();
  for (const { message: hash } of entries) {
    if (hash !== null) found.set(hash, (await client.message({ params: { hash } })).signers);
  }
  return found;
}

function natural(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw cliError("usage", `${option} ${text} is not a whole number.`);
  return Number(text);
}

function logText(log: Log, signers: Signers | null): string {
  const facts = pairs([
    ["log", log.origin],
    ["size", count(log.size, "entry", "entries")],
    ["root", log.root],
    ...log.receipts.map(
      ({ party, size, at }) => [`receipt`, `${party} held ${size} at ${clock(at)}, by its clock`] as const,
    ),
  ]);
  const rows = log.entries.map(({ index, stored_at, type, kind, message, subject }) => [
    String(index),
    clock(stored_at),
    kind ?? type,
    message === null ? "" : short(message),
    ...(signers === null
      ? []
      : [(signers.get(message ?? "") ?? []).map((each) => `${each.as} ${each.officer}`).join(", ")]),
    subject ?? "",
  ]);
  const first = log.entries[0]?.index ?? 0;
  const left =
    log.entries.length < log.size ? `\n\n${rows.length} of ${log.size}, from entry ${first}: --start, --limit.` : "";
  return `${facts}\n\n${table(["entry", "held since", "what", "message", ...(signers === null ? [] : ["signed"]), "subject"], rows)}${left}`;
}
