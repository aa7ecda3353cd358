import { Command } from "commander";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseKeyFile } from "../../crypto/index.ts";
import {
  assembleLine,
  invite,
  join as joinLine,
  PAIRING_FILES,
  pairingFileType,
  parseCharterSignature,
  parseInvitation,
  parseJoin,
  parseLineFile,
  parseProposal,
  type Proposal,
  propose,
  signProposal,
} from "../../line/index.ts";
import { installLine, readNodeConfig } from "../../server/index.ts";
import { action } from "../action.ts";
import { appointmentsOf, warnWithoutAdministrator } from "../appointments.ts";
import { atRest, storePassphraseOption, type StorePassphraseOptions } from "../at-rest.ts";
import { compareFingerprints, type CompareOptions } from "../compare.ts";
import { confirmOrStop } from "../confirm.ts";
import type { Context } from "../context.ts";
import { directoryOf, identityKeyFile } from "../directory.ts";
import { cliError } from "../errors.ts";
import { readText, writeWhole } from "../files.ts";
import { collect, directoryOption, examples, gather, passphraseOption } from "../help.ts";
import { openKey } from "../node.ts";
import { leaveCommand, resumeCommand, suspendCommand } from "./standing.ts";
import { fingerprintsText, termsFrom, type TermOptions, termsText } from "../terms.ts";

interface Options extends CompareOptions, StorePassphraseOptions {
  readonly dir?: string;
  readonly identity?: string;
  readonly passphraseFile?: string;
  readonly output?: string;
  readonly yes?: boolean;
}

export function pairCommand(context: Context): Command {
  const command = new Command("pair")
    .description("open a line: identity keys are exchanged and compared by two people, the charter is signed by all")
    .addCommand(inviteCommand(context))
    .addCommand(joinCommand(context))
    .addCommand(proposeCommand(context))
    .addCommand(signCommand(context))
    .addCommand(openCommand(context))
    .addCommand(showCommand(context))
    .addCommand(suspendCommand(context))
    .addCommand(resumeCommand(context))
    .addCommand(leaveCommand(context));
  return examples(command, [
    [
      "1. one party invites, and sends the file to the others",
      'pair invite --title "Northern line" -o invitation.json --dir north',
    ],
    [
      "2. each of the others joins, and sends its file back",
      "pair join invitation.json -o south.join.json --dir south",
    ],
    [
      "3. the first compares their fingerprints and proposes the charter",
      "pair propose south.join.json relief.join.json -o proposal.json --dir north",
    ],
    ["4. the others compare every fingerprint and sign", "pair sign proposal.json -o south.signature.json --dir south"],
    [
      "5. the first puts all together",
      "pair open proposal.json south.signature.json relief.signature.json -o line.json --dir north",
    ],
    ["6. and the others from that file", "pair open line.json --dir south"],
  ]);
}

function identityOptions(command: Command): Command {
  command.option("--identity <file>", "the identity key (default: DIR/identity.key)");
  return passphraseOption(directoryOption(command)).optionsGroup("Options:");
}

function compareOptions(command: Command): Command {
  return command
    .option(
      "--fingerprint <party=fingerprint>",
      "what that party read to you, by voice or in person; may be given again",
      gather,
    )
    .option("--compared-by <person,person>", "the two of yours who compared", collect)
    .option("-y, --yes", "do not ask again before it is signed");
}

/** This party, and its identity key once opened. */
async function self(context: Context, options: Options) {
  const dir = directoryOf(context, options);
  const path = identityKeyFile(context, options);
  const { purpose, party: id, name } = parseKeyFile(readText(path));
  if (purpose !== "identity") throw cliError("file-not-understood", `${path} is not an identity key.`);
  return { dir, id, name, open: () => openKey(context, path, options.passphraseFile) };
}

const INVITATION = "invitation.json";
const ownInvitation = (dir: string): string => join(dir, "line", "invitation.json");

function written(context: Context, options: Options, fallback: string, text: string): string {
  const path = resolve(context.cwd, options.output ?? fallback);
  writeWhole(path, text, { replace: true });
  return path;
}

