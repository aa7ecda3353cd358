import { Command } from "commander";
import { resolve } from "node:path";
import { formatTime } from "../../geo/index.ts";
import { type EvidenceReport, verifyEvidence } from "../../line/index.ts";
import { action } from "../action.ts";
import { fingerprintFrom } from "../compare.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { readBytes, readText } from "../files.ts";
import { examples, gather } from "../help.ts";
import { count, pairs, short } from "../table.ts";
import { renderedText } from "../words.ts";

interface Options {
  readonly fingerprints?: string;
  readonly fingerprint?: readonly string[];
}

const MAX_EVIDENCE_BYTES = 1 << 30;

export function verifyCommand(context: Context): Command {
  const command = new Command("verify")
    .description(
      "check an export with nothing but the file and the parties' fingerprints: who said what, who held it when",
    )
    .argument("<file>", "the evidence")
    .option(
      "--fingerprint <party=fingerprint>",
      "a party's identity key, as you had it from that party; may be given again",
      gather,
    )
    .option("--fingerprints <file>", "the same in a file, one a line");
  examples(command, [
    [
      "on any machine; exit status 1 where anything does not hold",
      'verify convoy.evidence --fingerprint "northern=ab12 cd34 ef56 ab12 cd34 ef56 ab12 cd34 ef56 ab12" --fingerprints others.txt',
    ],
  ]);
  return action<Options>(context, command, async (_, options, [file]) => {
    const path = resolve(context.cwd, file as string);
    const bytes = readBytes(path, MAX_EVIDENCE_BYTES);
    const pins = pinsFrom(context, options);
    if (pins.length === 0) throw cliError("fingerprint-not-compared", "Nothing says whose keys these should be.");
    const report = verifyEvidence(context.suite, bytes, pins);
    return { status: report.ok ? 0 : 1, json: report, text: reportText(report) };
  });
}
