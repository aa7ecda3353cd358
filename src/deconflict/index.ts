/** Deconfliction: separation rules, conflicts, the live index, and the check of files without a node. */
export { type Conflict, findConflict, type Subject, type Undecided } from "./conflict.ts";
export { DECONFLICT_ERRORS } from "./errors.ts";
export type { Fault, InputFile } from "./fault.ts";
export { checkFiles, type CheckOptions, type CheckResult, readSubjects } from "./files.ts";
export { createIndex, type Findings, type LiveIndex } from "./live-index.ts";
export { NO_SEPARATION, parseRules, ruleFor, type Separation, type SeparationRules, uniformRules } from "./rules.ts";
