/** Deconfliction: separation rules, conflicts, the live index, and the check of files without a node. */
export { type UndecidedCode, UNDECIDED_CODES } from "./compare.ts";
export { type Conflict, findConflict, type Subject, type Undecided } from "./conflict.ts";
export { DECONFLICT_ERRORS } from "./errors.ts";
export { createIndex, type Findings, type LiveIndex, type Side } from "./live-index.ts";
export {
  type Grave,
  GRAVES,
  NO_SEPARATION,
  type PairRule,
  parseRules,
  ruleFor,
  type Separation,
  type SeparationRules,
  uniformRules,
} from "./rules.ts";
export type { Fault, InputFile } from "./fault.ts";
export {
  checkFiles,
  type CheckConflict,
  type CheckFaults,
  type CheckOptions,
  type CheckResult,
  checkSubjects,
  type CheckUndecided,
  readSubjects,
} from "./files.ts";
