import { Command } from "commander";
import { closeSync, fstatSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { verifyCertificateFile } from "../../deconflict/index.ts";
import { type EvidenceReport, evidenceVerifier, type Pin } from "../../line/index.ts";
import { parsePartyId, type PartyId } from "../../wire/id.ts";
import { action } from "../action.ts";
import { certificateReportJson, certificateReportText } from "../certificate-text.ts";
import { fingerprintFrom } from "../compare.ts";
import type { Context } from "../context.ts";
import { cliError } from "../errors.ts";
import { evidenceText } from "../evidence-text.ts";
import { openFile, readText } from "../files.ts";
import { examples, gather } from "../help.ts";
import { progress } from "../progress.ts";

interface Options {
  readonly fingerprints?: string;
  readonly fingerprint?: readonly string[];
}

const CHUNK = 1 << 20;

export function verifyCommand(context: Context): Command {
  const command = new Command("verify")
    .description("check an export, or a plan's certificate, with nothing but the file and the parties' fingerprints")
    .argument("<file>", "the evidence, or a certificate")
    .option(
      "--fingerprint <party=fingerprint>",
      "a party's identity key, as that party read it to you; may be given again",
      gather,
    )
    .option("--fingerprints <file>", "the same in a file, one PARTY=FINGERPRINT a line");
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
    const report = verifyFile(context, path, pins);
    return { status: report.ok ? 0 : 1, json: report, text: evidenceText(report) };
  });
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

/** Reads the file piece by piece, so that its size does not matter. */
function verifyFile(context: Context, path: string, pins: readonly Pin[]): EvidenceReport {
  const verifier = evidenceVerifier(context.suite, pins);
  const file = openFile(path);
  try {
    const { size } = fstatSync(file);
    const show = progress(context, "Verifying", size);
    const chunk = new Uint8Array(CHUNK);
    for (let done = 0; ;) {
      const read = readSync(file, chunk);
      if (read === 0 || verifier.hasStopped()) break;
      verifier.push(chunk.slice(0, read));
      show((done += read));
    }
    show.end();
  } finally {
    closeSync(file);
  }
  return verifier.end();
}
