/** Deconfliction: separation rules, conflicts, the live index, and the check of files without a node. */
export { type Conflict, findConflict, type Subject } from "./conflict.ts";
export { DECONFLICT_ERRORS } from "./errors.ts";
export type { Fault, InputFile } from "./fault.ts";
export { checkFiles, type CheckOptions, type CheckResult, readRulesFile, readSubjects } from "./files.ts";
export { createIndex, type LiveIndex } from "./live/index.ts";
/** The quick exact test: `prepare` a volume once, then ask `withinSeparation` as often as wanted. */
export { prepare, withinSeparation } from "./prepare.ts";
export { DEFAULT_RULES } from "./default-rules.ts";
export {
  GRAVES,
  namesPlan,
  NO_SEPARATION,
  parseRules,
  planWords,
  ruleFor,
  type Separation,
  type SeparationRules,
  type Ruled,
  uniformRules,
} from "./rules.ts";
export { showMetres, showSeconds } from "./sentence.ts";
export { whyFired } from "./why.ts";
export {
  type Certificate,
  certificateHash,
  type CertifiedHead,
  decodeCertificate,
  encodeCertificate,
  signCertificate,
  verifyCertificate,
} from "./certificate.ts";
export {
  type CertificateReport,
  checkOpening,
  formatCertificateFile,
  verifyCertificateFile,
} from "./certificate-file.ts";
export { outcomeWords, renderCertificate } from "./certificate-words.ts";
export { commitmentOf, type Finding, findingsHash, outcomeOf, rulesHash, SALT_BYTES } from "./commitment.ts";
export { type Suggestion, suggestions, type Trouble, troubles } from "./suggest.ts";
export {
  type BookEvent,
  type Change,
  changeOf,
  createEventBook,
  type Entry,
  type EventBook,
  phaseOf,
  presentOf,
  type Standing,
} from "./events/index.ts";
export { askedBetween, findAmong, graceOf, type Role, type RuleLayers, widestOf } from "./layers.ts";
