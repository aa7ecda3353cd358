/** How the columns of earlier files were corrected, remembered in the node's directory by the key of their header. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { cliError } from "./errors.ts";
import { readJson, writeWhole } from "./files.ts";

type Corrections = Readonly<Record<string, string>>;

/** As many are kept; the oldest goes first. */
const MOST = 200;

const fileOf = (dir: string): string => join(dir, "mappings.json");

/** @throws file-not-understood */
export function readMappings(dir: string): Map<string, Corrections> {
  const path = fileOf(dir);
  if (!existsSync(path)) return new Map();
  const value = readJson(path);
  const entries = isPlain(value) ? Object.entries(value) : null;
  if (entries === null || !entries.every(([, each]) => isCorrections(each))) {
    throw cliError("file-not-understood", `${path} does not hold corrections of columns. Remove it to begin anew.`);
  }
  return new Map(entries as [string, Corrections][]);
}

export function addMapping(dir: string, key: string, corrections: Corrections): void {
  const known = readMappings(dir);
  known.delete(key);
  known.set(key, corrections);
  const kept = Object.fromEntries([...known].slice(-MOST));
  writeWhole(fileOf(dir), `${JSON.stringify(kept, null, 1)}\n`, { replace: true });
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCorrections(value: unknown): value is Corrections {
  return isPlain(value) && Object.values(value).every((each) => typeof each === "string");
}
