import { Command } from "commander";
import { closeSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { verifyCertificateFile } from "../../deconflict/index.ts";
import { evidenceJudge, type Pin } from "../../line/index.ts";
import { parsePolicy, type Policy } from "../../log/index.ts";
import { parsePartyId, type PartyId } from "../../wire/id.ts";
import { action } from "../action.ts";
import { certificateReportJson, certificateReportText } from "../certificate-text.ts";
import { fingerprintFrom } from "../compare.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { evidenceText, longEvidenceText } from "../evidence-text.ts";
import { openFile, readText } from "../files.ts";
import { examples, gather } from "../help.ts";
import { progress } from "../progress.ts";
import { toldEvidence } from "../told-evidence.ts";
import { type JudgeOf, sizeOfFile, verifyFile } from "../verify-file.ts";

/** The messages of a longer file are not kept: it is read again for them. */
const LONG = 32 << 20;

interface Options {
  readonly fingerprints?: string;
  readonly fingerprint?: readonly string[];
  readonly policy?: string;
}

export function verifyCommand(context: Context): Command {
  const command = new Command("verify")
    .description("check an export, or a plan's certificate, with nothing but the file and the parties' fingerprints")
    .argument("<file>", "the evidence, or a certificate")
    .option(
      "--fingerprint <party=fingerprint>",
      "a party's identity key, as that party read it to you; may be given again",
      gather,
    )
    .option("--fingerprints <file>", "the same in a file, one PARTY=FINGERPRINT a line")
    .option("--policy <file>", "whose witnesses you believe, and how many must have cosigned (C2SP tlog-policy)");
  examples(command, [
    ["on any machine; exit status 1 where anything does not hold", "verify convoy.evidence --fingerprints pins.txt"],
    [
      "with what was read to you",
      'verify convoy.evidence --fingerprint "relief=ab12 cd34 ef56 ab12 cd34 ef56 ab12 cd34 ef56 ab12" --fingerprints others.txt',
    ],
  ]);
  return action<Options>(context, command, async (_, options, [file]) => {
    const path = resolve(context.cwd, file as string);
    const pins = pinsFrom(context, options);
    if (pins.length === 0) throw cliError("fingerprint-not-compared", "Nothing says whose keys these should be.");
    if (isCertificate(path)) {
      const report = verifyCertificateFile(context.suite, readText(path), pins);
      return { status: report.ok ? 0 : 1, json: certificateReportJson(report), text: certificateReportText(report) };
    }
    const policy = policyFrom(context, options);
    const size = sizeOfFile(path);
    const show = progress(context, "Verifying", size);
    // Whether a policy's quorum cosigned is said of each message, so they are kept.
    if (size > LONG && policy.policy === undefined) {
      const { report, messages, each } = await toldEvidence(context.suite, path, pins, { size, show });
      show.end();
      const text = () => longEvidenceText(report, messages, each());
      return { status: report.ok ? 0 : 1, json: { ...report, messages: each() }, text };
    }
    const judgeOf: JudgeOf = (suite) => evidenceJudge(suite, pins, policy);
    const report = await verifyFile(context.suite, path, judgeOf, { size, show });
    show.end();
    return { status: report.ok ? 0 : 1, json: report, text: evidenceText(report) };
  });
}

function policyFrom({ cwd, suite }: Context, { policy }: Options): { readonly policy?: Policy } {
  return policy === undefined ? {} : { policy: parsePolicy(suite, readText(resolve(cwd, policy))) };
}

/** A certificate is JSON; evidence begins with words of its own. */
function isCertificate(path: string): boolean {
  const head = new Uint8Array(1);
  const file = openFile(path);
  try {
    readSync(file, head);
    return head[0] === 0x7b;
  } finally {
    closeSync(file);
  }
}

function pinsFrom({ cwd }: Context, { fingerprint = [], fingerprints }: Options): Pin[] {
  const lines = fingerprints === undefined ? [] : readText(resolve(cwd, fingerprints)).split(/\r?\n/);
  const given = [...fingerprint, ...lines.filter((line) => line.trim() !== "" && !line.startsWith("#"))];
  const pins = new Map<PartyId, string>();
  for (const text of given) {
    const [name, digits] = fingerprintFrom(text);
    const party = parsePartyId(name);
    if ((pins.get(party) ?? digits) !== digits) throw cliError("usage", `${party} is given two fingerprints.`);
    pins.set(party, digits);
  }
  return [...pins].map(([party, digits]) => ({ party, fingerprint: (digits.match(/.{4}/g) as string[]).join(" ") }));
}
