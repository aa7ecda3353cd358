import { Command, Option } from "commander";
import { keyFingerprint } from "../../crypto/index.ts";
import { newest, REVOCATION_REASONS, type RevocationReason, type RosterHistory } from "../../line/index.ts";
import { type Bytes, fromHex, toHex } from "../../wire/bytes.ts";
import { parseLogOrigin } from "../../wire/id.ts";
import { action } from "../action.ts";
import { hasAdministrator, readAppointed, writeAppointed } from "../appointments.ts";
import type { Context } from "../context.ts";
import { directoryOf } from "../directory.ts";
import { cliError } from "../errors.ts";
import { examples, nodeOptions } from "../help.ts";
import { officer } from "../node.ts";
import { publishDeclared } from "../own-declarations.ts";
import {
  identityKeyOptions,
  type IdentityOptions,
  identitySigner,
  ownHistory,
  publishedHistory,
  publishedRevocations,
  confirmIdentity,
} from "../own-roster.ts";
import { count } from "../table.ts";

interface RevokeOptions extends IdentityOptions {
  readonly from?: string;
  readonly generation?: string;
  readonly reason?: RevocationReason;
  readonly publicKey?: string;
}

export function revokeCommand(context: Context): Command {
  const command = new Command("revoke")
    .description(
      "declare, under the identity key, that an officer's key counts for nothing from an entry of our log on: what it signed there stays, marked, and is as if it had not been said",
    )
    .argument("<officer>", "his name on the line")
    .option("--from <index>", "the first entry that you do not stand by (default: the next one): parley log shows them")
    .option("--generation <number>", "of our log, where it has been closed since (default: the current one)")
    .option("--public-key <hex>", "the key, where the officer has had several")
    .addOption(new Option("--reason <reason>", "why, where it is to be said").choices(REVOCATION_REASONS));
  nodeOptions(identityKeyOptions(command));
  examples(command, [
    [
      "his stick was stolen; the first thing that was not he is entry 812",
      "officer revoke watch-2 --from 812 --reason key-compromised --identity /media/stick/identity.key --dir north --as admin-1",
    ],
    ["from now on", "officer revoke watch-2 --dir north --as admin-1"],
  ]);
  return action<RevokeOptions>(context, command, async (_, options, [name]) => {
    const dir = directoryOf(context, options);
    const who = await officer(context, options);
    const history = await publishedHistory(context, dir, who);
    const key = keyOf(history, name as string, options.publicKey);
    const { log } = await who.client.status();
    const from = {
      generation: numberFrom(options.generation, "--generation") ?? parseLogOrigin(log.origin).generation,
      index: numberFrom(options.from, "--from") ?? log.size,
    };
    const { roster } = newest(history);
    const revoked = await publishedRevocations(context, dir, who);
    const remains = hasAdministrator(roster, [...revoked, key]);
    const last = hasAdministrator(roster, revoked) && !remains ? lastText(name as string) : "";
    const question =
      `Every party will be told: what the key ${keyFingerprint(context.suite, key)} of ${name} signed from entry ${from.index} of our log ${from.generation} on ` +
      "counts for nothing. What was said before stays. This cannot be taken back.";
    await confirmIdentity(context, options, `${question}${last} Sign it?`);
    const { owner } = ownHistory(context.suite, dir);
    const signer = await identitySigner(context, options);
    const reason = options.reason ?? null;
    const published = await publishDeclared(context, who, owner, { declares: "revocation", key, from, reason }, signer);
    dismiss(dir, key);
    const listed = roster.officers.some((each) => toHex(each.key) === toHex(key));
    const next = !remains ? WAY_BACK : listed ? ENROL : "";
    const gone = count(published.revoked.length, "message");
    const text = `Entry ${published.index} of our log revokes the key from entry ${from.index} on: ${gone} of ours counts for nothing by it. Say again what still holds, under another officer.${next}`;
    return { status: 0, json: published, text };
  });
}

const ENROL = "\nThe roster still lists him: parley officer enrol publishes one without him.";
const WAY_BACK =
  "\nNobody of this party can publish a roster now: parley officer new for another administrator, stop the node, then parley generation close --officers.";

/** It stays possible: a stolen key must lose its word at once. */
function lastText(name: string): string {
  return (
    ` ${name} is the last administrator: afterwards nobody of this party can publish a roster. Where the key is in nobody's hands but his, ` +
    "parley officer new for another administrator, and enrolling him, comes first; afterwards the way back is parley officer new and, with the node stopped, parley generation close --officers."
  );
}

/** The newest key that the name has had; a name may be gone from the newest roster. */
function keyOf(history: RosterHistory, name: string, publicKey: string | undefined): Bytes {
  const keys = history.flatMap(({ roster }) => roster.officers.filter(({ id }) => id === name).map(({ key }) => key));
  const wanted =
    publicKey === undefined ? keys.at(-1) : keys.find((key) => toHex(key) === toHex(fromHex(publicKey, 32)));
  if (wanted === undefined)
    throw cliError("officer-not-appointed", `No roster of ours has had ${name} with such a key.`);
  return wanted;
}

function dismiss(dir: string, key: Bytes): void {
  const before = readAppointed(dir);
  writeAppointed(dir, { ...before, officers: before.officers.filter((each) => each.key !== toHex(key)) });
}

function numberFrom(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  if (!/^(?:0|[1-9][0-9]{0,14})$/.test(text)) throw cliError("usage", `${option} ${text} is not a whole number.`);
  return Number(text);
}
