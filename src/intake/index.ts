/** Intake: files that people bring, into drafts with findings. */
export type { Area } from "./area.ts";
export { type Finding, type FindingCode, FINDINGS, type Gravity } from "./codes.ts";
export { COLUMN_FIELDS, type MappedColumn, type Mapping } from "./columns.ts";
export { INTAKE_ERRORS } from "./errors.ts";
export { type Format, FORMATS, type ImportedRow, type ImportOptions, type ImportResult, importText } from "./import.ts";
export { LIMITS } from "./limits.ts";
export { IMPORTABLE_KINDS, type ImportableKind, type ImportedDraft } from "./draft.ts";
