/** Intake: files that people bring, into drafts with findings. */
export { FINDINGS } from "./codes.ts";
export { INTAKE_ERRORS } from "./errors.ts";
export { type Format, FORMATS, type ImportedRow, type ImportOptions, type ImportResult, importText } from "./import.ts";
export { LIMITS } from "./limits.ts";
export { IMPORTABLE_KINDS } from "./draft.ts";
