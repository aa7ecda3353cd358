/** Intake: files that people bring, into drafts with findings. */
export { outsideOf } from "./area.ts";
export { FINDINGS, sentencesOf, spoken } from "./codes.ts";
export { COLUMN_FIELDS, type ColumnField, type Mapping } from "./columns.ts";
export { type ListDifference, listDifference, type ToldMember } from "./difference.ts";
export { IMPORTABLE_KINDS } from "./importable.ts";
export { INTAKE_ERRORS } from "./errors.ts";
export { type Format, FORMATS } from "./format.ts";
export { createImporter, type ImportOptions, type ImportResult, importText } from "./import.ts";
export type { ImportedRow } from "./importer.ts";
export {
  Atlas,
  Cities,
  countryOf,
  Gazetteer,
  GAZETTEER_FORMATS,
  type GazetteerFormat,
  GazetteerReader,
  type KnownPlace,
  lineOfPlace,
  Outline,
  Packed,
  placeOfLine,
  type Source,
} from "./gazetteer/index.ts";
export type { Area } from "./area.ts";
export { findInSite } from "./find/one-site.ts";
export { inEnglish, reason, sentence } from "./words/sentence.ts";
export { LIMITS } from "./limits.ts";
export { type Left, leftWords } from "./write/left.ts";
export { type Told, toldOf, writeFile, WRITTEN_FORMATS, type WrittenFormat } from "./write/index.ts";
