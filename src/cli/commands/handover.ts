import { Command } from "commander";
import { resolve } from "node:path";
import type { Client, Handover as HandoverReply } from "../../api/index.ts";
import { coseSignerOf, keyFingerprint, signCose } from "../../crypto/index.ts";
import {
  decodeHandover,
  type Handover,
  HANDOVER_GIVEN,
  HANDOVER_TAKEN,
  handoverId,
  verifyHandover,
} from "../../line/index.ts";
import { phraseOf } from "../../message/index.ts";
import { type Bytes, fromBase64, toBase64 } from "../../wire/bytes.ts";
import { action } from "../action.ts";
import { confirmOrStop } from "../confirm.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { clock, count, short, table } from "../table.ts";
import { dueText } from "../words.ts";

const WHICH = ["<handover>", "its id, or the first digits of it; `last` for the newest"] as const;

interface Confirm extends NodeOptions {
  readonly yes?: boolean;
}

export function handoverCommand(context: Context): Command {
  return new Command("handover")
    .description("hand the watch over: what is open, your words, and both officers' signatures; own side only")
    .addCommand(giveCommand(context))
    .addCommand(takeCommand(context))
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(exportCommand(context));
}

function giveCommand(context: Context): Command {
  const command = new Command("give")
    .description("sign what is open now, with your words, and leave it for the next officer")
    .option("--words <text>", "what the facts do not say", "")
    .option("-y, --yes", "do not ask before signing");
  nodeOptions(command);
  const words = '--words "Convoy 4 waits at the bridge; the liaison rings at 0500Z."';
  examples(command, [["your watch ends", `watch handover give ${words} --dir south --as watch-1`]]);
  return action<Confirm & { words: string }>(context, command, async (_, options) => {
    const { client, signer } = await officer(context, options);
    const { id, bytes } = await client.composeHandover({ body: { words: options.words } });
    const read = readOwn(context, id, fromBase64(bytes));
    context.say(handoverText(read.handover, context.now()));
    await confirmOrStop(context, options.yes, "Sign it, and hand the watch over?");
    const signature = toBase64(await signCose(HANDOVER_GIVEN, read.bytes, signer));
    const given = await client.giveHandover({ params: { id: read.id }, body: { signature } });
    return {
      status: 0,
      json: given,
      text: `Handed over: ${short(id)}. It waits for another officer: watch handover take ${short(id)}`,
    };
  });
}

function takeCommand(context: Context): Command {
  const command = new Command("take")
    .description("read what was handed over, and sign that you take the watch; another person than who gave it")
    .argument(...WHICH)
    .option("-y, --yes", "do not ask before signing");
  nodeOptions(command);
  examples(command, [["your watch begins", "watch handover take last --dir south --as watch-2"]]);
  return action<Confirm>(context, command, async (_, options, [wanted]) => {
    const { client, signer } = await officer(context, options);
    const { id, bytes } = await find(client, wanted as string);
    const read = readOwn(context, id, fromBase64(bytes));
    context.say(handoverText(read.handover, context.now()));
    await confirmOrStop(context, options.yes, "Take the watch?");
    const signature = toBase64(await signCose(HANDOVER_TAKEN, read.bytes, signer));
    const taken = await client.takeHandover({ params: { id: read.id }, body: { signature } });
    return { status: 0, json: taken, text: `The watch is yours since ${clock(taken.taken?.at ?? context.now())}.` };
  });
}

function listCommand(context: Context): Command {
  const command = nodeOptions(new Command("list").description("the watches that were handed over, newest first"));
  examples(command, [["who had the watch?", "watch handover list --dir south --as watch-1"]]);
  return action<NodeOptions>(context, command, async (_, options) => {
    const { client } = await officer(context, options);
    const { handovers, more } = await client.handovers();
    const rows = handovers.map(({ id, at, given_by, taken, facts }) => [
      short(id),
      clock(at),
      given_by,
      taken === null ? "NOBODY YET" : `${taken.by} ${clock(taken.at)}`,
      count(facts.waiting.length + facts.more, "message"),
    ]);
    const rest = more === null ? "" : "\nOlder ones: give --json and ask the API page by page.";
    const text =
      rows.length === 0
        ? "No watch was handed over yet."
        : table(["handover", "at", "from", "taken by", "waiting"], rows);
    return { status: 0, json: { handovers, more }, text: text + rest };
  });
}

function showCommand(context: Context): Command {
  const command = new Command("show").description("one watch that was handed over").argument(...WHICH);
  nodeOptions(command);
  examples(command, [["what did I take over?", "watch handover show last --dir south --as watch-2"]]);
  return action<NodeOptions>(context, command, async (_, options, [wanted]) => {
    const { client } = await officer(context, options);
    const found = await find(client, wanted as string);
    const checked = await verified(context, client, found);
    return { status: 0, json: found, text: `${handoverText(checked, context.now())}\n${signaturesText(found)}` };
  });
}

