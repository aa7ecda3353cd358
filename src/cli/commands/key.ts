import { Argument, Command } from "commander";
import { keyFingerprint } from "../../crypto/index.ts";
import {
  FOUNDING_ROSTER_INDEX,
  identityNow,
  newest,
  nextRoster,
  type Roster,
  type RosterHistory,
} from "../../line/index.ts";
import { addKeys, dropKeys, readKeyNames, ROSTER_PURPOSES, type RosterPurpose } from "../../server/index.ts";
import { type Bytes, equalBytes } from "../../wire/bytes.ts";
import { action } from "../action.ts";
import { atRest, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import type { Context } from "../context.ts";
import { directoryOf } from "../directory.ts";
import { examples, nodeOptions, type NodeOptions } from "../help.ts";
import { isRefusal, type Officer, officer } from "../node.ts";
import { declarationsOf } from "../own-declarations.ts";
import {
  identityKeyOptions,
  type IdentityOptions,
  ownHistory,
  publishBy,
  publishedHistory,
  rosterSigner,
  confirmIdentity,
} from "../own-roster.ts";
import { pairs, table } from "../table.ts";
import { succeedCommand, successorCommand } from "./key-successor.ts";

export function keyCommand(context: Context): Command {
  const command = new Command("key")
    .description(
      "the node's own keys: which are in use, and changing one on an open line; and the identity key's successor",
    )
    .addCommand(listCommand(context))
    .addCommand(rotateCommand(context))
    .addCommand(successorCommand(context))
    .addCommand(succeedCommand(context));
  return examples(command, [
    ["which keys the newest roster names", "key list --dir north --as admin-1"],
    ["new keys for what opens parcels and entries", "key rotate transport sealing --dir north --as admin-1"],
  ]);
}

const MEANING: Readonly<Record<RosterPurpose, string>> = {
  log: "signs the checkpoints of our log",
  receipt: "signs our receipts",
  parcel: "signs parcels, notices and certificates",
  sealing: "opens entries",
  transport: "opens parcels",
  tls: "is shown to other nodes",
};

function listCommand(context: Context): Command {
  const command = new Command("list").description(
    "the node's keys, as the newest roster has them; the identity key in force, and its successor",
  );
  storePassphraseOption(nodeOptions(command));
  examples(command, [["which keys are in use", "key list --dir north --as admin-1"]]);
  return action<NodeOptions & StorePassphraseOptions>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const who = await officer(context, options);
    const history = await publishedHistory(context, dir, who);
    const identity = await identityKeys(context, dir, who);
    const { roster } = newest(history);
    const held = readKeyNames(context.suite, dir, await atRest(context, dir, options));
    const keys = ROSTER_PURPOSES.map((purpose) => {
      const key = keyIn(roster, purpose);
      const since = history.find((entry) => sameKey(keyIn(entry.roster, purpose), key));
      return {
        purpose,
        meaning: MEANING[purpose],
        fingerprint: key === null ? null : keyFingerprint(context.suite, key),
        since_roster: since?.roster.seq ?? null,
        since_entry: since?.index ?? null,
        earlier: held[purpose].length - 1,
      };
    });
    const rows = keys.map(({ purpose, meaning, since_roster, earlier, fingerprint }) => [
      purpose,
      meaning,
      `roster ${since_roster ?? "-"}`,
      String(earlier),
      fingerprint ?? "none",
    ]);
    const text = `${table(["key", "what it does", "since", "earlier", "fingerprint"], rows)}\n\n${identityText(identity)}`;
    return { status: 0, json: { keys, identity }, text };
  });
}

/** The party's own key and its successor: neither is the node's, and both are needed to know what to give. */
async function identityKeys({ suite }: Context, dir: string, { client }: Officer) {
  const { owner } = ownHistory(suite, dir);
  const declarations = await declarationsOf(suite, owner, client);
  const { identity, successor } = identityNow(owner.identity, declarations);
  const succession = declarations.findLast(({ declaration }) => declaration.declares === "succession");
  return {
    fingerprint: keyFingerprint(suite, identity),
    at_pairing: keyFingerprint(suite, owner.identity),
    since_entry: succession?.place.index ?? null,
    successor: successor === null ? null : keyFingerprint(suite, successor),
  };
}