function inviteCommand(context: Context): Command {
  const command = new Command("invite")
    .description("propose a line's terms under your identity key; nobody is bound yet")
    .option("--title <words>", "the line's title")
    .option("--exercise", "everything on it bears EXERCISE")
    .option('--area <"west south east north">', "its area in degrees (default: the world)")
    .option("--separation <metres>", "how near is too near (default: 500 m)")
    .option("--time-separation <time>", "and how near in time (default: 0 s)")
    .option("--rules <file>", "separation rules for pairs of things, as for parley check (spec/check.md)")
    .option("--interval <time>", "how often nodes exchange (default: 30 s)")
    .option("--languages <tags>", "its languages (default: en)", collect)
    .option("--not-for <words>", "what it is not for")
    .option("--sole-release", "one officer may release alone, with a reason, where no second can be had")
    .option("--expires <time>", "when it ends (default: it has no end)")
    .option("--terms <file>", "all terms as JSON (spec/charter.md); the options above come before it")
    .option("-o, --output <file>", "where the invitation goes; it must not exist", INVITATION);
  identityOptions(command);
  examples(command, [
    [
      "an exercise in northern Iraq",
      'pair invite --title "Northern line" --exercise --area "41 34.5 46 37.5" --separation "2 km" -o invitation.json --dir north',
    ],
  ]);
  return action<Options & TermOptions>(context, command, async (_, options) => {
    const { dir, id, name, open } = await self(context, options);
    const terms = termsFrom(context, options);
    const output = resolve(context.cwd, options.output ?? INVITATION);
    const text = await invite(context.suite, { id, name }, terms, await open());
    // What answers an invitation is good for that one alone: the one before may be with the others by now.
    if (existsSync(output)) throw cliError("file-exists", `${output} is there already.`);
    const before = existsSync(ownInvitation(dir));
    writeWhole(ownInvitation(dir), text, { replace: true });
    const file = written(context, options, INVITATION, text);
    if (before)
      context.say("It takes the place of the invitation before: whoever has joined by that one joins again.\n");
    const { fingerprint } = parseInvitation(context.suite, text);
    const said = `${termsText(terms)}\n\nOur fingerprint, to be read out when they call:\n  ${fingerprint}\n\nSend ${file} to the others.`;
    return { status: 0, json: { file, fingerprint }, text: said };
  });
}

function joinCommand(context: Context): Command {
  const command = new Command("join")
    .description("answer an invitation: say who you are under your identity key; nobody is bound yet")
    .argument("<invitation>", "the file you were sent")
    .option("-o, --output <file>", "where the answer goes (default: PARTY.join.json)");
  identityOptions(command);
  examples(command, [["join", "pair join invitation.json -o south.join.json --dir south"]]);
  return action<Options>(context, command, async (_, options, [given]) => {
    const invitation = parseInvitation(context.suite, readText(resolve(context.cwd, given as string)));
    const { id, name, open } = await self(context, options);
    context.say(`${invitation.party.name} (${invitation.party.id}) invites\n${termsText(invitation.terms)}\n`);
    const text = await joinLine(context.suite, invitation, { id, name }, await open());
    const file = written(context, options, `${id}.join.json`, text);
    const { fingerprint } = parseJoin(context.suite, text);
    const said = `Our fingerprint, to be read out when they call:\n  ${fingerprint}\n\nSend ${file} back to ${invitation.party.name}.`;
    return { status: 0, json: { file, fingerprint, invited_by: invitation.party.id }, text: said };
  });
}

function proposeCommand(context: Context): Command {
  const command = new Command("propose")
    .description("compare the fingerprints of all who joined, and propose the charter, signed, with your roster")
    .argument("<join...>", "the files they sent back")
    .option("--invitation <file>", "the invitation (default: the one that this directory made last)")
    .option("-o, --output <file>", "where the proposal goes", "proposal.json");
  storePassphraseOption(identityOptions(compareOptions(command)));
  examples(command, [
    ["on a terminal, every fingerprint is asked for", "pair propose south.join.json relief.join.json --dir north"],
    [
      "without a terminal",
      'pair propose south.join.json --fingerprint "southern=ab12 cd34 …" --compared-by person-1,person-2 -y --dir north',
    ],
  ]);
  return action<Options & { readonly invitation?: string }>(context, command, async (_, options, files) => {
    const { dir, open } = await self(context, options);
    const path = options.invitation === undefined ? ownInvitation(dir) : resolve(context.cwd, options.invitation);
    const invitation = parseInvitation(context.suite, readText(path));
    const joins = files.map((file) => parseJoin(context.suite, readText(resolve(context.cwd, file))));
    const rest = await atRest(context, dir, options);
    const appointments = appointmentsOf(context.suite, dir, rest, context.now());
    warnWithoutAdministrator(context, appointments);
    const others = joins.map(({ party, fingerprint }) => ({ party: party.id, name: party.name, fingerprint }));
    await compareFingerprints(context, dir, options, others);
    context.say(termsText(invitation.terms));
    await confirmOrStop(context, options.yes, "Sign this charter with the identity key?");
    const input = { invitation, joins, appointments, foundedAt: context.now() };
    const text = await propose(context.suite, input, await open());
    const file = written(context, options, "proposal.json", text);
    const proposal = parseProposal(context.suite, text);
    return { status: 0, json: { file, ...proposalJson(proposal) }, text: `Signed. Send ${file} to the others.` };
  });
}

function proposalJson({ line, fingerprints }: Proposal) {
  return { line, parties: fingerprints };
}