function exportCommand(context: Context): Command {
  const command = new Command("export")
    .description("write one to a file, with the bytes and both signatures; it says what your own side had open")
    .argument(...WHICH)
    .option("-o, --output <file>", "where to (default: HANDOVER.handover.json)");
  nodeOptions(command);
  examples(command, [["for the record", "watch handover export last -o shift.handover.json --dir south --as watch-1"]]);
  return action<NodeOptions & { output?: string }>(context, command, async (_, options, [wanted]) => {
    const { client } = await officer(context, options);
    const found = await find(client, wanted as string);
    await verified(context, client, found);
    const path = resolve(context.cwd, options.output ?? `${short(found.id)}.handover.json`);
    const { bytes, given, taken } = found;
    writeWhole(path, `${JSON.stringify({ parley: "parley-handover/v1", bytes, given, taken }, null, 2)}\n`, {
      secret: true,
    });
    return {
      status: 0,
      json: { file: path, id: found.id },
      text: `${path}: the watch of ${found.given_by}, ${clock(found.at)}.`,
    };
  });
}

async function find(client: Client, text: string): Promise<HandoverReply> {
  let before: string | undefined;
  const found: HandoverReply[] = [];
  do {
    const { handovers, more } = await client.handovers({ query: before === undefined ? {} : { before } });
    if (text === "last" && handovers[0] !== undefined) return handovers[0];
    found.push(...handovers.filter(({ id }) => id.startsWith(text)));
    before = more ?? undefined;
  } while (before !== undefined);
  const [first, ...others] = found;
  if (first === undefined) throw cliError("id-unknown", `No handover begins with ${text}.`);
  if (others.length > 0) throw cliError("id-ambiguous", `${found.length} handovers begin with ${text}.`);
  return first;
}

/** What is signed is read here, out of the bytes. */
function readOwn(context: Context, id: HandoverReply["id"], bytes: Bytes) {
  if (handoverId(context.suite, bytes) !== id)
    throw cliError("draft-differs", "The bytes are not the ones of this handover.");
  return { id, bytes, handover: decodeHandover(bytes) };
}

/** @throws handover-signature where either signature is not by an officer of this party's rosters */
async function verified(
  context: Context,
  client: Client,
  { bytes, given, taken, given_by }: HandoverReply,
): Promise<Handover> {
  const [{ rosters }, { party }] = [await client.rosters(), await client.node()];
  const keys = rosters.filter((roster) => roster.party === party).flatMap(({ officers }) => officers);
  const keyOf = (id: string, cose: Bytes): Bytes => {
    const key = coseSignerOf(cose);
    if (keys.some((each) => each.id === id && each.fingerprint === keyFingerprint(context.suite, key))) return key;
    throw cliError("draft-differs", `No roster of ${party} names the key by which ${id} signed this.`);
  };
  const signed = {
    bytes: fromBase64(bytes),
    given: fromBase64(given ?? ""),
    taken: taken === null ? null : fromBase64(taken.signature),
  };
  const takenKey = taken === null || signed.taken === null ? null : keyOf(taken.by, signed.taken);
  return verifyHandover(context.suite, signed, { given: keyOf(given_by, signed.given), taken: takenKey });
}

function handoverText({ party, exercise, at, given_by, facts, words }: Handover, now: number): string {
  const { alerts, waiting, more, drafts, conflicts, unopened, lines } = facts;
  const parts = [
    `${exercise ? "EXERCISE " : ""}Watch of ${given_by} of ${party}, as of ${clock(at)}`,
    alerts.length === 0
      ? "No alert is open."
      : table(
          ["alert", "state", "message", "subject"],
          alerts.map(({ alert, state, message, subject }) => [
            phraseOf("alert", alert),
            state,
            short(message),
            subject,
          ]),
        ),
    waiting.length === 0
      ? "Nothing waits."
      : table(
          ["due", "kind", "from", "message", "subject"],
          waiting.map(({ due_at, kind, from, message, subject }) => [
            dueText(due_at, now),
            kind,
            from,
            short(message),
            subject,
          ]),
        ),
    ...(more > 0 ? [`and ${more} more`] : []),
    `${count(drafts, "draft")}, ${count(conflicts, "conflict")}, ${unopened} unopened.`,
    table(
      ["line to", "last heard", "clock", "to fetch", "receipts owed to us", "by us"],
      lines.map((line) => [
        line.party,
        line.last_heard_at === null ? "never" : clock(line.last_heard_at),
        line.clock_ahead_ms === null ? "-" : `${Math.round(line.clock_ahead_ms / 1000)} s ahead`,
        String(line.to_fetch),
        String(line.receipts_owed_to_us),
        String(line.receipts_owed_by_us),
      ]),
    ),
    words === "" ? "He added no words." : `In his own words:\n  ${words.replaceAll("\n", "\n  ")}`,
  ];
  return parts.join("\n\n");
}

function signaturesText({ given_by, at, taken }: HandoverReply): string {
  const next = taken === null ? "nobody has taken it yet" : `taken by ${taken.by} at ${clock(taken.at)}`;
  return `Signed by ${given_by} at ${clock(at)}; ${next}.`;
}