function identityText({ fingerprint, since_entry, successor }: Awaited<ReturnType<typeof identityKeys>>): string {
  return pairs([
    [
      "identity key",
      `${fingerprint}, since ${since_entry === null ? "the pairing" : `entry ${since_entry} of our log`}`,
    ],
    ["its successor", successor ?? "none is named: parley key successor"],
  ]);
}

function rotateCommand(context: Context): Command {
  const command = new Command("rotate")
    .description(
      "make new keys of the node, and publish a roster that names them, signed by the identity key; earlier ones are kept to open what was sealed to them",
    )
    .addArgument(new Argument("<keys...>", "which").choices(ROSTER_PURPOSES));
  storePassphraseOption(identityKeyOptions(nodeOptions(command)));
  examples(command, [
    [
      "once a year, or when somebody may have read node.keys",
      "key rotate log receipt parcel sealing transport tls --dir north --as admin-1",
    ],
    ["the TLS key alone", "key rotate tls --identity /media/stick/identity.key --dir north --as admin-1"],
  ]);
  return action<IdentityOptions & StorePassphraseOptions>(context, command, async (_, options, wanted) => {
    const purposes = [...new Set(wanted as RosterPurpose[])];
    const dir = directoryOf(context, options);
    const who = await officer(context, options);
    const rest = await atRest(context, dir, options);
    const history = await publishedHistory(context, dir, who);
    const cut = purposes.includes("tls") ? await cutOff(who, history) : [];
    const question =
      `Make new keys (${purposes.join(", ")}), and tell every party by a roster?` +
      (cut.length === 0
        ? ""
        : ` ${cut.join(" and ")} knows neither this TLS key nor the one before, and would lose the direct way.`);
    await confirmIdentity(context, options, question);
    const signer = await rosterSigner(context, options, who);
    // On the disk before the roster counts: a key that is named and lost would cut this node off.
    const fresh = addKeys(context.suite, dir, purposes, rest);
    const before = newest(history).roster;
    const { officers, units, address } = before;
    const carriers =
      before.carriers === null ? null : { ...before.carriers, ...(fresh.tls === undefined ? {} : { tls: fresh.tls }) };
    const { tls: _tls, ...named } = fresh;
    const appointments = { officers, units, node: { ...before.node, ...named }, address, carriers };
    const roster = nextRoster(history, { ...appointments, issued_at: context.now() });
    const published = await publishBy(who, signer, roster).catch(async (error: unknown) => {
      // Where nobody knows whether the node has taken it they stay.
      if (isRefusal(error) && (await isUnpublished(context, dir, who, roster))) {
        dropKeys(context.suite, dir, fresh, rest);
      }
      throw error;
    });
    const shown = purposes.includes("tls")
      ? "\nThe TLS key before is shown until every other party holds this roster: parley doctor says when."
      : "";
    const text = `Roster ${published.seq}, entry ${published.index ?? "-"} of our log, names new keys: ${purposes.join(", ")}.${shown}\nMake a new backup: the one before lacks them.`;
    return { status: 0, json: { ...published, rotated: purposes }, text };
  });
}

/** No roster of this party's that the node shows is of that number. */
async function isUnpublished(context: Context, dir: string, who: Officer, { seq }: Roster): Promise<boolean> {
  try {
    return newest(await publishedHistory(context, dir, who)).roster.seq < seq;
  } catch {
    return false;
  }
}

/** Who has not yet received the roster that names the TLS key of now: after another one he recognises nothing. */
async function cutOff({ client }: Officer, history: RosterHistory): Promise<string[]> {
  const key = keyIn(newest(history).roster, "tls");
  const since = history.find(({ roster }) => sameKey(keyIn(roster, "tls"), key));
  const index = since?.index ?? FOUNDING_ROSTER_INDEX;
  if (index <= FOUNDING_ROSTER_INDEX) return [];
  const { peers } = await client.status();
  return peers.filter(({ they_hold }) => they_hold <= index).map(({ name }) => name);
}

function keyIn({ node, carriers }: Roster, purpose: RosterPurpose): Bytes | null {
  return purpose === "tls" ? (carriers?.tls ?? null) : node[purpose];
}

function sameKey(a: Bytes | null, b: Bytes | null): boolean {
  return a === null || b === null ? a === b : equalBytes(a, b);
}
