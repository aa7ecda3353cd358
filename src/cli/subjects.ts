import { basename } from "node:path";
import {
  DECONFLICT_ERRORS,
  type Fault,
  type InputFile,
  readRulesFile,
  readSubjects,
  type SeparationRules,
  type Subject,
} from "../deconflict/index.ts";
import { GEO_ERRORS } from "../geo/index.ts";
import { fromUtf8 } from "../wire/bytes.ts";
import type { ErrorTable } from "../wire/error.ts";
import { WIRE_ERRORS } from "../wire/errors.ts";
import { CLI_ERRORS, cliError } from "./errors.ts";
import { readBytes } from "./files.ts";
import { cut, table } from "./table.ts";

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

/** The faults, and what to do about each sort of them. */
export function faultsText(faults: readonly Fault[]): string {
  const rows = faults
    .slice(0, SHOWN)
    .map(({ file, path, code, message }) => [basename(file), path === "" ? "all of it" : cut(path), code, message]);
  const more = faults.length > SHOWN ? `\nand ${faults.length - SHOWN} more` : "";
  const steps = [...new Set(faults.map(({ code }) => code))].map((code) => [code, NEXT[code]?.next ?? ""]);
  return `${table(["file", "where", "code", "what"], rows)}${more}\n\n${table(["code", "next"], steps)}`;
}

const NEXT: ErrorTable = { ...WIRE_ERRORS, ...GEO_ERRORS, ...DECONFLICT_ERRORS, ...CLI_ERRORS };
