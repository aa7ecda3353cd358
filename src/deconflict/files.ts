/** The check of files on their own, with no node: `./parley check` (spec/check.md). */
import { formatRfc3339, type Position } from "../geo/index.ts";
import { isGeoJson, readGeoJson } from "./geojson.ts";
import { readVolumeArray, readVolumesById } from "./astm.ts";
import type { UndecidedCode } from "./breach.ts";
import type { Conflict, Subject, Undecided } from "./conflict.ts";
import { deconflictError } from "./errors.ts";
import { collect, type Fault, type InputFile, isObject } from "./fault.ts";
import { parseJson } from "./json.ts";
import { createIndex } from "./live/index.ts";
import { type Grave, NO_SEPARATION, parseRules, readAmount, type SeparationRules } from "./rules.ts";

/** What is asked for; null is not said. Amounts take the place of the rules' default, or of zero without rules. */
export interface CheckOptions {
  readonly rules: InputFile | null;
  readonly separation_m: number | null;
  readonly vertical_m: number | null;
  readonly time_s: number | null;
}

/** One conflict in the command's output: positions are longitude and latitude, times RFC 3339. */
export interface CheckConflict {
  readonly plan: string;
  readonly against: string;
  readonly distance_m: number;
  readonly vertical_gap_m: number | null;
  readonly time: { readonly start: string | null; readonly end: string | null };
  readonly closest: readonly [readonly [number, number], readonly [number, number]];
  readonly grave: Grave;
  readonly because: string;
}

export interface CheckUndecided {
  readonly plan: string;
  readonly against: string;
  readonly code: UndecidedCode;
  readonly because: string;
}

/** The command's output: one row for each pair of ids; `checked` counts the pairs considered. */
export interface CheckResult {
  readonly conflicts: readonly CheckConflict[];
  readonly undecided: readonly CheckUndecided[];
  readonly checked: number;
}

export interface CheckFaults {
  readonly faults: readonly Fault[];
}

/** Checks every plan against everything in the other file. Where anything is faulty nothing is checked. */
export function checkFiles(plans: InputFile, against: InputFile, options: CheckOptions): CheckResult | CheckFaults {
  const faults: Fault[] = [];
  const planned = readSubjects(plans, faults);
  const told = readSubjects(against, faults);
  const rules = rulesOf(options, faults);
  if (faults.length > 0 || rules === null) return { faults };
  return checkSubjects(planned, told, rules);
}

/** The subjects of a GeoJSON or ASTM F3548-21 file; what is faulty is added to `faults` and left out. */
export function readSubjects(file: InputFile, faults: Fault[]): readonly Subject[] {
  const subjects = collect(file.name, faults, "", () => {
    const value = parseJson(file.text);
    if (isGeoJson(value)) return readGeoJson(value, file.name, faults);
    if (Array.isArray(value)) return readVolumeArray(value, file.name, faults);
    if (isObject(value)) return readVolumesById(value, file.name, faults);
    throw deconflictError("check-file-unknown", "The file holds neither GeoJSON nor Volume4D.");
  });
  return subjects ?? [];
}

function rulesOf(options: CheckOptions, faults: Fault[]): SeparationRules | null {
  const file = options.rules;
  const read = file === null ? { default: NO_SEPARATION, pairs: [] } : readRulesFile(file, faults);
  if (read === null) return null;
  const amount = (value: number | null, key: "lateral_m" | "vertical_m" | "time_s") =>
    value === null ? read.default[key] : collect("", faults, "", () => readAmount(value, key, ""));
  const [lateral_m, vertical_m, time_s] = [
    amount(options.separation_m, "lateral_m"),
    amount(options.vertical_m, "vertical_m"),
    amount(options.time_s, "time_s"),
  ];
  if (lateral_m === null || vertical_m === null || time_s === null) return null;
  return { ...read, default: { ...read.default, lateral_m, vertical_m, time_s } };
}

/** The rules of a file; null where anything in it is faulty, and then every fault is added to `faults`. */
export function readRulesFile(file: InputFile, faults: Fault[]): SeparationRules | null {
  const before = faults.length;
  const told = (fault: unknown) =>
    collect(file.name, faults, "", () => {
      throw fault;
    });
  const rules = collect(file.name, faults, "", () => parseRules(parseJson(file.text), told));
  return faults.length === before ? rules : null;
}

/** Every plan against everything told, through the live index. */
export function checkSubjects(
  plans: readonly Subject[],
  against: readonly Subject[],
  rules: SeparationRules,
): CheckResult {
  const index = createIndex();
  for (const subject of against) index.add(subject);
  const conflicts: CheckConflict[] = [];
  const undecided: CheckUndecided[] = [];
  for (const plan of plans) {
    const found = index.query(plan, "plan", rules);
    for (const conflict of found.conflicts) conflicts.push(showConflict(conflict));
    for (const doubt of found.undecided) undecided.push(showUndecided(doubt));
  }
  return { conflicts, undecided, checked: plans.length * against.length };
}

function showConflict(conflict: Conflict): CheckConflict {
  const { plan, against, distance_m, vertical_gap_m, time, closest, grave, because } = conflict;
  return {
    plan,
    against,
    distance_m,
    vertical_gap_m,
    time: { start: showTime(time.start), end: showTime(time.end) },
    closest: [lonLat(closest[0]), lonLat(closest[1])],
    grave,
    because,
  };
}

function showUndecided({ plan, against, code, because }: Undecided): CheckUndecided {
  return { plan, against, code, because };
}

function lonLat({ lat, lon }: Position): readonly [number, number] {
  return [nanodegrees(lon), nanodegrees(lat)];
}

function nanodegrees(degrees: number): number {
  return Math.round(degrees * 1e9) / 1e9 + 0;
}

function showTime(at: number | null): string | null {
  return at === null ? null : formatRfc3339(at);
}
