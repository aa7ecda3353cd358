import { Command, Option } from "commander";
import { CLOSING_CAUSES, type ClosingCause } from "../../line/index.ts";
import { type AtRest, closeGeneration, readDeclarations } from "../../server/index.ts";
import { action } from "../action.ts";
import { appointedOfficers, requireAdministrator } from "../appointments.ts";
import { atRest, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import { confirmOrStop } from "../confirm.ts";
import type { Context } from "../context.ts";
import { directoryOf, identityKeyFile } from "../directory.ts";
import { cliError } from "../errors.ts";
import { directoryOption, examples, passphraseOption } from "../help.ts";
import { openKey } from "../node.ts";
import { revokedBy } from "../own-declarations.ts";

interface Options extends StorePassphraseOptions {
  readonly dir?: string;
  readonly cause: ClosingCause;
  readonly next?: string;
  readonly officers?: boolean;
  readonly identity?: string;
  readonly passphraseFile?: string;
  readonly yes?: boolean;
}

export function generationCommand(context: Context): Command {
  const command = new Command("generation")
    .description("the generations of this party's own log: closing one, and going on in the next")
    .addCommand(closeCommand(context));
  return examples(command, [
    ["a restored node whose other parties cannot all answer", "generation close --dir north"],
    ["after a split: two nodes with one key have run", "generation close --cause split --dir north"],
    ["the old node was lost or stolen, and this is its backup", "generation close --cause node-lost --dir north-2"],
  ]);
}

function closeCommand(context: Context): Command {
  const command = new Command("close")
    .description(
      "say, with the identity key, up to where this party stands by its log, and go on in a new one with new keys of the node; the node must not run",
    )
    .addOption(
      new Option("--cause <cause>", "why, as every party will read it").choices(CLOSING_CAUSES).default("restored"),
    )
    .option("--next <number>", "the new generation's number, where one was begun elsewhere that is not known here")
    .option("--officers", "appoint exactly those of `officer list` in it: where nobody is left who may enrol them")
    .option("--identity <file>", "the identity key (default: DIR/identity.key)")
    .option("-y, --yes", "do not ask again before it is signed");
  storePassphraseOption(passphraseOption(directoryOption(command)));
  examples(command, [
    [
      "with the identity key brought from its safe",
      "generation close --cause restored --identity /media/stick/identity.key --dir north",
    ],
    [
      "this party closed one already since the backup was made",
      "generation close --next 2 --identity /media/stick/identity.key --dir north",
    ],
    [
      "the last administrator's key is lost, and officer new has appointed another",
      "generation close --officers --identity /media/stick/identity.key --dir north",
    ],
  ]);
  return action<Options>(context, command, async (_, options) => {
    const dir = directoryOf(context, options);
    const rest = await atRest(context, dir, options);
    const officers = options.officers === true ? await officersOf(context, dir, rest) : null;
    const path = identityKeyFile(context, options);
    const closing = await closeGeneration(context.suite, dir, {
      cause: options.cause,
      next: options.next === undefined ? null : numberOf(options.next),
      officers,
      now: context.now(),
      rest,
      confirm: ({ party, generation, size, next }) => {
        const question =
          `Every party will be told: ${party} stands by the first ${size} entries of its log ${generation} and by no other of it, ` +
          `and goes on in log ${next} with new keys. What it said after that must be said again; after a split, so must ` +
          `each message whose ladder shows that a party never stored it. Sign it?`;
        return confirmOrStop(context, options.yes, question);
      },
      signer: () => openKey(context, path, options.passphraseFile),
    });
    const { party, generation, size, next } = closing;
    const text =
      `${party}: log ${generation} ends at ${size} entries, and log ${next} begins at the node's next start.\n` +
      "A node with the old keys says nothing any more once the others know. If somebody may have its TLS key: parley key rotate tls.";
    return { status: 0, json: { party, generation, size, next, cause: closing.cause }, text };
  });
}

/** Those of the list. @throws no-administrator, node-running */
async function officersOf({ suite }: Context, dir: string, rest: AtRest) {
  const officers = appointedOfficers(dir);
  requireAdministrator(officers, revokedBy(await readDeclarations(suite, dir, rest)));
  return officers;
}

function numberOf(text: string): number {
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw cliError("usage", `--next ${text} is not a number from 1 to 999999.`);
  return Number(text);
}
