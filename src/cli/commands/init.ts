import { Command } from "commander";
import { basename } from "node:path";
import { keyFingerprint, sealKeyFile, SEED_BYTES } from "../../crypto/index.ts";
import { isLoopbackAddress } from "../../line/index.ts";
import { createNodeDir, parseConfig } from "../../server/index.ts";
import { action } from "../action.ts";
import { chooseStorePassphrase, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import type { Context } from "../context.ts";
import { directoryPath, identityKeyPath } from "../directory.ts";
import { cliError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { directoryOption, examples, passphraseOption } from "../help.ts";
import { choosePassphrase } from "../passphrase.ts";
import { pairs } from "../table.ts";

interface Options extends StorePassphraseOptions {
  readonly dir?: string;
  readonly party: string;
  readonly name: string;
  readonly listen: string;
  readonly line?: string;
  readonly publicAddress?: string | false;
  readonly passphraseFile?: string;
  readonly plainStores?: boolean;
}

/** Asked at each start, so it is another than the one of the identity key. */
const ANOTHER = ", another one: each start asks for it";

const ONE_FOR_BOTH =
  "The stores have the passphrase of the identity key: whoever starts the node could open both. Give the stores another one: parley store passphrase.\n";
const THIS_MACHINE_ALONE =
  "No other machine reaches this node: without --line there is no door for other nodes. Set line_listen and public_address in parley.toml before the pairing, or open a mailbox.\n";

export function initCommand(context: Context): Command {
  const command = new Command("init")
    .description("make a node's directory, its keys, and the party's identity key under a passphrase")
    .requiredOption("--party <id>", "the party's short name on its lines, such as northern")
    .requiredOption("--name <words>", 'its name, such as "Northern Command"')
    .option("--listen <address:port>", "where its officers reach the node, over plain HTTP", "127.0.0.1:7101")
    .option("--line <address:port>", "where it listens for other nodes, over TLS with keys that the rosters name")
    .option(
      "--public-address <url>",
      "where other nodes reach that (default: https:// and where it listens; without --line, nodes of this machine alone)",
    )
    .option("--no-public-address", "other nodes cannot reach it: it calls them, or a go-between keeps its parcels");
  command.option("--plain-stores", "do not encrypt the stores and node.keys: the node starts without a passphrase");
  storePassphraseOption(passphraseOption(directoryOption(command)));
  examples(command, [
    [
      "a node that others reach at 192.0.2.1; its officers' console on this machine alone",
      'init --dir north --party northern --name "Northern Command" --line 192.0.2.1:7102',
    ],
    [
      "behind a router that passes a port on to it",
      'init --dir relief --party relief --name "Relief Coordination" --line 10.0.0.5:7102 --public-address https://line.relief.example:7102',
    ],
  ]);
  return action<Options>(context, command, async (_, options) => {
    const { suite } = context;
    const dir = directoryPath(context, options);
    const config = configOf(options);
    const passphrase = await choosePassphrase(context, options.passphraseFile, "the identity key");
    const stores = options.plainStores === true ? null : await chooseStorePassphrase(context, options, ANOTHER);
    if (stores === passphrase) context.say(ONE_FOR_BOTH);
    createNodeDir(suite, dir, config, stores);
    const seed = suite.randomBytes(SEED_BYTES);
    const path = identityKeyPath(dir);
    const key = { purpose: "identity", party: config.party, name: options.name, person: null, seed } as const;
    writeWhole(path, sealKeyFile(suite, key, passphrase), { secret: true });
    const fingerprint = keyFingerprint(suite, suite.ed25519PublicKey(seed));
    const facts = pairs([
      ["directory", dir],
      ["identity key", path],
      ["fingerprint", fingerprint],
      ["stores", stores === null ? "plain" : "encrypted"],
    ]);
    const alone = options.line === undefined && typeof options.publicAddress !== "string";
    const next =
      `${alone ? THIS_MACHINE_ALONE : ""}Keep ${basename(path)} off this machine once the line is open: whoever has it speaks for ${options.name}.\n` +
      `Next: parley officer new watch-1 --person person-1 --roles watch,drafter --dir ${options.dir ?? "."}`;
    return {
      status: 0,
      json: { dir, party: config.party, identity_key: path, fingerprint, encrypted: stores !== null },
      text: `${facts}\n\n${next}`,
    };
  });
}

function configOf({ party, listen, line, publicAddress }: Options) {
  // Without a door for other nodes, those on this machine alone reach it by the officers' one.
  const reached = line === undefined ? `http://${listen}` : `https://${line}`;
  const address = publicAddress === false ? {} : { public_address: publicAddress ?? reached };
  const door = line === undefined ? {} : { line_listen: line };
  // TOML's basic strings are written as JSON's.
  const lines = Object.entries({ party, listen, ...door, ...address }).map(
    ([name, value]) => `${name} = ${JSON.stringify(value)}`,
  );
  try {
    const config = parseConfig(`${lines.join("\n")}\n`);
    if (config.publicAddress?.startsWith("http:") && !isLoopbackAddress(config.publicAddress)) {
      throw cliError(
        "usage",
        "Plain HTTP is for nodes of one machine: give --line ADDRESS:PORT, or --no-public-address.",
      );
    }
    return config;
  } catch (cause) {
    throw cliError("usage", (cause as Error).message.replace(/^parley\.toml: /, ""), { cause });
  }
}
