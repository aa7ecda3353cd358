import { basename } from "node:path";
import {
  type Fault,
  type InputFile,
  readRulesFile,
  readSubjects,
  type SeparationRules,
  type Subject,
} from "../deconflict/index.ts";
import { fromUtf8 } from "../wire/bytes.ts";
import { cliError } from "./errors.ts";
import { readBytes } from "./files.ts";
import { table } from "./table.ts";

const MAX_BYTES = 256 << 20;
const SHOWN = 20;

export function inputFile(path: string, name = path): InputFile {
  return { name, text: fromUtf8(readBytes(path, MAX_BYTES)) };
}

/** What has volumes in a GeoJSON or ASTM F3548-21 file; throws, naming the faults, where any of it is faulty. */
export function subjectsOf(path: string): readonly Subject[] {
  const faults: Fault[] = [];
  const subjects = readSubjects(inputFile(path), faults);
  if (faults.length === 0) return subjects;
  throw faulty(path, faults);
}

/** The separation rules of a file (spec/check.md); throws, naming the faults, where any of it is faulty. */
export function rulesIn(path: string): SeparationRules {
  const faults: Fault[] = [];
  const rules = readRulesFile(inputFile(path), faults);
  if (rules !== null) return rules;
  throw faulty(path, faults);
}

function faulty(path: string, faults: readonly Fault[]) {
  return cliError("file-not-understood", `${basename(path)} has faults:\n${faultsText(faults)}`, {
    detail: { faults: faults.length },
  });
}

export function faultsText(faults: readonly Fault[]): string {
  const rows = faults
    .slice(0, SHOWN)
    .map(({ file, path, code, message }) => [basename(file), path || "/", code, message]);
  const more = faults.length > SHOWN ? `\nand ${faults.length - SHOWN} more` : "";
  return `${table(["file", "where", "code", "what"], rows)}${more}`;
}
