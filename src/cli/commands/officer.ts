import { Command } from "commander";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { isHonestKey, keyFingerprint, parseKeyFile, sealKeyFile, SEED_BYTES } from "../../crypto/index.ts";
import { encodeRoster, newest, nextRoster, type Role, ROLES, type Roster } from "../../line/index.ts";
import { nodePaths, readNodeConfig } from "../../server/index.ts";
import { equalBytes, fromHex, toHex } from "../../wire/bytes.ts";
import { parseOfficerId, parsePersonId } from "../../wire/id.ts";
import { action } from "../action.ts";
import { atRest, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import {
  type AppointedOfficer,
  appointmentsOf,
  readAppointed,
  requireAdministrator,
  writeAppointed,
} from "../appointments.ts";
import type { Context } from "../context.ts";
import { directoryOf, officerKeyPath } from "../directory.ts";
import { cliError } from "../errors.ts";
import { readText, writeWhole } from "../files.ts";
import { collect, directoryOption, examples, nodeOptions, type NodeOptions, passphraseOption } from "../help.ts";
import { officer } from "../node.ts";
import { choosePassphrase } from "../passphrase.ts";
import {
  confirmIdentity,
  identityKeyOptions,
  type IdentityOptions,
  publishedHistory,
  publishedRevocations,
  publishSigned,
} from "../own-roster.ts";
import { table } from "../table.ts";
import { listCommand } from "./officer-list.ts";
import { revokeCommand } from "./officer-revoke.ts";

interface Options extends NodeOptions {
  readonly person: string;
  readonly roles: readonly string[];
  readonly output?: string;
}

export function officerCommand(context: Context): Command {
  const command = new Command("officer")
    .description("officers: their keys, their roles, and the roster that appoints them")
    .addCommand(newCommand(context))
    .addCommand(addCommand(context))
    .addCommand(listCommand(context))
    .addCommand(removeCommand(context))
    .addCommand(revokeCommand(context))
    .addCommand(enrolCommand(context));
  return examples(command, [
    [
      "one who drafts, one who releases: two different persons",
      "officer new watch-1 --person person-1 --roles watch,drafter --dir north",
    ],
    ["who is appointed, and who stands in the newest roster", "officer list --dir north --as admin-1"],
    ["a change on an open line, signed by the identity key", "officer enrol --dir north --as admin-1"],
  ]);
}

const ROLES_TEXT = `any of ${ROLES.join(", ")}`;

function newCommand(context: Context): Command {
  const command = new Command("new")
    .description("make an officer's key file and appoint him; the next roster says so")
    .argument("<officer>", "his name on the line, such as watch-1: a role, not a person")
    .requiredOption("--person <id>", "who he is on this line, such as person-3: two keys of one person are one officer")
    .requiredOption("--roles <roles>", ROLES_TEXT, collect)
    .option("-o, --output <file>", "where his key file goes (default: DIR/officers/OFFICER.key)");
  passphraseOption(directoryOption(command));
  examples(command, [
    ["on watch, and may draft", "officer new watch-1 --person person-1 --roles watch,drafter --dir north"],
    ["a second person, who releases", "officer new releaser-1 --person person-2 --roles releaser --dir north"],
    [
      "onto his own stick",
      "officer new planner-1 --person person-3 --roles planner -o /media/stick/planner-1.key --dir north",
    ],
  ]);
  return action<Options>(context, command, async (_, options, [given]) => {
    const dir = directoryOf(context, options);
    const { party } = readNodeConfig(dir);
    const [id, person, roles] = [
      parseOfficerId(given as string),
      parsePersonId(options.person),
      rolesFrom(options.roles),
    ];
    refuseTaken(dir, id);
    const path = options.output === undefined ? officerKeyPath(dir, id) : resolve(context.cwd, options.output);
    if (existsSync(path)) throw cliError("file-exists", `${path} is there already.`);
    const passphrase = await choosePassphrase(context, options.passphraseFile, id);
    const seed = context.suite.randomBytes(SEED_BYTES);
    writeWhole(path, sealKeyFile(context.suite, { purpose: "officer", party, name: id, person, seed }, passphrase), {
      secret: true,
    });
    return appointed(context, dir, { id, person, roles, key: toHex(context.suite.ed25519PublicKey(seed)) }, path);
  });
}

interface AddOptions extends Options {
  readonly publicKey?: string;
  readonly name?: string;
}

function addCommand(context: Context): Command {
  const command = new Command("add")
    .description(
      "appoint an officer whose key was made elsewhere: by his key file, which is not opened, or by its public key",
    )
    .argument("[key-file]", "his key file")
    .option("--public-key <hex>", "the public key of one that was made in a browser, in place of a file")
    .option("--name <officer>", "with it: his name on the line")
    .option("--person <person>", "with it: the person behind the key")
    .requiredOption("--roles <roles>", ROLES_TEXT, collect);
  directoryOption(command);
  examples(command, [
    ["a key made on another machine", "officer add /media/stick/watch-2.key --roles watch --dir north"],
    [
      "a key made in a browser, once its fingerprint was compared",
      `officer add --public-key ${"9f".repeat(32)} --name watch-3 --person person-9 --roles watch --dir north`,
    ],
  ]);
  return action<AddOptions>(context, command, async (_, options, [file]) => {
    const dir = directoryOf(context, options);
    const roles = rolesFrom(options.roles);
    if (options.publicKey !== undefined) {
      const { name, person } = options;
      if (file !== undefined || name === undefined || person === undefined)
        throw cliError("usage", "Give a key file, or --public-key with --name and --person.");
      const key = fromHex(options.publicKey, 32);
      if (!isHonestKey(key)) throw cliError("usage", "--public-key: this is no officer's public key.");
      const officer = { id: parseOfficerId(name), person: parsePersonId(person), roles, key: toHex(key) };
      refuseTaken(dir, officer.id);
      return appointed(context, dir, officer, null);
    }
    if (file === undefined) throw cliError("usage", "Give a key file, or --public-key with --name and --person.");
    const path = resolve(context.cwd, file);
    const { purpose, party, name, person, publicKey } = parseKeyFile(readText(path));
    const own = readNodeConfig(dir).party;
    if (purpose !== "officer" || person === null) throw cliError("no-officer-key", `${path} is not an officer's key.`);
    if (party !== own) throw cliError("no-officer-key", `${path} belongs to ${party}, and this node is ${own}'s.`);
    const id = parseOfficerId(name);
    refuseTaken(dir, id);
    return appointed(context, dir, { id, person, roles, key: toHex(publicKey) }, path);
  });
}

function appointed(context: Context, dir: string, officer: AppointedOfficer, path: string | null) {
  const before = readAppointed(dir);
  writeAppointed(dir, { ...before, officers: [...before.officers, officer] });
  const fingerprint = keyFingerprint(context.suite, fromHex(officer.key));
  const next = existsSync(nodePaths(dir).line)
    ? "\nThe line is open already: parley officer enrol makes it count."
    : "";
  const text = `${officer.id} (${officer.person}): ${officer.roles.join(", ")}\n  key          ${path ?? "in his browser"}\n  fingerprint  ${fingerprint}${next}`;
  return { status: 0, json: { ...officer, key_file: path, fingerprint }, text } as const;
}

function refuseTaken(dir: string, id: string): void {
  if (readAppointed(dir).officers.some((other) => other.id === id)) {
    throw cliError("file-exists", `${id} is appointed already; remove it first, or choose another name.`);
  }
}

/** In the order of ROLES, as a roster has them. */
function rolesFrom(given: readonly string[]): Role[] {
  const unknown = given.find((role) => !(ROLES as readonly string[]).includes(role));
  if (unknown !== undefined || given.length === 0)
    throw cliError("usage", `--roles ${unknown ?? ""}: give ${ROLES_TEXT}.`);
  return ROLES.filter((role) => given.includes(role));
}

function removeCommand(context: Context): Command {
  const command = directoryOption(
    new Command("remove").description("no longer appoint an officer; the next roster says so"),
  );
  command.argument("<officer>", "his name on the line");
  examples(command, [["he has left", "officer remove watch-2 --dir north"]]);
  return action<NodeOptions>(context, command, async (_, options, [id]) => {
    const dir = directoryOf(context, options);
    const before = readAppointed(dir);
    const officers = before.officers.filter((other) => other.id !== id);
    if (officers.length === before.officers.length)
      throw cliError("officer-not-appointed", `No officer ${id} is appointed.`);
    writeAppointed(dir, { ...before, officers });
    const next = existsSync(nodePaths(dir).line)
      ? " Until parley officer enrol, the line still takes his signature."
      : "";
    return { status: 0, json: { removed: id }, text: `${id} is no longer appointed.${next}` };
  });
}

function enrolCommand(context: Context): Command {
  const command = new Command("enrol").description(
    "publish a roster that appoints exactly those of `officer list`, signed by the identity key",
  );
  storePassphraseOption(nodeOptions(identityKeyOptions(command)));
  examples(command, [
    [
      "with the identity key brought from its safe",
      "officer enrol --identity /media/stick/identity.key --dir north --as admin-1",
    ],
  ]);
  return action<IdentityOptions & StorePassphraseOptions>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const who = await officer(context, options);
    const history = await publishedHistory(context, dir, who);
    const rest = await atRest(context, dir, options);
    const appointments = appointmentsOf(context.suite, dir, rest, context.now(), newest(history).roster);
    const roster = nextRoster(history, appointments);
    requireChanged(newest(history).roster, roster);
    requireAdministrator(roster, await publishedRevocations(context, dir, who));
    const rows = roster.officers.map(({ id, person, roles }) => [id, person, roles.join(", ")]);
    context.say(`Roster ${roster.seq} of ${roster.party}\n${table(["officer", "person", "roles"], rows)}\n`);
    await confirmIdentity(context, options, "Sign it with the identity key and publish it?");
    const published = await publishSigned(context, options, who, roster);
    const text = `Published: roster ${published.seq}, entry ${published.index ?? "-"} of our log. It counts from the next entry on.`;
    return { status: 0, json: published, text };
  });
}

function requireChanged(last: Roster, next: Roster): void {
  const { seq, prev, issued_at } = last;
  if (!equalBytes(encodeRoster({ ...next, seq, prev, issued_at }), encodeRoster(last))) return;
  throw cliError("roster-unchanged", `Roster ${seq}, the newest one, says all of this already.`);
}