function signCommand(context: Context): Command {
  const command = new Command("sign")
    .description("read the charter, compare every other party's fingerprint, and sign it, with your roster")
    .argument("<proposal>", "the proposed charter")
    .option("-o, --output <file>", "where the signature goes (default: PARTY.signature.json)");
  storePassphraseOption(identityOptions(compareOptions(command)));
  examples(command, [
    ["on a terminal, every fingerprint is asked for", "pair sign proposal.json -o south.signature.json --dir south"],
  ]);
  return action<Options>(context, command, async (_, options, [given]) => {
    const { dir, id, open } = await self(context, options);
    const proposal = parseProposal(context.suite, readText(resolve(context.cwd, given as string)));
    const rest = await atRest(context, dir, options);
    const appointments = appointmentsOf(context.suite, dir, rest, context.now());
    warnWithoutAdministrator(context, appointments);
    await compareFingerprints(
      context,
      dir,
      options,
      proposal.fingerprints.filter(({ party }) => party !== id),
    );
    context.say(`${termsText(proposal.charter)}\n\n${fingerprintsText(proposal.fingerprints)}`);
    await confirmOrStop(context, options.yes, "Sign this charter with the identity key?");
    const text = await signProposal(context.suite, proposal, { party: id, appointments }, await open());
    const file = written(context, options, `${id}.signature.json`, text);
    return { status: 0, json: { file, ...proposalJson(proposal) }, text: `Signed. Send ${file} back.` };
  });
}

function openCommand(context: Context): Command {
  const command = new Command("open")
    .description(
      "put the signed charter into the node's directory: from proposal and signatures, or from a line's file",
    )
    .argument("<file...>", "proposal.json and every signature; or line.json")
    .option("-o, --output <file>", "also write the line's file, for the others");
  storePassphraseOption(directoryOption(compareOptions(command))).optionsGroup("Options:");
  examples(command, [
    ["put together", "pair open proposal.json south.signature.json relief.signature.json -o line.json --dir north"],
    ["from the line's file", "pair open line.json --dir south"],
  ]);
  return action<Options>(context, command, async (_, options, files) => {
    const dir = directoryOf(context, options);
    const text = lineText(
      context,
      files.map((file) => readText(resolve(context.cwd, file))),
    );
    const line = parseLineFile(context.suite, text);
    const { party: own } = readNodeConfig(dir);
    await compareFingerprints(
      context,
      dir,
      options,
      line.fingerprints.filter(({ party }) => party !== own),
    );
    installLine(context.suite, dir, text, await atRest(context, dir, options));
    const file = options.output === undefined ? null : written(context, options, options.output, text);
    const also = file === null ? "" : `\nSend ${file} to the others: parley pair open does the rest.`;
    const json = { ...proposalJson(line), charter: line.charterHash, file };
    return { status: 0, json, text: `The line is open: ${line.charter.title}. Start the node: parley serve.${also}` };
  });
}

function lineText(context: Context, [first, ...rest]: readonly string[]): string {
  if (pairingFileType(first as string) === "parley-line/v1") {
    if (rest.length > 0) throw cliError("usage", "A line's file is complete by itself; give nothing with it.");
    return first as string;
  }
  return assembleLine(context.suite, parseProposal(context.suite, first as string), rest.map(parseCharterSignature));
}

function showCommand(context: Context): Command {
  const command = new Command("show")
    .description("what a file of pairing says: terms, parties, fingerprints; nothing is done")
    .argument("<file>", "any file of pairing");
  examples(command, [["before anything is signed", "pair show proposal.json"]]);
  return action<Options>(context, command, async (_, _options, [given]) => {
    const path = resolve(context.cwd, given as string);
    if (!existsSync(path)) throw cliError("file-unreadable", `There is no file ${path}.`);
    const text = readText(path);
    const type = pairingFileType(text);
    if (type === null) throw cliError("file-not-understood", `${path} is not a file of pairing.`);
    const { json, said } = pairingFile(context, type, text);
    return { status: 0, json: { type, ...json }, text: `${PAIRING_FILES[type]}\n${said}` };
  });
}

function pairingFile(context: Context, type: keyof typeof PAIRING_FILES, text: string) {
  const { suite } = context;
  switch (type) {
    case "parley-invitation/v1": {
      const { party, fingerprint, terms } = parseInvitation(suite, text);
      const parties = [{ party: party.id, name: party.name, fingerprint }];
      return { json: { parties, terms }, said: `${termsText(terms)}\n\n${fingerprintsText(parties)}` };
    }
    case "parley-join/v1": {
      const { party, fingerprint } = parseJoin(suite, text);
      const parties = [{ party: party.id, name: party.name, fingerprint }];
      return { json: { parties }, said: fingerprintsText(parties) };
    }
    case "parley-signature/v1": {
      const { line, party } = parseCharterSignature(text);
      return { json: { line, party }, said: `by ${party}, of the charter of line ${line}` };
    }
    case "parley-proposal/v1":
    case "parley-line/v1": {
      const file = type === "parley-line/v1" ? parseLineFile(suite, text) : parseProposal(suite, text);
      const later =
        type === "parley-line/v1"
          ? "\n\nAs it was at the pairing: `parley key list` shows our identity key of today."
          : "";
      const said = `line ${file.line}\n${termsText(file.charter)}\n\n${fingerprintsText(file.fingerprints)}${later}`;
      return { json: proposalJson(file), said };
    }
  }
}
