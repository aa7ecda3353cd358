import { Command } from "commander";
import { basename } from "node:path";
import { keyFingerprint, sealKeyFile, SEED_BYTES } from "../../crypto/index.ts";
import { createNodeDir, parseConfig } from "../../server/index.ts";
import { action } from "../action.ts";
import type { Context } from "../context.ts";
import { directoryPath, identityKeyPath } from "../directory.ts";
import { cliError } from "../errors.ts";
import { writeWhole } from "../files.ts";
import { directoryOption, examples, passphraseOption } from "../help.ts";
import { choosePassphrase } from "../passphrase.ts";
import { pairs } from "../table.ts";

interface Options {
  readonly dir?: string;
  readonly party: string;
  readonly name: string;
  readonly listen: string;
  readonly publicAddress?: string | false;
  readonly passphraseFile?: string;
}

export function initCommand(context: Context): Command {
  const command = new Command("init")
    .description("make a node's directory, its keys, and the party's identity key under a passphrase")
    .requiredOption("--party <id>", "the party's short name on its lines, such as northern")
    .requiredOption("--name <words>", 'its name, such as "Northern Command"')
    .option("--listen <address:port>", "where the node listens", "127.0.0.1:7101")
    .option("--public-address <url>", "where other nodes reach it (default: http:// and where it listens)")
    .option("--no-public-address", "other nodes cannot reach it: it always calls them");
  passphraseOption(directoryOption(command));
  examples(command, [
    ["a node on this machine", 'init --dir north --party northern --name "Northern Command" --listen 127.0.0.1:7101'],
    [
      "one that others reach through your own TLS proxy",
      'init --dir relief --party relief --name "Relief Coordination" --public-address https://line.relief.example',
    ],
  ]);
  return action<Options>(context, command, async (_, options) => {
    const { suite } = context;
    const dir = directoryPath(context, options);
    const config = configOf(options);
    const passphrase = await choosePassphrase(context, options.passphraseFile, "the identity key");
    createNodeDir(suite, dir, config);
    const seed = suite.randomBytes(SEED_BYTES);
    const path = identityKeyPath(dir);
    const key = { purpose: "identity", party: config.party, name: options.name, person: null, seed } as const;
    writeWhole(path, sealKeyFile(suite, key, passphrase), { secret: true });
    const fingerprint = keyFingerprint(suite, suite.ed25519PublicKey(seed));
    const facts = pairs([
      ["directory", dir],
      ["identity key", path],
      ["fingerprint", fingerprint],
    ]);
    const next =
      `Keep ${basename(path)} off this machine once the line is open: whoever has it speaks for ${options.name}.\n` +
      `Next: parley officer new watch-1 --person person-1 --roles watch,drafter --dir ${options.dir ?? "."}`;
    return {
      status: 0,
      json: { dir, party: config.party, identity_key: path, fingerprint },
      text: `${facts}\n\n${next}`,
    };
  });
}

function configOf({ party, listen, publicAddress }: Options) {
  const address = publicAddress === false ? {} : { public_address: publicAddress ?? `http://${listen}` };
  // TOML's basic strings are written as JSON's.
  const lines = Object.entries({ party, listen, ...address }).map(
    ([name, value]) => `${name} = ${JSON.stringify(value)}`,
  );
  try {
    return parseConfig(`${lines.join("\n")}\n`);
  } catch (cause) {
    throw cliError("usage", (cause as Error).message.replace(/^parley\.toml: /, ""), { cause });
  }
}
